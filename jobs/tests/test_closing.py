from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.tests.factories import make_employer
from jobs.closing_day import closing_instant
from jobs.models import Job, JobSearch
from jobs.services import closing
from jobs.states import Actor, JobStatus
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
# The second of these days has 25 hours in New York and Los Angeles, the third has 23.
DAYS = [date(2026, 7, 15), date(2026, 11, 1), date(2026, 3, 8)]


@pytest.mark.parametrize("zone", ["America/New_York", "America/Los_Angeles", "Pacific/Guam"])
@pytest.mark.parametrize("day", DAYS)
def test_expire_overdue_closes_with_the_last_second_of_the_day(zone: str, day: date) -> None:
    closes_at = closing_instant(day, ZoneInfo(zone))
    job = make_job(
        employer=make_employer(time_zone=zone),
        closes_at=closes_at,
        published_at=closes_at - timedelta(days=9),
    )

    before = (closing.expire_overdue(now=closes_at - SECOND), Job.objects.get().status)
    seen = [Job.objects.visible(at=closes_at + step).exists() for step in (-SECOND, 0 * SECOND)]
    after = (closing.expire_overdue(now=closes_at + SECOND), Job.objects.get().status)

    assert (before, seen, after) == ((0, "published"), [True, False], (1, "expired"))
    assert datetime.combine(day, datetime.min.time(), UTC) < closes_at
    job.refresh_from_db()
    assert job.closed_at == closes_at + SECOND
    assert not JobSearch.objects.exists()


def test_expire_overdue_records_the_board_as_actor_once() -> None:
    now = timezone.now()
    job = make_job(closes_at=now - SECOND)

    counts = [closing.expire_overdue(now=now) for _run in range(2)]

    event = job.events.get()
    assert counts == [1, 0]
    assert (event.act, event.actor, event.by) == ("expired", Actor.SYSTEM, None)


def test_expire_overdue_leaves_every_other_status_alone() -> None:
    now = timezone.now()
    others = [status for status in JobStatus if status not in ("published", "merged")]
    for status in others:
        make_job(status=status, closes_at=now - SECOND)

    assert closing.expire_overdue(now=now) == 0


def test_expire_posting_closes_what_its_source_no_longer_lists() -> None:
    job = make_job()

    closing.expire_posting(job=job, now=timezone.now(), note="No longer listed.")

    job.refresh_from_db()
    assert (job.status, job.events.get().note) == (JobStatus.EXPIRED, "No longer listed.")
