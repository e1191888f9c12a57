from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from jobs.models import SavedJob
from jobs.states import JobStatus
from jobs.tests.factories import make_job, require_credentials

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder(client):
    coder = make_user()
    client.force_login(coder)
    return coder


def save(client, job, **data):
    return client.post(reverse("desk:save", args=[job.slug]), data)


def test_save_twice_keeps_one(client, coder):
    job = make_job()

    save(client, job)
    response = save(client, job)

    assert response.headers["Location"] == job.get_absolute_url()
    assert list(SavedJob.objects.values_list("user", "job")) == [(coder.pk, job.pk)]


def test_save_no_takes_it_off_twice(client, coder):
    job = make_job()
    save(client, job)

    save(client, job, saved="no")
    response = save(client, job, saved="no", next="/saved/")

    assert response.headers["Location"] == "/saved/"
    assert SavedJob.objects.count() == 0


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:1"])
def test_save_leads_back_within_the_site_only(client, coder, elsewhere):
    job = make_job()

    assert save(client, job, next=elsewhere).headers["Location"] == job.get_absolute_url()


def test_save_refuses_what_is_closed(client, coder):
    job = make_job(closes_at=timezone.now() - timedelta(seconds=1))

    save(client, job)

    assert SavedJob.objects.count() == 0


def test_save_finds_no_draft(client, coder):
    assert save(client, make_job(status=JobStatus.DRAFT)).status_code == 404


def test_save_is_a_post(client, coder):
    assert client.get(reverse("desk:save", args=[make_job().slug])).status_code == 405


def test_save_leads_a_visitor_through_the_log_in_to_the_posting(client):
    job = make_job()

    response = save(client, job)

    assert response.headers["Location"] == f"/accounts/login/?next={job.get_absolute_url()}"
    assert SavedJob.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_saved_list_asks_a_constant_number_of_times(
    client, coder, count, django_assert_num_queries, html_validity
):
    for _number in range(count):
        job = make_job()
        require_credentials(job, "CPC", "CCS-P")
        SavedJob.objects.create(user=coder, job=job)
        gone = make_job(status=JobStatus.FILLED, first_published_at=timezone.now())
        SavedJob.objects.create(user=coder, job=gone)
    client.get("/saved/")

    with django_assert_num_queries(13):
        response = client.get("/saved/")

    html_validity(response.content)
    assert len(response.context["rows"]) == 2 * count


def test_saved_list_shows_closed_ones_as_closed_without_a_way_in(client, coder):
    filled = make_job(status=JobStatus.FILLED, first_published_at=timezone.now(), title="Filled")
    removed = make_job(status=JobStatus.REMOVED, first_published_at=timezone.now(), title="Fraud")
    for job in (filled, removed):
        SavedJob.objects.create(user=coder, job=job)

    text = client.get("/saved/").content.decode()

    assert "Filled" in text
    assert "Fraud" not in text
    assert text.count(">Closed</span>") == 2
    assert filled.get_absolute_url() + '"' not in text
    assert reverse("desk:apply", args=[filled.slug]) not in text


def test_saved_list_is_ones_own(client, coder):
    SavedJob.objects.create(user=make_user(), job=make_job())

    assert b"No saved jobs" in client.get("/saved/").content
