from datetime import date

import pytest

from codes.models import ReleaseKind
from codes.releases import (
    NON_QUALIFYING,
    OUTPATIENT,
    QUALIFYING,
    Dated,
    closest,
    fee_schedule,
    for_day,
    newest,
)
from codes.tests.factories import make_release, make_schedule

pytestmark = pytest.mark.django_db

PFS, PTP, MUE = ReleaseKind.PFS, ReleaseKind.PTP, ReleaseKind.MUE


def quarters():
    """The first and the last quarter of 2025."""
    first = make_release(PFS, date(2025, 1, 1), date(2025, 3, 31))
    return {"first": first, "last": make_release(PFS, date(2025, 10, 1), date(2025, 12, 31))}


@pytest.mark.parametrize(
    ("on", "which", "outside"),
    [
        (date(2025, 1, 1), "first", False),
        (date(2025, 3, 31), "first", False),
        (date(2025, 4, 1), "first", True),
        (date(2025, 9, 30), "last", True),
        (date(2025, 10, 1), "last", False),
        (date(2025, 12, 31), "last", False),
    ],
)
def test_for_day_takes_the_quarter_and_else_the_nearest_of_the_year(on, which, outside):
    loaded = quarters()

    dated = for_day(PFS, on)

    assert dated == Dated(loaded[which], outside)


@pytest.mark.parametrize("on", [date(2024, 12, 31), date(2026, 1, 1)])
def test_for_day_takes_nothing_of_another_year(on):
    quarters()

    assert for_day(PFS, on) is None


def test_for_day_takes_the_later_of_two_that_overlap():
    make_release(PFS, date(2024, 1, 1), date(2024, 12, 31))
    later = make_release(PFS, date(2024, 3, 9), date(2024, 12, 31))

    assert for_day(PFS, date(2024, 3, 9)) == Dated(later, outside=False)


def test_for_day_takes_a_release_without_an_end():
    release = make_release(PFS, date(2025, 1, 1), None)

    assert for_day(PFS, date(2025, 12, 31)) == Dated(release, outside=False)


@pytest.mark.parametrize(
    ("on", "outside"),
    [
        (date(2024, 6, 30), True),
        (date(2024, 7, 1), False),
        (date(2024, 9, 30), False),
        (date(2024, 10, 1), True),
    ],
)
def test_newest_tells_whether_the_day_lies_in_its_quarter(on, outside):
    make_release(PTP, date(2024, 4, 1), date(2024, 6, 30))
    release = make_release(PTP)

    assert newest(PTP, on, "practitioner") == Dated(release, outside)


def test_newest_keeps_kinds_and_settings_apart():
    make_release(MUE)

    assert newest(MUE, date(2024, 8, 1), OUTPATIENT) is None
    assert newest(PTP, date(2024, 8, 1), "practitioner") is None


@pytest.mark.parametrize(
    ("on", "which", "outside"),
    [
        (date(2024, 5, 1), "spring", False),
        (date(2024, 8, 1), "summer", False),
        (date(2026, 8, 1), "summer", True),
        (date(2023, 8, 1), "summer", True),
    ],
)
def test_closest_takes_the_quarter_of_the_day_and_else_the_newest(on, which, outside):
    loaded = {
        "spring": make_release(MUE, date(2024, 4, 1), date(2024, 6, 30)),
        "summer": make_release(MUE),
    }

    assert closest(MUE, on, "practitioner") == Dated(loaded[which], outside)


def test_closest_without_a_release_is_none():
    assert closest(MUE, date(2024, 8, 1), "practitioner") is None


@pytest.mark.parametrize(
    ("year", "variant", "which"),
    [
        (2025, NON_QUALIFYING, "one for all"),
        (2025, QUALIFYING, "one for all"),
        (2026, NON_QUALIFYING, "nonqpp"),
        (2026, QUALIFYING, None),
    ],
)
def test_fee_schedule_before_2026_served_every_practitioner(year, variant, which):
    loaded = {"one for all": make_schedule(2025)}
    loaded["nonqpp"] = make_schedule(2026, variant=NON_QUALIFYING)

    dated = fee_schedule(date(year, 8, 1), variant)

    assert dated == (Dated(loaded[which], outside=False) if which else None)
