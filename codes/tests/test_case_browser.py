"""A case in the browser: read, kept, shared and deleted, at three widths."""

import pytest
from playwright.sync_api import expect

from accounts.tests.factories import make_user
from codes.models import Case
from codes.tests.case_rows import REPORT, make_codes

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(context, client, live_server, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def read_a_case(page):
    page.goto("/case/")
    page.get_by_label("The report").fill(REPORT)
    page.get_by_role("button", name="Find codes").click()
    expect(page.get_by_role("heading", name="Codes to consider")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 768, 375])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_answer_is_accessible_and_fits(page, axe, width, scheme):
    make_codes()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})

    read_a_case(page)

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".candidates > li").first).to_contain_text("52332")


def test_a_case_is_kept_shared_and_deleted(page, context, client, live_server, axe):
    make_codes()
    sign_in(context, client, live_server, make_user())
    read_a_case(page)

    page.get_by_label("A name for it").fill("Stent on the left")
    page.get_by_role("button", name="Keep this case").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stent on the left")
    page.get_by_role("button", name="Make a link").click()
    axe(page)
    link = page.get_by_role("link", name="/case/shared/").get_attribute("href")
    page.goto(link)
    expect(page.get_by_role("main")).to_contain_text("Shared with you")
    page.goto("/case/mine/")
    page.get_by_role("link", name="Stent on the left").click()
    page.get_by_role("link", name="Delete the case").click()
    page.get_by_role("button", name="Delete the case").click()

    expect(page.get_by_role("main")).to_contain_text("You have kept no case yet")
    assert Case.objects.count() == 0
