"""An edit of a live posting, beside it until it is taken in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from jobs import content, deadlines, events
from jobs.errors import NotReady
from jobs.models import Job, ListingEvent
from jobs.search import document
from jobs.states import Actor, JobStatus

# Where an edit may still be taken in. An expired posting can be asked for again.
TAKES_EDITS = (JobStatus.PUBLISHED, JobStatus.EXPIRED, JobStatus.PENDING)


def changes_of(revision: Job, live: Job) -> list[dict[str, str]]:
    """What the edit would change in the posting as it now stands."""
    return content.diff(content.snapshot(live), content.snapshot(revision))


def locked_live(revision: Job) -> Job:
    """The posting under the edit, locked. Raises NotReady when it is closed for good.

    Whoever works on both locks the posting first, so that nobody waits crosswise.
    """
    live = Job.objects.select_for_update().get(revisions=revision)
    if live.status not in TAKES_EDITS:
        raise NotReady(_("The posting itself is closed. Copy it to post it again."))
    return live


@transaction.atomic
def take_in(
    *,
    revision: Job,
    actor: Actor,
    by: User | None,
    now: datetime,
    note: str = "",
    written_by: User | None = None,
) -> ListingEvent:
    """Write the edit over the posting, which stays public, with the same address and first day.

    Returns the event of the edit; the posting gets one of its own, with what changed.
    """
    live = locked_live(revision)
    changes = changes_of(revision, live)
    merged = events.move(
        job=revision,
        to=JobStatus.MERGED,
        act="merged",
        actor=actor,
        by=by,
        at=now,
        note=note,
        diff=changes,
        closed_at=now,
    )
    content.copy_content(revision, live)
    _take_closing(revision, live, now=now)
    events.record(
        job=live,
        act="edited",
        old=live.status,
        new=live.status,
        actor=actor if by else Actor.EMPLOYER,
        by=by or written_by,
        at=now,
        note=note,
        diff=changes,
    )
    if live.is_visible(at=now):
        document.write(live)
    return merged


def _take_closing(revision: Job, live: Job, *, now: datetime) -> None:
    closes_at = revision.closes_at
    if closes_at is None or closes_at == live.closes_at or live.status != JobStatus.PUBLISHED:
        return
    deadlines.check_closing(closes_at, now=now, zone=live.employer.zone)
    live.closes_at = closes_at
    live.save(update_fields=["closes_at", "updated_at"])


def settle_waiting(*, live: Job, to: str, actor: Actor, by: User, now: datetime) -> None:
    """Take the edits of a posting that closes for good out of the queue."""
    for revision in live.revisions.select_for_update().in_review():
        events.move(
            job=revision,
            to=to,
            act="closed_with_posting",
            actor=actor,
            by=by,
            at=now,
            closed_at=now,
        )


def refuse_unchanged(changes: list[dict[str, str]]) -> None:
    if not changes:
        raise NotReady(_("Nothing was changed."))
