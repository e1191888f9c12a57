"""What an employer does with a posting."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from jobs import content, deadlines, events, job_mail, readiness
from jobs.errors import IllegalMove, NotReady
from jobs.models import Job, ListingEvent, ReasonCode
from jobs.models.job import new_public_id
from jobs.search import document
from jobs.services import closing, merging
from jobs.slugs import slug_of
from jobs.states import OPEN_REVISION, Actor, JobStatus


@transaction.atomic
def submit_posting(
    *, job: Job, by: User | None, now: datetime, actor: Actor = Actor.EMPLOYER
) -> ListingEvent:
    """Put a written posting, or an edit of a live one, before the moderators.

    An edit of nothing that matters goes live at once: `job.status` is then MERGED. Raises
    NotReady, ClosingRefused or BannedLink with what has to be put right, IllegalMove when the
    posting was submitted meanwhile.
    """
    if job.is_revision:
        return _submit_revision(job=job, by=by, now=now)
    readiness.check(job, now=now, actor=actor)
    event = events.move(
        job=job,
        to=JobStatus.PENDING,
        act="submitted",
        actor=actor,
        by=by,
        at=now,
        submitted_at=now,
        slug=slug_of(job),
    )
    if actor == Actor.EMPLOYER:
        job_mail.tell_moderators(event, now=now)
    return event


def _submit_revision(*, job: Job, by: User | None, now: datetime) -> ListingEvent:
    live = merging.locked_live(job)
    changes = merging.changes_of(job, live)
    merging.refuse_unchanged(changes)
    readiness.check(job, now=now, actor=Actor.EMPLOYER, was=live.closes_at)
    event = events.move(
        job=job,
        to=JobStatus.PENDING,
        act="submitted",
        actor=Actor.EMPLOYER,
        by=by,
        at=now,
        diff=changes,
        submitted_at=now,
    )
    if readiness.needs_review(job, changes):
        job_mail.tell_moderators(event, now=now)
        return event
    return merging.take_in(revision=job, actor=Actor.SYSTEM, by=None, written_by=by, now=now)


@transaction.atomic
def withdraw_posting(
    *, job: Job, by: User, now: datetime, reason: ReasonCode | None = None, note: str = ""
) -> ListingEvent:
    return _close(job, JobStatus.WITHDRAWN, "withdrawn", by=by, now=now, reason=reason, note=note)


@transaction.atomic
def mark_filled(
    *, job: Job, by: User, now: datetime, reason: ReasonCode | None = None, note: str = ""
) -> ListingEvent:
    return _close(job, JobStatus.FILLED, "filled", by=by, now=now, reason=reason, note=note)


def _close(
    job: Job, to: str, act: str, *, by: User, now: datetime, reason: ReasonCode | None, note: str
) -> ListingEvent:
    event = events.move(
        job=job,
        to=to,
        act=act,
        actor=Actor.EMPLOYER,
        by=by,
        at=now,
        reason=reason,
        note=note,
        closed_at=now,
    )
    document.delete(job.pk)
    merging.settle_waiting(live=job, to=JobStatus.WITHDRAWN, actor=Actor.EMPLOYER, by=by, now=now)
    return event


@transaction.atomic
def renew_posting(
    *, job: Job, by: User, now: datetime, closes_at: datetime | None = None
) -> ListingEvent:
    """Give a posting more time; without `closes_at`, the usual time from now.

    A live one stays public at its address and is not reviewed again. One that has closed goes
    back to the moderators. Neither becomes new by it: its first day is never rewritten.
    """
    zone = job.employer.zone
    closes_at = closes_at or deadlines.default_closing(now=now, zone=zone)
    deadlines.check_closing(closes_at, now=now, zone=zone)
    if job.is_visible(at=now):
        return _extend(job, by=by, now=now, closes_at=closes_at)
    if job.status == JobStatus.PUBLISHED:
        closing.expire_posting(job=job, now=now)
    return _relist(job, by=by, now=now, closes_at=closes_at)


def _extend(job: Job, *, by: User, now: datetime, closes_at: datetime) -> ListingEvent:
    open_now = Job.objects.visible(at=now).filter(pk=job.pk)
    if not open_now.update(closes_at=closes_at, confirmed_open_at=now, updated_at=now):
        raise IllegalMove(_("The posting has closed meanwhile. Reload to see where it stands."))
    job.closes_at, job.confirmed_open_at, job.updated_at = closes_at, now, now
    # An edit under way was begun with the old closing day, which it must not bring back.
    job.revisions.filter(status__in=OPEN_REVISION).update(closes_at=closes_at)
    document.write(job)
    return _note(job, "renewed", by=by, now=now)


def _relist(job: Job, *, by: User, now: datetime, closes_at: datetime) -> ListingEvent:
    if job.status != JobStatus.EXPIRED:
        raise IllegalMove(_("Only a live or closed posting can be renewed."))
    readiness.check(job, now=now, actor=Actor.EMPLOYER, was=job.closes_at)
    event = events.move(
        job=job,
        to=JobStatus.PENDING,
        act="renewed",
        actor=Actor.EMPLOYER,
        by=by,
        at=now,
        closes_at=closes_at,
        submitted_at=now,
        closed_at=None,
    )
    job_mail.tell_moderators(event, now=now)
    return event


@transaction.atomic
def confirm_open(*, job: Job, by: User, now: datetime) -> ListingEvent:
    """Note that the employer still hires for a live posting."""
    open_now = Job.objects.visible(at=now).filter(pk=job.pk)
    if not open_now.update(confirmed_open_at=now, updated_at=now):
        raise IllegalMove(_("Only a live posting can be confirmed as open."))
    job.confirmed_open_at, job.updated_at = now, now
    return _note(job, "confirmed", by=by, now=now)


def _note(job: Job, act: str, *, by: User, now: datetime) -> ListingEvent:
    return events.record(
        job=job, act=act, old=job.status, new=job.status, actor=Actor.EMPLOYER, by=by, at=now
    )


@transaction.atomic
def copy_posting(*, job: Job, by: User, now: datetime) -> Job:
    """A new draft with the same words, whatever became of the old posting."""
    return _write_beside(job, by=by, copied_from=job)


@transaction.atomic
def start_revision(*, job: Job, by: User | None, now: datetime) -> Job:
    """The open edit of a live posting: the one under way, or a new one with the live words."""
    if not job.is_visible(at=now):
        raise IllegalMove(_("Only a live posting is edited this way. Copy it to post it again."))
    under_way = job.revisions.filter(status__in=OPEN_REVISION)
    if found := under_way.first():
        return found
    try:
        with transaction.atomic():
            return _write_beside(job, by=by, revision_of=job, closes_at=job.closes_at)
    except IntegrityError:
        return under_way.get()


def _write_beside(job: Job, **fields: object) -> Job:
    by = fields.pop("by")
    row = Job(employer=job.employer, public_id=new_public_id(), created_by=by, **fields)  # type: ignore[misc]
    row.title = job.title
    row.slug = slug_of(row)
    row.save()
    content.copy_content(job, row)
    return row


@transaction.atomic
def discard_revision(*, job: Job, by: User, now: datetime) -> None:
    """Give up an edit; the live posting stays as it is. One never sent is deleted."""
    if not job.is_revision:
        raise NotReady(_("Only an edit of a live posting can be given up this way."))
    if job.status == JobStatus.DRAFT:
        discard_draft(job=job, by=by, now=now)
    else:
        withdraw_posting(job=job, by=by, now=now)


@transaction.atomic
def discard_draft(*, job: Job, by: User, now: datetime) -> None:
    """Delete a draft that nobody but its writers has seen; whatever was sent stays on record."""
    unsent = Job.objects.filter(pk=job.pk, status=JobStatus.DRAFT, submitted_at=None, events=None)
    draft = unsent.select_for_update(of=("self",)).first()
    if draft is None:
        raise IllegalMove(_("Only a draft that was never sent can be deleted."))
    draft.delete()
