"""One posting on its employer's own page: where it stands, what was decided, what may be done."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Employer, User
from jobs import deadlines
from jobs.closing_day import closing_day
from jobs.hire_rows import TONES
from jobs.models import Job, ListingEvent
from jobs.states import EDITABLE, JOB_MOVES, OPEN_REVISION, Actor, JobStatus, targets

TOLD = (JobStatus.CHANGES, JobStatus.REJECTED, JobStatus.REMOVED)
NEXT = {
    JobStatus.CHANGES: gettext_lazy("Change what the moderator names, then submit it again."),
    JobStatus.REJECTED: gettext_lazy(
        "This decision is final for this posting. Copy it to write one that fits."
    ),
    JobStatus.REMOVED: gettext_lazy("It was taken down and cannot be put up again."),
}
ACTS = {
    "submitted": gettext_lazy("Submitted for review"),
    "published": gettext_lazy("Approved and published"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "filled": gettext_lazy("Marked as filled"),
    "renewed": gettext_lazy("Renewed"),
    "confirmed": gettext_lazy("Confirmed as still open"),
    "edited": gettext_lazy("An edit was taken in"),
    "merged": gettext_lazy("Taken into the live posting"),
    "expired": gettext_lazy("Closed: its time was over"),
}


class Act(NamedTuple):
    """A button: the route that is posted to, its words, and what is asked first."""

    name: str
    label: str | Promise
    question: str | Promise = ""
    danger: bool = False


SUBMIT = Act("submit", gettext_lazy("Submit for review"))
CONFIRM = Act("confirm", gettext_lazy("Confirm it is still open"))
REVISE = Act("revise", gettext_lazy("Edit the posting"))
COPY = Act("copy", gettext_lazy("Copy as a new draft"))
FILLED = Act(
    "filled",
    gettext_lazy("Mark as filled"),
    gettext_lazy("Mark it as filled? Coders can no longer apply."),
)
WITHDRAW = Act(
    "withdraw",
    gettext_lazy("Withdraw"),
    gettext_lazy("Withdraw it for good? Coders no longer see it, and only a copy can be posted."),
    danger=True,
)
DISCARD = Act(
    "discard",
    gettext_lazy("Discard"),
    gettext_lazy("Discard it with all that was written in it?"),
    danger=True,
)


def page(job: Job, *, reader: User, now: datetime) -> dict[str, Any]:
    writable = Employer.objects.edited_by(reader).filter(pk=job.employer_id).exists()
    live = job.is_visible(at=now)
    over = job.status == JobStatus.PUBLISHED and not live
    status = JobStatus.EXPIRED if over else JobStatus(job.status)
    zone = job.employer.zone
    return {
        "job": job,
        "status": status.label,
        "tone": TONES.get(status, ""),
        "live": live,
        "writable": writable,
        "editable": writable and job.status in EDITABLE,
        "acts": [
            {**act._asdict(), "url": reverse(f"hire:{act.name}", args=[job.public_id])}
            for act in (acts(job, now=now) if writable else ())
        ],
        "renewable": writable and not job.is_revision and (live or status == JobStatus.EXPIRED),
        "renew_until": closing_day(deadlines.default_closing(now=now, zone=zone), zone),
        "closes_on": closing_day(job.closes_at, zone) if job.closes_at else None,
        "revision": job.revisions.filter(status__in=OPEN_REVISION).first(),
        "decision": decision(job),
        "events": timeline(job),
    }


def acts(job: Job, *, now: datetime) -> Iterator[Act]:
    """What an editor may do with it now, the usual thing first."""
    moves = targets(JOB_MOVES, job.status, Actor.EMPLOYER)
    live = job.is_visible(at=now)
    if job.status in EDITABLE and job.title:
        yield SUBMIT
    if live:
        yield from (CONFIRM, REVISE, FILLED)
    if not job.is_revision:
        yield COPY
    if job.status == JobStatus.DRAFT and job.submitted_at is None:
        yield DISCARD
    elif JobStatus.WITHDRAWN in moves:
        yield WITHDRAW


def decision(job: Job) -> dict[str, Any] | None:
    """The moderator's last word, while the posting stands where it put it."""
    if job.status not in TOLD:
        return None
    said = job.events.filter(to_status=job.status).exclude(from_status=job.status)
    event = said.select_related("reason").last()
    if event is None:
        return None
    return {
        "reason": event.reason.text if event.reason else "",
        "note": event.note,
        "at": event.at,
        "next": NEXT[JobStatus(job.status)],
        "status": job.get_status_display(),
    }


def timeline(job: Job) -> list[dict[str, Any]]:
    events = job.events.select_related("by", "reason")
    return [{"at": event.at, "text": _told(event), "who": _who(event)} for event in events]


def _told(event: ListingEvent) -> str:
    text = str(ACTS.get(event.act, event.get_to_status_display()))
    reason = event.reason.text if event.reason else ""
    why = " ".join(part for part in (reason, event.note) if part)
    return f"{text}: {why}" if why else text


def _who(event: ListingEvent) -> str:
    """A colleague by name; a moderator is the board's, and has none."""
    if event.actor == Actor.EMPLOYER and event.by:
        return event.by.get_full_name()
    return _("moderator") if event.actor == Actor.MODERATOR else ""
