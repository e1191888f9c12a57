"""What an employer's dashboard shows of each posting, and what is to be done next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Employer
from jobs.closing_day import closing_day
from jobs.models import Job, TypedForm
from jobs.states import OPEN_REVISION, ApplicationStatus, JobStatus
from jobs.typed_forms import POSTING

OPEN = (JobStatus.CHANGES, JobStatus.DRAFT, JobStatus.PENDING, JobStatus.PUBLISHED)
TONES = {
    JobStatus.PUBLISHED: "good",
    JobStatus.PENDING: "wait",
    JobStatus.CHANGES: "wait",
    JobStatus.REJECTED: "bad",
    JobStatus.REMOVED: "bad",
}


@dataclass(frozen=True)
class Step:
    """What to do next: a word, the name of its page or act, and whether it is an act."""

    label: str | Promise
    name: str
    acts: bool = False


@dataclass(frozen=True)
class Row:
    job: Job
    title: str
    status: str
    tone: str
    step: Step | None
    waiting: int
    revision: Job | None
    live: bool
    closes_on: date | None

    @property
    def target(self) -> str:
        """Whose page the next step is on: the edit's, while a moderator waits for that."""
        asked = self.revision and self.revision.status == JobStatus.CHANGES
        return self.revision.public_id if self.revision and asked else self.job.public_id


def postings(employer: Employer) -> QuerySet[Any]:
    typed = TypedForm.objects.filter(job=OuterRef("pk"), kind=POSTING).order_by("-saved_at")
    new = Q(applications__status=ApplicationStatus.SUBMITTED)
    revisions = Job.objects.filter(status__in=OPEN_REVISION)
    jobs = Job.objects.originals().filter(employer=employer).select_related("employer")
    return jobs.annotate(
        waiting=Count("applications", filter=new),
        typed_title=Subquery(typed.annotate(title=KT("data__title__0")).values("title")[:1]),
    ).prefetch_related(Prefetch("revisions", revisions, to_attr="open_revisions"))


def row(job: Any, *, now: datetime) -> Row:
    """`job` comes from `postings`."""
    revision = next(iter(job.open_revisions), None)
    over = job.status == JobStatus.PUBLISHED and not job.is_visible(at=now)
    status = JobStatus.EXPIRED if over else JobStatus(job.status)
    return Row(
        job=job,
        title=job.title or job.typed_title or str(job),
        status=str(status.label),
        tone=TONES.get(status, ""),
        step=next_step(job, revision, now=now),
        waiting=job.waiting,
        revision=revision,
        live=job.is_visible(at=now),
        closes_on=closing_day(job.closes_at, job.employer.zone) if job.closes_at else None,
    )


def next_step(job: Job, revision: Job | None, *, now: datetime) -> Step | None:
    match job.status:
        case JobStatus.DRAFT:
            return Step(_("Continue writing"), "hire:job_edit")
        case JobStatus.CHANGES:
            return Step(_("Answer the moderator"), "hire:job_edit")
        case JobStatus.PENDING:
            return None
        case JobStatus.PUBLISHED if job.is_visible(at=now):
            return _next_of_live(job, revision, now=now)
        case JobStatus.PUBLISHED | JobStatus.EXPIRED:
            return Step(_("Renew"), "hire:job")
    return Step(_("Copy"), "hire:copy", acts=True)


def _next_of_live(job: Job, revision: Job | None, *, now: datetime) -> Step | None:
    if revision and revision.status == JobStatus.CHANGES:
        return Step(_("Answer the moderator"), "hire:job_edit")
    confirmed = job.confirmed_open_at or job.published_at
    if confirmed and confirmed + settings.CONFIRM_OPEN_EVERY <= now:
        return Step(_("Confirm it is still open"), "hire:confirm", acts=True)
    return None
