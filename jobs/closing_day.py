"""The last day of a posting: chosen as a day, kept as the instant at which that day is over."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# The calendar has no midnight after its last day; a day typed so far off is refused anyway.
LAST_DAY = date.max - timedelta(days=2)


def closing_instant(day: date, zone: ZoneInfo) -> datetime:
    """The end of `day` in `zone`: the midnight that follows it."""
    day = min(day, LAST_DAY)
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def closing_day(instant: datetime, zone: ZoneInfo) -> date:
    """The last day that `instant` still lets pass in `zone`; undoes `closing_instant`."""
    return (instant - timedelta(microseconds=1)).astimezone(zone).date()


def today(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()
