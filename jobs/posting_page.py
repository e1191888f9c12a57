"""What the page of a posting shows, for its own page, the reading pane and previews."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from urllib.parse import quote

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Employer, User
from jobs import facts, pay
from jobs.cards import employment_text
from jobs.eligibility import verdict_for
from jobs.freshness import closing_words, freshness
from jobs.links import host_of
from jobs.models import Application, Job, Profile, SavedJob
from jobs.models.job import JobQuerySet
from jobs.models.parts import ApplyMethod, Engagement
from jobs.places import place_text
from jobs.sanitise import clean_html
from jobs.states import CLOSED_IN_ORDER, JobStatus


class Standing(Enum):
    """What a posting is to the public."""

    OPEN = "open"
    CLOSED = "closed"
    GONE = "gone"
    HIDDEN = "hidden"


# Taken back after everybody could read it: the address says so, and names nothing.
GONE = (JobStatus.REMOVED, JobStatus.WITHDRAWN, JobStatus.REJECTED)


def standing(job: Job, *, at: datetime) -> Standing:
    """The rule of `JobQuerySet.visible` and `closed_in_order`, for a row already in hand."""
    if job.is_visible(at=at):
        return Standing.OPEN
    if job.first_published_at is None or job.is_revision:
        return Standing.HIDDEN
    if job.status == JobStatus.PUBLISHED or job.status in CLOSED_IN_ORDER:
        return Standing.CLOSED
    return Standing.GONE if job.status in GONE else Standing.HIDDEN


def closed_words(job: Job) -> str:
    if job.status == JobStatus.FILLED:
        return _("This job is filled")
    return _("This posting has closed")


def with_own(jobs: JobQuerySet, reader: User | None) -> JobQuerySet:
    """Annotates whether the reader saved each job, and has a live application for it."""
    if reader is None:
        return jobs
    saved = SavedJob.objects.filter(user=reader, job=OuterRef("pk"))
    applied = Application.objects.sent_by(reader).live().filter(job=OuterRef("pk"))
    return jobs.annotate(is_saved=Exists(saved), is_applied=Exists(applied))


def posting_context(job: Job, *, now: datetime, profile: Profile | None = None) -> dict[str, Any]:
    """What `jobs/_posting.html` reads. It links to no action; a page that has some adds them."""
    verdict = verdict_for(job, profile)
    fresh = freshness(job, now=now)
    return {
        "job": job,
        "posting": {
            "title": str(job),
            "employer": employer_box(job.employer),
            "pay": {
                "pay_text": pay.pay_text(job),
                "hourly_text": pay.hourly_text(job),
                "pay_source": facts.source_text(job),
            },
            "terms_text": terms_text(job),
            "place_text": place_text(job),
            "verdict": verdict,
            "groups": facts.groups(job, home=verdict.state if verdict else None),
            # Cleaned when written; again here, because a page must not trust every writer.
            "description": SafeString(clean_html(job.description)),
            "freshness": fresh,
            "published_at": job.first_published_at,
            "closes_at": job.closes_at,
            "closing_words": closing_words(job),
            "source_url": job.source_url,
        },
    }


def terms_text(job: Job) -> str:
    engaged = "" if job.engagement == Engagement.NOT_STATED else str(job.get_engagement_display())
    return ", ".join(part for part in (employment_text(job), engaged) if part)


def employer_box(employer: Employer) -> dict[str, Any]:
    return {
        "name": employer.name,
        "kind": employer.get_kind_display(),
        # Its own name, for an employer may call itself what it likes.
        "verified": employer.verified_domain,
        "place": ", ".join(part for part in (employer.city, employer.state) if part),
        "website": employer.website,
        "host": host(employer.website),
        "about": employer.about,
    }


@dataclass(frozen=True)
class Apply:
    """The one way to apply; `outside` when it leads away from this site."""

    url: str
    label: str
    note: str = ""
    outside: bool = False


def apply_action(job: Job) -> Apply:
    match job.apply_method:
        case ApplyMethod.URL:
            note = _("leads to %(host)s") % {"host": host(job.apply_url)}
            return Apply(job.apply_url, _("Apply at the employer's site"), note, outside=True)
        case ApplyMethod.EMAIL:
            url = f"mailto:{quote(job.apply_email, safe='@')}?subject={quote(job.title)}"
            return Apply(url, _("Apply by e-mail"), job.apply_email, outside=True)
    return Apply(reverse("desk:apply", args=[job.slug]), _("Apply"))


def host(url: str) -> str:
    return host_of(url).removeprefix("www.")
