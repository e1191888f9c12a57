"""Letters that ask an employer about a live posting before it closes, and now and then between.

Each has a key made of the posting and of what it asks about (a closing time, a period), so a run
that was missed is made up for and none is sent twice.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce

from accounts import letters
from accounts.models import Letter
from jobs.closing_day import closing_day
from jobs.job_mail import people_behind
from jobs.models import Job

WEEK, DAY = timedelta(days=7), timedelta(days=1)


class Live(NamedTuple):
    job: Job
    closes_at: datetime
    known_open_at: datetime

    @property
    def seconds(self) -> tuple[str, str]:
        return f"{self.closes_at:%Y%m%d%H%M%S}", f"{self.known_open_at:%Y%m%d%H%M%S}"


class Reminder(NamedTuple):
    key: str
    template: str
    live: Live


def remind_employers(*, now: datetime) -> int:
    """Post what is due and was not posted yet; returns how many letters."""
    due = [*_closing(now), *_unconfirmed(now)]
    asked = Letter.objects.filter(key__in=[reminder.key for reminder in due])
    posted = set(asked.values_list("key", flat=True))
    return sum(_post(reminder, now=now) for reminder in due if reminder.key not in posted)


def _live(now: datetime, **limits: Any) -> Iterator[Live]:
    """Live postings of our own employers; imported ones have nobody to ask."""
    known = Coalesce("confirmed_open_at", "published_at")
    jobs: Any = Job.objects.visible(at=now).filter(source=None).annotate(known_open_at=known)
    for job in jobs.filter(**limits).select_related("employer").order_by("closes_at", "pk"):
        if job.closes_at:
            yield Live(job, job.closes_at, job.known_open_at)


def _closing(now: datetime) -> Iterator[Reminder]:
    """Within a week and within a day of closing; not when it was given so little time just now."""
    for live in _live(now, closes_at__lte=now + WEEK):
        left = DAY if live.closes_at - now <= DAY else WEEK
        if live.known_open_at <= live.closes_at - left:
            key = f"closing-{left.days}:{live.job.pk}:{live.seconds[0]}"
            yield Reminder(key, "jobs/closing_soon", live)


def _unconfirmed(now: datetime) -> Iterator[Reminder]:
    """Every period since it was last known to be open; within a week of closing that is asked."""
    every = settings.CONFIRM_OPEN_EVERY
    for live in _live(now, closes_at__gt=now + WEEK, known_open_at__lte=now - every):
        period = (now - live.known_open_at) // every
        key = f"confirm-open:{live.job.pk}:{live.seconds[1]}:{period}"
        yield Reminder(key, "jobs/confirm_open", live)


@transaction.atomic
def _post(reminder: Reminder, *, now: datetime) -> int:
    """The first letter bears the key alone, which tells the next run that all are posted."""
    posted = [
        letters.post(
            key=f"{reminder.key}:{address}"[:120] if number else reminder.key,
            to=address,
            template=reminder.template,
            context=_words(reminder.live, now=now),
            now=now,
        )
        for number, address in enumerate(people_behind(reminder.live.job))
    ]
    return len([letter for letter in posted if letter])


def _words(live: Live, *, now: datetime) -> dict[str, Any]:
    zone = live.job.employer.zone
    return {
        "job": live.job,
        "days": DAY.days if live.closes_at - now <= DAY else WEEK.days,
        "closing_day": closing_day(live.closes_at, zone),
        "confirmed_day": live.known_open_at.astimezone(zone).date(),
    }
