from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import EmployerDomain
from accounts.tests.factories import make_employer
from jobs.models import Job
from jobs.posting_page import Standing, apply_action, posting_context, standing, with_own
from jobs.states import REVISION, JobStatus
from jobs.tests.factories import make_application, make_job, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PAST = NOW - timedelta(days=3)
PUBLIC_PAST = {"first_published_at": PAST, "published_at": PAST}


@pytest.mark.parametrize("closes_in", [timedelta(days=-1), timedelta(0), timedelta(days=1)])
@pytest.mark.parametrize("dates", [{}, PUBLIC_PAST])
@pytest.mark.parametrize("status", [s for s in JobStatus if s != JobStatus.MERGED])
def test_standing_agrees_with_the_querysets(status, dates, closes_in):
    job = make_job(status=status, closes_at=NOW + closes_in, **dates, indexed=False)

    found = standing(job, at=NOW)

    assert (found == Standing.OPEN) == Job.objects.visible(at=NOW).filter(pk=job.pk).exists()
    closed = Job.objects.closed_in_order(at=NOW).filter(pk=job.pk).exists()
    assert (found == Standing.CLOSED) == closed


@pytest.mark.parametrize("status", REVISION)
def test_standing_hides_every_revision(status):
    live = make_job()
    revision = make_job(status=status, revision_of=live, **PUBLIC_PAST)

    assert standing(revision, at=NOW) == Standing.HIDDEN


def test_posting_names_the_domain_that_its_employer_proved():
    employer = make_employer(name="Lakeside", website="https://lakeside.org")
    for domain, days in (("other.example", 1), ("scam.example", 2)):
        proven_at = NOW - timedelta(days=days)
        EmployerDomain.objects.create(employer=employer, domain=domain, verified_at=proven_at)
    job = make_job(employer=employer)

    shown = [job, Job.objects.for_page().get()]

    boxes = [posting_context(each, now=NOW)["posting"]["employer"] for each in shown]
    assert [box["verified"] for box in boxes] == ["scam.example", "scam.example"]


def test_with_own_tells_what_the_reader_saved_and_applied_for():
    reader = make_user()
    saved, applied, other = make_job(), make_job(), make_job()
    reader.saved_jobs.create(job=saved)
    make_application(job=applied, applicant=reader)
    make_application(job=other, applicant=reader, status="withdrawn")
    make_application(job=other)

    rows = with_own(Job.objects.order_by("pk"), reader)

    marks = [(row.is_saved, row.is_applied) for row in rows]
    assert marks == [(True, False), (False, True), (False, False)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ("/jobs/x/apply/", "", False)),
        (
            {"apply_method": "url", "apply_url": "https://www.lakeside.example/j?a=1"},
            ("https://www.lakeside.example/j?a=1", "leads to lakeside.example", True),
        ),
        (
            {"apply_method": "email", "apply_email": "jobs&x@lakeside.example"},
            (
                "mailto:jobs%26x@lakeside.example?subject=Coder%20%26%20biller",
                "jobs&x@lakeside.example",
                True,
            ),
        ),
    ],
)
def test_apply_action_follows_the_method(fields, expected):
    found = apply_action(Job(slug="x", title="Coder & biller", **fields))

    assert (found.url, found.note, found.outside) == expected


def test_posting_context_stands_an_empty_draft():
    draft = make_job(status=JobStatus.DRAFT, title="", description="")

    posting = posting_context(draft, now=datetime(2026, 11, 21, tzinfo=UTC))["posting"]

    assert posting["title"] == "Untitled posting"
    assert [posting[name] for name in ("terms_text", "place_text", "closing_words")] == [""] * 3
