from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models.employer import Role
from accounts.tests.factories import make_member, make_user
from jobs import typed_forms
from jobs.forms.applying import ApplicationForm
from jobs.models import Application, Question, QuestionKind, Resume, TypedForm
from jobs.models.parts import ApplyMethod
from jobs.states import ApplicationStatus, JobStatus
from jobs.tests.factories import make_application, make_job, make_question, make_resume
from jobs.tests.resume_samples import EXE, docx, pdf

pytestmark = pytest.mark.django_db


def address(job):
    return reverse("desk:apply", args=[job.slug])


def file(name="cv.pdf", data=b""):
    return SimpleUploadedFile(name, data or pdf())


def answer_names(job, coder):
    return list(ApplicationForm(job=job, applicant=coder).questions)


@pytest.fixture
def coder(client):
    coder = make_user(name="Pat Coder")
    client.force_login(coder)
    return coder


def test_apply_shows_the_form(client, coder, html_validity):
    job = make_job(title="Coder <i>")
    make_question(job, "Which encoder?", required=False)
    make_question(job, "CPC held?", kind=QuestionKind.YES_NO)
    make_resume(owner=coder)

    response = client.get(address(job))

    assert response.status_code == 200
    assert response["Cache-Control"] == ("max-age=0, no-cache, no-store, must-revalidate, private")
    html_validity(response.content)
    assert b"Which encoder?" in response.content
    assert b"Coder &lt;i&gt;" in response.content


def test_apply_sends_message_answers_and_resume(client, coder):
    job = make_job()
    make_question(job, "Which encoder?")
    make_question(job, "CPC held?", kind=QuestionKind.YES_NO, position=1)
    encoder, held = answer_names(job, coder)

    response = client.post(
        address(job), {"message": "Hello", encoder: "3M", held: "Yes", "upload": file()}
    )

    sent = Application.objects.get()
    assert response.headers["Location"] == f"/applications/{sent.pk}/?sent=1"
    assert (sent.job, sent.applicant, sent.message) == (job, coder, "Hello")
    assert sent.resume.name == "cv.pdf"
    assert list(sent.answers.values_list("question", "answer")) == [
        ("Which encoder?", "3M"),
        ("CPC held?", "Yes"),
    ]


def test_apply_wants_required_answers_and_keeps_a_good_resume(client, coder):
    job = make_job()
    make_question(job, "Which encoder?")
    [encoder] = answer_names(job, coder)

    response = client.post(
        address(job),
        {"message": "<b>Hello</b>", encoder: " ", "upload": file("my cv.docx", docx())},
    )

    resume = Resume.objects.get()
    form = response.context["form"]
    assert form.errors == {encoder: ["Answer this question."]}
    assert (resume.owner, resume.name) == (coder, "my cv.docx")
    assert form["resume"].value() == str(resume.pk)
    assert b"&lt;b&gt;Hello&lt;/b&gt;" in response.content
    assert TypedForm.objects.get().data["resume"] == [str(resume.pk)]
    client.post(address(job), {"message": "Hi", encoder: "3M", "resume": resume.pk})
    assert Application.objects.get().resume == resume


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (EXE, "The file is neither PDF nor DOCX, whatever its name says. Save it as one of them."),
        (b"", "The file is empty."),
        (
            pdf(size=5 * 1024 * 1024 + 1),
            "The file is larger than 5 MB. Save it smaller, without large pictures.",
        ),
    ],
)
def test_apply_refuses_a_bad_file_and_keeps_the_rest(client, coder, data, error):
    job = make_job()
    make_question(job, "Which encoder?")
    [encoder] = answer_names(job, coder)
    upload = SimpleUploadedFile("cv.pdf", data)

    response = client.post(address(job), {"message": "Hello", encoder: "3M", "upload": upload})

    form = response.context["form"]
    assert form.errors == {"upload": [error]}
    assert (form["message"].value(), form[encoder].value()) == ("Hello", "3M")
    assert (Application.objects.count(), Resume.objects.count()) == (0, 0)


def test_apply_takes_a_file_of_just_5_mb(client, coder):
    job = make_job()

    client.post(address(job), {"upload": file(data=pdf(size=5 * 1024 * 1024))})

    assert Application.objects.get().resume.size == 5 * 1024 * 1024


def test_apply_wants_a_message_or_a_resume(client, coder):
    response = client.post(address(make_job()), {"message": "  "})

    assert response.context["form"].non_field_errors() == ["Write a message or add a résumé."]


def test_apply_ignores_the_resume_of_somebody_else(client, coder):
    response = client.post(address(make_job()), {"message": "Hi", "resume": make_resume().pk})

    assert list(response.context["form"].errors) == ["resume"]


def test_apply_survives_odd_input(client, coder):
    job = make_job()

    response = client.post(address(job), {"message": "a\x00b", "resume": "x" * 5000})

    assert response.status_code == 200
    assert TypedForm.objects.get().data["message"] == ["ab"]


def test_apply_shows_too_much_text_again_without_keeping_it(client, coder):
    response = client.post(address(make_job()), {"message": "x" * 250_000})

    assert list(response.context["form"].errors) == ["message"]
    assert TypedForm.objects.count() == 0


def test_apply_twice_leads_to_the_first(client, coder):
    job = make_job()
    first = make_application(job=job, applicant=coder)

    response = client.post(address(job), {"message": "Again"}, follow=True)

    assert response.redirect_chain == [(f"/applications/{first.pk}/", 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "You have applied already. This is what you sent."
    ]
    assert Application.objects.count() == 1


def test_apply_after_withdrawing_is_open(client, coder):
    job = make_job()
    make_application(job=job, applicant=coder, status=ApplicationStatus.WITHDRAWN)

    client.post(address(job), {"message": "Again"})

    assert Application.objects.live().get().message == "Again"


def test_apply_finds_a_posting_by_its_public_id_when_its_words_changed(client, coder):
    job = make_job()

    response = client.get(f"/jobs/old-words-{job.public_id}/apply/")

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("status", "got", "posted"),
    [
        (JobStatus.DRAFT, 404, 404),
        (JobStatus.PENDING, 404, 404),
        (JobStatus.FILLED, 200, 410),
        (JobStatus.EXPIRED, 200, 410),
        (JobStatus.WITHDRAWN, 404, 410),
        (JobStatus.REMOVED, 404, 410),
    ],
)
def test_apply_to_a_closed_posting_keeps_the_text_to_copy(client, coder, status, got, posted):
    once = status not in (JobStatus.DRAFT, JobStatus.PENDING)
    published = {"first_published_at": timezone.now()} if once else {}
    job = make_job(status=status, title="Secret title", **published)

    shown = client.get(address(job))
    answer = client.post(address(job), {"message": "My long letter"})

    assert (shown.status_code, answer.status_code) == (got, posted)
    assert (b"My long letter" in answer.content) == (posted == 410)
    named = status in (JobStatus.FILLED, JobStatus.EXPIRED)
    assert (b"Secret title" in answer.content) == named
    assert Application.objects.count() == 0


def test_apply_keeps_the_text_when_the_posting_closes_meanwhile(client, coder, time_machine):
    job = make_job(closes_at=timezone.now() + timedelta(minutes=1))
    client.get(address(job))
    time_machine.move_to(timezone.now() + timedelta(minutes=2))

    answer = client.post(address(job), {"message": "My long letter", "upload": file()})

    assert answer.status_code == 410
    assert b"My long letter" in answer.content
    assert TypedForm.objects.get().data["message"] == ["My long letter"]
    again = client.get(address(job))
    assert b"My long letter" in again.content


@pytest.mark.parametrize("role", Role)
def test_apply_is_closed_to_members(client, coder, role):
    job = make_job()
    make_member(employer=job.employer, user=coder, role=role)

    shown = client.get(address(job))
    answer = client.post(address(job), {"message": "Hi"})

    assert b"You belong to the employer of this posting." in shown.content
    assert answer.context["form"].non_field_errors() == [
        "You belong to the employer of this posting."
    ]


@pytest.mark.parametrize(
    ("fields", "leads_to"),
    [
        (
            {"apply_method": ApplyMethod.URL, "apply_url": "https://apply.example.com/?a=1&b=2"},
            b'href="https://apply.example.com/?a=1&amp;b=2"',
        ),
        (
            {"apply_method": ApplyMethod.EMAIL, "apply_email": "jobs@example.com"},
            b'href="mailto:jobs@example.com?subject=',
        ),
    ],
)
def test_apply_leads_to_the_employers_own_address(client, coder, fields, leads_to, html_validity):
    job = make_job(**fields)

    response = client.get(address(job))

    assert leads_to in response.content
    html_validity(response.content)


def test_apply_is_limited_by_the_day(client, coder, settings, monkeypatch):
    monkeypatch.setattr("jobs.views.applying.APPLICATIONS_A_DAY", 1)
    client.post(address(make_job()), {"message": "One"})
    second = make_job()

    answer = client.post(address(second), {"message": "Two"})

    assert answer.context["form"].non_field_errors() == [
        "That was done too often. Please wait a while and try again."
    ]
    assert answer.context["form"]["message"].value() == "Two"


def test_apply_limits_uploads_by_the_day(client, coder, monkeypatch):
    monkeypatch.setattr("jobs.views.applying.UPLOADS_A_DAY", 0)

    answer = client.post(address(make_job()), {"message": "Hi", "upload": file()})

    assert list(answer.context["form"].errors) == ["upload"]
    assert Resume.objects.count() == 0


def test_apply_shows_again_what_was_typed(client, coder):
    job = make_job()
    make_question(job, "Which encoder?")
    [encoder] = answer_names(job, coder)
    client.post(
        reverse("desk:apply_autosave", args=[job.slug]), {"message": "Half a le", encoder: "3"}
    )

    form = client.get(address(job)).context["form"]

    assert (form["message"].value(), form[encoder].value()) == ("Half a le", "3")


def test_answers_keep_to_their_question_when_questions_change(client, coder):
    job = make_job()
    make_question(job, "Which encoder?")
    [encoder] = answer_names(job, coder)
    client.post(reverse("desk:apply_autosave", args=[job.slug]), {encoder: "3M"})
    Question.objects.all().delete()
    make_question(job, "How many charts a day?")
    make_question(job, "Which encoder?", position=1)

    form = client.get(address(job)).context["form"]

    assert [field.value() for field in form.answer_fields()] == [None, "3M"]


def test_autosave_keeps_what_is_typed_and_says_when(client, coder):
    job = make_job()

    answer = client.post(reverse("desk:apply_autosave", args=[job.slug]), {"message": "Half"})

    row = typed_forms.find(user=coder, job=job, kind=typed_forms.APPLICATION)
    assert answer.json() == {"saved_at": row.saved_at.isoformat()}
    assert row.data == {"message": ["Half"]}


def test_autosave_refuses_too_much(client, coder):
    job = make_job()

    answer = client.post(
        reverse("desk:apply_autosave", args=[job.slug]), {"message": "x" * 250_000}
    )

    assert answer.status_code == 429
    assert TypedForm.objects.count() == 0


def test_autosave_of_a_draft_is_not_found(client, coder):
    job = make_job(status=JobStatus.DRAFT)

    answer = client.post(reverse("desk:apply_autosave", args=[job.slug]), {"message": "x"})

    assert answer.status_code == 404


def log_in(client, person):
    """Through the form, as the session of a visitor goes on then."""
    return client.post(
        reverse("account_login"), {"login": person.email, "password": "correct horse battery"}
    )


def test_apply_logged_out_keeps_the_text_through_the_log_in(client):
    job, person = make_job(), make_user()
    typed = {"message": "My long letter", "typed_by": str(person.pk)}

    answer = client.post(address(job), typed)
    log_in(client, person)
    form = client.get(answer.headers["Location"].partition("next=")[2]).context["form"]

    assert answer.headers["Location"] == f"/accounts/login/?next={address(job)}"
    assert form["message"].value() == "My long letter"


def test_apply_logged_out_shows_the_text_to_nobody_else(client):
    job, person, next_person = make_job(), make_user(), make_user()
    client.post(address(job), {"message": "My long letter", "typed_by": str(person.pk)})

    log_in(client, next_person)
    page = client.get(address(job))

    assert b"My long letter" not in page.content
    assert TypedForm.objects.count() == 0


def test_apply_logged_out_leads_to_the_log_in(client):
    job = make_job()

    response = client.get(address(job))

    assert response.headers["Location"] == f"/accounts/login/?next={address(job)}"


def test_apply_logged_out_is_limited(client, monkeypatch):
    job = make_job()
    for _number in range(30):
        client.post(address(job), {"message": "x"})

    answer = client.post(address(job), {"message": "x"})

    assert answer.status_code == 429
    assert b"could not be kept" in answer.content


@pytest.mark.parametrize("questions", [1, 3])
def test_apply_asks_the_database_a_constant_number_of_times(
    client, coder, questions, django_assert_num_queries
):
    job = make_job()
    for number in range(questions):
        make_question(job, f"Question {number}?")
        make_resume(owner=coder)
    client.get(address(job))

    with django_assert_num_queries(9):
        client.get(address(job))
