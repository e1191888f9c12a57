from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection

from accounts.meter import Viewer, forget, merge, peek, take
from accounts.models import Allowance, Tier, View
from accounts.tests.factories import make_user

NOW = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
ANN = Viewer("u:1", ZoneInfo("America/New_York"))
GUEST = Viewer.guest("a" * 32)


def tier(limit, window="month"):
    return Tier(slug="member", name="Free account", limit=limit, window=window)


def opened(viewer=ANN, content="cpt:74740", limit=5, now=NOW, window="month"):
    return take(viewer=viewer, tier=tier(limit, window), content=content, now=now)


def contents(viewer):
    return list(
        View.objects.filter(viewer=viewer.key).order_by("pk").values_list("content", "carried")
    )


@pytest.mark.django_db
def test_take_opens_up_to_the_limit_and_says_what_is_left():
    found = [opened(content=f"cpt:{number}", limit=2) for number in range(3)]

    assert [(each.is_open, each.remaining) for each in found] == [(True, 1), (True, 0), (False, 0)]
    assert contents(ANN) == [("cpt:0", False), ("cpt:1", False)]


@pytest.mark.django_db
def test_take_of_an_open_page_costs_nothing():
    opened(limit=1)

    assert [opened(limit=1).is_open for _again in range(10)] == [True] * 10
    assert Allowance.objects.get().used == 1


@pytest.mark.django_db
def test_take_with_no_limit_counts_nothing():
    found = opened(limit=None)

    assert (found.is_open, found.remaining, found.resets_on) == (True, None, None)
    assert View.objects.count() == 0


@pytest.mark.django_db
def test_take_with_a_limit_of_none_at_all_opens_nothing():
    assert opened(limit=0).is_open is False
    assert View.objects.count() == 0


@pytest.mark.django_db
def test_take_follows_a_limit_that_changed():
    opened(content="a", limit=1)

    assert opened(content="b", limit=1).is_open is False
    assert opened(content="b", limit=2).is_open is True
    assert opened(content="c", limit=1).remaining == 0


@pytest.mark.django_db
def test_take_is_one_round_trip(django_assert_num_queries):
    with django_assert_num_queries(1):
        opened()


@pytest.mark.parametrize(
    ("zone", "first_of_december"),
    [
        ("America/New_York", datetime(2026, 12, 1, 5, 0, tzinfo=UTC)),
        ("Pacific/Honolulu", datetime(2026, 12, 1, 10, 0, tzinfo=UTC)),
        ("Pacific/Guam", datetime(2026, 11, 30, 14, 0, tzinfo=UTC)),
    ],
)
@pytest.mark.django_db
def test_a_month_begins_at_midnight_where_the_reader_lives(zone, first_of_december):
    viewer = Viewer("u:1", ZoneInfo(zone))
    opened(viewer, "a", 1, NOW)

    last = take(
        viewer=viewer, tier=tier(1), content="b", now=first_of_december - timedelta(seconds=1)
    )
    fresh = take(viewer=viewer, tier=tier(1), content="b", now=first_of_december)

    assert (last.is_open, last.resets_on) == (False, date(2026, 12, 1))
    assert (fresh.is_open, fresh.resets_on) == (True, date(2027, 1, 1))


@pytest.mark.parametrize(("window", "resets_on"), [("day", date(2026, 11, 26)), ("ever", None)])
@pytest.mark.django_db
def test_take_counts_in_the_window_of_the_tier(window, resets_on):
    found = opened(window=window)

    assert (found.is_open, found.resets_on) == (True, resets_on)


@pytest.mark.django_db
def test_peek_opens_nothing():
    opened(content="a", limit=5)

    found = peek(viewer=ANN, tier=tier(5), now=NOW)

    assert (found.is_open, found.remaining) == (False, 4)
    assert peek(viewer=None, tier=tier(5), now=NOW).remaining == 5


def bring(limit=5, guest_limit=1):
    merge(guest=GUEST, person=ANN, guest_tier=tier(guest_limit), tier=tier(limit), now=NOW)


@pytest.mark.django_db
def test_merge_brings_the_guests_page_along_free():
    opened(GUEST, "a", 1)

    bring()

    assert contents(ANN) == [("a", True)]
    assert [opened(content=f"n{n}", limit=5).is_open for n in range(6)] == [True] * 5 + [False]


@pytest.mark.django_db
def test_merge_again_changes_nothing():
    opened(GUEST, "a", 1)
    bring()
    bring()

    assert contents(ANN) == [("a", True)]
    assert Allowance.objects.get(viewer=ANN.key).carried == 1


@pytest.mark.django_db
def test_merge_of_a_second_guest_costs_the_persons_own():
    other = Viewer.guest("b" * 32)
    opened(GUEST, "a", 1)
    opened(other, "b", 1)
    bring()

    merge(guest=other, person=ANN, guest_tier=tier(1), tier=tier(5), now=NOW)

    assert contents(ANN) == [("a", True), ("b", False)]
    assert Allowance.objects.get(viewer=ANN.key).used == 1


@pytest.mark.django_db
def test_merge_leaves_what_no_allowance_is_left_for():
    opened(GUEST, "a", 2)
    opened(GUEST, "b", 2)

    bring(limit=0)

    assert contents(ANN) == [("a", True)]


@pytest.mark.django_db
def test_merge_of_a_page_open_already_costs_nothing():
    opened(GUEST, "a", 1)
    opened(ANN, "a", 5)

    bring()

    assert contents(ANN) == [("a", False)]


@pytest.mark.django_db
def test_a_view_is_counted_once_a_window():
    row = {"viewer": "u:1", "content": "a", "window": date(2026, 11, 1), "opened_at": NOW}
    View.objects.create(**row)

    with pytest.raises(IntegrityError, match="view_once_per_window"):
        View.objects.create(**row)


@pytest.mark.django_db
def test_forget_keeps_what_still_counts():
    opened(content="old", now=NOW - timedelta(days=100))
    opened(content="ever", now=NOW - timedelta(days=100), window="ever")
    opened(content="new")

    assert forget(now=NOW) == 1
    assert sorted(View.objects.values_list("content", flat=True)) == ["ever", "new"]
    assert Allowance.objects.count() == 2


def race(*acts):
    """Run the acts in threads that start together; what each returned, in order."""
    start, found = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait(timeout=30)
            found[place] = act()
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


@pytest.mark.django_db(transaction=True)
def test_64_at_once_on_the_last_view_open_one_page():
    opened(content="first", limit=2)

    found = race(*(lambda n=n: opened(content=f"page {n}", limit=2).is_open for n in range(64)))

    assert found.count(True) == 1
    assert (View.objects.count(), Allowance.objects.get().used) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_64_at_once_lose_none_that_the_limit_allows():
    found = race(*(lambda n=n: opened(content=f"page {n}", limit=40).is_open for n in range(64)))

    assert found.count(True) == 40
    assert (View.objects.count(), Allowance.objects.get().used) == (40, 40)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_the_last_view_spends_it_once():
    found = race(*(lambda: opened(content="same", limit=1).is_open for _click in range(16)))

    assert found == [True] * 16
    assert Allowance.objects.get().used == 1


@pytest.mark.django_db(transaction=True)
def test_log_ins_and_views_at_once_give_no_more_than_both_limits():
    user = make_user()
    person = Viewer.person(user)
    guests = [Viewer.guest(f"{number:032x}") for number in range(8)]
    for number, guest in enumerate(guests):
        opened(guest, f"guest {number}", 1)
    merges = [
        lambda guest=guest: merge(
            guest=guest, person=person, guest_tier=tier(1), tier=tier(3), now=NOW
        )
        for guest in guests
    ]
    takes = [lambda n=n: opened(person, f"page {n}", 3).is_open for n in range(8)]

    race(*merges, *takes)

    row = Allowance.objects.get(viewer=person.key)
    assert (row.used, row.carried) == (3, 1)
    assert View.objects.filter(viewer=person.key).count() == 4
