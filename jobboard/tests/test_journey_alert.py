"""A search becomes mail: asked for, confirmed, sent once by a real worker, and stopped."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from celery import Task
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.tests.factories import make_employer, make_user
from codes.models import Specialty
from jobboard.testing.workers import WorkerProcess
from jobboard.tests.people import PostOffice, follow_link, heading, link_in, log_in, text_of, told
from jobs import tasks
from jobs.models import Alert, Job
from jobs.services import moderation
from jobs.states import Actor, JobStatus
from jobs.tests.factories import make_job

pytestmark = pytest.mark.usefixtures("vocabulary")
PAT = "pat@people.example"


def submitted(title: str) -> Job:
    now = timezone.now()
    employer = make_employer(name="Lakeside Clinic")
    closes_at = now + timedelta(days=20)
    job = make_job(
        title=title,
        employer=employer,
        status=JobStatus.PENDING,
        submitted_at=now,
        closes_at=closes_at,
    )
    job.specialties.add(Specialty.objects.get(slug="urology"))
    return job


def publish(job: Job) -> None:
    by = make_user(is_staff=True)
    moderation.publish_posting(job=job, actor=Actor.MODERATOR, by=by, now=timezone.now())


def do(worker: WorkerProcess, task: "Task[[], None]") -> None:
    """Announce a task as the clock does, and let the worker do it."""
    announced = task.delay()
    worker.wait_for_log(f"[{announced.id}] succeeded")


def a_quarter_of_an_hour_passes() -> None:
    Alert.objects.update(next_digest_at=timezone.now())


def ask_for_mail(page: Page) -> None:
    page.goto("/jobs/")
    page.get_by_role("checkbox", name="Urology").check()
    page.get_by_role("link", name="Mail me new ones").click()
    expect(page.get_by_text("this search would have sent 1 job")).to_be_visible()
    page.get_by_label("E-mail address").fill(PAT)
    page.get_by_label("As they come").check()
    page.get_by_role("button", name="Save the alert").click()
    heading(page, "Look in your mail")


def confirm(page: Page, post_office: PostOffice) -> None:
    follow_link(page, post_office.letter(PAT, "Start your job alert?"), "/alerts/confirm/")
    page.get_by_role("button", name="Start the alert").click()
    told(page, "The alert is on.")


def test_a_search_without_account_is_mailed_once_and_stopped_by_one_click(
    newcomer: Callable[..., Page],
    post_office: PostOffice,
    celery_worker_process: Callable[..., WorkerProcess],
) -> None:
    publish(submitted("Urology Auditor"))
    tasks.match_new_postings()
    reader = newcomer()
    ask_for_mail(reader)
    confirm(reader, post_office)

    worker = celery_worker_process(EMAIL_URL=post_office.sink.url)
    for title in ("Urology Coder", "Urology Lead"):
        publish(submitted(title))
    a_quarter_of_an_hour_passes()
    for task in (tasks.match_new_postings, tasks.queue_digests, tasks.send_digests):
        do(worker, task)
    letter = post_office.letter(PAT, "2 new jobs")
    assert "Urology Auditor" not in text_of(letter)
    follow_link(reader, letter, "/jobs/urology-coder")
    heading(reader, "Urology Coder")

    stop = link_in(letter, "/alerts/unsubscribe/")
    assert letter["List-Unsubscribe"].strip() == f"<http://localhost{stop}>"
    reader.goto(stop)
    heading(reader, "Stop these mails")
    assert Alert.objects.active().count() == 1
    answer = newcomer().request.post(stop, form={"List-Unsubscribe": "One-Click"})
    assert (answer.status, Alert.objects.active().count()) == (200, 0)
    reader.reload()
    heading(reader, "Nothing to stop")

    publish(submitted("Urology Educator"))
    for task in (tasks.match_new_postings, tasks.queue_digests, tasks.send_digests):
        do(worker, task)
    assert len(post_office.letters(PAT, "new job")) == 1


def test_an_account_lists_its_weekly_alert(newcomer: Callable[..., Page]) -> None:
    make_user(email=PAT)
    publish(submitted("Urology Coder"))
    coder = newcomer()
    log_in(coder, PAT)
    coder.goto("/jobs/?q=urology&mode=remote")
    coder.get_by_role("link", name="Have new ones mailed to you").click()
    coder.get_by_label("Once a week, on Monday").check()
    coder.get_by_role("button", name="Save the alert").click()
    told(coder, "The alert is on.")

    assert coder.url.endswith("/alerts/")
    alert = coder.get_by_role("main").get_by_role("listitem")
    expect(alert).to_contain_text("Once a week, on Monday")
    expect(alert).to_contain_text(f"to {PAT}")
    expect(alert.locator("time")).to_contain_text("07:00")
    alert.get_by_role("button", name="End").click()
    told(coder, "The alert has ended.")
    expect(coder.get_by_role("heading", name="No alerts yet")).to_be_visible()
