"""A moderator at the queue: asks for changes, rejects, removes, approves in bulk, bans a domain."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.tests.factories import make_employer, make_user
from jobboard.tests.people import PostOffice, decide, follow_link, heading, log_in, text_of, told
from jobs.models import Job
from jobs.models.parts import ApplyMethod
from jobs.states import JobStatus
from jobs.tests.factories import make_job, make_moderator

pytestmark = pytest.mark.usefixtures("vocabulary")
ROBIN, ALEX = "robin@lakeside.example", "alex@codeward.example"
NOTE = "Say how many of the charts are operating room cases."
NOT_CODING = "This board lists jobs that assign"
SCAM = "jobs.scam.example"
UNTRUE = "Facts in this posting turned out to be untrue."


@pytest.fixture
def robin_hires() -> dict[str, Any]:
    return {"employer": make_employer(owner=make_user(email=ROBIN), name="Lakeside Urology")}


@pytest.fixture
def moderator(newcomer: Callable[..., Page]) -> Page:
    make_moderator(email=ALEX)
    page = newcomer()
    log_in(page, ALEX)
    return page


def submitted(**fields: Any) -> Job:
    now = timezone.now()
    closes_at = now + timedelta(days=20)
    return make_job(status=JobStatus.PENDING, submitted_at=now, closes_at=closes_at, **fields)


def open_queue(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="View site").wait_for()
    page.locator(".waiting").get_by_role("link", name="to review").click()


def open_posting(page: Page, title: str) -> None:
    open_queue(page)
    page.get_by_role("link", name=title, exact=True).click()


def public_places(page: Page, title: str, job: Job) -> list[bool]:
    """Whether the list, the feed, the sitemap and its own page show a posting."""
    page.goto("/jobs/")
    shown = [page.get_by_role("link", name=title).count() > 0]
    for path, mark in (("feed.atom", title), ("../sitemap-jobs.xml", job.slug)):
        shown.append(mark in page.request.get(f"/jobs/{path}").text())
    return [*shown, page.request.get(job.get_absolute_url()).ok]


def test_changes_are_asked_for_made_and_approved(
    newcomer: Callable[..., Page],
    moderator: Page,
    post_office: PostOffice,
    robin_hires: dict[str, Any],
) -> None:
    submitted(title="Urology Coder", **robin_hires)

    open_posting(moderator, "Urology Coder")
    preview = moderator.frame_locator("iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Urology Coder")
    decide(moderator, "Request changes", note=NOTE)
    expect(moderator.get_by_text("Handed back: Urology Coder")).to_be_visible()

    employer = newcomer()
    letter = post_office.letter(ROBIN, "Please change your posting: Urology Coder")
    assert NOTE in text_of(letter)
    follow_link(employer, letter, "/edit/")
    log_in(employer, ROBIN)
    expect(employer.get_by_role("region", name="Changes requested")).to_contain_text(NOTE)
    employer.get_by_label("Description").fill("Half of the charts are operating room cases.")
    employer.get_by_role("button", name="Save and submit for review").click()
    told(employer, "Submitted.")

    open_posting(moderator, "Urology Coder")
    decide(moderator, "Approve")
    follow_link(employer, post_office.letter(ROBIN, "Your posting is live"), "/jobs/")
    expect(employer.get_by_text("Half of the charts")).to_be_visible()


def test_a_posting_is_rejected_with_its_reason(
    newcomer: Callable[..., Page],
    moderator: Page,
    post_office: PostOffice,
    robin_hires: dict[str, Any],
) -> None:
    job = submitted(title="Front Desk Clerk", **robin_hires)

    open_posting(moderator, "Front Desk Clerk")
    option = moderator.get_by_role("form", name="Reject").get_by_text(NOT_CODING)
    decide(moderator, "Reject", reason=option.inner_text())

    letter = post_office.letter(ROBIN, "Your posting was not accepted")
    assert NOT_CODING in text_of(letter)
    employer = newcomer()
    follow_link(employer, letter, "/hire/")
    log_in(employer, ROBIN)
    expect(employer.get_by_role("region", name="Rejected")).to_contain_text(NOT_CODING)
    expect(employer.get_by_role("button", name="Submit for review")).to_have_count(0)
    assert public_places(employer, "Front Desk Clerk", job) == [False] * 4


def test_a_live_posting_is_removed_everywhere_at_once(
    newcomer: Callable[..., Page],
    moderator: Page,
    post_office: PostOffice,
    robin_hires: dict[str, Any],
) -> None:
    job, reader = make_job(title="Urology Coder", **robin_hires), newcomer()
    assert public_places(reader, "Urology Coder", job) == [True] * 4

    moderator.goto("/admin/jobs/job/?status=published")
    moderator.get_by_role("link", name="Urology Coder", exact=True).click()
    decide(moderator, "Remove", reason=UNTRUE)
    expect(moderator.get_by_text("Removed: Urology Coder")).to_be_visible()

    assert public_places(reader, "Urology Coder", job) == [False] * 4
    reader.goto(job.get_absolute_url())
    heading(reader, "This posting was removed")
    assert UNTRUE in text_of(post_office.letter(ROBIN, "Your posting was removed"))


def test_several_are_approved_and_a_domain_is_banned(
    newcomer: Callable[..., Page], moderator: Page, robin_hires: dict[str, Any]
) -> None:
    titles = ["Urology Coder", "Radiology Coder", "Cardiology Coder"]
    away: dict[str, Any] = {"apply_method": ApplyMethod.URL, "apply_url": f"https://{SCAM}/apply"}
    jobs = [submitted(title=title, **away, **robin_hires) for title in titles]

    open_queue(moderator)
    rows = moderator.locator("input.action-select")
    expect(rows).to_have_count(3)
    for row in rows.all():
        row.check()
    moderator.locator("select[name=action]").select_option("Approve")
    moderator.get_by_role("button", name="Go").click()
    moderator.get_by_role("button", name="Approve").click()
    expect(moderator.get_by_text("Approved: ")).to_have_count(3)
    reader = newcomer()
    reader.goto("/jobs/")
    expect(reader.locator(".results .card")).to_have_count(3)

    moderator.goto(f"/admin/jobs/job/{jobs[0].pk}/change/")
    moderator.locator("select[name=ban-domain]").select_option(SCAM)
    decide(moderator, "Ban a domain", note="Asks applicants for a deposit.")
    expect(moderator.get_by_text("is banned. Postings removed: 3")).to_be_visible()
    reader.reload()
    heading(reader, "Jobs for medical coders")
    expect(reader.locator(".results .card")).to_have_count(0)

    again = make_job(status=JobStatus.DRAFT, closes_at=jobs[0].closes_at, **away, **robin_hires)
    log_in(reader, ROBIN)
    reader.goto(f"/hire/jobs/{again.public_id}/")
    reader.get_by_role("button", name="Submit for review").click()
    told(reader, SCAM)
