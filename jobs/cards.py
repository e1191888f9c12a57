"""A posting as a card of a list shows it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from jobs import pay
from jobs.eligibility import verdict_for
from jobs.freshness import ago, freshness
from jobs.models import Job, JobCodeRange, Profile
from jobs.models.parts import Apprentice
from jobs.places import place_text
from jobs.verdict import either

CHIPS = 3


def card(job: Job, *, now: datetime, profile: Profile | None = None) -> dict[str, Any]:
    """What `components/job_card.html` reads. The job comes from `for_cards`, `profile` from
    `profile_of`; `saved` is told when the job carries the annotation `is_saved`.
    """
    found = verdict_for(job, profile)
    return {
        "url": job.get_absolute_url(),
        "title": str(job),
        "employer_name": job.employer.name,
        "employer_verified": job.employer.is_verified,
        "verdict": found and {"answer": found.answer, "word": found.short},
        "pay_text": pay.pay_text(job),
        "hourly_text": pay.hourly_text(job),
        "employment_text": employment_text(job),
        "place_text": place_text(job),
        "credentials_text": credentials_text(job),
        "chips": [range_chip(run) for run in job.code_ranges.all()[:CHIPS]],
        "freshness_text": freshness(job, now=now).text or posted_text(job, now=now),
        "saved": getattr(job, "is_saved", False),
    }


def employment_text(job: Job) -> str:
    return ", ".join(kind.name.lower() for kind in job.employment_types.all())


def credentials_text(job: Job) -> str:
    """ "CPC or CCS-P, and CUC · apprentices welcome"; "" when the posting names none."""
    parts = [groups_text(job, required=True)]
    if not parts[0] and (preferred := groups_text(job, required=False)):
        parts = [_("%(credentials)s preferred") % {"credentials": preferred}]
    if job.apprentice == Apprentice.YES:
        parts.append(_("apprentices welcome"))
    elif job.apprentice == Apprentice.CONDITIONS:
        parts.append(_("apprentices with conditions"))
    return " · ".join(part for part in parts if part)


def groups_text(job: Job, *, required: bool) -> str:
    """The any-of groups as a sentence part; each group is met by one of its credentials."""
    groups = [
        [credential.code for credential in group.credentials.all()]
        for group in job.credential_requirements.all()
        if group.required == required
    ]
    return _(", and ").join(either(codes) for codes in groups if codes)


def range_chip(run: JobCodeRange) -> dict[str, str]:
    """A run of codes, leading to the codes in it."""
    asked = run.lo if run.lo == run.hi else f"{run.lo}-{run.hi}"
    return {"text": run.text, "url": f"{reverse('codes:home')}?q={asked}"}


def posted_text(job: Job, *, now: datetime) -> str:
    if job.first_published_at is None:
        return ""
    return _("Posted %(when)s") % {"when": ago(job.first_published_at, now)}
