from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.closing_day import closing_day, closing_instant, today

ZONES = ["America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Guam", "UTC"]


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        ("America/New_York", date(2026, 7, 1), datetime(2026, 7, 2, 4, tzinfo=UTC)),
        ("America/Los_Angeles", date(2026, 7, 1), datetime(2026, 7, 2, 7, tzinfo=UTC)),
        ("Pacific/Guam", date(2026, 7, 1), datetime(2026, 7, 1, 14, tzinfo=UTC)),
        # The day the clocks go forward has 23 hours, the day they go back 25.
        ("America/New_York", date(2026, 3, 7), datetime(2026, 3, 8, 5, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), datetime(2026, 3, 9, 4, tzinfo=UTC)),
        ("America/New_York", date(2026, 10, 31), datetime(2026, 11, 1, 4, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), datetime(2026, 11, 2, 5, tzinfo=UTC)),
    ],
)
def test_closing_instant_is_the_midnight_after_the_day(zone, day, instant):
    assert closing_instant(day, ZoneInfo(zone)) == instant


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(ZONES))
def test_closing_day_undoes_closing_instant(day, zone):
    instant = closing_instant(day, ZoneInfo(zone)).astimezone(UTC)

    assert closing_day(instant, ZoneInfo(zone)) == day


def test_closing_instant_of_the_last_day_there_is_stays_in_the_calendar():
    assert closing_instant(date.max, ZoneInfo("America/New_York")).year == 9999


def test_today_is_the_day_of_the_zone():
    now = datetime(2026, 7, 1, 5, tzinfo=UTC)

    days = [today(now, ZoneInfo(zone)).day for zone in ("America/New_York", "Pacific/Honolulu")]

    assert days == [1, 30]
