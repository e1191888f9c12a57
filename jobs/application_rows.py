"""What pages show of applications, to the coder who sent them and to the employer."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jobs.models import Application, Job, Move
from jobs.states import (
    APPLICATION_MOVES,
    CLOSED_IN_ORDER,
    Actor,
    ApplicationStatus,
    JobStatus,
    targets,
)

# What an employer reads on the button that moves an application there.
VERBS = {
    ApplicationStatus.IN_REVIEW: _("Mark as being read"),
    ApplicationStatus.SHORTLISTED: _("Shortlist"),
    ApplicationStatus.INTERVIEW: _("Ask to test or interview"),
    ApplicationStatus.OFFERED: _("Note an offer"),
    ApplicationStatus.HIRED: _("Note as hired"),
    ApplicationStatus.DECLINED: _("Do not take further"),
}
TONES = {
    ApplicationStatus.HIRED: "good",
    ApplicationStatus.OFFERED: "good",
    ApplicationStatus.DECLINED: "bad",
    ApplicationStatus.WITHDRAWN: "",
}


@dataclass(frozen=True)
class Row:
    """`url` is the posting's page, while there is one."""

    application: Application
    word: str
    tone: str
    url: str
    closed: bool


@dataclass(frozen=True)
class Event:
    text: str
    at: datetime
    note: str
    who: str = ""


def row(application: Application, *, now: datetime) -> Row:
    """`application` comes with its job."""
    job = application.job
    return Row(
        application=application,
        word=str(ApplicationStatus(application.status).label),
        tone=tone(application.status),
        url=public_url(job),
        closed=not job.is_visible(at=now),
    )


def tone(status: str) -> str:
    return TONES.get(ApplicationStatus(status), "wait")


def public_url(job: Job) -> str:
    """The posting's page: it stays, with a banner, when the posting has closed in good order."""
    closed = job.status in CLOSED_IN_ORDER and job.first_published_at is not None
    return job.get_absolute_url() if closed or job.status == JobStatus.PUBLISHED else ""


def timeline(application: Application, *, names: bool = False) -> list[Event]:
    """Each move in order; with `names`, who made it, which only the employer's side may read."""
    moves = application.moves.select_related("by")
    return [
        Event(
            text=str(ApplicationStatus(move.to_status).label),
            at=move.at,
            note=move.note,
            who=_who(move) if names else "",
        )
        for move in moves
    ]


def _who(move: Move) -> str:
    if move.by is None:
        return str(_("somebody who has left"))
    return move.by.get_full_name()


def moves_from(status: str) -> list[tuple[str, str]]:
    """What an employer may do next, as status and verb."""
    names = targets(APPLICATION_MOVES, status, Actor.EMPLOYER)
    return [(name, str(VERBS[ApplicationStatus(name)])) for name in names]


def may_withdraw(application: Application) -> bool:
    names = targets(APPLICATION_MOVES, application.status, Actor.APPLICANT)
    return ApplicationStatus.WITHDRAWN in names
