"""The moves of a posting: one conditional UPDATE, and the listing event that goes with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.errors import IllegalMove
from jobs.models import Job, ListingEvent, ReasonCode
from jobs.states import JOB_MOVES, Actor, sources


def record(
    *,
    job: Job,
    act: str,
    old: str,
    new: str,
    actor: Actor,
    by: User | None,
    at: datetime,
    reason: ReasonCode | None = None,
    note: str = "",
    diff: Sequence[dict[str, str]] = (),
) -> ListingEvent:
    return ListingEvent.objects.create(
        job=job,
        act=act,
        from_status=old,
        to_status=new,
        actor=actor,
        by=by,
        at=at,
        reason=reason,
        note=note,
        diff=list(diff),
    )


@transaction.atomic
def move(
    *,
    job: Job,
    to: str,
    act: str,
    actor: Actor,
    by: User | None,
    at: datetime,
    reason: ReasonCode | None = None,
    note: str = "",
    diff: Sequence[dict[str, str]] = (),
    **dates: Any,
) -> ListingEvent:
    """Move `job` from the status the caller saw to `to`, write `dates` with it, and record it.

    Raises IllegalMove when `actor` may not make the move, or when the stored row is no longer
    the one the caller saw: moved by somebody else, or submitted anew with other words.
    """
    old = job.status
    seen = Job.objects.filter(pk=job.pk, status=old, submitted_at=job.submitted_at)
    values = {"status": to, "updated_at": at, **dates}
    if old not in sources(JOB_MOVES, to, actor) or not seen.update(**values):
        raise IllegalMove(
            _("“%(job)s” can no longer be moved there. Reload to see where it stands.")
            % {"job": job}
        )
    for name, value in values.items():
        setattr(job, name, value)
    return record(
        job=job,
        act=act,
        old=old,
        new=to,
        actor=actor,
        by=by,
        at=at,
        reason=reason,
        note=note,
        diff=diff,
    )
