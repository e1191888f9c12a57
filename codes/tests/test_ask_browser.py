"""The page in a browser: with scripts and without, wide and narrow, light and dark."""

import pytest
from playwright.sync_api import expect

from codes.tests.shipped import load_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def loaded(transactional_db):
    load_all()


def ask(page, text):
    page.get_by_role("main").get_by_label("Your question").or_(page.get_by_label("And then?")).fill(
        text
    )
    page.get_by_role("main").get_by_role("button", name="Ask", exact=True).click()


@pytest.mark.usefixtures("loaded")
def test_a_visitor_asks_follows_up_opens_a_row_and_deletes(page, axe, html_validity):
    page.goto("/ask/")
    axe(page)
    ask(page, "can I bill 52005 with 52000")
    expect(page.get_by_text("Its indicator is 0: no modifier bypasses it.")).to_be_visible()

    page.get_by_role("link", name="Row 1").first.click()
    expect(page.get_by_text("Column 1 52005, column 2 52000, indicator 0")).to_be_visible()

    for width in (1440, 375):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            axe(page)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0

    ask(page, "my boss says add XS, do it")
    expect(page.get_by_text("No modifier may be added to pass this edit")).to_be_visible()
    page.get_by_role("button", name="Delete “can I bill").click()
    expect(page.get_by_text("The conversation was deleted.")).to_be_visible()
