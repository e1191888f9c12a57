import pytest
from django.utils import timezone

from accounts.models import Letter
from accounts.models.employer import Role
from accounts.tests.factories import make_employer, make_member, make_user
from jobs import application_mail
from jobs.models import Move
from jobs.services import applying, moderation
from jobs.states import APPLICATION_MOVES, STAGES, Actor, ApplicationStatus
from jobs.tests.factories import make_application, make_job

pytestmark = pytest.mark.django_db


def make_team():
    employer = make_employer(name="Smith & Sons")
    owner, recruiter, viewer, gone = (
        make_user(email=f"{name}@smith.example", is_active=name != "gone")
        for name in ("owner", "recruiter", "viewer", "gone")
    )
    make_member(employer=employer, user=owner, role=Role.OWNER)
    make_member(employer=employer, user=recruiter, role=Role.RECRUITER)
    make_member(employer=employer, user=viewer, role=Role.VIEWER)
    make_member(employer=employer, user=gone, role=Role.RECRUITER)
    return employer


def test_a_new_application_is_told_to_each_member_who_decides():
    job = make_job(employer=make_team(), title="Coder <b>I & II</b>")
    coder = make_user(email="pat@example.com", name="Pat O’Hara")

    sent = applying.apply_to_job(job=job, applicant=coder, now=timezone.now())

    letters = Letter.objects.order_by("to")
    assert [(letter.to, letter.reply_to) for letter in letters] == [
        ("owner@smith.example", "pat@example.com"),
        ("recruiter@smith.example", "pat@example.com"),
    ]
    assert letters[0].subject == "New application: Pat O’Hara for Coder <b>I & II</b>"
    assert letters[0].text == (
        "Pat O’Hara has applied for “Coder <b>I & II</b>” at Smith & Sons.\n"
        "\n"
        "Message, answers and résumé are here:\n"
        f"http://localhost/hire/applicants/{sent.pk}/\n"
        "\n"
        "A reply to this letter goes to Pat O’Hara.\n"
        "\n"
        "Codeward\n"
    )


def test_a_withdrawal_is_told_to_each_member_who_decides():
    job = make_job(employer=make_team(), title="Urology Coder")
    application = make_application(job=job, applicant=make_user(name="Pat Coder"))

    applying.withdraw_application(application=application, now=timezone.now())

    letters = Letter.objects.order_by("to")
    assert [letter.to for letter in letters] == ["owner@smith.example", "recruiter@smith.example"]
    assert letters[0].subject == "Withdrawn: Pat Coder for Urology Coder"
    assert letters[0].text == (
        "Pat Coder has withdrawn the application for “Urology Coder” at Smith & Sons. "
        "What was sent with it can no longer be read.\n"
        "\n"
        "The other applicants are here:\n"
        f"http://localhost/hire/jobs/{job.public_id}/applicants/\n"
        "\n"
        "Codeward\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "subject", "first"),
    [
        ("submitted", "in_review", "Being read", "is reading your application for “Coder”."),
        ("submitted", "shortlisted", "Shortlisted", "has put you on its short list for “Coder”."),
        (
            "submitted",
            "interview",
            "Test or interview",
            "wants to test or interview you for “Coder”.",
        ),
        ("interview", "offered", "An offer", "makes you an offer for “Coder”."),
        ("offered", "hired", "Hired", "has noted that it hired you for “Coder”."),
        (
            "submitted",
            "declined",
            "Not taken further",
            "does not take your application for “Coder” further.",
        ),
    ],
)
def test_a_decision_is_told_to_the_coder(old, new, subject, first):
    employer = make_team()
    application = make_application(job=make_job(employer=employer, title="Coder"), status=old)

    applying.move_application(
        application=application, to=new, actor=Actor.EMPLOYER, by=make_user(), now=timezone.now()
    )

    letter = Letter.objects.get()
    assert (letter.to, letter.reply_to) == (application.applicant.email, "")
    assert letter.subject == f"{subject}: your application for Coder"
    assert letter.text == (
        f"Smith & Sons {first}\n"
        "\n"
        "Where your application stands:\n"
        f"http://localhost/applications/{application.pk}/\n"
        "\n"
        "Codeward\n"
    )


def test_a_decision_carries_the_note_as_it_was_written():
    application = make_application()

    applying.move_application(
        application=application,
        to=ApplicationStatus.INTERVIEW,
        actor=Actor.EMPLOYER,
        by=make_user(),
        now=timezone.now(),
        note="Monday & Tuesday <10:00>\nBring a book.",
    )

    text = Letter.objects.get().text
    assert "\n\nFrom the employer:\nMonday & Tuesday <10:00>\nBring a book.\n\n" in text


def test_a_subject_stays_one_line():
    coder = make_user(name="Pat\r\nBcc: all@example.com")
    job = make_job(employer=make_team())

    applying.apply_to_job(job=job, applicant=coder, now=timezone.now())

    assert "\n" not in Letter.objects.first().subject


def test_a_move_is_told_once():
    application = make_application()
    move = Move.objects.create(
        application=application,
        from_status="submitted",
        to_status="in_review",
        actor=Actor.EMPLOYER,
        at=timezone.now(),
    )

    application_mail.tell_coder(move, now=timezone.now())
    application_mail.tell_coder(move, now=timezone.now())

    assert Letter.objects.count() == 1


def test_every_stage_an_employer_moves_to_has_its_letter():
    moved_to = {new for (_old, new), who in APPLICATION_MOVES.items() if Actor.EMPLOYER in who}

    assert moved_to == set(STAGES) - {ApplicationStatus.SUBMITTED}


def test_a_posting_taken_down_is_told_to_coders_who_wait():
    job = make_job(title="Urology Coder", employer=make_employer(name="Smith & Sons"))
    waiting = make_application(job=job, applicant=make_user(email="pat@example.com"))
    make_application(job=job, status=ApplicationStatus.DECLINED)
    make_application(job=job, status=ApplicationStatus.WITHDRAWN)

    moderation.remove_posting(job=job, by=make_user(), now=timezone.now(), reason=None, note="x")

    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == ("pat@example.com", "Taken down: Urology Coder")
    assert f"http://localhost/applications/{waiting.pk}/" in letter.text
