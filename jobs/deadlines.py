"""How long a posting may run."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from jobs.closing_day import closing_day, closing_instant
from jobs.errors import ClosingRefused


def default_closing(*, now: datetime, zone: ZoneInfo) -> datetime:
    return closing_instant((now + settings.POSTING_RUNS).astimezone(zone).date(), zone)


def latest_closing(*, now: datetime, zone: ZoneInfo) -> datetime:
    return closing_instant((now + settings.POSTING_RUNS_AT_MOST).astimezone(zone).date(), zone)


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
