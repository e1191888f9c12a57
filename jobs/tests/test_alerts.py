from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Letter
from accounts.tests.factories import make_user
from jobs import alerts
from jobs.errors import AlertExists
from jobs.models import Alert, Cadence
from jobs.search.query import SearchQuery
from jobs.tests.factories import make_alert

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
UROLOGY = SearchQuery(words="urology")


@pytest.mark.parametrize(
    ("cadence", "zone", "after", "due"),
    [
        ("instant", "America/New_York", "2026-11-21T15:00+00:00", "2026-11-21T15:15+00:00"),
        ("daily", "America/New_York", "2026-11-21T11:59+00:00", "2026-11-21T12:00+00:00"),
        ("daily", "America/New_York", "2026-11-21T12:00+00:00", "2026-11-22T12:00+00:00"),
        ("daily", "Pacific/Honolulu", "2026-11-21T15:00+00:00", "2026-11-21T17:00+00:00"),
        ("daily", "Pacific/Guam", "2026-11-21T15:00+00:00", "2026-11-21T21:00+00:00"),
        # The clocks go forward on 8 March 2026 and back on 1 November 2026: 07:00 stays 07:00.
        ("daily", "America/New_York", "2026-03-07T12:00+00:00", "2026-03-08T11:00+00:00"),
        ("daily", "America/New_York", "2026-10-31T11:00+00:00", "2026-11-01T12:00+00:00"),
        ("weekly", "America/New_York", "2026-11-21T15:00+00:00", "2026-11-23T12:00+00:00"),
        ("weekly", "America/New_York", "2026-11-23T12:00+00:00", "2026-11-30T12:00+00:00"),
    ],
)
def test_next_digest_at_keeps_the_readers_clock(cadence, zone, after, due):
    found = alerts.next_digest_at(
        cadence=cadence, zone=ZoneInfo(zone), after=datetime.fromisoformat(after)
    )

    assert found.astimezone(UTC) == datetime.fromisoformat(due)


def create(*, user=None, email="reader@example.com", query=UROLOGY, now=NOW):
    return alerts.create_alert(
        query=query,
        email=email,
        cadence=Cadence.DAILY,
        time_zone="America/New_York",
        user=user,
        now=now,
    )


@pytest.mark.django_db
def test_create_alert_of_a_person_is_live_at_once():
    person = make_user()

    alert = create(user=person)

    assert (alert.email, alert.query, alert.confirmed_at) == (person.email, "q=urology", NOW)
    assert Letter.objects.count() == 0


@pytest.mark.django_db
def test_create_alert_of_a_stranger_waits_for_the_mailed_link():
    alert = create()

    letter = Letter.objects.get()
    assert alert.confirmed_at is None
    assert letter.to == "reader@example.com"
    assert f"http://localhost/alerts/confirm/{alert.token}/" in letter.text


@pytest.mark.django_db
def test_create_alert_twice_keeps_one_row_and_tells_a_person():
    person = make_user()
    create(user=person)

    with pytest.raises(AlertExists, match="already"):
        create(user=person)

    assert Alert.objects.count() == 1


@pytest.mark.django_db
def test_create_alert_twice_tells_a_stranger_nothing():
    first = create()
    alerts.confirm_alert(alert=first, now=NOW)

    second = create(email="READER@example.com")

    assert second == first
    assert Letter.objects.count() == 1


@pytest.mark.django_db
def test_create_alert_starts_one_that_waited_when_the_person_has_signed_in():
    waiting = create(email="ann@example.com")

    create(user=make_user(email="ann@example.com"))

    waiting.refresh_from_db()
    assert waiting.confirmed_at == NOW


@pytest.mark.django_db
def test_confirm_alert_starts_it_once():
    alert = create()

    assert alerts.confirm_alert(alert=alert, now=NOW)
    assert not alerts.confirm_alert(alert=alert, now=NOW + timedelta(days=1))

    alert.refresh_from_db()
    assert alert.confirmed_at == NOW


@pytest.mark.django_db
def test_an_ended_alert_may_be_made_again():
    first = create()
    alerts.end_alerts(ids=[first.pk], now=NOW)

    second = create()

    assert second.pk != first.pk


@pytest.mark.django_db
def test_drop_unconfirmed_forgets_addresses_that_never_answered():
    old, confirmed, new = make_alert(confirmed_at=None), make_alert(), make_alert(confirmed_at=None)
    long_ago = timezone.now() - timedelta(days=8)
    Alert.objects.filter(pk__in=[old.pk, confirmed.pk]).update(created_at=long_ago)

    alerts.drop_unconfirmed(now=timezone.now())

    assert set(Alert.objects.all()) == {confirmed, new}


@pytest.mark.django_db
def test_an_alert_without_a_filter_is_refused():
    with pytest.raises(IntegrityError, match="alert_has_a_filter"):
        make_alert(query="")
