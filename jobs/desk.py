"""What a person needs on signing in: what waits, what moved, what is missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Employer, User
from jobs.alerts import alerts_of
from jobs.application_rows import Row, row
from jobs.models import (
    Application,
    HeldCredential,
    Job,
    Profile,
    SpecialtyYears,
)
from jobs.search.query import SearchQuery
from jobs.search.sentence import describe
from jobs.search.vocabulary import load
from jobs.states import ApplicationStatus, JobStatus

SHOWN = 5


@dataclass(frozen=True)
class Profiled:
    """How much of a profile is there; `missing` names the rest."""

    filled: int
    parts: int
    missing: list[str]


def applications(user: User, *, now: datetime) -> list[Row]:
    sent = Application.objects.live().sent_by(user).select_related("job__employer")
    return [row(each, now=now) for each in sent.order_by("-moved_at")[:SHOWN]]


def saved(user: User, *, now: datetime) -> list[Job]:
    """The newest saved jobs that are open."""
    open_now = Job.objects.visible(at=now).filter(saves__user=user).select_related("employer")
    return list(open_now.order_by("-saves__saved_at")[:SHOWN])


def alerts(user: User) -> list[dict[str, str]]:
    vocabulary = load()
    return [
        {
            "sentence": describe(SearchQuery.from_querystring(alert.query), vocabulary),
            "cadence": alert.get_cadence_display(),
            "token": alert.token,
        }
        for alert in alerts_of(user).active()[:SHOWN]
    ]


def profiled(user: User) -> Profiled:
    of_it = {"profile": OuterRef("pk")}
    profile = (
        Profile.objects.filter(user=user)
        .annotate(
            has_held=Exists(HeldCredential.objects.filter(**of_it)),
            has_specialties=Exists(SpecialtyYears.objects.filter(**of_it)),
            has_settings=Exists(Profile.settings.through.objects.filter(**of_it)),
        )
        .first()
    )
    parts = {
        _("credentials"): profile and profile.has_held,
        _("state"): profile and profile.state_id,
        _("years of coding"): profile and profile.years is not None,
        _("specialties"): profile and profile.has_specialties,
        _("settings"): profile and profile.has_settings,
    }
    missing = [name for name, there in parts.items() if not there]
    return Profiled(filled=len(parts) - len(missing), parts=len(parts), missing=missing)


def employers(user: User) -> QuerySet[Any]:
    """A member's employers, with how many applications and postings wait."""
    new = Q(jobs__applications__status=ApplicationStatus.SUBMITTED)
    waiting = Q(jobs__status=JobStatus.CHANGES)
    return Employer.objects.read_by(user).annotate(
        new_applications=Count("jobs__applications", filter=new, distinct=True),
        to_change=Count("jobs", filter=waiting, distinct=True),
    )
