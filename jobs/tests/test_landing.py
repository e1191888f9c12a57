from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from codes.codes import span_of
from codes.models import SpecialtyRange
from jobs.models import Job
from jobs.search import document
from jobs.tests.factories import make_job, make_site, make_specialty, make_state

pytestmark = pytest.mark.django_db


def make_urology(**fields):
    job = make_job(indexed=False, mode="onsite", **fields)
    job.specialties.add(make_specialty(description="Stones.", usual_credentials=["CPC", "CUC"]))
    make_site(job)
    document.write(job)
    return job


def test_specialty_tells_of_its_open_jobs(client):
    for dollars in (20, 30, 40):
        make_urology(title=f"Coder at {dollars}", hourly_min=dollars, hourly_max=dollars)
    specialty = make_specialty()
    SpecialtyRange.objects.create(
        specialty=specialty, system="CPT", span=span_of("CPT", "52000", "53899")
    )

    response = client.get("/jobs/specialty/urology/")

    text = response.content.decode()
    assert response.context["total"] == 3
    assert response.context["band"].median == Decimal("30.00")
    for expected in ("Stones.", "CPC, CUC", "52000–53899", "Coder at 40", "of 3 postings"):
        assert expected in text


def test_specialty_shows_no_band_of_too_few_postings(client):
    make_urology(hourly_min=20, hourly_max=30)

    assert client.get("/jobs/specialty/urology/").context["band"] is None


def test_state_lists_the_jobs_that_hire_there(client):
    make_urology(title="Dayton Coder")
    make_state("MI", "Michigan")

    assert "Dayton Coder" in client.get("/jobs/state/ohio/").content.decode()
    assert client.get("/jobs/state/michigan/").status_code == 404
    assert client.get("/jobs/state/atlantis/").status_code == 404


@pytest.mark.parametrize("path", ["/jobs/specialty/urology/", "/jobs/state/ohio/"])
def test_landing_is_gone_with_its_last_job(client, path):
    job = make_urology()
    assert client.get(path).status_code == 200

    document.delete(job.pk)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("/jobs/specialty/urology/", 14), ("/jobs/state/ohio/", 13)]
)
def test_landing_takes_constant_queries(client, path, queries, count, django_assert_num_queries):
    for _ in range(count):
        make_urology()

    with django_assert_num_queries(queries):
        client.get(path)


def test_sitemap_lists_open_postings_and_pages_that_have_any(client):
    job = make_urology()
    changed = timezone.now().replace(microsecond=0) - timedelta(days=2)
    Job.objects.filter(pk=job.pk).update(updated_at=changed)
    make_specialty("radiology", "Radiology")
    closed = make_job(closes_at=timezone.now())

    postings = client.get("/sitemap-jobs.xml").content.decode()
    pages = client.get("/sitemap-landing.xml").content.decode()

    assert f"<loc>http://localhost/jobs/{job.slug}/</loc>" in postings
    assert f"<lastmod>{changed:%Y-%m-%d}</lastmod>" in postings
    assert closed.slug not in postings
    assert pages.count("<loc>") == 2
    assert "<loc>http://localhost/jobs/specialty/urology/</loc>" in pages
    assert "<loc>http://localhost/jobs/state/ohio/</loc>" in pages


def test_sitemap_index_and_robots_name_each_other(client):
    make_urology()

    index = client.get("/sitemap.xml").content.decode()
    robots = client.get("/robots.txt").content.decode()

    assert "/sitemap-jobs.xml</loc>" in index
    assert robots.endswith("Sitemap: http://localhost/sitemap.xml\n")
    assert "Disallow: /hire/\n" in robots
