"""The states of a posting and of an application, and who may move which to which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tri(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_STATED = "not_stated", _("Not stated")


class Actor(models.TextChoices):
    EMPLOYER = "employer", _("Employer")
    MODERATOR = "moderator", _("Moderator")
    APPLICANT = "applicant", _("Coder")
    SYSTEM = "system", _("The board")


class JobStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PENDING = "pending", _("In review")
    CHANGES = "changes_requested", _("Changes requested")
    PUBLISHED = "published", _("Live")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FILLED = "filled", _("Filled")
    EXPIRED = "expired", _("Closed")
    REMOVED = "removed", _("Removed")
    MERGED = "merged", _("Taken into the live posting")


# Statuses in which an employer may still write on the row itself.
EDITABLE = (JobStatus.DRAFT, JobStatus.CHANGES)
# Statuses whose own page stays readable with a banner: it was public, and closed in good order.
CLOSED_IN_ORDER = (JobStatus.FILLED, JobStatus.EXPIRED)
# Statuses of a revision that is still on its way to the live posting.
OPEN_REVISION = (JobStatus.DRAFT, JobStatus.PENDING, JobStatus.CHANGES)
# Where a revision can be; it is never public itself.
REVISION = (*OPEN_REVISION, JobStatus.REJECTED, JobStatus.WITHDRAWN, JobStatus.MERGED)

# (from, to) -> who may make the move. A status that is no "from" is final.
JOB_MOVES: dict[tuple[str, str], frozenset[Actor]] = {
    (JobStatus.DRAFT, JobStatus.PENDING): frozenset({Actor.EMPLOYER, Actor.SYSTEM}),
    (JobStatus.CHANGES, JobStatus.PENDING): frozenset({Actor.EMPLOYER}),
    (JobStatus.EXPIRED, JobStatus.PENDING): frozenset({Actor.EMPLOYER, Actor.SYSTEM}),
    (JobStatus.PENDING, JobStatus.PUBLISHED): frozenset({Actor.MODERATOR, Actor.SYSTEM}),
    (JobStatus.PENDING, JobStatus.CHANGES): frozenset({Actor.MODERATOR}),
    (JobStatus.PENDING, JobStatus.REJECTED): frozenset({Actor.MODERATOR}),
    (JobStatus.PENDING, JobStatus.WITHDRAWN): frozenset({Actor.EMPLOYER}),
    (JobStatus.PENDING, JobStatus.EXPIRED): frozenset({Actor.SYSTEM}),
    (JobStatus.PENDING, JobStatus.MERGED): frozenset({Actor.MODERATOR, Actor.SYSTEM}),
    (JobStatus.CHANGES, JobStatus.WITHDRAWN): frozenset({Actor.EMPLOYER}),
    (JobStatus.CHANGES, JobStatus.REJECTED): frozenset({Actor.MODERATOR}),
    (JobStatus.PUBLISHED, JobStatus.WITHDRAWN): frozenset({Actor.EMPLOYER}),
    (JobStatus.PUBLISHED, JobStatus.FILLED): frozenset({Actor.EMPLOYER}),
    (JobStatus.PUBLISHED, JobStatus.EXPIRED): frozenset({Actor.SYSTEM}),
    (JobStatus.PUBLISHED, JobStatus.REMOVED): frozenset({Actor.MODERATOR}),
    (JobStatus.FILLED, JobStatus.REMOVED): frozenset({Actor.MODERATOR}),
    (JobStatus.EXPIRED, JobStatus.REMOVED): frozenset({Actor.MODERATOR}),
}


class ApplicationStatus(models.TextChoices):
    SUBMITTED = "submitted", _("Sent")
    IN_REVIEW = "in_review", _("Being read")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    INTERVIEW = "interview", _("Test or interview")
    OFFERED = "offered", _("Offer made")
    HIRED = "hired", _("Hired")
    DECLINED = "declined", _("Not taken further")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = ApplicationStatus
APPLICATION_MOVES: dict[tuple[str, str], frozenset[Actor]] = {
    **{
        (old, new): frozenset({Actor.EMPLOYER})
        for old, targets in {
            S.SUBMITTED: (S.IN_REVIEW, S.SHORTLISTED, S.INTERVIEW, S.DECLINED),
            S.IN_REVIEW: (S.SHORTLISTED, S.INTERVIEW, S.DECLINED),
            S.SHORTLISTED: (S.INTERVIEW, S.OFFERED, S.DECLINED),
            S.INTERVIEW: (S.OFFERED, S.DECLINED),
            S.OFFERED: (S.HIRED, S.DECLINED),
            S.DECLINED: (S.IN_REVIEW,),
        }.items()
        for new in targets
    },
    **{
        (old, S.WITHDRAWN): frozenset({Actor.APPLICANT})
        for old in (S.SUBMITTED, S.IN_REVIEW, S.SHORTLISTED, S.INTERVIEW, S.OFFERED)
    },
}
# The stages an employer's board shows, in order.
STAGES = (S.SUBMITTED, S.IN_REVIEW, S.SHORTLISTED, S.INTERVIEW, S.OFFERED, S.HIRED, S.DECLINED)
del S


def sources(moves: dict[tuple[str, str], frozenset[Actor]], to: str, actor: Actor) -> list[str]:
    """The statuses from which `actor` may move a row to `to`."""
    return [old for (old, new), who in moves.items() if new == to and actor in who]


def targets(moves: dict[tuple[str, str], frozenset[Actor]], old: str, actor: Actor) -> list[str]:
    """The statuses to which `actor` may move a row that is `old`."""
    return [new for (start, new), who in moves.items() if start == old and actor in who]
