"""What a moderator decides."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domains import is_webmail, lies_in
from accounts.models import BannedDomain, User
from jobs import application_mail, deadlines, events, job_mail, links, readiness
from jobs.errors import IllegalMove, NotReady
from jobs.models import Job, ListingEvent, Publication, ReasonCode, Report
from jobs.search import document
from jobs.services import merging
from jobs.slugs import slug_of
from jobs.states import Actor, JobStatus


@transaction.atomic
def publish_posting(
    *, job: Job, actor: Actor, by: User | None, now: datetime, note: str = ""
) -> ListingEvent:
    """Make a posting public: status, event, search row, outbox row and letter, or nothing at all.

    An edit of a live posting is taken into it instead, and no alert is sent anew.
    """
    readiness.refuse_banned(job)
    if job.is_revision:
        event = merging.take_in(revision=job, actor=actor, by=by, now=now, note=note)
        job_mail.tell_employer(event, template="edit_approved", now=now)
        return event
    event = events.move(
        job=job,
        to=JobStatus.PUBLISHED,
        act="published",
        actor=actor,
        by=by,
        at=now,
        note=note,
        **_publication_dates(job, now=now),
    )
    document.write(job)
    Publication.objects.create(job=job, published_at=now)
    job_mail.tell_employer(event, template="approved", now=now)
    return event


def _publication_dates(job: Job, *, now: datetime) -> dict[str, Any]:
    return {
        "first_published_at": job.first_published_at or now,
        "published_at": now,
        "confirmed_open_at": None if job.source_id else now,
        "closes_at": _closing(job, now=now),
        "closed_at": None,
        "slug": slug_of(job),
    }


def _closing(job: Job, *, now: datetime) -> datetime:
    zone = job.employer.zone
    closes_at = job.closes_at or deadlines.default_closing(now=now, zone=zone)
    if job.source_id:
        closes_at = min(closes_at, deadlines.latest_closing(now=now, zone=zone))
    deadlines.check_closing(closes_at, now=now, zone=zone)
    return closes_at


@transaction.atomic
def request_changes(
    *, job: Job, by: User, now: datetime, reason: ReasonCode | None, note: str
) -> ListingEvent:
    """Hand a posting back to its employer with a note on what has to change."""
    if not note.strip():
        raise NotReady(_("Write what has to change; the employer reads it."))
    event = _decide(job, JobStatus.CHANGES, "changes_requested", by, now, reason, note)
    job_mail.tell_employer(event, template="changes_requested", now=now)
    return event


@transaction.atomic
def reject_posting(
    *, job: Job, by: User, now: datetime, reason: ReasonCode, note: str = ""
) -> ListingEvent:
    event = _decide(job, JobStatus.REJECTED, "rejected", by, now, reason, note)
    job_mail.tell_employer(event, template="rejected", now=now)
    return event


@transaction.atomic
def remove_posting(
    *, job: Job, by: User, now: datetime, reason: ReasonCode | None, note: str = ""
) -> ListingEvent:
    """Take a posting that was public out of every public place, for good."""
    event = _decide(job, JobStatus.REMOVED, "removed", by, now, reason, note)
    document.delete(job.pk)
    merging.settle_waiting(live=job, to=JobStatus.REJECTED, actor=Actor.MODERATOR, by=by, now=now)
    job_mail.tell_employer(event, template="removed", now=now)
    application_mail.tell_of_removal(event, now=now)
    return event


def _decide(
    job: Job, to: str, act: str, by: User, now: datetime, reason: ReasonCode | None, note: str
) -> ListingEvent:
    closed_at = None if to == JobStatus.CHANGES else now
    return events.move(
        job=job,
        to=to,
        act=act,
        actor=Actor.MODERATOR,
        by=by,
        at=now,
        reason=reason,
        note=note.strip(),
        closed_at=closed_at,
    )


@transaction.atomic
def ban_domain(*, domain: str, by: User, now: datetime, note: str = "") -> list[Job]:
    """Refuse a domain and all below it from now on; returns the live postings removed for it."""
    host = links.host_of(domain).removeprefix("www.")
    if "." not in host:
        raise NotReady(_("“%(domain)s” is no domain.") % {"domain": domain})
    if is_webmail(host):
        raise NotReady(_("Anyone can have an address at %(domain)s.") % {"domain": host})
    BannedDomain.objects.bulk_create(
        [BannedDomain(domain=host, note=note[:250], banned_by=by)], ignore_conflicts=True
    )
    reason = ReasonCode.objects.filter(kind="remove", code="banned-domain").first()
    leading_there = [job for job in _live_naming(host) if _leads_to(job, host)]
    for job in leading_there:
        remove_posting(job=job, by=by, now=now, reason=reason, note=_("It led to %s.") % host)
    return leading_there


def _live_naming(host: str) -> list[Job]:
    live = Job.objects.filter(status=JobStatus.PUBLISHED).filter(links.naming(host))
    return list(live.select_related("employer").prefetch_related("employer__domains").distinct())


def _leads_to(job: Job, domain: str) -> bool:
    return any(lies_in(host, domain) for host in links.hosts_of(job))


@transaction.atomic
def settle_report(*, report: Report, by: User, now: datetime, upheld: bool) -> ListingEvent:
    """Close a reader's report; the posting's record says who judged it and how."""
    still_open = Report.objects.filter(pk=report.pk, settled_at=None)
    if not still_open.update(settled_at=now, upheld=upheld):
        raise IllegalMove(_("This report is settled already."))
    job = report.job
    return events.record(
        job=job,
        act="report_upheld" if upheld else "report_dismissed",
        old=job.status,
        new=job.status,
        actor=Actor.MODERATOR,
        by=by,
        at=now,
        reason=report.reason,
    )
