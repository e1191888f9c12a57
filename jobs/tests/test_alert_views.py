from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Letter
from accounts.tests.factories import PASSWORD, make_user
from jobs.models import Alert
from jobs.tests.factories import make_alert, make_job

pytestmark = pytest.mark.django_db
TIMES = {"cadence": "daily", "time_zone": "America/Chicago"}


@pytest.fixture
def person(client):
    person = make_user(email="ann@example.com")
    assert client.login(email=person.email, password=PASSWORD)
    return person


def test_new_tells_what_last_week_would_have_sent(client):
    make_job(title="Urology Coder")
    old = timezone.now() - timedelta(days=8)
    make_job(title="Urology Auditor", published_at=old, first_published_at=old)

    page = client.get("/alerts/new/?q=urology").content.decode()

    assert "would have sent 1 job<" in page
    assert ("Urology Coder" in page, "Urology Auditor" in page) == (True, False)


def test_new_asks_a_stranger_to_confirm_by_mail(client):
    answer = client.post("/alerts/new/?q=urology", {"email": "bob@example.com", **TIMES})

    alert = Alert.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/alerts/sent/")
    assert (alert.email, alert.query, alert.confirmed_at) == ("bob@example.com", "q=urology", None)
    assert Letter.objects.get().to == "bob@example.com"


def test_new_of_a_person_goes_to_their_own_address(client, person):
    answer = client.post("/alerts/new/?q=urology&sort=pay", {"email": "x@example.com", **TIMES})

    alert = Alert.objects.get()
    assert answer["Location"] == "/alerts/"
    assert (alert.user, alert.email, alert.query) == (person, person.email, "q=urology")


def test_new_without_a_filter_sends_back_to_the_search(client):
    answer = client.post("/alerts/new/?sort=pay", {"email": "bob@example.com", **TIMES})

    assert answer["Location"] == "/jobs/"
    assert not Alert.objects.exists()


def test_new_keeps_what_was_typed_when_it_is_wrong(client):
    page = client.post("/alerts/new/?q=urology", {"email": "bob", **TIMES}).content.decode()

    assert 'value="bob"' in page
    assert "Enter a valid email address." in page


def test_new_refuses_a_flood_to_one_address(client):
    for number in range(10):
        client.post(f"/alerts/new/?q=urology{number}", {"email": "bob@example.com", **TIMES})

    page = client.post("/alerts/new/?q=more", {"email": "bob@example.com", **TIMES})

    assert "too often" in page.content.decode()
    assert Alert.objects.count() == 10


@pytest.mark.parametrize("name", ["confirm", "manage", "unsubscribe"])
def test_a_get_changes_nothing(client, name):
    confirmed_at = None if name == "confirm" else timezone.now()
    alert = make_alert(confirmed_at=confirmed_at)

    client.get(f"/alerts/{name}/{alert.token}/")

    alert.refresh_from_db()
    assert (alert.confirmed_at, alert.ended_at) == (confirmed_at, None)


def test_confirm_starts_the_alert(client):
    alert = make_alert(confirmed_at=None)

    client.post(f"/alerts/confirm/{alert.token}/")

    assert Alert.objects.active().get() == alert


def test_manage_changes_when_it_mails(client):
    alert = make_alert(cadence="instant")

    client.post(f"/alerts/manage/{alert.token}/", TIMES)

    alert.refresh_from_db()
    assert (alert.cadence, alert.time_zone) == ("daily", "America/Chicago")
    assert alert.next_digest_at.astimezone(alert.zone).hour == 7


def test_end_ends_it(client):
    alert = make_alert()

    client.post(f"/alerts/end/{alert.token}/")

    assert not Alert.objects.active().exists()


@pytest.mark.parametrize("name", ["confirm", "manage", "end", "unsubscribe"])
def test_an_unknown_link_is_not_found(client, name):
    assert client.post(f"/alerts/{name}/made-up/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_shows_ones_own_in_a_constant_number_of_queries(
    client, person, rows, django_assert_num_queries
):
    for number in range(rows):
        make_alert(user=person, email=person.email, query=f"q=u{number}&specialty=urology")
    make_alert(email="other@example.com", query="q=nephrology")

    with django_assert_num_queries(3):
        page = client.get("/alerts/").content.decode()

    assert (page.count('<li class="card">'), "nephrology" in page) == (rows, False)


@pytest.mark.parametrize("page", ["alerts/confirm", "alerts/manage", "hire/invitation"])
def test_a_link_with_a_nul_in_it_leads_nowhere(client, person, page):
    assert client.get(f"/{page}/%00/").status_code == 404


def test_new_counts_the_mails_to_an_address_in_any_letters(client):
    for number in range(10):
        client.post(f"/alerts/new/?q=word{number}", {"email": "bob@example.com", **TIMES})

    client.post("/alerts/new/?q=urology", {"email": "BOB@example.com", **TIMES})

    assert Letter.objects.count() == 10
