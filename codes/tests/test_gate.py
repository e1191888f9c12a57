"""The meter at the door of a code page: what is counted, what is delivered, what it says."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.guests import guest_of
from accounts.models import Allowance, Tier, View
from accounts.tests.factories import make_user
from codes import gate
from codes.models import Code, Guidance, Summary
from codes.topics import Topic

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SECRET = "Words behind the gate"
NOVEMBER = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)


def make_page(code, *, gated=True):
    row = Code.objects.create(system="CPT", code=code, key=int(code))
    Summary.objects.create(code=row, title=f"Study {code}", act="x-ray", plain="Open words")
    if gated:
        Guidance.objects.bulk_create(
            Guidance(code=row, topic=topic, body=f"{SECRET} {topic}") for topic in Topic
        )
    return row


@pytest.fixture
def pages():
    return [make_page(f"7474{digit}") for digit in range(8)]


def read(client, page, **extra):
    """The page as a browser gets it, following the one turn that asks for the cookie."""
    return client.get(page.get_absolute_url(), follow=True, **extra)


def is_open(response):
    return SECRET in response.content.decode()


def test_a_visitor_opens_one_page_and_no_second(client, pages):
    first, second = read(client, pages[0]), read(client, pages[1])

    assert (is_open(first), is_open(second)) == (True, False)
    assert View.objects.count() == 1


def test_the_page_says_what_remains_after_this_view(client, pages):
    first, second = read(client, pages[0]), read(client, pages[1])

    assert "<b>0</b> of 1 code page view remaining until 1 Dec 2026" in first.content.decode()
    assert "Register free: 5 more code pages" in second.content.decode()


def test_opening_a_page_again_costs_nothing(client, pages):
    read(client, pages[0])
    url = pages[0].get_absolute_url()

    again = [
        client.get(url),
        client.get(f"{url}?utm_source=mail"),
        client.get("/codes/CPT/74740/", follow=True),
    ]

    assert [is_open(response) for response in again] == [True] * 3
    assert Allowance.objects.get().used == 1


def test_an_account_opens_five_more_beside_the_visitors_page(client, pages):
    read(client, pages[0])
    log_in(client, make_user())

    found = [is_open(read(client, page)) for page in pages[:7]]

    assert found == [True] * 6 + [False]


def log_in(client, user):
    """Through the log-in page, as only that brings along what the visitor opened."""
    data = {"login": user.email, "password": "correct horse battery"}
    response = client.post(reverse("account_login"), data)
    assert response.status_code == 302


def test_logging_out_and_in_fills_nothing_up(client, pages):
    user = make_user()
    log_in(client, user)
    for page in pages[:5]:
        read(client, page)
    client.logout()
    log_in(client, user)

    assert is_open(read(client, pages[5])) is False
    assert is_open(read(client, pages[0])) is True


def test_an_unconfirmed_address_reads_as_a_visitor(client, pages):
    client.force_login(make_user(verified=False), backend=BACKEND)

    assert [is_open(read(client, page)) for page in pages[:2]] == [True, False]


def test_staff_read_without_limit(client, pages):
    client.force_login(make_user(is_staff=True), backend=BACKEND)

    assert [is_open(read(client, page)) for page in pages] == [True] * 8
    assert View.objects.count() == 0


def test_a_tier_that_a_moderator_edits_counts_at_once(client, pages):
    Tier.objects.create(slug="guest", name="Visitor", limit=3, window="month", position=1)

    assert [is_open(read(client, page)) for page in pages[:4]] == [True] * 3 + [False]


def test_without_cookies_there_is_the_open_part_and_no_loop(client, pages):
    first = client.get(pages[0].get_absolute_url())
    client.cookies.clear()

    second = client.get(first["Location"])

    assert (first.status_code, second.status_code) == (302, 200)
    assert "sent no cookie back" in second.content.decode()
    assert (is_open(second), View.objects.count()) == (False, 0)


def test_who_follows_a_link_with_the_question_in_it_gets_a_number_and_reads(client, pages):
    asked = f"{pages[0].get_absolute_url()}?utm_source=x&reader=new"
    first = client.get(asked)

    again = client.get(asked)

    assert "sent no cookie back" in first.content.decode()
    assert again["Location"] == f"{pages[0].get_absolute_url()}?utm_source=x"
    assert is_open(read(client, pages[0])) is True


def test_the_cookie_lasts_as_long_as_it_is_used(client, pages):
    read(client, pages[0])
    number = guest_of(client.get(pages[0].get_absolute_url()).wsgi_request)

    renewed = client.get(pages[0].get_absolute_url())

    assert "reader" in renewed.cookies
    assert guest_of(client.get("/codes/").wsgi_request) == number


def test_visitors_of_one_network_open_so_many_new_pages_a_day(client, pages, monkeypatch):
    monkeypatch.setattr(gate, "A_NETWORK_A_DAY", 1)
    read(client, pages[0])
    other = Client()

    locked, again = read(other, pages[1]), read(client, pages[0])

    assert "opened from your network today" in locked.content.decode()
    assert (is_open(locked), is_open(again)) == (False, True)
    assert View.objects.count() == 1


def test_a_locked_page_counts_nothing_for_its_network(client, pages, monkeypatch):
    monkeypatch.setattr(gate, "A_NETWORK_A_DAY", 2)
    for page in (pages[0], pages[1], pages[1], pages[1], pages[0]):
        read(client, page)

    assert is_open(read(Client(), pages[2])) is True


def test_somebody_logged_in_is_no_robot(client, pages):
    client.force_login(make_user(), backend=BACKEND)

    response = read(client, pages[0], headers={"User-Agent": "MyBot browser bot"})

    assert is_open(response) is True


def test_a_page_of_a_code_not_in_force_costs_nothing(client):
    page = make_page("74710")
    Code.objects.filter(pk=page.pk).update(valid_to=date(2023, 12, 31), end_basis="inferred")

    response = client.get(page.get_absolute_url())

    assert (is_open(response), View.objects.count()) == (True, 0)


@pytest.mark.parametrize("cookie", ["", "x", "abc:def", "\u00e9", "a" * 5000])
def test_a_tampered_cookie_is_a_new_visitor(client, pages, cookie):
    client.cookies["reader"] = cookie

    assert is_open(read(client, pages[0])) is True


@pytest.mark.parametrize(
    "extra",
    [
        {"headers": {"Sec-Purpose": "prefetch"}},
        {"headers": {"Sec-Purpose": "prefetch;prerender"}},
        {"headers": {"Purpose": "prefetch"}},
        {"headers": {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}},
        {"headers": {"User-Agent": "Slackbot-LinkExpanding 1.0"}},
        {"headers": {"Sec-Fetch-Dest": "image"}},
        {"headers": {"Sec-Fetch-Dest": "iframe"}},
    ],
)
def test_what_no_person_reads_costs_nothing_and_gets_the_open_part(client, pages, extra):
    response = client.get(pages[0].get_absolute_url(), **extra)

    assert (response.status_code, is_open(response), View.objects.count()) == (200, False, 0)
    assert "Open words" in response.content.decode()


def test_head_costs_nothing(client, pages):
    read(client, pages[0])
    response = client.head(pages[1].get_absolute_url())

    assert (response.status_code, View.objects.count()) == (200, 1)


def test_a_page_with_nothing_behind_the_gate_costs_nothing(client):
    response = client.get(make_page("74750", gated=False).get_absolute_url())

    assert (response.status_code, View.objects.count()) == (200, 0)
    assert "Opening this page costs no view" in response.content.decode()


@pytest.mark.parametrize("path", ["/codes/cpt/74999/", "/codes/xyz/74740/", "/codes/cpt/%00/"])
def test_an_unknown_code_is_404_and_costs_nothing(client, path):
    assert client.get(path).status_code == 404
    assert View.objects.count() == 0


def test_the_answer_is_not_kept_by_anybody(client, pages):
    response = read(client, pages[0])

    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert "Cookie" in response["Vary"]


def test_locked_words_are_nowhere_in_the_answer(client, pages):
    read(client, pages[0])
    response = read(client, pages[1])

    assert SECRET not in response.content.decode()
    assert '"cssSelector": ".gated"' in response.content.decode()


def test_a_new_month_opens_a_new_page(client, pages):
    with time_machine.travel(NOVEMBER, tick=False):
        read(client, pages[0])
        assert is_open(read(client, pages[1])) is False
    with time_machine.travel(NOVEMBER + timedelta(days=6), tick=False):
        assert is_open(read(client, pages[1])) is True


def test_cpt_public_off_hides_cpt_pages(client, pages, settings):
    settings.CPT_PUBLIC = False
    other = Code.objects.create(system="HCPCS", code="J9030", key=1009030, long_text="BCG live")

    assert client.get(pages[0].get_absolute_url()).status_code == 404
    assert client.get(other.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_an_open_page_takes_constant_queries(client, django_assert_num_queries, count):
    pages = [make_page(f"7474{digit}") for digit in range(count)]
    client.force_login(make_user(is_staff=True), backend=BACKEND)
    for page in pages:
        page.relations.create(other=make_page(f"1{page.code[1:]}"), kind="pair")
    read(client, pages[0])

    with django_assert_num_queries(21):
        read(client, pages[0])
