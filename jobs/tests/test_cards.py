from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Value
from django.utils import timezone

from jobs.cards import card, credentials_text
from jobs.eligibility import profile_of
from jobs.models import Job
from jobs.tests.factories import (
    add_code_range,
    make_employment_type,
    make_job,
    make_profile,
    make_state,
    require_credentials,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


def full_job(**fields):
    job = make_job(
        **{
            "title": "Urology Profee Coder",
            "slug": "urology-profee-coder-1",
            "mode": "remote",
            "state_rule": "only",
            "pay_basis": "year",
            "pay_min": Decimal(68000),
            "pay_max": Decimal(79000),
            "confirmed_open_at": NOW - timedelta(days=3),
            **fields,
        }
    )
    job.states.add(make_state())
    job.employment_types.add(make_employment_type())
    require_credentials(job, "CPC", "CCS-P")
    for lo, hi in [("74400", "74485"), ("52000", "53899"), ("55866", "55866"), ("76830", "76857")]:
        add_code_range(job, lo, hi)
    return job


def test_card_tells_what_a_coder_asks_first():
    job = full_job()
    job.employer.domains.create(domain="lakeside.example", verified_at=NOW)
    profile = make_profile(state=make_state())
    profile.held.create(credential=job.credential_requirements.get().credentials.first())
    row = Job.objects.for_cards().annotate(is_saved=Value(value=True)).get()

    found = card(row, now=NOW, profile=profile_of(profile.user))

    assert found == {
        "url": "/jobs/urology-profee-coder-1/",
        "title": "Urology Profee Coder",
        "employer_name": job.employer.name,
        "employer_verified": True,
        "verdict": {"answer": "yes", "word": "Hires you"},
        "pay_text": "$68,000–79,000 a year",
        "hourly_text": "$32.69–37.98/h",
        "employment_text": "full time",
        "place_text": "remote from OH",
        "credentials_text": "CCS-P or CPC",
        "chips": [
            {"text": "52000–53899", "url": "/codes/?q=52000-53899"},
            {"text": "55866", "url": "/codes/?q=55866"},
            {"text": "74400–74485", "url": "/codes/?q=74400-74485"},
        ],
        "freshness_text": "Employer confirmed open 3 days ago",
        "saved": True,
    }


def test_card_of_a_bare_posting_leaves_its_places_empty():
    job = make_job(first_published_at=NOW, published_at=NOW)

    found = card(Job.objects.for_cards().get(), now=NOW)

    assert {name: value for name, value in found.items() if value} == {
        "url": job.get_absolute_url(),
        "title": job.title,
        "employer_name": job.employer.name,
        "freshness_text": "Posted today",
    }


@pytest.mark.parametrize(
    ("groups", "apprentice", "expected"),
    [
        ([(("CPC",), True), (("CUC", "CCC"), True)], "not_stated", "CPC, and CCC or CUC"),
        ([(("CPC",), True), (("CUC",), False)], "no", "CPC"),
        ([(("CPC", "COC"), False)], "yes", "COC or CPC preferred · apprentices welcome"),
        ([], "conditions", "apprentices with conditions"),
        ([((), True)], "not_stated", ""),
    ],
)
def test_credentials_text_joins_the_groups(groups, apprentice, expected):
    job = make_job(apprentice=apprentice)
    for codes, required in groups:
        require_credentials(job, *codes, required=required)

    assert credentials_text(job) == expected


@pytest.mark.parametrize("count", [1, 3])
def test_cards_ask_the_same_queries_for_any_number(django_assert_num_queries, count):
    for number in range(count):
        full_job(slug=f"coder-{number}")
    profile = make_profile(state=make_state())

    with django_assert_num_queries(12):
        reader = profile_of(profile.user)
        cards = [card(job, now=timezone.now(), profile=reader) for job in Job.objects.for_cards()]

    assert len(cards) == count
