"""Letters about an application: to its coder what was decided, to the employer the rest."""

from datetime import datetime

from django.urls import reverse

from accounts import letters
from accounts.models.employer import EDITING_ROLES
from jobs.models import Move


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


def _words(move: Move, path: str) -> dict[str, object]:
    application = move.application
    return {
        "job": application.job,
        "employer": application.job.employer,
        "coder": application.applicant,
        "note": move.note,
        "link": letters.link(path),
    }
