"""A coder without an account: searches, shares, reads, follows a feed, at a desk and on a phone."""

import json
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from accounts.tests.factories import make_employer
from codes.models import Specialty
from jobboard.tests.people import heading
from jobs.models import Job, Setting
from jobs.models.parts import PayBasis, PlaceMode, StateRule
from jobs.search import document
from jobs.tests.factories import add_code_range, make_job, make_site, require_credentials

pytestmark = pytest.mark.usefixtures("vocabulary")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ATOM = "{http://www.w3.org/2005/Atom}"


def publish(title: str, specialty: str, *, remote: bool, credential: str = "CPC") -> Job:
    mode = PlaceMode.REMOTE if remote else PlaceMode.ONSITE
    rule = StateRule.ANY if remote else StateRule.NOT_STATED
    job = make_job(
        title=title,
        employer=make_employer(name="Lakeside Clinic"),
        mode=mode,
        state_rule=rule,
        pay_basis=PayBasis.HOUR,
        pay_min=29,
        pay_max=34,
    )
    job.specialties.add(Specialty.objects.get(slug=specialty))
    job.settings.add(Setting.objects.get(slug="profee"))
    require_credentials(job, credential)
    add_code_range(job, "52000", "53899")
    if not remote:
        make_site(job)
    document.write(job)
    return job


@pytest.fixture(autouse=True)
def board(vocabulary: None) -> None:
    publish("Urology Profee Coder", "urology", remote=True)
    publish("Urology Auditor", "urology", remote=False, credential="CPMA")
    publish("Diagnostic Radiology Coder", "radiology", remote=True, credential="RCC")


def titles(page: Page) -> list[str]:
    return page.locator(".results .card h3").all_inner_texts()


def search(page: Page, words: str) -> None:
    page.get_by_label("Words, a code or a range").fill(words)
    page.get_by_role("button", name="Search").click()


def test_a_search_is_its_address_with_and_without_scripts(newcomer: Callable[..., Page]) -> None:
    page = newcomer()
    page.goto("/")
    search(page, "urolog")
    expect(page.locator(".results .card")).to_have_count(2)
    page.get_by_role("checkbox", name="Remote").check()
    expect(page.get_by_text("1 job", exact=True)).to_be_visible()
    assert titles(page) == ["Urology Profee Coder"]

    friend, plain = newcomer(), newcomer(java_script_enabled=False)
    friend.goto(page.url)
    plain.goto(page.url)
    assert titles(friend) == titles(plain) == titles(page)
    expect(friend.get_by_role("checkbox", name="Remote")).to_be_checked()

    plain.goto("/jobs/")
    plain.get_by_role("checkbox", name="Remote").check()
    search(plain, "urolog")
    assert titles(plain) == titles(page)
    friend.get_by_role("link", name="Remove Remote").click()
    expect(friend.locator(".results .card")).to_have_count(2)


def test_a_posting_is_read_beside_the_list_and_on_its_page(newcomer: Callable[..., Page]) -> None:
    page = newcomer(viewport={"width": 1440, "height": 900})
    page.goto("/jobs/?q=coder")
    page.get_by_role("link", name="Urology Profee Coder").press("Enter")
    pane = page.get_by_role("region", name="Posting", exact=True)
    expect(pane.get_by_role("heading", level=2)).to_have_text("Urology Profee Coder")
    expect(pane).to_be_focused()
    page.reload()
    expect(pane.get_by_role("heading", level=2)).to_have_text("Urology Profee Coder")

    pane.get_by_role("heading", level=2).get_by_role("link").click()
    heading(page, "Urology Profee Coder")
    data = json.loads(page.locator("script[type='application/ld+json']").inner_text())
    assert (data["@type"], data["title"]) == ("JobPosting", "Urology Profee Coder")
    assert data["hiringOrganization"]["name"] == "Lakeside Clinic"
    assert data["applicantLocationRequirements"] == {"@type": "Country", "name": "USA"}
    page.get_by_role("article").get_by_role("link", name="52000–53899").click()
    heading(page, "Look up a code")
    expect(page.get_by_label("Code, range, abbreviation or words")).to_have_value("52000-53899")


def test_a_specialty_has_a_page_and_a_feed(newcomer: Callable[..., Page]) -> None:
    page = newcomer()
    page.goto("/")
    page.get_by_role("navigation", name="By specialty").get_by_role("link", name="Urology").click()
    heading(page, "Urology coding jobs")
    assert sorted(titles(page)) == ["Urology Auditor", "Urology Profee Coder"]

    page.goto("/jobs/?specialty=urology&mode=remote")
    feed = page.get_by_role("link", name="Feed", exact=True).get_attribute("href")
    assert feed is not None
    atom = ElementTree.fromstring(page.request.get(feed).body())  # noqa: S314
    assert [entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")] == [
        "Urology Profee Coder, Lakeside Clinic"
    ]


def test_a_phone_filters_in_a_sheet_and_opens_the_page(newcomer: Callable[..., Page]) -> None:
    phone = newcomer(**PHONE)
    phone.goto("/jobs/")
    phone.get_by_role("button", name="Filters").tap()
    sheet = phone.get_by_role("dialog", name="Filters")
    expect(sheet).to_be_visible()
    sheet.get_by_role("checkbox", name="On site").check()
    sheet.get_by_role("button", name="Apply filters").tap()
    expect(sheet).to_be_hidden()
    expect(phone.locator(".results .card")).to_have_count(1)
    assert titles(phone) == ["Urology Auditor"]

    phone.get_by_role("link", name="Urology Auditor").tap()
    heading(phone, "Urology Auditor")
    expect(phone.get_by_text("Dayton, OH").first).to_be_visible()
