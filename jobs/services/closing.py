"""What the clock does with postings. Visibility never waits for it: the queries ask the time."""

from datetime import datetime

from django.db import transaction

from jobs import events
from jobs.errors import IllegalMove
from jobs.models import Job, ListingEvent
from jobs.search import document
from jobs.states import Actor, JobStatus


@transaction.atomic
def expire_posting(*, job: Job, now: datetime, note: str = "") -> ListingEvent:
    """Close a posting in good order: its time is over, or its source no longer lists it."""
    event = events.move(
        job=job,
        to=JobStatus.EXPIRED,
        act="expired",
        actor=Actor.SYSTEM,
        by=None,
        at=now,
        note=note,
        closed_at=now,
    )
    document.delete(job.pk)
    return event


def expire_overdue(*, now: datetime) -> int:
    """Tidy what has closed, each posting by itself; returns how many."""
    return sum(_expire_if_overdue(pk, now=now) for pk in _overdue(now))


def _overdue(now: datetime) -> list[int]:
    return list(Job.objects.overdue(at=now).order_by("closes_at").values_list("pk", flat=True))


@transaction.atomic
def _expire_if_overdue(pk: int, *, now: datetime) -> bool:
    """Left alone when it was renewed or closed meanwhile, or another worker holds it."""
    overdue = Job.objects.overdue(at=now).select_for_update(skip_locked=True).filter(pk=pk)
    job = overdue.first()
    if job is None:
        return False
    try:
        expire_posting(job=job, now=now)
    except IllegalMove:
        return False
    return True
