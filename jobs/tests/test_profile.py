import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from jobs.models import HeldCredential, Profile, Software
from jobs.tests.factories import (
    make_credential,
    make_profile,
    make_setting,
    make_specialty,
    make_state,
)

PROFILE = "/profile/"


def rows(prefix, *typed, stored=0):
    """What a browser sends of one set of rows."""
    data = {f"{prefix}-TOTAL_FORMS": len(typed), f"{prefix}-INITIAL_FORMS": stored}
    for number, row in enumerate(typed):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def form(**changes):
    return {
        "person-name": "Robin Coder",
        "person-time_zone": "America/Denver",
        "profile-state": "",
        "profile-years": "",
        **rows("held"),
        **rows("practice"),
        **changes,
    }


@pytest.fixture
def reader(client, db):
    reader = make_user()
    client.force_login(reader)
    return reader


def test_profile_is_for_who_is_logged_in(client, db):
    assert client.get(PROFILE).headers["Location"] == f"/accounts/login/?next={PROFILE}"


def test_profile_opens_empty_and_writes_nothing(client, reader, html_validity):
    make_state(), make_credential(), make_specialty()

    response = client.get(PROFILE)

    html_validity(response.content)
    assert not Profile.objects.exists()
    for name in ("account_email", "account_change_password", "mfa_index", "usersessions_list"):
        assert f'href="{reverse(name)}"' in response.content.decode()


def test_profile_is_saved_as_typed(client, reader):
    cpc, urology, setting = make_credential(), make_specialty(), make_setting()
    epic = Software.objects.create(slug="epic", name="Epic", kind="ehr")
    typed = form(
        **{
            "profile-state": make_state().pk,
            "profile-years": "4.5",
            "profile-settings": [setting.pk],
            "profile-software": [epic.pk],
            **rows(
                "held", {"credential": cpc.pk, "since": "2019"}, {"credential": "", "since": ""}
            ),
            **rows("practice", {"specialty": urology.pk, "years": "3"}),
        }
    )

    response = client.post(PROFILE, typed)

    reader.refresh_from_db()
    profile = Profile.objects.get(user=reader)
    assert response.headers["Location"] == PROFILE
    assert (reader.name, reader.time_zone) == ("Robin Coder", "America/Denver")
    assert (profile.state_id, profile.years) == ("OH", Decimal("4.5"))
    assert list(profile.settings.all()) == [setting]
    assert list(profile.software.all()) == [epic]
    assert list(profile.held.values_list("credential", "since")) == [(cpc.pk, 2019)]
    assert list(profile.specialties.values_list("specialty", "years")) == [(urology.pk, Decimal(3))]


def test_profile_changes_and_takes_out_rows(client, reader):
    profile = make_profile(user=reader)
    cpc = profile.held.create(credential=make_credential(), since=2019)
    coc = profile.held.create(credential=make_credential("COC"))
    held = rows(
        "held",
        {"id": coc.pk, "credential": coc.credential_id, "DELETE": "on"},
        {"id": cpc.pk, "credential": cpc.credential_id, "since": "2018"},
        stored=2,
    )

    client.post(PROFILE, form(**held))

    assert list(profile.held.values_list("credential__code", "since")) == [("CPC", 2018)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"person-name": ""}, "This field is required."),
        ({"person-time_zone": "Mars/Base"}, "Mars/Base"),
        ({"profile-years": "99"}, "less than or equal to 60"),
        ({"profile-years": "-1"}, "greater than or equal to 0"),
        ({"profile-state": "XX"}, "Select a valid choice"),
        (rows("held", {"credential": "", "since": "2019"}), "This field is required."),
        (rows("held", {"credential": "{cpc}", "since": "1950"}), "greater than or equal to 1970"),
        (rows("held", {"credential": "{cpc}", "since": "2999"}), "That year has not come yet."),
        (
            rows("held", {"credential": "{cpc}"}, {"credential": "{cpc}"}),
            "Name each one once.",
        ),
        (rows("practice", {"specialty": "", "years": "3"}), "This field is required."),
    ],
)
def test_profile_refused_keeps_what_was_typed(client, reader, html_validity, changes, message):
    cpc = make_credential()
    filled = {name: str(cpc.pk) if value == "{cpc}" else value for name, value in changes.items()}

    response = client.post(PROFILE, form(**{"profile-years": "7.5", **filled}))

    body = response.content.decode()
    assert message in body
    assert "Not saved yet: 1 thing to change" in body
    assert f'value="{filled.get("profile-years", "7.5")}"' in body
    assert not Profile.objects.exists()
    html_validity(response.content)


def test_profile_may_hold_this_years_credential(client, reader):
    year = timezone.localdate().year
    held = rows("held", {"credential": make_credential().pk, "since": str(year)})

    client.post(PROFILE, form(**held))

    assert HeldCredential.objects.get().since == year


def test_profile_never_takes_anothers_rows(client, reader):
    other = make_profile()
    theirs = other.held.create(credential=make_credential())
    held = rows(
        "held", {"id": theirs.pk, "credential": theirs.credential_id, "DELETE": "on"}, stored=1
    )

    client.post(PROFILE, form(**held))

    assert list(other.held.all()) == [theirs]


def test_profile_adds_over_a_row_of_another_window(client, reader):
    cpc = make_credential()
    make_profile(user=reader).held.create(credential=cpc)

    client.post(PROFILE, form(**rows("held", {"credential": cpc.pk, "since": "2019"})))

    assert list(HeldCredential.objects.values_list("credential", "since")) == [(cpc.pk, 2019)]


def test_profile_changes_no_row_into_one_of_another_window(client, reader):
    profile = make_profile(user=reader)
    cpc = profile.held.create(credential=make_credential())
    coc = profile.held.create(credential=make_credential("COC"))
    held = rows("held", {"id": cpc.pk, "credential": coc.credential_id}, stored=1)

    response = client.post(PROFILE, form(**held))

    assert "Name each one once." in response.content.decode()
    assert profile.held.count() == 2


@pytest.mark.django_db(transaction=True)
def test_profile_saved_twice_at_once_stays_one():
    reader, cpc = make_user(), make_credential()
    typed = form(**rows("held", {"credential": cpc.pk}))
    statuses = []

    def save():
        client = Client()
        try:
            client.force_login(reader)
            statuses.append(client.post(PROFILE, typed).status_code)
        finally:
            connection.close()

    clicks = [threading.Thread(target=save) for _number in range(3)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert statuses == [302, 302, 302]
    assert HeldCredential.objects.filter(profile__user=reader).count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_profile_asks_the_same_queries_for_any_rows(
    client, reader, django_assert_num_queries, count
):
    profile = make_profile(user=reader)
    for number in range(count):
        profile.held.create(credential=make_credential(f"C{number}"))
        profile.specialties.create(specialty=make_specialty(f"s{number}"))

    with django_assert_num_queries(13):
        client.get(PROFILE)
