"""Letters about an application: to its coder what was decided, to the employer the rest."""

from datetime import datetime

from django.urls import reverse

from accounts import letters
from accounts.models.employer import EDITING_ROLES
from jobs.models import ListingEvent, Move
from jobs.states import APPLICATION_MOVES, Actor, ApplicationStatus, sources

# Applications that still wait for something.
UNDECIDED = sources(APPLICATION_MOVES, ApplicationStatus.WITHDRAWN, Actor.APPLICANT)


def tell_coder(move: Move, *, now: datetime) -> None:
    application = move.application
    letters.post(
        key=f"application-move:{move.pk}",
        to=application.applicant.email,
        template=f"jobs/application_{move.to_status}",
        context=_words(move, reverse("desk:application", args=[application.pk])),
        now=now,
    )


def tell_employer(move: Move, *, now: datetime) -> None:
    """One letter to each member who may decide; a reply goes to the coder."""
    application = move.application
    members = application.job.employer.members.filter(
        role__in=EDITING_ROLES, user__is_active=True
    ).select_related("user")
    page = (
        reverse("hire:applicant", args=[application.pk])
        if move.from_status == ""
        else reverse("hire:applicants", args=[application.job.public_id])
    )
    for member in members:
        letters.post(
            key=f"application-move:{move.pk}:{member.user_id}",
            to=member.user.email,
            template=f"jobs/application_{move.to_status}",
            context=_words(move, page),
            now=now,
            reply_to=application.applicant.email,
        )


def tell_of_removal(event: ListingEvent, *, now: datetime) -> None:
    """Coders who applied to a posting that was taken down are told, one letter each."""
    running = event.job.applications.filter(status__in=UNDECIDED).select_related("applicant")
    for application in running:
        letters.post(
            key=f"posting-removed:{event.pk}:{application.pk}",
            to=application.applicant.email,
            template="jobs/application_posting_removed",
            context={
                "job": event.job,
                "employer": event.job.employer,
                "link": letters.link(reverse("desk:application", args=[application.pk])),
            },
            now=now,
        )


def _words(move: Move, path: str) -> dict[str, object]:
    application = move.application
    return {
        "job": application.job,
        "employer": application.job.employer,
        "coder": application.applicant,
        "note": move.note,
        "link": letters.link(path),
    }
