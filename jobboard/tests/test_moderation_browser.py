"""A moderator at work in the admin, in a browser, under the site's own security policy."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.tests.factories import make_employer, make_user
from jobs.models import Job
from jobs.services import posting
from jobs.states import JobStatus
from jobs.tests.factories import make_job, make_moderator, make_reason

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["light", "dark"])
def themed(request, page):
    page.emulate_media(color_scheme=request.param)
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    yield page
    assert messages == []


@pytest.fixture
def moderating(themed: Page, live_server: Any) -> Page:
    client = Client()
    client.force_login(make_moderator(email="moderator@example.com"))
    name = settings.SESSION_COOKIE_NAME
    themed.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    )
    return themed


def make_pending(**fields: Any) -> Job:
    return make_job(status=JobStatus.PENDING, submitted_at=timezone.now(), **fields)


def make_edit() -> Job:
    live = make_job(title="Radiology Coder")
    edit = posting.start_revision(job=live, by=make_user(), now=timezone.now())
    edit.title, edit.description = "Radiology Coder II", "<p>Codes plain films and CT.</p>"
    edit.save()
    posting.submit_posting(job=edit, by=make_user(), now=timezone.now())
    return edit


def check(page: Page, axe: Any) -> None:
    for width in (1440, 768, 375):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)


def test_pages_are_accessible_and_keep_to_the_policy(moderating, axe):
    job, edit = make_pending(title="Urology Coder", contact_email="x@gmail.com"), make_edit()
    make_reason()

    for path in ("/admin/", "/admin/jobs/job/", f"/admin/jobs/job/{job.pk}/change/"):
        moderating.goto(path)
        check(moderating, axe)
    moderating.goto(f"/admin/jobs/job/{edit.pk}/change/")
    check(moderating, axe)


def test_moderator_reads_the_preview_and_approves_by_keyboard(moderating):
    make_pending(title="Urology Coder", employer=make_employer(name="Lakeside"))
    moderating.goto("/admin/")
    moderating.get_by_role("link", name="1 posting to review").press("Enter")
    moderating.get_by_role("link", name="Urology Coder", exact=True).press("Enter")

    preview = moderating.frame_locator("iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Urology Coder")
    moderating.get_by_role("button", name="Approve").press("Enter")

    expect(moderating.get_by_text("Approved: Urology Coder")).to_be_visible()
    job = Job.objects.get()
    moderating.goto(job.get_absolute_url())
    expect(moderating.get_by_role("heading", level=1)).to_have_text("Urology Coder")


def test_moderator_rejects_several_with_a_reason(moderating, axe):
    for number in range(2):
        make_pending(title=f"Posting {number}")
    make_reason(code="not-coding")
    moderating.goto("/admin/jobs/job/")
    moderating.get_by_role("checkbox", name="Select all").check()
    moderating.locator("select[name=action]").select_option("Reject")
    moderating.get_by_role("button", name="Go").click()
    check(moderating, axe)

    moderating.get_by_label("Reason").select_option("Reason not-coding.")
    moderating.get_by_role("button", name="Reject").click()

    expect(moderating.get_by_text("Rejected: Posting")).to_have_count(2)
    assert set(Job.objects.values_list("status", flat=True)) == {JobStatus.REJECTED}
