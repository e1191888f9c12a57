from contextlib import nullcontext
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.tests.factories import make_user
from jobs.errors import IllegalMove
from jobs.events import move, record
from jobs.models import Job, ListingEvent
from jobs.states import JOB_MOVES, REVISION, Actor, JobStatus
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db

MOVES = list(product(JobStatus, JobStatus, Actor))


def check_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def job_in(status: str, *, revision: bool) -> Job:
    return make_job(status=status, revision_of=make_job() if revision else None)


@pytest.mark.parametrize(("old", "new", "actor"), MOVES)
def test_move_allows_the_listed_moves_only(old: JobStatus, new: JobStatus, actor: Actor) -> None:
    merged = JobStatus.MERGED in (old, new)
    job = job_in(old, revision=merged and old in REVISION)
    now = timezone.now()
    dates: dict[str, Any] = {
        "first_published_at": now,
        "published_at": now,
        "closes_at": now + timedelta(days=1),
    }
    allowed = actor in JOB_MOVES.get((old, new), ())

    with nullcontext() if allowed else pytest.raises(IllegalMove):
        move(
            job=job,
            to=new,
            act="tried",
            actor=actor,
            by=None,
            at=now,
            **dates if new == JobStatus.PUBLISHED else {},
        )

    check_triggers()
    job.refresh_from_db()
    assert job.status == (new if allowed else old)
    assert job.events.count() == allowed


def test_move_records_who_moved_what_when_and_why() -> None:
    job, by, now = make_job(status=JobStatus.PENDING), make_user(), timezone.now()

    event = move(
        job=job,
        to=JobStatus.CHANGES,
        act="changes_requested",
        actor=Actor.MODERATOR,
        by=by,
        at=now,
        note="Say where.",
    )

    event.refresh_from_db()
    told = (event.job, event.act, event.from_status, event.to_status, event.actor, event.by)
    assert told == (job, "changes_requested", "pending", "changes_requested", "moderator", by)
    assert (event.note, event.at, event.reason) == ("Say where.", now, None)


def test_move_refuses_what_was_submitted_anew_meanwhile() -> None:
    now = timezone.now()
    seen = make_job(status=JobStatus.PENDING, submitted_at=now - timedelta(hours=2))
    Job.objects.filter(pk=seen.pk).update(submitted_at=now - timedelta(hours=1))

    with pytest.raises(IllegalMove, match="Reload to see where it stands"):
        move(
            job=seen, to=JobStatus.REJECTED, act="rejected", actor=Actor.MODERATOR, by=None, at=now
        )

    assert not ListingEvent.objects.exists()


def test_status_without_an_event_is_refused_by_the_database() -> None:
    job = make_job(status=JobStatus.PENDING)
    Job.objects.filter(pk=job.pk).update(status=JobStatus.REJECTED)

    with pytest.raises(IntegrityError, match="became rejected without a listing event"):
        check_triggers()


def test_status_saved_by_hand_is_refused_by_the_database() -> None:
    job = make_job(status=JobStatus.REMOVED)
    job.status = JobStatus.DRAFT
    job.save()

    with pytest.raises(IntegrityError, match="became draft without a listing event"):
        check_triggers()


def make_event() -> ListingEvent:
    job = make_job()
    return record(
        job=job,
        act="confirmed",
        old=job.status,
        new=job.status,
        actor=Actor.EMPLOYER,
        by=make_user(),
        at=timezone.now(),
    )


def test_event_is_never_rewritten() -> None:
    event = make_event()

    with (
        pytest.raises(IntegrityError, match="listing events are append-only"),
        transaction.atomic(),
    ):
        ListingEvent.objects.filter(pk=event.pk).update(note="other words")


def test_event_is_never_deleted() -> None:
    event = make_event()

    with (
        pytest.raises(IntegrityError, match="listing events are append-only"),
        transaction.atomic(),
    ):
        event.delete()


def test_event_outlives_the_person_behind_it() -> None:
    event = make_event()
    assert event.by is not None

    event.by.delete()

    event.refresh_from_db()
    assert event.by is None


def test_first_day_of_a_posting_is_never_rewritten() -> None:
    job = make_job()

    with (
        pytest.raises(IntegrityError, match=f"first_published_at of job {job.pk} is settled"),
        transaction.atomic(),
    ):
        Job.objects.filter(pk=job.pk).update(first_published_at=timezone.now())
