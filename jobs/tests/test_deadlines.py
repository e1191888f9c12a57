from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jobs.closing_day import closing_day, closing_instant
from jobs.deadlines import check_closing, default_closing, latest_closing
from jobs.errors import ClosingRefused

ZONES = ["America/New_York", "America/Los_Angeles", "Pacific/Guam"]
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize(
    "day", [date(2026, 11, 1), date(2026, 3, 8), date(2026, 7, 15), date(2026, 12, 31)]
)
def test_check_closing_lets_a_day_pass_to_its_last_second(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    closes_at = closing_instant(day, zone)

    check_closing(closes_at, now=closes_at - SECOND, zone=zone)

    assert (closes_at - SECOND).astimezone(zone).date() == day
    assert closing_day(closes_at, zone) == day
    with pytest.raises(ClosingRefused, match=f"{day:%-d %b %Y}, has passed. Choose a later one"):
        check_closing(closes_at, now=closes_at, zone=zone)


def test_default_closing_is_the_end_of_a_day_across_a_clock_change() -> None:
    zone = ZoneInfo("America/New_York")
    now = datetime(2026, 10, 15, 12, tzinfo=UTC)

    closes_at = default_closing(now=now, zone=zone)

    # The clocks go back on 1 Nov: midnight is five hours behind UTC then, four before.
    assert closes_at == datetime(2026, 11, 15, 5, tzinfo=UTC)


def test_check_closing_refuses_what_runs_too_long() -> None:
    zone = ZoneInfo("America/Denver")
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    latest = latest_closing(now=now, zone=zone)

    check_closing(latest, now=now, zone=zone)

    assert latest == datetime(2026, 8, 31, 6, tzinfo=UTC)
    with pytest.raises(ClosingRefused, match="at most 90 days"):
        check_closing(latest + SECOND, now=now, zone=zone)
