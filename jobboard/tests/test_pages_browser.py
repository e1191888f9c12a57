import pytest
from django.urls import reverse

from accounts.tests.factories import PASSWORD, make_user

OPEN = ["/about/", "/about/privacy/", "/about/dates/", "/no/such/page/"]
OPEN += [f"/accounts/{path}/" for path in ("login", "signup", "password/reset")]
OWN = ["email", "password/change", "2fa", "2fa/totp/activate", "sessions", "logout"]


@pytest.fixture(params=["light", "dark"])
def themed(request, page):
    page.emulate_media(color_scheme=request.param)
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    assert [text for text in complaints if "404" not in text] == []


def check(page, axe, path):
    page.goto(path)
    for width in (1440, 768, 375):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("path", OPEN)
def test_open_page_is_accessible_and_fits(themed, axe, path):
    check(themed, axe, path)


def test_own_pages_are_accessible_and_fit(themed, axe):
    make_user(email="dana@example.com")
    themed.goto(reverse("account_login"))
    themed.get_by_label("Email").fill("dana@example.com")
    themed.get_by_label("Password").fill(PASSWORD)
    themed.get_by_role("main").get_by_role("button", name="Log in").click()

    for path in OWN:
        check(themed, axe, f"/accounts/{path}/")
