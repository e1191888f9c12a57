"""How fresh a posting is, and its dates, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.zones import zone_name
from jobs.closing_day import closing_day
from jobs.models import Job


@dataclass(frozen=True)
class Freshness:
    text: str = ""
    at: datetime | None = None


def freshness(job: Job, *, now: datetime) -> Freshness:
    """What was last heard of the posting; days are counted in the zone in which they are shown."""
    if job.confirmed_open_at:
        words = _("Employer confirmed open %(when)s")
        return Freshness(words % {"when": ago(job.confirmed_open_at, now)}, job.confirmed_open_at)
    if job.last_seen_at:
        words = _("Seen at its source %(when)s")
        return Freshness(words % {"when": ago(job.last_seen_at, now)}, job.last_seen_at)
    return Freshness()


def ago(at: datetime, now: datetime) -> str:
    days = (timezone.localdate(now) - timezone.localdate(at)).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return _("%(days)s days ago") % {"days": days}


def closing_words(job: Job) -> str:
    """When the posting closes, on the employer's own clock, its zone named."""
    if job.closes_at is None:
        return ""
    zone = job.employer.zone
    local = job.closes_at.astimezone(zone)
    name = zone_name(job.employer.time_zone)
    if (local.hour, local.minute) == (0, 0):
        day = closing_day(job.closes_at, zone)
        return _("end of %(day)s, %(zone)s") % {"day": f"{day:%-d %b %Y}", "zone": name}
    return _("%(time)s, %(zone)s") % {"time": f"{local:%-d %b %Y, %H:%M}", "zone": name}
