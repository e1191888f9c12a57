"""The jobs a coder has put aside, open or closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from jobs.application_rows import public_url
from jobs.cards import card
from jobs.errors import NotOpen
from jobs.models import Job, Profile, SavedJob


@dataclass(frozen=True)
class Row:
    """`card` is there while the job is open; a posting that was taken away is not named."""

    job: Job
    saved_at: datetime
    card: dict[str, Any] | None
    url: str


def save_job(*, user: User, job: Job, now: datetime) -> None:
    """Put a job aside; doing it twice changes nothing. Raises NotOpen for one that is closed."""
    if not job.is_visible(at=now):
        raise NotOpen(_("This posting is closed and cannot be saved."))
    SavedJob.objects.bulk_create([SavedJob(user=user, job=job)], ignore_conflicts=True)


def unsave_job(*, user: User, job: Job) -> None:
    SavedJob.objects.filter(user=user, job=job).delete()


def rows(saved: Iterable[SavedJob], *, now: datetime, profile: Profile | None) -> list[Row]:
    listed = list(saved)
    jobs = Job.objects.for_cards().in_bulk([each.job_id for each in listed])
    return [_row(jobs[each.job_id], each.saved_at, now, profile) for each in listed]


def _row(job: Job, saved_at: datetime, now: datetime, profile: Profile | None) -> Row:
    open_now = job.is_visible(at=now)
    shown = card(job, now=now, profile=profile) if open_now else None
    return Row(job=job, saved_at=saved_at, card=shown, url=public_url(job))
