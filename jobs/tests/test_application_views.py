import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_member, make_user
from jobs.models import Move
from jobs.services import applying
from jobs.states import Actor, ApplicationStatus, JobStatus
from jobs.tests.factories import make_application, make_job, make_resume

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder(client):
    coder = make_user(name="Pat Coder")
    client.force_login(coder)
    return coder


def page_of(application):
    return reverse("desk:application", args=[application.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_application_list_asks_a_constant_number_of_times(
    client, coder, count, django_assert_num_queries, html_validity
):
    for _number in range(count):
        make_application(applicant=coder, job=make_job(title="Coder <i>"))
    make_application()
    client.get("/applications/")

    with django_assert_num_queries(3):
        response = client.get("/applications/")

    html_validity(response.content)
    assert len(response.context["rows"]) == count


def test_application_list_empty_says_what_to_do(client, coder, html_validity):
    response = client.get("/applications/")

    assert b"No applications yet" in response.content
    html_validity(response.content)


def test_application_shows_what_was_sent_and_what_happened(client, coder, html_validity):
    job, resume = make_job(), make_resume(owner=coder)
    sent = applying.apply_to_job(
        job=job,
        applicant=coder,
        now=timezone.now(),
        message="<script>alert(1)</script>\nSecond line",
        answers=[("Which <b>?", "3M & more"), ("Else?", "")],
        resume=resume,
    )
    applying.move_application(
        application=sent,
        to=ApplicationStatus.INTERVIEW,
        actor=Actor.EMPLOYER,
        by=make_member(employer=job.employer, user=make_user(name="Robin Recruiter")).user,
        now=timezone.now(),
        note="Monday <10:00>",
    )

    response = client.get(page_of(sent) + "?sent=1")

    html_validity(response.content)
    text = response.content.decode()
    for words in ("&lt;script&gt;", "3M &amp; more", "Monday &lt;10:00&gt;", "resume.pdf"):
        assert words in text
    assert "<script>alert" not in text
    assert "Robin Recruiter" not in text
    assert f'data-autosave-clear="application-{job.public_id}-{coder.pk}"' in text


@pytest.mark.parametrize("status", [s for s in JobStatus if s != JobStatus.MERGED])
def test_application_leads_to_the_posting_while_it_has_a_page(client, coder, status):
    job = make_job(status=status, first_published_at=timezone.now(), indexed=False)
    application = make_application(applicant=coder, job=job)

    text = client.get(page_of(application)).content.decode()

    readable = status in (JobStatus.PUBLISHED, JobStatus.FILLED, JobStatus.EXPIRED)
    assert (f'href="{job.get_absolute_url()}"' in text) == readable


def test_application_is_the_applicants_alone(client, coder):
    other = make_application()

    assert client.get(page_of(other)).status_code == 404
    assert client.get(reverse("desk:withdraw", args=[other.pk])).status_code == 404
    assert client.post(reverse("desk:withdraw", args=[other.pk])).status_code == 404
    other.refresh_from_db()
    assert other.status == ApplicationStatus.SUBMITTED


def test_withdraw_asks_first_and_acts_on_post(client, coder, html_validity):
    application = make_application(applicant=coder)
    path = reverse("desk:withdraw", args=[application.pk])

    asked = client.get(path)
    application.refresh_from_db()
    assert application.status == ApplicationStatus.SUBMITTED
    done = client.post(path, follow=True)

    html_validity(asked.content)
    application.refresh_from_db()
    assert application.status == ApplicationStatus.WITHDRAWN
    assert [str(message) for message in done.context["messages"]] == [
        "Withdrawn. The employer can no longer read what you sent."
    ]
    assert b"Apply again" in done.content


@pytest.mark.parametrize("status", ["hired", "declined", "withdrawn"])
def test_withdraw_is_over_when_the_application_is(client, coder, status):
    application = make_application(applicant=coder, status=status)
    path = reverse("desk:withdraw", args=[application.pk])

    asked = client.get(path)
    done = client.post(path, follow=True)

    assert asked.headers["Location"] == page_of(application)
    assert [message.level_tag for message in done.context["messages"]] == ["error"]
    assert Move.objects.count() == 0
    assert b"Withdraw application" not in done.content


def test_applications_lead_visitors_to_the_log_in(client):
    for path in ("/applications/", page_of(make_application())):
        assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
