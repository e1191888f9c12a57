"""Applying for a posting, and what becomes of the application."""

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from jobs import application_mail, typed_forms
from jobs.errors import AlreadyApplied, FileRefused, IllegalMove, NotOpen, NotVerified, OwnPosting
from jobs.models import Answer, Application, Job, Move, Resume
from jobs.models.job import JobQuerySet
from jobs.models.parts import ApplyMethod
from jobs.states import APPLICATION_MOVES, Actor, ApplicationStatus, sources

ONE_LIVE = "application_one_live_per_job"


@transaction.atomic
def apply_to_job(
    *,
    job: Job,
    applicant: User,
    now: datetime,
    message: str = "",
    answers: Sequence[tuple[str, str]] = (),
    resume: Resume | None = None,
) -> Application:
    """Send an application, and tell the employer; `answers` are pairs of question and answer.

    Raises NotOpen, OwnPosting, NotVerified, AlreadyApplied, or FileRefused when the résumé is
    gone. The posting stays locked until the commit, so it cannot close in between.
    """
    if not _open_now(now).select_for_update(no_key=True).filter(pk=job.pk).first():
        raise NotOpen(_("This posting takes no applications any more."))
    check_applicant(job=job, applicant=applicant)
    application = _insert(
        Application(
            job=job,
            applicant=applicant,
            message=message,
            resume=_held(resume, applicant),
            moved_at=now,
        )
    )
    Answer.objects.bulk_create(
        Answer(application=application, position=position, question=question, answer=answer)
        for position, (question, answer) in enumerate(answers)
    )
    typed_forms.forget(user=applicant, job=job, kind=typed_forms.APPLICATION)
    move = _note(application, "", actor=Actor.APPLICANT, by=applicant, at=now)
    application_mail.tell_employer(move, now=now)
    return application


def check_applicant(*, job: Job, applicant: User) -> None:
    """Raises OwnPosting or NotVerified when this person may not apply to any posting like it."""
    if job.employer.members.filter(user=applicant).exists():
        raise OwnPosting(_("You belong to the employer of this posting."))
    if not EmailAddress.objects.filter(user=applicant, verified=True).exists():
        raise NotVerified(_("Confirm your e-mail address first: the employer answers there."))


def live_application(*, job: Job, applicant: User) -> Application | None:
    return Application.objects.live().filter(job=job, applicant=applicant).first()


def _open_now(now: datetime) -> JobQuerySet:
    return Job.objects.visible(at=now).filter(apply_method=ApplyMethod.SITE)


def _held(resume: Resume | None, owner: User) -> Resume | None:
    """The résumé, kept from being deleted until the commit."""
    if resume is None:
        return None
    held = Resume.objects.select_for_update(no_key=True).filter(pk=resume.pk, owner=owner).first()
    if held is None:
        raise FileRefused(_("That résumé was deleted meanwhile. Choose another."))
    return held


def _insert(application: Application) -> Application:
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError as error:
        if ONE_LIVE in str(error):
            raise AlreadyApplied from error
        raise
    return application


@transaction.atomic
def move_application(
    *,
    application: Application,
    to: str,
    actor: Actor,
    by: User,
    now: datetime,
    seen: str | None = None,
    note: str = "",
) -> Move:
    """Move an application from the status the caller saw to `to`, and tell whom it concerns.

    Raises IllegalMove when `actor` may not make the move, or when the stored status is not the
    one seen, so of two people who decide at once the second gets the error.
    """
    old = seen or application.status
    stored = Application.objects.filter(pk=application.pk, status=old)
    if old not in sources(APPLICATION_MOVES, to, actor) or not stored.update(
        status=to, moved_at=now
    ):
        raise IllegalMove(
            _("The application can no longer be moved there. This is where it stands now.")
        )
    application.status, application.moved_at = to, now
    move = _note(application, old, actor=actor, by=by, at=now, note=note)
    if actor == Actor.APPLICANT:
        application_mail.tell_employer(move, now=now)
    else:
        application_mail.tell_coder(move, now=now)
    return move


def withdraw_application(*, application: Application, now: datetime) -> Move:
    return move_application(
        application=application,
        to=ApplicationStatus.WITHDRAWN,
        actor=Actor.APPLICANT,
        by=application.applicant,
        now=now,
    )


def _note(
    application: Application, old: str, *, actor: Actor, by: User, at: datetime, note: str = ""
) -> Move:
    return Move.objects.create(
        application=application,
        from_status=old,
        to_status=application.status,
        actor=actor,
        by=by,
        at=at,
        note=note,
    )
