"""A raw posting becomes a row: made, brought up to date, or left as people decided."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.text import Truncator

from accounts.employers import with_free_slug
from accounts.models import Employer
from accounts.models.employer import EmployerKind
from jobs import content, deadlines, events, pay
from jobs.intake.judge import closing_of
from jobs.intake.raw import RawPosting
from jobs.models import EmploymentType, Job, JobSite, Source, State
from jobs.models.parts import ApplyMethod, PaySource
from jobs.search import document
from jobs.services import moderation, posting
from jobs.states import Actor, JobStatus

# What a source may still change: in these a person's decision does not stand.
OPEN = (JobStatus.PENDING, JobStatus.PUBLISHED, JobStatus.EXPIRED)


@transaction.atomic
def store(*, source: Source, raw: RawPosting, now: datetime) -> str:
    """Upsert on (source, external id); answers "new", "changed", "same" or "refused-before".

    Only a trusted source's postings go live, and only its changes are taken into live ones.
    Any other's wait for a moderator. Raises RuleBroken when the posting may not be taken.
    """
    rows = Job.objects.select_for_update(of=("self",)).select_related("employer", "source")
    job = rows.filter(source=source, external_id=raw.external_id).first()
    if job is None:
        _create(source, raw, now=now)
        return "new"
    if job.status not in OPEN:
        return "refused-before"
    return _update(job, raw, now=now)


def _create(source: Source, raw: RawPosting, *, now: datetime) -> None:
    job = Job(
        employer=source.employer or employer_named(raw),
        source=source,
        external_id=raw.external_id[:200],
        last_seen_at=now,
    )
    job.slug = job.public_id
    _write(job, raw, now=now)
    posting.submit_posting(job=job, by=None, now=now, actor=Actor.SYSTEM)
    if source.trusted:
        moderation.publish_posting(job=job, actor=Actor.SYSTEM, by=None, now=now)


def _update(job: Job, raw: RawPosting, *, now: datetime) -> str:
    """What has not changed at its source is only seen again, and runs on."""
    before = content.snapshot(job)
    reopened = job.status == JobStatus.EXPIRED
    if job.status == JobStatus.PUBLISHED and not _trusted(job):
        return _propose(job, raw, now=now)
    _write(job, raw, now=now)
    changes = [c for c in content.diff(before, content.snapshot(job)) if c["field"] != "closes_at"]
    if reopened:
        posting.submit_posting(job=job, by=None, now=now, actor=Actor.SYSTEM)
        if _trusted(job):
            moderation.publish_posting(job=job, actor=Actor.SYSTEM, by=None, now=now)
    elif job.status == JobStatus.PUBLISHED:
        document.write(job)
    elif changes:
        _ask_anew(job, now=now)
    if changes and not reopened:
        _note(job, changes, now=now)
    return "changed" if changes or reopened else "same"


def _propose(job: Job, raw: RawPosting, *, now: datetime) -> str:
    """An untrusted source's change of a live posting waits beside it, as an employer's would."""
    seen = Job.objects.filter(pk=job.pk)
    seen.update(last_seen_at=now, closes_at=_closes_at(job, raw, now=now))
    job.refresh_from_db()
    document.write(job)
    draft = posting.start_revision(job=job, by=None, now=now)
    before = content.snapshot(draft)
    _write(draft, raw, now=now, keep_dates=True)
    if not content.diff(before, content.snapshot(draft)):
        if not content.diff(content.snapshot(job), content.snapshot(draft)):
            draft.delete()
        return "same"
    if draft.status == JobStatus.DRAFT:
        posting.submit_posting(job=draft, by=None, now=now)
    elif draft.status == JobStatus.PENDING:
        _ask_anew(draft, now=now)
    return "changed"


def _ask_anew(job: Job, *, now: datetime) -> None:
    """What waits has other words now: a moderator who read the old ones cannot approve these."""
    job.submitted_at = now
    job.save(update_fields=["submitted_at"])


def _trusted(job: Job) -> bool:
    return job.source is not None and job.source.trusted


def _note(job: Job, changes: list[dict[str, str]], *, now: datetime) -> None:
    events.record(
        job=job,
        act="edited_at_source",
        old=job.status,
        new=job.status,
        actor=Actor.SYSTEM,
        by=None,
        at=now,
        diff=changes,
    )


def _closes_at(job: Job, raw: RawPosting, *, now: datetime) -> datetime:
    """The source's own closing time, else the usual run from the day it was last seen; never
    later than an employer may choose.
    """
    zone = job.employer.zone
    stated = closing_of(raw, zone=zone) or now + settings.POSTING_RUNS
    return min(stated, deadlines.latest_closing(now=now, zone=zone))


def _write(job: Job, raw: RawPosting, *, now: datetime, keep_dates: bool = False) -> None:
    job.title = Truncator(raw.title).chars(120)
    job.description = raw.description
    job.apply_method = ApplyMethod.URL if raw.apply_url else ApplyMethod.EMAIL
    job.apply_url, job.apply_email = raw.apply_url, raw.apply_email
    job.source_url = raw.page_url
    job.mode, job.state_rule = raw.mode, raw.state_rule
    job.pay_basis, job.pay_min, job.pay_max = raw.pay.basis, raw.pay.lo, raw.pay.hi
    job.pay_source = PaySource.PARSED
    job.benefits = raw.benefits[:2000]
    job.requisition_id = raw.requisition_id[:60]
    job.hourly_min, job.hourly_max = pay.comparable(job)
    if not keep_dates:
        job.last_seen_at = now
        job.closes_at = _closes_at(job, raw, now=now)
    job.save()
    _write_terms(job, raw)


def _write_terms(job: Job, raw: RawPosting) -> None:
    job.employment_types.set(EmploymentType.objects.filter(slug__in=raw.employment))
    job.states.set(State.objects.filter(pk__in=raw.states))
    sites = [
        JobSite(job=job, city=place.city, state_id=place.state, postal_code=place.postal_code)
        for place in raw.places
        if place.city and place.state
    ]
    job.sites.all().delete()
    JobSite.objects.bulk_create(sites)


def employer_named(raw: RawPosting) -> Employer:
    """The employer of that name that nobody here acts for, made when there is none.

    A posting from outside is never put under an employer that has members, by name alone.
    """
    name = Truncator(raw.employer).chars(120)
    found = Employer.objects.filter(name__iexact=name, members=None).first()
    if found:
        return found
    return with_free_slug(
        name=name,
        kind=EmployerKind.PRACTICE,
        website=raw.employer_url,
    )
