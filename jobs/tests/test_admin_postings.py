from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import BannedDomain
from accounts.tests.factories import make_employer, make_user
from jobs.admin.decisions import seen_mark
from jobs.models import Job, ListingEvent
from jobs.services import posting
from jobs.states import JobStatus
from jobs.tests.factories import make_job, make_moderator, make_reason

pytestmark = pytest.mark.django_db

QUEUE = "/admin/jobs/job/"


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(make_moderator(email="moderator@example.com"))
    return client


def make_pending(**fields: Any) -> Job:
    fields.setdefault("submitted_at", timezone.now())
    return make_job(status=JobStatus.PENDING, **fields)


def url(name: str, job: Job) -> str:
    return reverse(f"admin:jobs_job_{name}", args=[job.pk])


def decide(client: Client, job: Job, verb: str, **answers: Any) -> Any:
    data = {"verb": verb, "seen": seen_mark(job)}
    data |= {f"{verb}-{name}": value for name, value in answers.items()}
    return client.post(url("decide", job), data)


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_index_shows_what_waits(moderator: Client) -> None:
    make_pending(submitted_at=timezone.now() - timedelta(days=3))

    page = moderator.get("/admin/").content.decode()

    assert '<a href="/admin/jobs/job/?kind=new"><strong>1</strong> posting to review</a>' in page
    assert "<strong>1</strong> waiting over two days" in page


def test_queue_shows_what_is_pending_oldest_first(moderator: Client) -> None:
    now = timezone.now()
    make_job(title="Live posting")
    make_pending(title="Newer posting", submitted_at=now - timedelta(hours=1))
    make_pending(title="Older posting", submitted_at=now - timedelta(hours=60))

    response = moderator.get(QUEUE)

    assert [job.title for job in response.context["cl"].result_list] == [
        "Older posting",
        "Newer posting",
    ]
    page = response.content.decode()
    assert '<strong class="long-wait">2\xa0days · overdue</strong>' in page
    assert page.count("overdue") == 1


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("status=any", ["Imported", "Live", "New", "Revised"]),
        ("status=published", ["Live"]),
        ("kind=edit", ["Revised"]),
        ("kind=new", ["Imported", "New"]),
        ("employer__trust__exact=watched", ["New"]),
        ("q=clinic+seven", ["New"]),
    ],
)
def test_queue_is_filtered(moderator: Client, query: str, titles: list[str]) -> None:
    employer = make_employer(name="Clinic Seven", trust="watched")
    make_pending(title="New", employer=employer)
    make_pending(title="Imported")
    make_pending(title="Revised", revision_of=make_job(title="Live"))

    response = moderator.get(f"{QUEUE}?{query}")

    assert sorted(job.title for job in response.context["cl"].result_list) == titles


@pytest.mark.parametrize("count", [1, 3])
def test_queue_takes_the_same_number_of_queries(
    moderator: Client, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        make_pending(employer=make_employer(owner=make_user()))

    with django_assert_num_queries(10):
        moderator.get(QUEUE)


def test_page_shows_signals_facts_forms_and_history(moderator: Client) -> None:
    job = make_pending(title="Urology Coder", contact_email="x@gmail.com")

    page = moderator.get(url("change", job)).content.decode()

    shown = ["Webmail contact", "x@gmail.com", "First posting", f"{job.pk}/preview/"]
    assert [text for text in shown if text not in page] == []
    verbs = ["approve", "request_changes", "reject"]
    assert [verb for verb in [*verbs, "remove"] if f'value="{verb}"' in page] == verbs


def test_page_of_an_edit_shows_what_it_changes(moderator: Client) -> None:
    live = make_job(title="Urology Coder")
    edit = posting.start_revision(job=live, by=make_user(), now=timezone.now())
    edit.title = "Urology Coder II"
    edit.save()
    posting.submit_posting(job=edit, by=make_user(), now=timezone.now())

    page = moderator.get(url("change", edit)).content.decode()

    assert "Urology Coder<ins> II</ins>" in page


def test_preview_is_what_coders_see_and_may_be_framed_by_us(moderator: Client) -> None:
    job = make_pending(title="Urology Coder")

    response = moderator.get(url("preview", job))

    assert "Urology Coder</h1>" in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_approve_publishes_with_the_moderator_on_record(moderator: Client) -> None:
    job = make_pending()

    response = decide(moderator, job, "approve", note="Welcome.")

    job.refresh_from_db()
    event = ListingEvent.objects.get()
    assert (job.status, response.url) == (JobStatus.PUBLISHED, QUEUE)
    assert (str(event.by.email), event.note) == ("moderator@example.com", "Welcome.")  # type: ignore[union-attr]
    assert said(response) == [f"Approved: {job}"]


def test_request_changes_without_a_note_keeps_what_was_chosen(moderator: Client) -> None:
    job, reason = make_pending(), make_reason("changes", "state-list")

    response = decide(moderator, job, "request_changes", reason=reason.pk, note="")

    page = response.content.decode()
    assert "This field is required." in page
    assert f'<option value="{reason.pk}" selected>' in page
    assert Job.objects.get(pk=job.pk).status == JobStatus.PENDING


def test_reject_needs_a_reason_to_reject(moderator: Client) -> None:
    job = make_pending()

    decide(moderator, job, "reject", reason=make_reason("remove", "phishing").pk)
    assert Job.objects.get(pk=job.pk).status == JobStatus.PENDING
    decide(moderator, job, "reject", reason=make_reason("reject", "not-a-job").pk)

    assert Job.objects.get(pk=job.pk).status == JobStatus.REJECTED


def test_remove_takes_a_live_posting_down(moderator: Client) -> None:
    job = make_job()

    decide(moderator, job, "remove", reason=make_reason("remove", "phishing").pk)

    assert not Job.objects.visible().exists()


def test_decision_on_words_sent_anew_meanwhile_is_refused(moderator: Client) -> None:
    job = make_pending()
    Job.objects.filter(pk=job.pk).update(submitted_at=timezone.now())

    response = decide(moderator, job, "approve")

    assert said(response) == ["The employer sent other words meanwhile. Read them first."]
    assert Job.objects.get(pk=job.pk).status == JobStatus.PENDING


def test_decision_by_the_second_moderator_is_refused(moderator: Client) -> None:
    job = make_pending()
    decide(moderator, job, "approve")

    response = decide(moderator, job, "reject", reason=make_reason().pk)

    assert said(response)[-1].endswith("Reload to see where it stands.")
    assert Job.objects.get(pk=job.pk).status == JobStatus.PUBLISHED


def test_ban_removes_what_leads_to_the_domain(moderator: Client) -> None:
    job = make_job(contact_email="hr@scam.example")

    response = moderator.post(url("ban", job), {"ban-domain": "scam.example", "ban-note": "Fake"})

    assert said(response) == ["scam.example is banned. Postings removed: 1"]
    assert BannedDomain.objects.get().note == "Fake"
    assert Job.objects.get().status == JobStatus.REMOVED


def act(client: Client, action: str, jobs: list[Job], **data: Any) -> Any:
    chosen = {"action": action, "_selected_action": [job.pk for job in jobs], "index": "0"}
    return client.post(QUEUE, chosen | data)


def test_ban_is_not_offered_for_webmail(moderator: Client) -> None:
    job = make_pending(contact_email="hr@gmail.com")

    assert "Ban the domain" not in moderator.get(url("change", job)).content.decode()


def test_bulk_decision_asks_before_it_acts(moderator: Client) -> None:
    jobs = [make_pending(), make_pending()]

    response = act(moderator, "reject", jobs)

    page = response.content.decode()
    for job in jobs:
        assert f'name="seen-{job.pk}" value="{seen_mark(job)}"' in page
    assert not ListingEvent.objects.exists()


def test_bulk_decision_tells_what_was_done_and_what_not(moderator: Client) -> None:
    taken, anew, good = make_pending(title="Taken"), make_pending(title="Anew"), make_pending()
    seen = {f"seen-{job.pk}": seen_mark(job) for job in (taken, anew, good)}
    posting.withdraw_posting(job=taken, by=make_user(), now=timezone.now())
    Job.objects.filter(pk=anew.pk).update(submitted_at=timezone.now())

    response = act(moderator, "approve", [taken, anew, good], decided="1", **seen)

    statuses = [Job.objects.get(pk=job.pk).status for job in (taken, anew, good)]
    assert statuses == ["withdrawn", "pending", "published"]
    assert sorted(said(response)) == [
        "Anew: The employer sent other words meanwhile. Read them first.",
        f"Approved: {good}",
        "Taken: “Taken” can no longer be moved there. Reload to see where it stands.",
    ]


def test_bulk_decision_with_a_reason(moderator: Client) -> None:
    jobs = [make_pending(), make_pending()]
    seen = {f"seen-{job.pk}": seen_mark(job) for job in jobs}
    answers = {"reject-reason": make_reason().pk, "reject-note": "No."}

    act(moderator, "reject", jobs, decided="1", **answers, **seen)

    assert set(ListingEvent.objects.values_list("to_status", "note")) == {("rejected", "No.")}
    assert ListingEvent.objects.count() == 2


def test_bulk_ban(moderator: Client) -> None:
    address = "hr@scam.example"
    jobs = [make_pending(contact_email=address), make_job(contact_email=address)]

    act(moderator, "ban", jobs[:1], decided="1", **{"ban-domain": "scam.example", "ban-note": ""})

    assert [Job.objects.get(pk=job.pk).status for job in jobs] == ["pending", "removed"]


@pytest.mark.parametrize("path", ["add/", "{pk}/delete/"])
def test_nobody_adds_or_deletes_postings(client: Client, path: str) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))
    job = make_pending()

    response = client.post(QUEUE + path.format(pk=job.pk), {"post": "yes"})

    assert response.status_code == 403
    assert Job.objects.filter(pk=job.pk).exists()


def test_nobody_sets_a_status_by_hand(client: Client) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))
    job = make_pending()

    client.post(url("change", job), {"status": "published", "title": "Other"})
    act(client, "delete_selected", [job], post="yes")

    assert Job.objects.filter(pk=job.pk, status=JobStatus.PENDING, title=job.title).exists()


def test_a_get_decides_nothing(moderator: Client) -> None:
    job = make_pending(contact_email="hr@scam.example")

    for name in ("decide", "ban"):
        moderator.get(url(name, job), {"verb": "approve", "ban-domain": "scam.example"})

    assert Job.objects.get().status == JobStatus.PENDING
    assert not BannedDomain.objects.exists()


@pytest.mark.parametrize("name", ["change", "decide", "ban", "preview"])
@pytest.mark.parametrize(
    ("staff", "status"), [(False, 302), (True, 403)], ids=["coder", "staff without permission"]
)
def test_others_reach_no_posting(client: Client, name: str, staff: bool, status: int) -> None:
    client.force_login(make_user(is_staff=staff))
    job = make_pending()

    response = client.post(url(name, job), {"verb": "approve"})

    assert response.status_code == status
    assert Job.objects.get().status == JobStatus.PENDING


def test_unknown_posting_is_not_found(moderator: Client) -> None:
    assert moderator.get(f"{QUEUE}999/change/").status_code == 404
    assert moderator.get(f"{QUEUE}x/change/").status_code == 404


def test_pages_are_valid_html(moderator: Client, html_validity: Any) -> None:
    job, edit = make_pending(contact_email="x@scam.example"), make_pending(revision_of=make_job())

    for page in (url("change", job), url("change", edit), url("preview", job), QUEUE, "/admin/"):
        html_validity(moderator.get(page).content)
    html_validity(act(moderator, "reject", [job, edit]).content)
