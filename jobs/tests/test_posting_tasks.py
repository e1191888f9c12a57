"""The tasks that the clock starts, from their names in the schedule to the rows they change."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Letter
from accounts.tests.factories import make_employer, make_user
from jobs import tasks
from jobs.models import Application, Job
from jobs.states import JobStatus
from jobs.tests.factories import make_application, make_job

pytestmark = pytest.mark.django_db


def test_expire_postings_tidies_what_is_over() -> None:
    make_job(closes_at=timezone.now() - timedelta(seconds=1))

    tasks.expire_postings()

    assert Job.objects.get().status == JobStatus.EXPIRED


def test_remind_employers_posts_what_is_due() -> None:
    now = timezone.now()
    make_job(
        employer=make_employer(owner=make_user()),
        closes_at=now + timedelta(hours=12),
        published_at=now - timedelta(days=9),
    )

    tasks.remind_employers()

    assert Letter.objects.count() == 1


def test_purge_old_data_purges() -> None:
    make_application(moved_at=timezone.now() - timedelta(days=800))

    tasks.purge_old_data()

    assert not Application.objects.exists()
