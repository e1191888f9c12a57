from decimal import Decimal

import pytest
from django.utils import timezone

from jobs.home_page import Scale, pay_plot, scale_of
from jobs.search import document
from jobs.search.figures import PayBand
from jobs.tests.factories import make_job, make_site, make_specialty

pytestmark = pytest.mark.django_db


def make_paid(dollars, specialty):
    job = make_job(indexed=False, hourly_min=dollars, hourly_max=dollars, mode="onsite")
    job.specialties.add(specialty)
    make_site(job)
    document.write(job)


def test_scale_spans_whole_tens():
    band = PayBand(3, Decimal("21.5"), Decimal(25), Decimal(30))

    assert scale_of([band]) == Scale(20, 30)
    assert scale_of([PayBand(3, Decimal(30), Decimal(30), Decimal(30))]) == Scale(30, 40)


def test_pay_plot_draws_specialties_with_enough_postings():
    urology = make_specialty()
    for dollars in (20, 30, 40):
        make_paid(dollars, urology)
    make_paid(99, make_specialty("ir", "IR"))

    plot = pay_plot(timezone.now())

    assert [(row["name"], row["band"]) for row in plot["rows"]] == [
        ("Urology", PayBand(3, Decimal("25.0"), Decimal("30.0"), Decimal("35.0")))
    ]
    assert [tick["dollars"] for tick in plot["ticks"]] == [20, 30, 40]


def test_pay_plot_is_left_out_without_figures():
    assert pay_plot(timezone.now()) is None


def test_home_shows_doors_newest_jobs_and_figures(client):
    for dollars in (20, 30, 40):
        make_paid(dollars, make_specialty())

    response = client.get("/")

    text = response.content.decode()
    for expected in ("Find work", "Hire", "Look up a code", "n = 3", "/jobs/state/ohio/"):
        assert expected in text
    assert len(response.context["cards"]) == 3


def test_home_is_whole_without_any_posting(client):
    response = client.get("/")

    assert "No open jobs yet" in response.content.decode()
    assert '<svg class="plot"' not in response.content.decode()


@pytest.mark.parametrize("count", [3, 5])
def test_home_takes_constant_queries(client, count, django_assert_num_queries):
    for _ in range(count):
        make_paid(30, make_specialty())

    with django_assert_num_queries(17):
        client.get("/")
