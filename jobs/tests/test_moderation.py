from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from accounts.models import BannedDomain, Letter, User
from accounts.tests.factories import make_employer, make_user
from jobs.deadlines import default_closing
from jobs.errors import BannedLink, ClosingRefused, IllegalMove, NotReady
from jobs.models import Job, JobSearch, ListingEvent, Publication, Report
from jobs.search import document
from jobs.services import moderation
from jobs.states import Actor, JobStatus
from jobs.tests.factories import make_job, make_reason
from jobs.tests.test_posting import in_threads

pytestmark = pytest.mark.django_db


def make_pending(**fields: Any) -> Job:
    return make_job(status=JobStatus.PENDING, submitted_at=timezone.now(), **fields)


def publish(job: Job, **fields: Any) -> ListingEvent:
    fields = {"actor": Actor.MODERATOR, "by": None, "now": timezone.now(), **fields}
    return moderation.publish_posting(job=job, **fields)


def test_publish_posting_makes_it_public_in_one_go() -> None:
    job, by, now = make_pending(), make_user(), timezone.now()

    event = publish(job, by=by, now=now)

    job.refresh_from_db()
    assert job.status == JobStatus.PUBLISHED
    assert {job.first_published_at, job.published_at, job.confirmed_open_at} == {now}
    assert job.closes_at == default_closing(now=now, zone=job.employer.zone)
    assert (event.act, event.by) == ("published", by)
    assert list(Job.objects.visible(at=now)) == [job]
    assert JobSearch.objects.get().job == job
    assert Publication.objects.get().published_at == now


def test_publish_posting_leaves_nothing_when_a_part_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    job = make_pending()

    def fail(job: Job) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(document, "write", fail)

    with pytest.raises(DatabaseError):
        publish(job)

    assert Job.objects.get(pk=job.pk).status == JobStatus.PENDING
    counts = [model.objects.count() for model in (ListingEvent, Publication, JobSearch, Letter)]
    assert counts == [0, 0, 0, 0]


def test_publish_posting_again_keeps_the_first_day_and_announces_it() -> None:
    first = timezone.now() - timedelta(days=50)
    job = make_pending(first_published_at=first, slug="old-address")

    publish(job)

    job.refresh_from_db()
    assert (job.first_published_at, job.slug) == (first, "old-address")
    assert Publication.objects.count() == 1


def test_publish_posting_refuses_a_closing_time_in_the_past() -> None:
    now = timezone.now()
    job = make_pending(closes_at=now)

    with pytest.raises(ClosingRefused, match="has passed"):
        publish(job, now=now)

    assert Job.objects.get(pk=job.pk).status == JobStatus.PENDING


def test_publish_posting_refuses_a_domain_banned_meanwhile() -> None:
    job = make_pending(apply_method="url", apply_url="https://ats.scam.example/7")
    BannedDomain.objects.create(domain="scam.example")

    with pytest.raises(BannedLink):
        publish(job)


def test_publish_posting_tells_the_employer_exactly() -> None:
    owner = make_user(email="owner@example.com")
    employer = make_employer(owner=owner, name="Lakeside")
    closes_at = datetime.fromisoformat("2026-12-02T05:00:00+00:00")
    now = closes_at - timedelta(days=20)
    job = make_pending(employer=employer, title="Urology & GU Coder", closes_at=closes_at)

    publish(job, now=now, note="Welcome.")

    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (
        "owner@example.com",
        "Your posting is live: Urology & GU Coder",
    )
    assert letter.text == (
        "“Urology & GU Coder” is now public:\n"
        f"http://localhost/jobs/urology-gu-coder-lakeside-{job.public_id}/\n"
        "\n"
        "From the moderator:\n"
        "Welcome.\n"
        "\n"
        "It takes applications until the end of 1 Dec 2026 (America/New_York)."
        " To edit, renew or close it:\n"
        f"http://localhost/hire/jobs/{job.public_id}/\n"
        "\n"
        "Codeward\n"
    )


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_decide_once() -> None:
    job = make_pending()
    seen = [Job.objects.get(pk=job.pk) for _number in range(2)]
    moderators = [make_user(), make_user()]
    reason = make_reason()

    def decide() -> ListingEvent:
        mine, by = seen.pop(), moderators.pop()
        if seen:
            return publish(mine, by=by)
        return moderation.reject_posting(job=mine, by=by, now=timezone.now(), reason=reason)

    outcomes = in_threads(decide)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IllegalMove", "ListingEvent"]
    event = ListingEvent.objects.get()
    assert Job.objects.get(pk=job.pk).status == event.to_status


def test_request_changes_hands_the_words_back_with_a_note() -> None:
    owner = make_user(email="owner@example.com")
    job = make_pending(employer=make_employer(owner=owner), title="Coder")
    reason = make_reason("changes", "state-list")

    moderation.request_changes(
        job=job, by=make_user(), now=timezone.now(), reason=reason, note="Which states?"
    )

    job.refresh_from_db()
    letter = Letter.objects.get()
    assert (job.status, job.closed_at) == (JobStatus.CHANGES, None)
    assert letter.subject == "Please change your posting: Coder"
    assert letter.text == (
        "Before “Coder” can go live, something has to change.\n"
        "\n"
        "Reason state-list.\n"
        "\n"
        "From the moderator:\n"
        "Which states?\n"
        "\n"
        "Everything you wrote is kept. Change it and send it again:\n"
        f"http://localhost/hire/jobs/{job.public_id}/edit/\n"
        "\n"
        "Codeward\n"
    )


def test_request_changes_needs_a_note() -> None:
    job = make_pending()

    with pytest.raises(NotReady, match="what has to change"):
        moderation.request_changes(
            job=job, by=make_user(), now=timezone.now(), reason=None, note=" "
        )


def test_reject_posting_ends_it_with_a_reason() -> None:
    job, reason, now = make_pending(), make_reason(), timezone.now()

    event = moderation.reject_posting(job=job, by=make_user(), now=now, reason=reason)

    job.refresh_from_db()
    assert (job.status, job.closed_at, event.reason) == (JobStatus.REJECTED, now, reason)


@pytest.mark.parametrize("status", [JobStatus.PUBLISHED, JobStatus.FILLED, JobStatus.EXPIRED])
def test_remove_posting_takes_it_out_of_every_public_place(status: str) -> None:
    job, now = make_job(status=status, first_published_at=timezone.now()), timezone.now()

    moderation.remove_posting(
        job=job, by=make_user(), now=now, reason=make_reason("remove", "phishing")
    )

    job.refresh_from_db()
    assert job.status == JobStatus.REMOVED
    assert not Job.objects.visible(at=now).exists()
    assert not Job.objects.closed_in_order(at=now).exists()
    assert not JobSearch.objects.exists()


def test_remove_posting_rejects_its_waiting_edit() -> None:
    job = make_job()
    edit = make_job(status=JobStatus.PENDING, revision_of=job, employer=job.employer)

    moderation.remove_posting(
        job=job, by=make_user(), now=timezone.now(), reason=make_reason("remove", "phishing")
    )

    edit.refresh_from_db()
    assert edit.status == JobStatus.REJECTED


def test_ban_domain_removes_every_live_posting_that_leads_there() -> None:
    leading = [
        make_job(apply_method="url", apply_url="https://jobs.scam.example/1"),
        make_job(apply_method="email", apply_email="hr@Scam.example"),
        make_job(contact_email="hr@scam.example"),
        make_job(employer=make_employer(website="https://www.scam.example/")),
        make_job(description="<p>Write to jobs@scam.example today.</p>"),
    ]
    others = [
        make_job(apply_method="url", apply_url="https://notscam.example/1"),
        make_job(apply_method="url", apply_url="https://x.example/?from=scam.example"),
        make_pending(contact_email="hr@scam.example"),
    ]
    by, now = make_user(), timezone.now()

    removed = moderation.ban_domain(domain="WWW.scam.example", by=by, now=now, note="Fake checks")

    assert sorted(job.pk for job in removed) == [job.pk for job in leading]
    gone = Job.objects.filter(status=JobStatus.REMOVED)
    assert set(gone) == set(leading)
    assert set(ListingEvent.objects.values_list("note", flat=True)) == {"It led to scam.example."}
    assert Job.objects.filter(pk__in=[job.pk for job in others]).exclude(
        status=JobStatus.REMOVED
    ).count() == len(others)
    ban = BannedDomain.objects.get()
    assert (ban.domain, ban.note, ban.banned_by) == ("scam.example", "Fake checks", by)


def test_ban_domain_twice_keeps_one_ban() -> None:
    by, now = make_user(), timezone.now()
    moderation.ban_domain(domain="scam.example", by=by, now=now)

    moderation.ban_domain(domain="scam.example", by=by, now=now)

    assert BannedDomain.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "com", "not a domain"])
def test_ban_domain_refuses_what_is_no_domain(typed: str) -> None:
    with pytest.raises(NotReady, match="is no domain"):
        moderation.ban_domain(domain=typed, by=make_user(), now=timezone.now())


def test_ban_domain_refuses_what_anyone_has_an_address_at() -> None:
    with pytest.raises(NotReady, match=r"Anyone can have an address at gmail\.com"):
        moderation.ban_domain(domain="gmail.com", by=make_user(), now=timezone.now())


def make_report(job: Job, reporter: User) -> Report:
    return Report.objects.create(
        job=job, reason=make_reason("report", "looks-like-scam"), reporter=reporter
    )


@pytest.mark.parametrize(("upheld", "act"), [(True, "report_upheld"), (False, "report_dismissed")])
def test_settle_report_closes_it_once_on_the_record(upheld: bool, act: str) -> None:
    report, by, now = make_report(make_job(), make_user()), make_user(), timezone.now()

    event = moderation.settle_report(report=report, by=by, now=now, upheld=upheld)

    report.refresh_from_db()
    assert (report.settled_at, report.upheld) == (now, upheld)
    assert (event.act, event.by, event.job) == (act, by, report.job)
    with pytest.raises(IllegalMove, match="settled already"):
        moderation.settle_report(report=report, by=by, now=now, upheld=not upheld)
