import re

import pytest
from django.template.loader import render_to_string

from accounts.tests.factories import make_user
from jobboard.pages import ABOUT


@pytest.mark.parametrize("path", ["/about/", *(f"/about/{page}/" for page in ABOUT)])
def test_about_pages_are_open_and_valid(client, db, html_validity, path):
    response = client.get(path)

    assert response.status_code == 200
    html_validity(response.content)


def test_about_page_of_another_name_is_not_found(client, db, html_validity):
    response = client.get("/about/base/")

    assert response.status_code == 404
    html_validity(response.content)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "410", "429", "500"])
def test_error_pages_need_no_context(html_validity, name):
    html = render_to_string(f"{name}.html")

    html_validity(html)
    assert re.search("<h1>(.+)</h1>", html)


ALLAUTH = ["login/", "signup/", "password/reset/", "confirm-email/", "password/reset/done/"]
MANAGE = ["email/", "password/change/", "2fa/", "2fa/totp/activate/", "sessions/", "logout/"]


@pytest.mark.parametrize("path", ALLAUTH)
def test_entrance_pages_are_valid(client, db, html_validity, path):
    html_validity(client.get(f"/accounts/{path}").content)


@pytest.mark.parametrize("path", MANAGE)
def test_account_pages_are_valid(client, db, html_validity, path):
    client.force_login(make_user())

    html_validity(client.get(f"/accounts/{path}", follow=True).content)


@pytest.mark.parametrize("path", ["/about/", "/accounts/login/", "/accounts/signup/"])
def test_pages_carry_no_script_or_style_of_their_own(client, db, path):
    html = client.get(path).content.decode()

    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=", html) == []
