from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Letter
from accounts.tests.factories import make_employer, make_user
from jobs.errors import IllegalMove, NotReady
from jobs.models import Job, JobSearch, ListingEvent, Publication
from jobs.services import moderation, posting
from jobs.states import Actor, JobStatus
from jobs.tests.factories import make_job, make_state, require_credentials
from jobs.tests.racing import meanwhile
from jobs.tests.test_posting import in_threads

pytestmark = pytest.mark.django_db


def edit(job: Job, **fields: Any) -> Job:
    """An edit of a live posting with other words, not yet sent."""
    revision = posting.start_revision(job=job, by=make_user(), now=timezone.now())
    Job.objects.filter(pk=revision.pk).update(**fields)
    return Job.objects.get(pk=revision.pk)


def submit(revision: Job) -> ListingEvent:
    return posting.submit_posting(job=revision, by=make_user(), now=timezone.now())


def approve(revision: Job) -> ListingEvent:
    return moderation.publish_posting(
        job=revision, actor=Actor.MODERATOR, by=make_user(), now=timezone.now()
    )


def test_start_revision_copies_the_live_words_once() -> None:
    job, by, now = make_job(title="Urology Coder"), make_user(), timezone.now()
    require_credentials(job, "CPC")

    first = posting.start_revision(job=job, by=by, now=now)
    second = posting.start_revision(job=job, by=by, now=now)

    assert first == second
    assert (first.status, first.revision_of, first.title) == ("draft", job, "Urology Coder")
    assert first.closes_at == job.closes_at
    assert [str(group) for group in first.credential_requirements.all()] == ["CPC"]


def test_start_revision_refuses_a_posting_that_is_not_live() -> None:
    job = make_job(status=JobStatus.FILLED)

    with pytest.raises(IllegalMove, match="Only a live posting"):
        posting.start_revision(job=job, by=make_user(), now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_start_revision_twice_at_once_starts_one() -> None:
    job, by = make_job(), make_user()

    revisions = in_threads(lambda: posting.start_revision(job=job, by=by, now=timezone.now()))

    assert len({revision.pk for revision in revisions}) == 1
    assert job.revisions.count() == 1


def test_material_edit_waits_while_the_approved_words_stay_up() -> None:
    job = make_job(title="Urology Coder")

    event = submit(edit(job, title="Urology Coder II"))

    job.refresh_from_db()
    assert (job.title, job.status) == ("Urology Coder", JobStatus.PUBLISHED)
    assert event.to_status == JobStatus.PENDING
    told = {"field": "title", "label": "title", "old": "Urology Coder", "new": "Urology Coder II"}
    assert event.diff == [told]


def test_approved_edit_is_taken_into_the_live_posting() -> None:
    job = make_job(title="Urology Coder", slug="urology-coder", indexed=True)
    days = (job.first_published_at, job.published_at)
    revision = edit(job, title="Nephrology Coder")
    submit(revision)

    approve(revision)

    job.refresh_from_db()
    revision.refresh_from_db()
    assert (job.title, job.slug, job.status) == ("Nephrology Coder", "urology-coder", "published")
    assert (job.first_published_at, job.published_at) == days
    assert revision.status == JobStatus.MERGED
    assert [(event.act, event.diff[0]["new"]) for event in job.events.all()] == [
        ("edited", "Nephrology Coder")
    ]
    assert "nephrolog" in str(JobSearch.objects.get(job=job).words)
    assert not JobSearch.objects.filter(job=revision).exists()
    assert not Publication.objects.exists()


def test_approved_edit_is_told_to_whoever_wrote_it() -> None:
    owner = make_user(email="owner@example.com")
    job = make_job(employer=make_employer(owner=owner), title="Urology Coder", slug="u")
    revision = edit(job, title="Urology Coder II")
    submit(revision)

    approve(revision)

    letter = Letter.objects.get(to="owner@example.com")
    assert letter.subject == "Your edit is live: Urology Coder II"
    assert "/jobs/u/" in letter.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contact_email", "new@lakeside.example"),
        ("openings", 3),
        ("requisition_id", "R-7"),
        ("benefits", "Dental and vision"),
        ("shift", "Four tens"),
    ],
)
def test_edit_of_small_things_goes_live_at_once(field: str, value: Any) -> None:
    job = make_job()
    revision = edit(job, **{field: value})

    submit(revision)

    job.refresh_from_db()
    assert (getattr(job, field), revision.status) == (value, JobStatus.MERGED)
    assert [(event.act, event.actor) for event in job.events.all()] == [("edited", Actor.EMPLOYER)]


@pytest.mark.parametrize(
    "text", ["Mail hr@scam.example", "You buy the equipment first", "Call 614-555-0134"]
)
def test_edit_of_small_things_waits_when_its_words_look_wrong(text: str) -> None:
    revision = edit(make_job(), benefits=text)

    submit(revision)

    assert revision.status == JobStatus.PENDING


@pytest.mark.django_db(transaction=True)
def test_edit_saved_while_it_is_submitted_is_judged_as_saved() -> None:
    job, ohio = make_job(), make_state()
    seen = edit(job, openings=3)

    def save() -> None:
        Job.objects.select_for_update().get(pk=seen.pk).states.add(ohio)

    meanwhile(save, lambda: submit(seen))

    assert Job.objects.get(pk=seen.pk).status == JobStatus.PENDING
    assert list(job.states.all()) == []


def test_edit_of_the_closing_day_moves_it_at_once() -> None:
    job = make_job()
    closes_at = timezone.now() + timedelta(days=40)
    revision = edit(job, closes_at=closes_at)

    submit(revision)

    job.refresh_from_db()
    assert job.closes_at == closes_at
    assert JobSearch.objects.get(job=job).closes_at == closes_at


def test_edit_that_changes_nothing_is_refused() -> None:
    with pytest.raises(NotReady, match=r"Nothing was changed\."):
        submit(edit(make_job()))


def test_edit_of_a_posting_closed_meanwhile_is_refused() -> None:
    job = make_job()
    revision = edit(job, title="Other")
    posting.mark_filled(job=job, by=make_user(), now=timezone.now())

    with pytest.raises(NotReady, match="Copy it to post it again"):
        submit(revision)


def test_edit_of_an_expired_posting_is_taken_in_and_not_shown() -> None:
    job = make_job(title="Urology Coder")
    revision = edit(job, title="Urology Coder II")
    submit(revision)
    later = timezone.now() + timedelta(days=21)

    moderation.publish_posting(job=revision, actor=Actor.MODERATOR, by=make_user(), now=later)

    job.refresh_from_db()
    assert job.title == "Urology Coder II"
    assert not Job.objects.visible(at=later).exists()


def test_handed_back_edit_can_be_sent_again() -> None:
    revision = edit(make_job(), title="Other")
    submit(revision)
    moderation.request_changes(
        job=revision, by=make_user(), now=timezone.now(), reason=None, note="Say which."
    )

    submit(revision)

    assert revision.status == JobStatus.PENDING


def test_discard_revision_deletes_one_never_sent_and_withdraws_one_sent() -> None:
    job, by, now = make_job(), make_user(), timezone.now()
    posting.discard_revision(job=edit(job, title="Other"), by=by, now=now)
    assert not job.revisions.exists()
    sent = edit(job, title="Another")
    submit(sent)

    posting.discard_revision(job=sent, by=by, now=now)

    assert sent.status == JobStatus.WITHDRAWN
    assert job.status == JobStatus.PUBLISHED
