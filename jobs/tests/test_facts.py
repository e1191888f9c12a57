from decimal import Decimal

import pytest

from jobs.facts import groups
from jobs.models import Job
from jobs.tests.factories import make_job, make_site, make_specialty
from jobs.verdict import Reason

pytestmark = pytest.mark.django_db


def shown(job, slug, **options):
    """The stated rows of one group, and the names of those that are missing."""
    group = next(group for group in groups(job, **options) if group.slug == slug)
    rows = {fact.label: fact.text or fact.answer or fact.names or None for fact in group.rows}
    return rows, group.unstated


def test_groups_come_in_one_order():
    assert [group.slug for group in groups(make_job())] == [
        "work",
        "needs",
        "place",
        "pay",
        "terms",
        "test",
        "provided",
    ]


@pytest.mark.parametrize("given", ["no", "not_stated"])
def test_groups_ask_nothing_more_of_a_test_that_is_not_given(given):
    rows, unstated = shown(Job(test_given=given, pk=1), "test")

    assert rows == {"Coding test": None if given == "not_stated" else "no"}
    assert unstated == ["Background check"]


def test_groups_keep_the_details_of_a_test_that_is_only_described():
    rows, _unstated = shown(Job(test_minutes=60, test_open_book="no", pk=1), "test")

    assert rows == {"Coding test": None, "Test takes": "60 minutes", "Open book": "no"}


def test_groups_name_what_a_given_test_leaves_open():
    _rows, unstated = shown(Job(test_given="yes", test_minutes=60, pk=1), "test")

    assert unstated == [
        "Test comes",
        "Test holds",
        "Pass mark of the test",
        "Open book",
        "Test paid",
        "Result and feedback given",
        "Background check",
    ]


def test_groups_state_zero():
    job = make_job(mode="hybrid", onsite_days=0, years_min=Decimal(0), openings=0)

    assert shown(job, "place")[0]["Days on site"] == "0 a week"
    assert shown(job, "needs")[0]["Experience"] == "at least 0 years"
    assert shown(job, "terms")[0]["Openings"] == "0"


def test_groups_give_the_whole_address_and_the_readers_state():
    job = make_job(mode="onsite")
    site = make_site(job)
    site.street, site.postal_code = "1 Main St", "45402"
    site.save()

    rows, unstated = shown(job, "place", home=Reason("yes", "Work in OH: you live in Ohio"))

    assert rows == {
        "Place": "On site",
        "Site": ("1 Main St, Dayton, OH 45402",),
        "Your state": "Work in OH: you live in Ohio",
    }
    assert unstated == ["Days on site", "Hires in", "US residents only"]


@pytest.mark.parametrize(
    ("status", "url"),
    [("published", "/jobs/specialty/urology/"), ("filled", "/jobs/?specialty=urology")],
)
def test_groups_link_a_specialty_where_it_surely_has_a_page(status, url):
    job = make_job(status=status)
    job.specialties.add(make_specialty())

    work = groups(job)[0]

    assert [fact.links for fact in work.facts if fact.label == "Specialties"] == [
        ({"text": "Urology", "url": url, "note": "", "note_url": "/codes/specialty/urology/"},)
    ]
