"""The posting and the profile in a browser: at three widths, in both themes, without scripts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from jobs.models import HeldCredential
from jobs.tests.factories import (
    add_code_range,
    make_credential,
    make_job,
    make_profile,
    make_reason,
    make_specialty,
    make_state,
    require_credentials,
)

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(context, client, live_server, user):
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([{**cookie, "url": live_server.url}])


@pytest.fixture
def coder(context, client, live_server):
    profile = make_profile(state=make_state())
    sign_in(context, client, live_server, profile.user)
    return profile.user


def open_and_closed():
    job = make_job(mode="remote", state_rule="any", test_given="yes", accuracy_min=95)
    job.specialties.add(make_specialty())
    require_credentials(job, "CPC", "COC")
    add_code_range(job, "52000", "53899")
    make_reason("report", "wrong-facts")
    past = timezone.now() - timedelta(days=2)
    return job, make_job(status="filled", first_published_at=past, closes_at=past)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 768, 375])
def test_posting_pages_are_accessible(page, axe, html_validity, coder, width, theme):
    job, closed = open_and_closed()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))

    for url in (
        job.get_absolute_url(),
        closed.get_absolute_url(),
        f"{job.get_absolute_url()}report/",
        "/profile/",
    ):
        page.goto(url)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    # A block of data is no script, so the policy on scripts lets it stand.
    assert complaints == []


def test_profile_changes_the_verdict_without_scripts(browser, client, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, client, live_server, make_user())
    make_state(), make_credential("CPC")
    job, _closed = open_and_closed()
    page = context.new_page()

    page.goto("/profile/")
    page.get_by_label("State you live in").select_option("Ohio")
    page.get_by_label("Credential", exact=True).first.select_option(label="CPC: CPC")
    page.get_by_label("Held since (year)").first.fill("2019")
    page.get_by_role("button", name="Save the profile").click()
    page.goto(job.get_absolute_url())

    assert HeldCredential.objects.get().since == 2019
    assert page.locator(".why .verdict").inner_text() == "You can be hired for this"
    assert page.get_by_text("COC or CPC required: you hold CPC since 2019").count() == 1
    context.close()
