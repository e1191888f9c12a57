"""Closing days and closing instants. A posting that closes on a day ends with that day.

The instant is the midnight after it in the employer's zone, whatever the clocks do that night.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from jobs.errors import ClosingRefused


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC)


def closing_day(closes_at: datetime, zone: ZoneInfo) -> date:
    """The last day on which the posting is open, for some part of it at least."""
    return (closes_at - timedelta(microseconds=1)).astimezone(zone).date()


def default_closing(*, now: datetime, zone: ZoneInfo) -> datetime:
    return end_of_day((now + settings.POSTING_RUNS).astimezone(zone).date(), zone)


def latest_closing(*, now: datetime, zone: ZoneInfo) -> datetime:
    return end_of_day((now + settings.POSTING_RUNS_AT_MOST).astimezone(zone).date(), zone)


def check_closing(closes_at: datetime, *, now: datetime, zone: ZoneInfo) -> None:
    """Raises ClosingRefused when a posting may not close then."""
    if closes_at <= now:
        raise ClosingRefused(
            _("The closing day, %(day)s, has passed. Choose a later one.")
            % {"day": f"{closing_day(closes_at, zone):%-d %b %Y}"}
        )
    if closes_at > latest_closing(now=now, zone=zone):
        raise ClosingRefused(
            _("A posting runs for at most %(days)s days. Choose an earlier closing day.")
            % {"days": settings.POSTING_RUNS_AT_MOST.days}
        )
