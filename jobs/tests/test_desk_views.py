import pytest
from django.utils import timezone

from accounts.models.employer import Role
from accounts.tests.factories import make_employer, make_member, make_user
from jobs.models import HeldCredential, SavedJob, SpecialtyYears
from jobs.states import ApplicationStatus, JobStatus
from jobs.tests.factories import (
    make_alert,
    make_application,
    make_credential,
    make_job,
    make_profile,
    make_setting,
    make_specialty,
    make_state,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder(client):
    coder = make_user()
    client.force_login(coder)
    return coder


def test_desk_empty_names_the_next_steps(client, coder, html_validity):
    response = client.get("/desk/")

    html_validity(response.content)
    text = response.content.decode()
    for words in (
        "You have not applied for a job yet.",
        "No open job is saved.",
        "0 of 5 parts are filled in. Missing: credentials, state, years of coding, specialties, "
        "settings.",
        "No search mails you new jobs.",
    ):
        assert words in text
    assert "You hire for" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_desk_asks_a_constant_number_of_times(
    client, coder, count, django_assert_num_queries, html_validity
):
    for _number in range(count):
        make_application(applicant=coder)
        SavedJob.objects.create(user=coder, job=make_job())
        make_alert(user=coder, email=coder.email, query=f"q=word{_number}")
        make_member(user=coder)
    client.get("/desk/")

    with django_assert_num_queries(7):
        response = client.get("/desk/")

    html_validity(response.content)
    shown = [len(response.context[name]) for name in ("applications", "saved", "alerts")]
    assert shown == [count] * 3


def test_desk_shows_what_is_live_and_ones_own(client, coder):
    make_application(applicant=coder, status=ApplicationStatus.WITHDRAWN)
    make_application()
    closed = make_job(status=JobStatus.FILLED, first_published_at=timezone.now())
    SavedJob.objects.create(user=coder, job=closed)
    make_alert(user=coder, email=coder.email, ended_at=timezone.now())

    response = client.get("/desk/")

    shown = [response.context[name] for name in ("applications", "saved", "alerts")]
    assert shown == [[], [], []]


def test_desk_tells_what_the_profile_lacks(client, coder):
    profile = make_profile(user=coder, state=make_state(), years=0)
    HeldCredential.objects.create(profile=profile, credential=make_credential())

    lacking = client.get("/desk/").context["profiled"]
    SpecialtyYears.objects.create(profile=profile, specialty=make_specialty())
    profile.settings.add(make_setting())
    full = client.get("/desk/").context["profiled"]

    assert (lacking.filled, lacking.missing) == (3, ["specialties", "settings"])
    assert (full.filled, full.missing) == (5, [])


def test_desk_counts_what_waits_for_an_employer(client, coder):
    employer = make_employer(name="Smith & Sons")
    make_member(employer=employer, user=coder, role=Role.VIEWER)
    job = make_job(employer=employer)
    for status in ("submitted", "submitted", "in_review", "withdrawn"):
        make_application(job=job, status=status)
    make_job(employer=employer, status=JobStatus.CHANGES)
    make_job(employer=employer, status=JobStatus.CHANGES)

    [shown] = client.get("/desk/").context["employers"]

    assert (shown.new_applications, shown.to_change) == (2, 2)


def test_desk_leads_a_visitor_to_the_log_in(client):
    assert client.get("/desk/").headers["Location"] == "/accounts/login/?next=/desk/"
