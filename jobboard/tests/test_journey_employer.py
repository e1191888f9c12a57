"""An employer from signing up to a filled job: written by keyboard, kept, reviewed, edited live."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jobboard.tests.people import (
    PostOffice,
    agree,
    choose,
    confirm_address,
    decide,
    follow_link,
    heading,
    log_in,
    log_out,
    press,
    sign_up,
    tab_to,
    told,
    type_into,
)
from jobs.tests.factories import make_moderator

pytestmark = pytest.mark.usefixtures("vocabulary")
ROBIN, ALEX = "robin@lakeside.example", "alex@codeward.example"
WORK = "Codes cystoscopies, stone cases and the clinic, from the notes of four surgeons."


def test_an_employer_posts_edits_and_fills_a_job(
    newcomer: Callable[..., Page], post_office: PostOffice
) -> None:
    make_moderator(email=ALEX)
    employer, moderator, coder = newcomer(), newcomer(), newcomer()

    join(employer, post_office)
    set_up_an_employer(employer)
    write_by_keyboard(employer)
    what_is_typed_survives(employer)
    submit_what_was_previewed(employer)

    approve(moderator)
    follow_link(coder, post_office.letter(ROBIN, "Your posting is live"), "/jobs/")
    heading(coder, "Urology Coder")
    public = coder.url

    edit_the_live_posting(employer)
    see_pay(coder, public, "$29–34/h")
    compare_and_approve(moderator)
    post_office.letter(ROBIN, "Your edit is live")
    see_pay(coder, public, "$31–34/h")

    renew(employer)
    copy_and_come_back(employer)
    mark_as_filled(employer)
    coder.reload()
    expect(coder.get_by_text("It takes no applications any more")).to_be_visible()


def join(page: Page, post_office: PostOffice) -> None:
    page.goto("/hire/")
    page.get_by_role("link", name="Sign up to post a job").click()
    sign_up(page, name="Robin Asante", email=ROBIN)
    confirm_address(page, post_office.letter(ROBIN, "Confirm"))


def set_up_an_employer(page: Page) -> None:
    page.get_by_label("Name").fill("Lakeside Urology")
    page.get_by_label("Kind").select_option("Physician practice")
    page.get_by_label("Website").fill("lakeside.example")
    page.get_by_label("Time zone").select_option("America/New_York")
    page.get_by_role("button", name="Set up the employer").click()
    told(page, "Lakeside Urology is set up.")


def write_by_keyboard(page: Page) -> None:
    """First with mistakes: all are named at once, and nothing typed is lost."""
    press(page, "Start a posting")
    heading(page, "New posting")
    type_into(page, "Job title", "Urology Coder")
    type_into(page, "Codes the work covers optional", "52000-53899, tuesday")
    type_into(page, "Required credentials optional", "CPC or CCS-P")
    choose(page, "Place of work", "Remote")
    press(page, "Save and submit for review")

    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert.get_by_role("listitem")).to_have_count(3)
    for words in ("Describe the work.", "tuesday", "Say where a remote coder may live"):
        expect(page.locator(".errorlist").get_by_text(words)).to_have_count(1)
    expect(page.get_by_label("Job title")).to_have_value("Urology Coder")
    expect(page.get_by_label("Codes the work covers")).to_have_value("52000-53899, tuesday")

    tab_to(page, alert.get_by_role("link", name="Codes the work covers"))
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("52000-53899")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(alert.get_by_role("listitem")).to_have_count(2)


def what_is_typed_survives(page: Page) -> None:
    """A reload, and logging out and in again, without a press on Save."""
    with page.expect_response("**/autosave/"):
        page.get_by_label("Description").fill(WORK)
    page.reload()
    expect(page.get_by_text("What you typed is back")).to_be_visible()
    expect(page.get_by_label("Description")).to_have_value(WORK)

    form = page.url
    log_out(page)
    page.goto(form)
    log_in(page, ROBIN)
    heading(page, "New posting")
    expect(page.get_by_label("Description")).to_have_value(WORK)
    expect(page.get_by_label("Codes the work covers")).to_have_value("52000-53899")


def submit_what_was_previewed(page: Page) -> None:
    page.get_by_label("Any state", exact=True).check()
    page.get_by_label("Paid by").select_option("hour")
    page.get_by_label("From, $").fill("29")
    page.get_by_label("To, $").fill("34")
    page.get_by_role("button", name="Save and preview").click()
    heading(page, "As coders will see it")
    expect(page.get_by_text("$29–34/h").first).to_be_visible()
    expect(page.get_by_text(WORK)).to_be_visible()
    page.get_by_role("button", name="Submit for review").click()
    told(page, "Submitted.")


def approve(page: Page) -> None:
    log_in(page, ALEX)
    page.goto("/admin/")
    page.get_by_role("link", name="1 posting to review").click()
    page.get_by_role("link", name="Urology Coder", exact=True).click()
    decide(page, "Approve")
    expect(page.get_by_text("Approved: Urology Coder")).to_be_visible()


def edit_the_live_posting(page: Page) -> None:
    page.get_by_role("link", name="Postings").click()
    page.get_by_role("link", name="Urology Coder", exact=True).click()
    page.get_by_role("button", name="Edit the posting").click()
    heading(page, "Edit a live posting")
    page.get_by_label("From, $").fill("31")
    page.get_by_role("button", name="Save and submit for review").click()
    told(page, "Submitted.")
    expect(page.get_by_text("stays up as it is until the edit is approved")).to_be_visible()


def see_pay(page: Page, address: str, pay: str) -> None:
    page.goto(address)
    expect(page.locator(".posting .lead")).to_contain_text(pay)


def compare_and_approve(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="1 edit of live postings").click()
    page.get_by_role("link", name="Urology Coder", exact=True).click()
    changes = page.get_by_role("region", name="What the edit changes")
    expect(changes).to_contain_text("29")
    expect(changes).to_contain_text("31")
    decide(page, "Approve")


def renew(page: Page) -> None:
    page.get_by_role("link", name="a live posting").click()
    day = timezone.now().date() + timedelta(days=60)
    page.get_by_label("Until the end of").fill(day.isoformat())
    page.get_by_role("button", name="Renew").click()
    told(page, "Renewed.")
    expect(page.locator(f"time[datetime='{day.isoformat()}']").first).to_be_visible()


def copy_and_come_back(page: Page) -> None:
    page.get_by_role("button", name="Copy as a new draft").click()
    told(page, "This is the copy.")
    expect(page.get_by_label("Description")).to_have_value(WORK)
    page.get_by_role("link", name="Postings").click()
    expect(page.get_by_role("row").filter(has_text="Draft")).to_have_count(1)
    page.get_by_role("row").filter(has_text="Live").get_by_role("link").first.click()


def mark_as_filled(page: Page) -> None:
    page.get_by_role("button", name="Mark as filled").click()
    agree(page, "Mark as filled")
    told(page, "Marked as filled.")
