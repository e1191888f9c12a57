from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Letter
from accounts.models.employer import Role
from accounts.tests.factories import make_employer, make_member, make_user
from jobs import typed_forms
from jobs.errors import AlreadyApplied, FileRefused, IllegalMove, NotOpen, NotVerified, OwnPosting
from jobs.models import Application, Move, TypedForm
from jobs.models.parts import ApplyMethod
from jobs.services import applying, posting
from jobs.states import APPLICATION_MOVES, Actor, ApplicationStatus, JobStatus
from jobs.tests.factories import make_application, make_job, make_resume
from jobs.tests.racing import at_once, meanwhile

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


def send(job, applicant, **fields):
    return applying.apply_to_job(job=job, applicant=applicant, now=timezone.now(), **fields)


@pytest.mark.django_db
def test_apply_to_job_stores_what_was_sent_and_the_first_move():
    job, coder = make_job(), make_user()
    resume = make_resume(owner=coder)
    now = timezone.now()

    sent = applying.apply_to_job(
        job=job,
        applicant=coder,
        now=now,
        message="I code cystoscopies.",
        answers=[("Which encoder?", "3M"), ("CPC held?", "Yes")],
        resume=resume,
    )

    assert (sent.status, sent.message, sent.resume, sent.moved_at) == (
        ApplicationStatus.SUBMITTED,
        "I code cystoscopies.",
        resume,
        now,
    )
    assert list(sent.answers.values_list("question", "answer")) == [
        ("Which encoder?", "3M"),
        ("CPC held?", "Yes"),
    ]
    assert list(sent.moves.values_list("from_status", "to_status", "actor", "by", "at")) == [
        ("", "submitted", "applicant", coder.pk, now)
    ]


@pytest.mark.django_db
def test_apply_to_job_forgets_what_was_typed():
    job, coder = make_job(), make_user()
    typed_forms.keep(
        user=coder, job=job, kind=typed_forms.APPLICATION, typed={"message": ["Hi"]}, now=NOW
    )

    send(job, coder)

    assert TypedForm.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("status", [s for s in JobStatus if s != JobStatus.MERGED])
def test_apply_to_job_takes_applications_while_live_only(status):
    job = make_job(status=status, indexed=False)
    live = status == JobStatus.PUBLISHED

    with nullcontext() if live else pytest.raises(NotOpen, match="no applications any more"):
        send(job, make_user())

    assert Application.objects.count() == live


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "taken"), [(-1, True), (0, False), (1, False)])
def test_apply_to_job_asks_the_closing_instant(seconds, taken):
    job = make_job(closes_at=NOW, published_at=NOW - timedelta(days=9))
    now = NOW + timedelta(seconds=seconds)

    with nullcontext() if taken else pytest.raises(NotOpen):
        applying.apply_to_job(job=job, applicant=make_user(), now=now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"apply_method": ApplyMethod.URL, "apply_url": "https://example.com/apply"},
        {"apply_method": ApplyMethod.EMAIL, "apply_email": "jobs@example.com"},
    ],
)
def test_apply_to_job_leaves_the_employers_own_way_to_the_employer(fields):
    with pytest.raises(NotOpen):
        send(make_job(**fields), make_user())


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_apply_to_job_refuses_members_of_the_employer(role):
    member = make_member(role=role)

    with pytest.raises(OwnPosting, match="You belong to the employer"):
        send(make_job(employer=member.employer), member.user)


@pytest.mark.django_db
def test_apply_to_job_wants_a_confirmed_address():
    with pytest.raises(NotVerified, match="Confirm your e-mail address"):
        send(make_job(), make_user(verified=False))


@pytest.mark.django_db
def test_apply_to_job_refuses_the_resume_of_somebody_else():
    with pytest.raises(FileRefused, match="deleted meanwhile"):
        send(make_job(), make_user(), resume=make_resume())


@pytest.mark.django_db
@pytest.mark.parametrize("status", ApplicationStatus)
def test_apply_to_job_takes_one_live_application(status):
    first = make_application(status=status)
    again = status == ApplicationStatus.WITHDRAWN

    with nullcontext() if again else pytest.raises(AlreadyApplied, match="applied already"):
        send(first.job, first.applicant)

    assert Application.objects.live().count() == 1


@pytest.mark.django_db
def test_apply_to_job_lets_other_faults_surface():
    job, coder = make_job(), make_user()

    with pytest.raises(IntegrityError, match="null value"), transaction.atomic():
        send(job, coder, message=None)


@pytest.mark.django_db
def test_application_one_live_per_job_is_a_constraint():
    first = make_application()

    with pytest.raises(IntegrityError, match="application_one_live_per_job"):
        make_application(job=first.job, applicant=first.applicant)


@pytest.mark.django_db(transaction=True)
def test_apply_to_job_at_once_stores_one():
    job, coder = make_job(), make_user()
    make_member(employer=job.employer)

    raised = at_once(*[lambda: send(job, coder)] * 4)

    assert sorted(raised, key=str) == [AlreadyApplied] * 3 + [None]
    assert (Application.objects.count(), Move.objects.count(), Letter.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_apply_to_job_waits_for_a_closing_under_way():
    job, coder = make_job(), make_user()
    member = make_member(employer=job.employer)

    raised = meanwhile(
        lambda: posting.mark_filled(job=job, by=member.user, now=timezone.now()),
        lambda: send(job, coder),
    )

    assert raised == [NotOpen]
    assert Application.objects.count() == 0


CASES = list(product(ApplicationStatus, ApplicationStatus, Actor))


@pytest.mark.django_db
@pytest.mark.parametrize(("old", "new", "actor"), CASES)
def test_move_application_allows_the_listed_moves_only(old, new, actor):
    application = make_application(status=old)
    allowed = actor in APPLICATION_MOVES.get((old, new), frozenset())

    with nullcontext() if allowed else pytest.raises(IllegalMove, match="no longer be moved"):
        applying.move_application(
            application=application, to=new, actor=actor, by=make_user(), now=NOW
        )

    application.refresh_from_db()
    assert application.status == (new if allowed else old)
    assert Move.objects.count() == allowed


@pytest.mark.django_db
def test_move_application_notes_who_when_and_why():
    application, member = make_application(), make_user()

    move = applying.move_application(
        application=application,
        to=ApplicationStatus.SHORTLISTED,
        actor=Actor.EMPLOYER,
        by=member,
        now=NOW,
        note="Bring your card.",
    )

    application.refresh_from_db()
    assert (application.status, application.moved_at) == (ApplicationStatus.SHORTLISTED, NOW)
    assert (move.from_status, move.to_status, move.actor, move.by, move.at, move.note) == (
        "submitted",
        "shortlisted",
        "employer",
        member,
        NOW,
        "Bring your card.",
    )


@pytest.mark.django_db
def test_move_application_holds_to_what_was_seen():
    application = make_application(status=ApplicationStatus.IN_REVIEW)

    with pytest.raises(IllegalMove):
        applying.move_application(
            application=application,
            to=ApplicationStatus.DECLINED,
            actor=Actor.EMPLOYER,
            by=make_user(),
            now=NOW,
            seen=ApplicationStatus.SUBMITTED,
        )

    application.refresh_from_db()
    assert application.status == ApplicationStatus.IN_REVIEW


@pytest.mark.django_db(transaction=True)
def test_move_application_at_once_obeys_one():
    application = make_application()
    member = make_member(employer=application.job.employer)

    def move(to, actor, by):
        applying.move_application(
            application=Application(
                pk=application.pk,
                status="submitted",
                job=application.job,
                applicant=application.applicant,
            ),
            to=to,
            actor=actor,
            by=by,
            now=timezone.now(),
        )

    raised = at_once(
        lambda: move(ApplicationStatus.SHORTLISTED, Actor.EMPLOYER, member.user),
        lambda: move(ApplicationStatus.DECLINED, Actor.EMPLOYER, member.user),
        lambda: move(ApplicationStatus.WITHDRAWN, Actor.APPLICANT, application.applicant),
    )

    assert sorted(raised, key=str) == [IllegalMove] * 2 + [None]
    assert Move.objects.count() == 1


@pytest.mark.django_db
def test_withdraw_application_frees_the_way_to_apply_again():
    employer = make_employer()
    first = make_application(job=make_job(employer=employer))

    applying.withdraw_application(application=first, now=NOW)
    second = send(first.job, first.applicant)

    assert first.status == ApplicationStatus.WITHDRAWN
    assert second.status == ApplicationStatus.SUBMITTED
