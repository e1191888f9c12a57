"""The scripts in a browser, each on a page of the few elements it works with."""

import json

import pytest
from playwright.sync_api import expect

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 375, "height": 800}
AUTOSAVE = """<form method="post" action="/sent" data-autosave="/save" data-autosave-key="k"
{saved}><input type="hidden" name="csrfmiddlewaretoken" value="token">
<input name="title" aria-label="Title">
<input type="checkbox" name="remote" value="yes" aria-label="Remote"><input type="file" name="file">
<button>Send</button><span data-autosave-state aria-live="polite"></span></form>"""
LIST = """<button type="button" data-filters-open>Filters</button>
<aside><form data-filters action="/sent">
<label><input type="checkbox" name="remote" value="1">Remote</label>
<button class="apply">Show</button></form></aside>
<a data-pane-link href="/jobs/one/">One</a>
<section id="pane" tabindex="-1" aria-label="Posting"></section>"""


class Site:
    """Pages served from memory, and what their forms sent."""

    def __init__(self, page):
        self.page, self.status, self.posts = page, 200, []

    def serve(self, path, body, *scripts):
        tags = "".join(f'<script type="module" src="/static/js/{x}.js"></script>' for x in scripts)
        htmx = '<script src="/static/django_htmx/htmx-2.min.js" defer></script>'
        self.page.route(f"**{path}", answer(f"<!doctype html><title>t</title>{htmx}{body}{tags}"))

    def take(self, path):
        def keep(route):
            self.posts.append((route.request.method, route.request.post_data or ""))
            answer("<!doctype html>taken", self.status)(route)

        self.page.route(f"**{path}*", keep)


def answer(body, status=200):
    return lambda route: route.fulfill(status=status, body=body, content_type="text/html")


@pytest.fixture
def site(page):
    return Site(page)


def kept(page):
    text = page.evaluate("localStorage.getItem('autosave:k')")
    return text and json.loads(text)["text"]


def test_autosave_sends_the_text_after_a_rest(page, site):
    site.serve("/form", AUTOSAVE.format(saved=""), "autosave")
    site.take("/save")
    page.goto("/form")

    page.get_by_label("Title").fill("Coder II")

    expect(page.locator("[data-autosave-state]")).to_contain_text("Saved ")
    assert site.posts == [("POST", "title=Coder+II")]
    assert kept(page) is None


def test_autosave_keeps_the_text_on_the_device_when_signed_out(page, site):
    site.serve("/form", AUTOSAVE.format(saved=""), "autosave")
    site.take("/save")
    site.status = 403
    page.goto("/form")

    page.get_by_label("Title").fill("Coder II")
    page.get_by_label("Remote").check()

    expect(page.locator("[data-autosave-state]")).to_have_text(
        "Not saved: signed out. Your text is kept on this device."
    )
    assert kept(page) == [["title", "Coder II"], ["remote", "yes"]]


def test_autosave_offers_what_was_kept_and_never_overwrites(page, site):
    site.serve("/form", AUTOSAVE.format(saved=""), "autosave")
    site.take("/save")
    site.status = 403
    page.goto("/form")
    page.get_by_label("Title").fill("Coder II")
    page.get_by_label("Remote").check()
    expect(page.locator("[data-autosave-state]")).to_contain_text("Not saved")

    page.reload()

    expect(page.get_by_label("Title")).to_have_value("")
    page.get_by_role("button", name="Restore what you typed").click()
    expect(page.get_by_label("Title")).to_have_value("Coder II")
    expect(page.get_by_label("Remote")).to_be_checked()
    expect(page.get_by_role("button", name="Restore what you typed")).to_have_count(0)


def test_autosave_offers_nothing_older_than_the_saved_copy(page, site):
    site.serve("/form", AUTOSAVE.format(saved='data-saved-at="2026-11-21T00:00:00Z"'), "autosave")
    page.goto("/form")
    old = json.dumps({"at": 1000, "text": [["title", "old"]]})
    page.evaluate("text => localStorage.setItem('autosave:k', text)", old)

    page.reload()

    expect(page.locator(".notice")).to_have_count(0)


def test_autosave_forgets_the_text_when_the_next_page_says_so(page, site):
    site.serve("/done", '<p data-autosave-clear="k">Sent.</p>', "autosave")
    page.goto("/done")
    page.evaluate("localStorage.setItem('autosave:k', '{}')")

    page.reload()

    assert kept(page) is None


def test_once_sends_a_form_once_under_a_double_click(page, site):
    site.serve(
        "/form",
        '<form method="post" action="/sent"><button name="go" value="1">Send</button></form>',
        "once",
    )
    site.take("/sent")
    page.goto("/form")

    page.get_by_role("button").dblclick()

    page.wait_for_url("**/sent")
    assert site.posts == [("POST", "go=1")]


def test_once_wakes_the_buttons_when_the_reader_comes_back(page, site):
    site.serve("/form", '<form method="post" action="/sent"><button>Send</button></form>', "once")
    site.take("/sent")
    page.goto("/form")
    page.get_by_role("button").click()
    page.wait_for_url("**/sent")

    page.go_back()

    expect(page.get_by_role("button")).to_be_enabled()


CONFIRM = """<form method="post" action="/sent" data-confirm="Withdraw it?"
data-confirm-yes="Withdraw"><button name="act" value="withdraw">Go</button></form>"""


def test_confirm_asks_before_the_form_is_sent(page, site):
    site.serve("/form", CONFIRM, "once", "confirm")
    site.take("/sent")
    page.goto("/form")

    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("dialog", name="Withdraw it?")).to_be_visible()
    page.get_by_role("button", name="Withdraw").click()

    page.wait_for_url("**/sent")
    assert site.posts == [("POST", "act=withdraw")]


def test_confirm_sends_nothing_when_cancelled(page, site):
    site.serve("/form", CONFIRM, "once", "confirm")
    site.take("/sent")
    page.goto("/form")

    page.get_by_role("button", name="Go").click()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    assert (site.posts, page.get_by_role("button", name="Go").is_enabled()) == ([], True)


def test_filters_submit_a_change_on_a_wide_screen(page, site):
    site.serve("/list", LIST, "filters")
    site.take("/sent")
    page.set_viewport_size(WIDE)
    page.goto("/list")

    page.get_by_label("Remote").click()

    page.wait_for_url("**/sent?remote=1")


def test_filters_open_as_a_sheet_on_a_phone_and_wait_for_the_button(page, site):
    site.serve("/list", LIST, "filters")
    site.take("/sent")
    page.set_viewport_size(PHONE)
    page.goto("/list")

    page.get_by_role("button", name="Filters").click()
    sheet = page.get_by_role("dialog", name="Filters")
    sheet.get_by_label("Remote").check()
    assert site.posts == []
    sheet.get_by_role("button", name="Show").click()

    page.wait_for_url("**/sent?remote=1")


def test_filters_go_back_to_their_place_when_the_sheet_closes(page, site):
    site.serve("/list", LIST, "filters")
    page.set_viewport_size(PHONE)
    page.goto("/list")

    page.get_by_role("button", name="Filters").click()
    page.get_by_role("button", name="Close").click()

    expect(page.locator("aside > form[data-filters]")).to_have_count(1)
    expect(page.get_by_role("button", name="Filters")).to_be_focused()


def test_pane_shows_the_posting_and_reload_shows_it_again(page, site):
    site.serve("/list*", LIST, "pane")
    page.route("**/jobs/one/", lambda route: route.fulfill(body="<h1>Posting one</h1>"))
    page.set_viewport_size(WIDE)
    page.goto("/list?q=ct")

    page.get_by_role("link", name="One").click()
    expect(page.locator("#pane h1")).to_have_text("Posting one")
    page.wait_for_url("**/list?q=ct&open=one")
    page.reload()

    expect(page.locator("#pane h1")).to_have_text("Posting one")


def test_pane_takes_the_focus_from_the_keyboard_and_gives_it_back(page, site):
    site.serve("/list", LIST, "pane")
    page.route("**/jobs/one/", lambda route: route.fulfill(body="<h1>Posting one</h1>"))
    page.set_viewport_size(WIDE)
    page.goto("/list")

    page.get_by_role("link", name="One").press("Enter")
    expect(page.locator("#pane")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="One")).to_be_focused()


def test_pane_leaves_narrow_screens_to_the_page(page, site):
    site.serve("/list", LIST, "pane")
    site.serve("/jobs/one/", "<h1>The page</h1>")
    page.set_viewport_size(PHONE)
    page.goto("/list")

    page.get_by_role("link", name="One").click()

    page.wait_for_url("**/jobs/one/")
