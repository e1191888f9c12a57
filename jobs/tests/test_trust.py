from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import EmployerDomain
from accounts.models.employer import EmployerTrust
from accounts.tests.factories import make_employer, make_user
from jobs.models import Job, Report
from jobs.states import JobStatus
from jobs.tests.factories import make_job, make_reason
from jobs.tests.test_duplicates import WORDS
from jobs.trust import Signal, signals_of

pytestmark = pytest.mark.django_db


def make_trusted(**fields: Any) -> Any:
    """An employer of whom there is nothing to say: verified, and with a live posting."""
    employer = make_employer(website="https://www.lakeside.example", **fields)
    EmployerDomain.objects.create(
        employer=employer, domain="lakeside.example", verified_at=timezone.now()
    )
    make_job(employer=employer)
    return employer


def signals(job: Job) -> list[Signal]:
    return signals_of([job], now=timezone.now())[job.pk]


def make_pending(**fields: Any) -> Job:
    employer = fields.pop("employer", None) or make_trusted()
    return make_job(status=JobStatus.PENDING, employer=employer, **fields)


def test_signals_of_an_ordinary_posting_are_none() -> None:
    job = make_pending(
        apply_method="url", apply_url="https://jobs.lakeside.example/7", pay_basis="not_stated"
    )

    assert signals(job) == []


@pytest.mark.parametrize(
    ("fields", "signal"),
    [
        (
            {"contact_email": "lakeside.hr@gmail.com"},
            Signal("webmail", "Webmail contact", ("lakeside.hr@gmail.com",)),
        ),
        (
            {"description": "<p>You buy the equipment from our vendor.</p>"},
            Signal("money-words", "Money words", ("buy the equipment",), grave=True),
        ),
        (
            {"benefits": "Call 614-555-0134"},
            Signal("phone", "Phone number in the text", ("614-555-0134",)),
        ),
        (
            {"pay_basis": "year", "pay_min": Decimal(28)},
            Signal(
                "pay",
                "Odd pay",
                (
                    "$28.00 is not a likely pay for a year."
                    " Check the figure and what it is paid for.",
                ),
            ),
        ),
        (
            {"apply_method": "url", "apply_url": "https://elsewhere.example/7"},
            Signal("foreign-link", "Leads elsewhere", ("elsewhere.example",)),
        ),
        (
            {"closes_at": timezone.now() - timedelta(days=1)},
            Signal("closed", "Its closing day has passed"),
        ),
    ],
)
def test_signals_of_show_what_the_posting_says(fields: dict[str, Any], signal: Signal) -> None:
    assert signal in signals(make_pending(**fields))


def test_signals_of_a_new_employer() -> None:
    employer = make_employer()
    since = f"Here since {employer.created_at:%-d %b %Y}"

    assert signals(make_pending(employer=employer)) == [
        Signal("new-employer", "First posting", (since,)),
        Signal("unverified", "No verified domain"),
    ]


def test_signals_of_an_employer_with_a_record() -> None:
    employer = make_trusted(trust=EmployerTrust.WATCHED)
    bad = make_job(employer=employer, status=JobStatus.REMOVED)
    for upheld in (True, True, False):
        Report.objects.create(
            job=bad,
            reason=make_reason("report", "looks-like-scam"),
            reporter=make_user(),
            settled_at=timezone.now(),
            upheld=upheld,
        )

    assert signals(make_pending(employer=employer)) == [
        Signal("watched", "Watched employer", grave=True),
        Signal("history", "Earlier trouble", ("Postings removed: 1", "Reports upheld: 2"), True),
    ]


def test_signals_of_a_posting_like_a_removed_one_are_grave() -> None:
    removed = make_job(description=WORDS, status=JobStatus.REMOVED, title="Old")

    assert signals(make_pending(description=WORDS)) == [
        Signal(
            "similar",
            "Like another posting",
            (f"100%: Old · {removed.employer} · Removed",),
            grave=True,
        )
    ]
