"""Every page a person can reach, over the demo board: see `soundness` for what is asked of it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client, override_settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from jobboard.tests import demo_board
from jobboard.tests.soundness import Watch, check

OPEN = [
    "/",
    "/jobs/",
    "/jobs/?q=radiology&state=OH&mode=remote&pay_min=30&specialty=radiology",
    "/jobs/?page=2",
    "/jobs/?q=zzzzzz&state=OH&mode=remote",
    "/jobs/feeds/",
    "/jobs/specialty/urology/",
    "/jobs/state/california/",
    "{live}",
    "{away}",
    "{filled}",
    "{removed}",
    "/no/such/page/",
    "/about/",
    "/about/privacy/",
    "/about/data/",
    "/about/dates/",
    "/hire/",
    "/alerts/new/?q=urology",
    "/alerts/sent/",
    "/alerts/confirm/{unconfirmed.token}/",
    "/alerts/manage/{alert.token}/",
    "/alerts/manage/{ended.token}/",
    "{stop}",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/over/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-over/",
    "/accounts/password/reset/key/done/",
    "/accounts/inactive/",
    "/mailbox/",
    "{mail}",
]
CODERS = [
    "/jobs/?hires=yes",
    "{live}",
    "{live}report/",
    "{live}apply/",
    "{away}apply/",
    "{filled}apply/",
    "/desk/",
    "/profile/",
    "/saved/",
    "/applications/",
    "/applications/{sent.pk}/",
    "/applications/{sent.pk}/withdraw/",
    "/resumes/",
    "/alerts/",
    "/alerts/new/?q=radiology",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/accounts/logout/",
]
BEGINNERS = [
    "/desk/",
    "/profile/",
    "/saved/",
    "/applications/",
    "/resumes/",
    "/alerts/",
    "/hire/",
    "/hire/employer/new/",
    "/hire/invitation/{invitation.token}/",
    "/hire/invitation/{used.token}/",
]
EMPLOYERS = [
    "/hire/{employer.slug}/",
    "/hire/{employer.slug}/?show=closed",
    "/hire/{employer.slug}/team/",
    "/hire/{employer.slug}/about/",
    "/hire/{employer.slug}/jobs/new/",
    "/hire/jobs/{job.public_id}/",
    "/hire/jobs/{job.public_id}/preview/",
    "/hire/jobs/{job.public_id}/applicants/",
    "/hire/jobs/{job.public_id}/applicants/?stage=in_review",
    "/hire/jobs/{job.public_id}/applicants/?q=nobody",
    "/hire/jobs/{changes.public_id}/",
    "/hire/jobs/{changes.public_id}/edit/",
    "/hire/jobs/{draft.public_id}/edit/",
    "/hire/jobs/{edit.public_id}/",
    "/hire/applicants/{received.pk}/",
]
MODERATORS = ["/admin/", "/admin/jobs/job/", "/admin/jobs/job/{edit.pk}/change/"]
ERRORS = ["400", "403", "403_csrf", "429", "500"]
HTML = "text/html; charset=utf-8"


def pages() -> Iterator[Any]:
    for role, paths in (
        ("visitor", OPEN),
        ("coder", CODERS),
        ("beginner", BEGINNERS),
        ("employer", EMPLOYERS),
        ("moderator", MODERATORS),
    ):
        yield from (pytest.param(role, path, id=f"{role}{path}") for path in paths)


@pytest.fixture(scope="module")
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database as ever, emptied once these tests are over instead of after each."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def board(transactional_db: None, tmp_path_factory: Any) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("mail")
    with override_settings(EMBEDDED=True, MAILBOX_DIR=str(folder)):
        yield demo_board.fill(folder)


@pytest.fixture(scope="module")
def address(board: dict[str, Any]) -> Iterator[str]:
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def watch_of(
    board: dict[str, Any], address: str, browser: Browser
) -> Iterator[Callable[[str], Watch]]:
    """watch_of(role) is the page of the visitor, or of a person of the board, logged in."""
    watches: dict[str, Watch] = {}

    def of(role: str) -> Watch:
        if role not in watches:
            context = browser.new_context(base_url=address)
            context.add_init_script(AXE_SCRIPT)
            if role != "visitor":
                context.add_cookies([session_of(board["people"][role], address)])
            watches[role] = Watch(context.new_page(), address)
        return watches[role]

    yield of
    for watch in watches.values():
        watch.page.context.close()


def session_of(person: Any, address: str) -> Any:
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(person)
    return {"name": name, "value": client.cookies[name].value, "url": address}


@pytest.mark.parametrize(("role", "path"), list(pages()))
def test_page_is_sound(
    board: dict[str, Any], watch_of: Callable[[str], Watch], role: str, path: str
) -> None:
    check(watch_of(role), path.format(**board), ours=role != "moderator")


@pytest.mark.parametrize("name", ERRORS)
def test_error_page_is_sound(watch_of: Callable[[str], Watch], name: str) -> None:
    watch, html = watch_of("visitor"), render_to_string(f"{name}.html")
    watch.page.route(f"**/{name}/", lambda route: route.fulfill(body=html, content_type=HTML))

    check(watch, f"/{name}/")
