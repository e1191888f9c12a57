from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Letter
from accounts.tests.factories import make_user
from codes.models import Code, CodeReport
from jobs.models import Report
from jobs.moderators import addresses, ensure_moderators, may_moderate, waiting
from jobs.states import JobStatus
from jobs.tests.factories import make_job, make_moderator, make_reason

pytestmark = pytest.mark.django_db


def test_ensure_moderators_makes_the_group_once() -> None:
    first, second = ensure_moderators(), ensure_moderators()

    assert first == second == Group.objects.get()
    assert [permission.codename for permission in first.permissions.all()] == ["moderate_job"]


def test_may_moderate_asks_for_the_permission() -> None:
    people = [make_moderator(), make_user(is_staff=True), make_user()]

    assert [may_moderate(person) for person in people] == [True, False, False]


def test_addresses_are_those_of_active_staff_who_may_decide() -> None:
    make_moderator(email="moderator@example.com")
    make_moderator(email="gone@example.com", is_active=False)
    make_user(email="boss@example.com", is_staff=True, is_superuser=True)
    make_user(email="clerk@example.com", is_staff=True)

    assert addresses() == ["boss@example.com", "moderator@example.com"]


def test_waiting_counts_what_is_to_be_decided() -> None:
    now = timezone.now()
    live = make_job()
    make_job(status=JobStatus.PENDING, submitted_at=now - timedelta(hours=1))
    make_job(status=JobStatus.PENDING, submitted_at=now - timedelta(hours=49))
    make_job(status=JobStatus.PENDING, submitted_at=now, revision_of=live)
    Report.objects.create(job=live, reason=make_reason("report", "other"), reporter=make_user())
    Letter.objects.create(to="a@example.com", key="k", subject="s", try_at=now, status="refused")

    code = Code.objects.create(system="CPT", code="74740", key=74740)
    CodeReport.objects.create(code=code, text="Wrong")
    CodeReport.objects.create(code=code, text="Mended", handled_at=now)

    assert waiting(now=now) == {
        "postings": 2,
        "edits": 1,
        "long": 1,
        "reports": 1,
        "refused": 1,
        "errors": 1,
        "complaints": 0,
    }


def test_loading_the_vocabulary_makes_the_group() -> None:
    call_command("load_vocabulary", verbosity=0, stdout=StringIO())

    assert Group.objects.get().name == "Moderators"
