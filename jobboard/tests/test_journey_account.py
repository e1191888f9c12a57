"""A forgotten password is set anew, and a second step is put before the log-in."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.tests.factories import PASSWORD, make_user
from jobboard.tests.people import PostOffice, follow_link, heading, log_in, log_out, told

pytestmark = pytest.mark.django_db(transaction=True)
PAT, NEW = "pat@people.example", "seventeen blue staplers"


def code_for(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def type_password(page: Page, password: str) -> None:
    page.get_by_label("Email").fill(PAT)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()


def test_a_forgotten_password_is_replaced_by_mail(
    newcomer: Callable[..., Page], post_office: PostOffice
) -> None:
    make_user(email=PAT)
    page = newcomer()
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Email").fill(PAT)
    page.get_by_role("button", name="Mail me the link").click()

    letter = post_office.letter(PAT, "Set a new password")
    follow_link(page, letter, "/password/reset/key/")
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password again").fill(NEW)
    page.get_by_role("button", name="Set the password").click()
    told(page, "The password is changed.")

    other = newcomer()
    other.goto("/accounts/login/")
    type_password(other, PASSWORD)
    expect(other.get_by_role("alert")).to_contain_text("not correct")
    type_password(other, NEW)
    heading(other, "Your desk")
    follow_link(other, letter, "/password/reset/key/")
    heading(other, "This link is over")


def test_a_second_step_stands_before_the_log_in(
    newcomer: Callable[..., Page], settings: Settings
) -> None:
    settings.MFA_TOTP_TOLERANCE = 1  # the clock may turn between two clicks
    make_user(email=PAT)
    page = newcomer()
    log_in(page, PAT)
    page.goto("/profile/")
    page.get_by_role("link", name="Two-step log-in").click()
    page.get_by_role("link", name="Turn it on").click()
    heading(page, "Is it still you?")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    secret = page.get_by_label("Secret").input_value()
    page.get_by_label("Code from the app").fill(code_for(secret))
    page.get_by_role("button", name="Turn it on").click()
    told(page, "Two-step log-in is on.")
    recovery_code = page.locator(".codes .code").first.inner_text()

    log_out(page)
    page.goto("/accounts/login/")
    type_password(page, PASSWORD)
    heading(page, "Second step")
    answer(page, "000000")
    expect(page.get_by_role("alert")).to_contain_text("Incorrect code")
    answer(page, code_for(secret))
    heading(page, "Your desk")

    log_out(page)
    page.goto("/accounts/login/")
    type_password(page, PASSWORD)
    answer(page, recovery_code)
    heading(page, "Your desk")


def answer(page: Page, code: str) -> None:
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
