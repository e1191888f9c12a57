"""From looking a code up as a visitor to reading the pages of a free account."""

import pytest
from playwright.sync_api import Page, expect

from accounts.tests.factories import make_user
from codes import lookup_index
from codes.models import Summary
from codes.tests.test_gate import SECRET, make_page
from jobboard.tests.people import heading, log_in

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 375, "height": 740}


@pytest.fixture
def reference():
    pages = [make_page(f"7474{digit}") for digit in range(8)]
    Summary.objects.filter(code=pages[0]).update(synonyms=["HSG"])
    lookup_index.rebuild()
    return pages


def open_code(page: Page, code: str) -> None:
    page.goto(f"/codes/cpt/{code}/")
    heading(page, f"Study {code}")


def shows_sections(page: Page) -> bool:
    return page.get_by_text(SECRET).count() > 0


def test_a_visitor_looks_up_reads_registers_and_reads_five_more(page, reference, axe):
    page.goto("/")
    page.get_by_label("Code, range, abbreviation or words").first.fill("hsg")
    option = page.get_by_role("listbox").get_by_role("option")
    expect(option).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    axe(page)
    page.keyboard.press("Enter")
    heading(page, "Study 74740")
    expect(page.get_by_text(f"{SECRET} indications")).to_be_visible()
    axe(page)

    open_code(page, "74741")
    expect(page.get_by_role("heading", name="Six sections are locked")).to_be_visible()
    assert not shows_sections(page)
    axe(page)

    person = make_user()
    page.get_by_role("main").get_by_role("link", name="Log in").click()
    log_in(page, person.email)
    heading(page, "Study 74741")
    assert shows_sections(page)
    for code in ("74740", "74742", "74743", "74744", "74745"):
        open_code(page, code)
        assert shows_sections(page), code
    expect(page.get_by_text("of 5 code page views remaining")).to_contain_text("0 of 5")

    open_code(page, "74746")
    expect(page.get_by_role("heading", name="Six sections are locked")).to_be_visible()
    open_code(page, "74740")
    assert shows_sections(page)


def test_the_look_up_works_without_scripts(browser, live_server, reference):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/codes/")
    page.get_by_label("Code, range, abbreviation or words").fill("HSG")
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("link", name="Study 74740").click()

    heading(page, "Study 74740")
    context.close()


def test_escape_closes_the_suggestions_and_the_words_stay(page, reference):
    page.goto("/codes/")
    field = page.get_by_label("Code, range, abbreviation or words")
    field.fill("study")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("study")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 768, 375])
def test_reference_pages_are_accessible(browser, live_server, reference, axe, width, scheme):
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    page = context.new_page()
    for path in ("/codes/cpt/74740/", "/codes/cpt/74741/", "/codes/?q=study", "/about/codes/"):
        page.goto(path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
