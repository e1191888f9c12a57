from datetime import datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import BannedDomain, Letter
from accounts.models.employer import EmployerTrust
from accounts.tests.factories import make_employer, make_user
from jobs.content import snapshot
from jobs.deadlines import default_closing
from jobs.errors import BannedLink, ClosingRefused, IllegalMove, NotReady
from jobs.models import Job, JobSearch, ListingEvent
from jobs.services import posting
from jobs.states import JobStatus
from jobs.tests.factories import make_job, require_credentials
from jobs.tests.racing import meanwhile

pytestmark = pytest.mark.django_db


def make_written_draft(**fields: Any) -> Job:
    fields.setdefault("status", JobStatus.DRAFT)
    return make_job(**fields)


def test_submit_posting_puts_it_in_the_queue_with_an_event_and_an_address() -> None:
    job, by, now = make_written_draft(title="Urology Coder"), make_user(), timezone.now()
    job.employer.name = "Lakeside"

    event = posting.submit_posting(job=job, by=by, now=now)

    job.refresh_from_db()
    assert (job.status, job.submitted_at) == (JobStatus.PENDING, now)
    assert job.slug == f"urology-coder-lakeside-{job.public_id}"
    assert (event.act, event.by, event.at) == ("submitted", by, now)


def test_submit_posting_tells_each_moderator_once() -> None:
    make_user(email="boss@example.com", is_staff=True, is_superuser=True)
    make_user(email="clerk@example.com", is_staff=True)
    job = make_written_draft(title="Urology Coder")

    posting.submit_posting(job=job, by=make_user(), now=timezone.now())

    letter = Letter.objects.get()
    assert letter.to == "boss@example.com"
    assert letter.subject == f"Posting to review: Urology Coder, {job.employer}"
    assert f"/admin/jobs/job/{job.pk}/change/" in letter.text


def test_submit_posting_tells_the_shared_address_where_there_is_one(settings: Any) -> None:
    settings.MODERATORS_EMAIL = "moderators@example.com"
    make_user(is_staff=True, is_superuser=True)

    posting.submit_posting(job=make_written_draft(), by=make_user(), now=timezone.now())

    assert list(Letter.objects.values_list("to", flat=True)) == ["moderators@example.com"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": " "}, "Give the posting a title."),
        ({"description": "<p> </p>"}, "Describe the work."),
        ({"apply_method": "url"}, "Give the web address at which coders apply."),
        ({"apply_method": "email"}, "Give the e-mail address to which coders apply."),
        ({"pay_basis": "year", "pay_min": Decimal(28)}, "not a likely pay for a year"),
    ],
)
def test_submit_posting_refuses_what_is_not_ready(fields: dict[str, Any], message: str) -> None:
    job = make_written_draft(**fields)

    with pytest.raises(NotReady, match=message):
        posting.submit_posting(job=job, by=make_user(), now=timezone.now())

    assert Job.objects.get(pk=job.pk).status == JobStatus.DRAFT


def test_submit_posting_refuses_a_closing_day_in_the_past() -> None:
    now = timezone.now()
    job = make_written_draft(closes_at=now)

    with pytest.raises(ClosingRefused, match="has passed"):
        posting.submit_posting(job=job, by=make_user(), now=now)


def test_submit_posting_refuses_a_banned_domain() -> None:
    BannedDomain.objects.create(domain="scam.example")
    job = make_written_draft(contact_email="hr@jobs.scam.example")

    with pytest.raises(BannedLink, match=r"scam\.example"):
        posting.submit_posting(job=job, by=make_user(), now=timezone.now())


def test_submit_posting_refuses_a_banned_employer() -> None:
    job = make_written_draft(employer=make_employer(trust=EmployerTrust.BANNED))

    with pytest.raises(BannedLink, match="may not post here"):
        posting.submit_posting(job=job, by=make_user(), now=timezone.now())


def in_threads(act: Any, count: int = 2) -> list[Any]:
    """Run `act` in threads that start together; what each returned or raised."""
    barrier, outcomes = Barrier(count), []

    def run() -> None:
        try:
            barrier.wait()
            outcomes.append(act())
        except IllegalMove as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_submit_posting_twice_at_once_submits_once() -> None:
    job, by = make_written_draft(), make_user()

    seen = [Job.objects.get(pk=job.pk) for _number in range(2)]
    outcomes = in_threads(lambda: posting.submit_posting(job=seen.pop(), by=by, now=timezone.now()))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IllegalMove", "ListingEvent"]
    assert ListingEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("verb", "status"),
    [(posting.withdraw_posting, JobStatus.WITHDRAWN), (posting.mark_filled, JobStatus.FILLED)],
)
def test_closing_takes_a_posting_out_of_every_public_place(verb: Any, status: str) -> None:
    job, by, now = make_job(), make_user(), timezone.now()

    verb(job=job, by=by, now=now)

    job.refresh_from_db()
    assert (job.status, job.closed_at) == (status, now)
    assert not Job.objects.visible(at=now).exists()
    assert not JobSearch.objects.exists()


def test_withdraw_posting_takes_its_waiting_edit_out_of_the_queue() -> None:
    job, by, now = make_job(), make_user(), timezone.now()
    edit = make_job(status=JobStatus.PENDING, revision_of=job, employer=job.employer)

    posting.withdraw_posting(job=job, by=by, now=now)

    edit.refresh_from_db()
    assert edit.status == JobStatus.WITHDRAWN
    assert [event.act for event in edit.events.all()] == ["closed_with_posting"]


def test_renew_posting_keeps_address_first_day_and_publicity() -> None:
    now = timezone.now()
    job = make_job(closes_at=now + timedelta(days=1), published_at=now - timedelta(days=29))
    before = (job.slug, job.first_published_at, job.published_at)

    event = posting.renew_posting(job=job, by=make_user(), now=now)

    job.refresh_from_db()
    assert (job.slug, job.first_published_at, job.published_at) == before
    assert job.status == JobStatus.PUBLISHED
    assert job.closes_at == default_closing(now=now, zone=job.employer.zone)
    assert job.confirmed_open_at == now
    assert JobSearch.objects.get().closes_at == job.closes_at
    assert (event.act, event.from_status, event.to_status) == ("renewed", "published", "published")


def test_renew_posting_moves_an_edit_under_way_along() -> None:
    now = timezone.now()
    job = make_job(closes_at=now + timedelta(days=1))
    edit = posting.start_revision(job=job, by=make_user(), now=now)

    posting.renew_posting(job=job, by=make_user(), now=now)

    edit.refresh_from_db()
    assert edit.closes_at == job.closes_at


@pytest.mark.parametrize("days", [0, 92])
def test_renew_posting_refuses_a_closing_time_out_of_bounds(days: int) -> None:
    now = timezone.now()

    with pytest.raises(ClosingRefused):
        posting.renew_posting(
            job=make_job(), by=make_user(), now=now, closes_at=now + timedelta(days=days)
        )


@pytest.mark.parametrize("status", [JobStatus.EXPIRED, JobStatus.PUBLISHED])
def test_renew_posting_after_its_time_goes_back_to_review(status: str) -> None:
    now = timezone.now()
    past = now - timedelta(seconds=1)
    job = make_job(
        status=status, closes_at=past, published_at=past, first_published_at=past, indexed=False
    )

    posting.renew_posting(job=job, by=make_user(), now=now)

    job.refresh_from_db()
    assert (job.status, job.first_published_at) == (JobStatus.PENDING, past)
    assert job.closes_at == default_closing(now=now, zone=job.employer.zone)
    assert [event.to_status for event in job.events.all()][-1] == JobStatus.PENDING


@pytest.mark.parametrize("status", sorted(set(JobStatus) - {"published", "expired", "merged"}))
def test_renew_posting_refuses_every_other_status(status: str) -> None:
    with pytest.raises(IllegalMove):
        posting.renew_posting(job=make_job(status=status), by=make_user(), now=timezone.now())


def test_confirm_open_notes_the_day() -> None:
    job, now = make_job(), timezone.now()

    event = posting.confirm_open(job=job, by=make_user(), now=now)

    job.refresh_from_db()
    assert (job.confirmed_open_at, event.act) == (now, "confirmed")


def test_confirm_open_refuses_a_posting_past_its_time() -> None:
    job = make_job()
    assert job.closes_at is not None

    with pytest.raises(IllegalMove, match="Only a live posting"):
        posting.confirm_open(job=job, by=make_user(), now=job.closes_at)


@pytest.mark.parametrize("status", sorted(set(JobStatus) - {"merged"}))
def test_copy_posting_makes_a_new_draft_from_any_status(status: str) -> None:
    job, by = make_job(status=status, title="Urology Coder"), make_user()
    require_credentials(job, "CPC")

    copy = posting.copy_posting(job=job, by=by, now=timezone.now())

    assert (copy.status, copy.copied_from, copy.created_by) == (JobStatus.DRAFT, job, by)
    assert snapshot(copy) == {**snapshot(job), "closes_at": None}
    assert (copy.first_published_at, copy.published_at, copy.submitted_at) == (None, None, None)
    assert copy.public_id != job.public_id
    assert copy.slug.endswith(copy.public_id)


def test_discard_draft_deletes_what_was_never_sent() -> None:
    job = make_written_draft()

    posting.discard_draft(job=job, by=make_user(), now=timezone.now())

    assert not Job.objects.exists()


def test_discard_draft_keeps_what_was_sent() -> None:
    job = make_job(status=JobStatus.CHANGES)

    with pytest.raises(IllegalMove, match="never sent"):
        posting.discard_draft(job=job, by=make_user(), now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_discard_draft_waits_for_a_submission_under_way() -> None:
    job, by, now = make_written_draft(), make_user(), timezone.now()
    seen = Job.objects.get()

    raised = meanwhile(
        lambda: posting.submit_posting(job=seen, by=by, now=now),
        lambda: posting.discard_draft(job=job, by=by, now=now),
    )

    assert (raised, Job.objects.get().status) == ([IllegalMove], JobStatus.PENDING)


@pytest.mark.parametrize("zone", ["America/New_York", "America/Los_Angeles", "Pacific/Guam"])
def test_visible_ends_with_the_closing_second(zone: str) -> None:
    # The last day before the clocks change in New York and Los Angeles.
    closes_at = datetime.fromisoformat("2026-11-01T07:00:00+00:00")
    job = make_job(employer=make_employer(time_zone=zone), closes_at=closes_at)
    second = timedelta(seconds=1)

    shown = [
        Job.objects.visible(at=closes_at + step).exists() for step in (-second, 0 * second, second)
    ]

    assert shown == [True, False, False]
    assert [job.is_visible(at=closes_at + step) for step in (-second, 0 * second, second)] == shown


def test_slug_stays_once_the_posting_was_public() -> None:
    now = timezone.now()
    job = make_job(status=JobStatus.EXPIRED, first_published_at=now, slug="first-address")
    job.title = "Another title"
    job.save()

    posting.renew_posting(job=job, by=make_user(), now=now)

    assert Job.objects.get(pk=job.pk).slug == "first-address"
