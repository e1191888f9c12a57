import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter
from accounts.models.employer import Role
from accounts.tests.factories import make_employer, make_member, make_user
from jobs import applicants
from jobs.models import HeldCredential, Move
from jobs.states import STAGES, ApplicationStatus, JobStatus
from jobs.tests.factories import (
    make_application,
    make_credential,
    make_job,
    make_moderator,
    make_profile,
    make_resume,
    make_state,
    require_credentials,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return make_employer()


@pytest.fixture
def recruiter(client, employer):
    recruiter = make_member(employer=employer).user
    client.force_login(recruiter)
    return recruiter


def list_of(job, **query):
    return reverse("hire:applicants", args=[job.public_id], query=query)


def page_of(application):
    return reverse("hire:applicant", args=[application.pk])


def move(client, application, to, **data):
    path = reverse("hire:move", args=[application.pk])
    return client.post(path, {"to": to, "seen": application.status, **data})


def make_coder(*codes, **fields):
    coder = make_user(**fields)
    profile = make_profile(user=coder, state=make_state(), years=4)
    for code in codes:
        HeldCredential.objects.create(profile=profile, credential=make_credential(code))
    return coder


def test_applicant_page_names_what_is_lacking(client, employer, recruiter):
    job = make_job(employer=employer)
    require_credentials(job, "CUC")
    application = make_application(job=job, applicant=make_coder("CPC"))

    text = client.get(page_of(application)).content.decode()

    assert "Lacks something the posting asks" in text
    assert "Asks for CUC, by their own profile" in text


@pytest.mark.parametrize("count", [1, 3])
def test_applicant_list_asks_a_constant_number_of_times(
    client, employer, recruiter, count, django_assert_num_queries, html_validity
):
    job = make_job(employer=employer)
    for status in STAGES:
        for _number in range(count):
            make_application(job=job, applicant=make_coder("CPC", "COC"), status=status)
        make_application(job=job, status=status)
    client.get(list_of(job))

    with django_assert_num_queries(10):
        response = client.get(list_of(job))
    with django_assert_num_queries(10):
        stage = client.get(list_of(job, stage="submitted"))

    html_validity(response.content)
    html_validity(stage.content)
    shown = [
        (each.value, each.count, len(each.applications)) for each in response.context["stages"]
    ]
    assert shown == [(status, count + 1, count + 1) for status in STAGES]


def test_applicant_list_shows_the_beginning_of_a_long_stage(
    client, employer, recruiter, monkeypatch
):
    monkeypatch.setattr(applicants, "SHOWN_PER_STAGE", 2)
    job = make_job(employer=employer)
    sent = [make_application(job=job) for _number in range(3)]

    stage = client.get(list_of(job)).context["stages"][0]

    assert (stage.applications, stage.count, stage.more) == (sent[:2], 3, 1)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Ann Able", "Bo Best", "Cy Cole"]),
        ({"q": "BEST"}, ["Bo Best"]),
        ({"q": "ann@"}, ["Ann Able"]),
        ({"credential": "CCS"}, ["Bo Best"]),
        ({"credential": "nonsense"}, ["Ann Able", "Bo Best", "Cy Cole"]),
        ({"resume": "on"}, ["Cy Cole"]),
        ({"q": "best", "resume": "on"}, []),
        ({"q": "%"}, []),
    ],
)
def test_applicant_list_filters(client, employer, recruiter, query, names):
    job = make_job(employer=employer)
    make_credential("CCS")
    make_application(job=job, applicant=make_coder("CPC", name="Ann Able", email="ann@example.com"))
    make_application(job=job, applicant=make_coder("CCS", "CPC", name="Bo Best"))
    last = make_user(name="Cy Cole")
    make_application(job=job, applicant=last, resume=make_resume(owner=last))

    stage = client.get(list_of(job, **query)).context["stages"][0]

    assert [each.applicant.name for each in stage.applications] == names
    assert stage.count == len(names)


def test_applicant_list_leaves_out_the_withdrawn_and_other_postings(client, employer, recruiter):
    job = make_job(employer=employer)
    make_application(job=job, status=ApplicationStatus.WITHDRAWN)
    make_application(job=make_job(employer=employer))

    response = client.get(list_of(job))

    assert b"No applications yet" in response.content


def test_applicant_shows_what_was_sent_and_the_profile(client, employer, recruiter, html_validity):
    job = make_job(employer=employer)
    require_credentials(job, "CPC")
    coder = make_coder("CPC", name="Pat <Coder>", email="pat@example.com")
    application = make_application(
        job=job,
        applicant=coder,
        message="<script>alert(1)</script>",
        resume=make_resume(owner=coder, name="cv.pdf"),
    )
    application.answers.create(question="Which encoder?", answer="3M")

    response = client.get(page_of(application))

    html_validity(response.content)
    text = response.content.decode()
    for words in ("Pat &lt;Coder&gt;", "pat@example.com", "cv.pdf", "3M", "CPC", "Ohio"):
        assert words in text
    assert "<script>alert" not in text


def test_applicant_without_profile_is_shown(client, employer, recruiter, html_validity):
    application = make_application(job=make_job(employer=employer))

    response = client.get(page_of(application))

    html_validity(response.content)
    assert b"has written no profile" in response.content


def test_applicant_get_changes_nothing(client, employer, recruiter):
    application = make_application(job=make_job(employer=employer))

    client.get(page_of(application))

    application.refresh_from_db()
    assert application.status == ApplicationStatus.SUBMITTED
    assert client.get(reverse("hire:move", args=[application.pk])).status_code == 405


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("submitted", ["in_review", "shortlisted", "interview", "declined"]),
        ("in_review", ["shortlisted", "interview", "declined"]),
        ("shortlisted", ["interview", "offered", "declined"]),
        ("interview", ["offered", "declined"]),
        ("offered", ["hired", "declined"]),
        ("hired", []),
        ("declined", ["in_review"]),
    ],
)
def test_applicant_offers_the_allowed_moves_only(client, employer, recruiter, status, offered):
    application = make_application(job=make_job(employer=employer), status=status)

    response = client.get(page_of(application))

    assert [value for value, _word in response.context["moves"]] == offered
    assert response.content.count(b'name="to"') == len(offered)


def test_move_moves_and_notes_and_tells(client, employer, recruiter):
    application = make_application(job=make_job(employer=employer))

    response = move(client, application, "shortlisted", note="Good.")

    assert response.headers["Location"] == page_of(application)
    made = Move.objects.get()
    assert (made.from_status, made.to_status, made.by, made.note) == (
        "submitted",
        "shortlisted",
        recruiter,
        "Good.",
    )
    assert Letter.objects.get().to == application.applicant.email


def test_move_after_somebody_else_keeps_the_note(client, employer, recruiter, html_validity):
    application = make_application(job=make_job(employer=employer))
    seen = application.status
    move(client, application, "in_review")

    response = move(client, application, "declined", seen=seen, note="My long note")

    application.refresh_from_db()
    assert application.status == ApplicationStatus.IN_REVIEW
    html_validity(response.content)
    form = response.context["form"]
    assert (form["note"].value(), form["seen"].value()) == ("My long note", "in_review")
    assert list(form.non_field_errors()) == [
        "The application can no longer be moved there. This is where it stands now."
    ]


def test_move_after_a_withdrawal_shows_nothing_of_it(client, employer, recruiter, monkeypatch):
    application = make_application(job=make_job(employer=employer), message="Secret")

    def withdrawn_meanwhile(self):
        type(application).objects.update(status=ApplicationStatus.WITHDRAWN)
        return clean(self)

    from jobs.forms.applying import MoveForm

    clean = MoveForm.is_valid
    monkeypatch.setattr(MoveForm, "is_valid", withdrawn_meanwhile)

    response = move(client, application, "shortlisted")

    assert response.headers["Location"] == list_of(application.job)


@pytest.mark.parametrize("to", ["hired", "withdrawn", "nonsense", ""])
def test_move_refuses_what_is_not_allowed(client, employer, recruiter, to):
    application = make_application(job=make_job(employer=employer))

    response = move(client, application, to)

    assert response.status_code == 200
    application.refresh_from_db()
    assert application.status == ApplicationStatus.SUBMITTED


def test_applicants_open_to_readers_and_move_for_editors(client, employer):
    application = make_application(job=make_job(employer=employer))
    everybody = {
        "owner": make_member(employer=employer, role=Role.OWNER).user,
        "recruiter": make_member(employer=employer, role=Role.RECRUITER).user,
        "viewer": make_member(employer=employer, role=Role.VIEWER).user,
        "other employer": make_member(role=Role.OWNER).user,
        "applicant": application.applicant,
        "moderator": make_moderator(),
        "superuser": make_user(is_staff=True, is_superuser=True),
    }

    found = {}
    for name, person in everybody.items():
        client.force_login(person)
        found[name] = (
            client.get(list_of(application.job)).status_code,
            client.get(page_of(application)).status_code,
            move(client, application, "nonsense").status_code,
        )

    assert found == {
        "owner": (200, 200, 200),
        "recruiter": (200, 200, 200),
        "viewer": (200, 200, 403),
        "other employer": (404, 404, 404),
        "applicant": (404, 404, 404),
        "moderator": (404, 404, 404),
        "superuser": (404, 404, 404),
    }


def test_viewer_sees_no_buttons(client, employer):
    application = make_application(job=make_job(employer=employer))
    client.force_login(make_member(employer=employer, role=Role.VIEWER).user)

    assert b'name="to"' not in client.get(page_of(application)).content


def test_applicant_of_a_withdrawn_application_is_not_found(client, employer, recruiter):
    application = make_application(
        job=make_job(employer=employer), status=ApplicationStatus.WITHDRAWN
    )

    assert client.get(page_of(application)).status_code == 404
    assert move(client, application, "in_review").status_code == 404


@pytest.mark.parametrize("status", [JobStatus.FILLED, JobStatus.WITHDRAWN, JobStatus.REMOVED])
def test_applicants_of_a_closed_posting_can_be_decided_on(client, employer, recruiter, status):
    job = make_job(employer=employer, status=status, first_published_at=timezone.now())
    application = make_application(job=job)

    move(client, application, "declined")

    application.refresh_from_db()
    assert application.status == ApplicationStatus.DECLINED


def test_applicants_lead_visitors_to_the_log_in(client):
    application = make_application()

    for path in (list_of(application.job), page_of(application)):
        assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
