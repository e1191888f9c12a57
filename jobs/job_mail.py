"""Letters about a posting: decisions to its employer, new work to the moderators."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from accounts import letters
from accounts.models.employer import EDITING_ROLES
from jobs import moderators
from jobs.closing_day import closing_day
from jobs.models import Job, ListingEvent


def people_behind(job: Job) -> list[str]:
    """Whoever wrote the posting, while still an editor of the employer; else all its editors."""
    editors = job.employer.members.filter(role__in=EDITING_ROLES).select_related("user")
    addresses = {member.user_id: member.user.email for member in editors if member.user.is_active}
    if job.created_by_id in addresses:
        return [addresses[job.created_by_id]]
    return sorted(addresses.values())


def tell_employer(event: ListingEvent, *, template: str, now: datetime) -> None:
    """One letter a person for each event, with the words the moderator wrote."""
    _post_all(people_behind(event.job), event, template=template, now=now)


def tell_moderators(event: ListingEvent, *, now: datetime) -> None:
    shared = [settings.MODERATORS_EMAIL] if settings.MODERATORS_EMAIL else []
    _post_all(shared or moderators.addresses(), event, template="pending", now=now)


def _post_all(
    addresses: Iterable[str], event: ListingEvent, *, template: str, now: datetime
) -> None:
    for address in addresses:
        letters.post(
            key=f"listing-event:{event.pk}:{address}"[:120],
            to=address,
            template=f"jobs/{template}",
            context=_words(event),
            now=now,
        )


def _words(event: ListingEvent) -> dict[str, Any]:
    job = event.job
    live = job.revision_of if job.revision_of_id else job
    return {
        "job": job,
        "live": live,
        "reason": event.reason,
        "note": event.note,
        "closing_day": closing_day(job.closes_at, job.employer.zone) if job.closes_at else None,
    }
