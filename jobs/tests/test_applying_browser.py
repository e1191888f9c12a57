"""Applying and deciding as people do it, in a browser and by two clients at once."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter
from accounts.tests.factories import make_employer, make_member, make_user
from jobs.models import Application, HeldCredential, Move, QuestionKind, SavedJob
from jobs.models.parts import ApplyMethod
from jobs.states import STAGES, JobStatus
from jobs.tests.factories import (
    make_application,
    make_credential,
    make_job,
    make_profile,
    make_question,
    make_resume,
)
from jobs.tests.resume_samples import EXE, pdf

SECRET = "c" * 32
pytestmark = pytest.mark.django_db(transaction=True)


def log_in(context, person):
    client = Client()
    client.force_login(person)
    session = client.cookies["sessionid"].value
    context.clear_cookies()
    context.add_cookies([{"name": "sessionid", "value": session, "url": context.base}])


@pytest.fixture
def visit(context, live_server):
    """visit(person) makes the browser that person's."""
    context.base = live_server.url
    return lambda person: log_in(context, person)


def upload(name, data):
    return {"name": name, "mimeType": "application/pdf", "buffer": data}


def send_twice(server, path, session):
    """Two clients press the button in the same moment; returns where each is led, and told what."""

    def press(_number):
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={session}; csrftoken={SECRET}",
        }
        body = urlencode({"csrfmiddlewaretoken": SECRET, "message": "Hello"})
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.headers["Location"], answer.headers["Set-Cookie"] or ""

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(press, range(2)))


def test_two_clients_at_once_send_one_application(live_server, client):
    job, coder = make_job(), make_user()
    make_member(employer=job.employer)
    client.force_login(coder)
    path = reverse("desk:apply", args=[job.slug])

    answers = send_twice(live_server, path, client.session.session_key)

    sent = Application.objects.get()
    assert (Move.objects.count(), Letter.objects.count()) == (1, 1)
    [(led, cookie)] = [each for each in answers if each[0] != f"/applications/{sent.pk}/?sent=1"]
    client.cookies.load(cookie)
    assert (
        b"You have applied already. This is what you sent." in client.get(led, follow=True).content
    )


def test_a_double_click_sends_one_application(page, visit):
    job, coder = make_job(), make_user()
    visit(coder)
    page.goto(reverse("desk:apply", args=[job.slug]))
    page.get_by_label("Message to the employer").fill("Hello")

    page.get_by_role("button", name="Send application").dblclick()

    page.wait_for_url("**/applications/*/?sent=1")
    assert Application.objects.count() == 1


def test_a_coder_applies_and_hears_what_the_employer_decides(page, visit):
    job, coder = make_job(title="Urology Coder"), make_user(name="Pat Coder")
    make_question(job, "Which encoder do you use?")
    make_question(job, "Do you hold a CPC?", kind=QuestionKind.YES_NO, position=1)
    recruiter = make_member(employer=job.employer).user

    visit(coder)
    page.goto(job.get_absolute_url())
    page.get_by_role("link", name="Apply", exact=True).first.click()
    page.get_by_label("Message to the employer").fill("I code cystoscopies.")
    page.get_by_label("Which encoder").fill("3M")
    page.get_by_label("Résumé").set_input_files(upload("cv.pdf", EXE))
    page.get_by_role("button", name="Send application").click()
    page.get_by_text("The file is neither PDF nor DOCX").first.wait_for()
    assert page.get_by_label("Message to the employer").input_value() == "I code cystoscopies."
    page.get_by_label("Résumé").set_input_files(upload("cv.pdf", pdf()))
    page.get_by_role("button", name="Send application").click()
    page.get_by_text("Answer this question").first.wait_for()
    assert page.get_by_label("cv.pdf").is_checked()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Send application").click()
    page.wait_for_url("**/applications/*/?sent=1")

    visit(recruiter)
    page.goto(reverse("hire:applicants", args=[job.public_id]))
    page.get_by_role("link", name="Pat Coder").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="cv.pdf").click()
    assert download.value.suggested_filename == "cv.pdf"
    page.get_by_label("Note to the coder").fill("Monday at ten.")
    page.get_by_role("button", name="Ask to test or interview").click()
    page.get_by_text("Moved. The coder is told by mail.").wait_for()

    visit(coder)
    page.goto("/desk/")
    page.get_by_role("link", name="Urology Coder").first.click()
    page.get_by_text("Monday at ten.").wait_for()
    page.get_by_role("link", name="Withdraw application").click()
    page.get_by_role("button", name="Withdraw application").click()
    page.get_by_text("Withdrawn. The employer can no longer read").wait_for()
    assert Application.objects.get().status == "withdrawn"


def test_what_is_typed_survives_a_reload(page, visit):
    job = make_job()
    visit(make_user())
    page.goto(reverse("desk:apply", args=[job.slug]))
    with page.expect_response("**/apply/autosave/"):
        page.get_by_label("Message to the employer").fill("Half a let")

    page.reload()

    assert page.get_by_label("Message to the employer").input_value() == "Half a let"
    page.get_by_text("What you typed is back").wait_for()


def test_a_too_large_file_is_told_before_it_is_sent(page, visit):
    visit(make_user())
    page.goto(reverse("desk:apply", args=[make_job().slug]))

    page.get_by_label("Résumé").set_input_files(upload("cv.pdf", b"x" * (5 * 1024 * 1024 + 1)))

    assert page.get_by_role("alert").inner_text() == (
        "The file is larger than 5 MB. Choose a smaller one; nothing else is lost."
    )
    assert page.get_by_label("Résumé").input_value() == ""


def test_applying_works_without_scripts(browser, live_server):
    job, coder = make_job(), make_user()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.base = live_server.url
    log_in(context, coder)
    page = context.new_page()
    page.goto(reverse("desk:apply", args=[job.slug]))

    page.get_by_label("Message to the employer").fill("Hello")
    page.get_by_role("button", name="Send application").click()

    page.wait_for_url("**/applications/*/?sent=1")
    context.close()
    assert Application.objects.get().message == "Hello"


def make_full_desk(coder):
    """A coder with something on every page of the desk; returns the pages."""
    resume = make_resume(owner=coder, name="A long name of a résumé, as people have them.pdf")
    make_resume(owner=coder)
    job = make_job()
    make_question(job)
    make_question(job, "Do you hold a CPC?", kind=QuestionKind.YES_NO)
    outside = make_job(apply_method=ApplyMethod.EMAIL, apply_email="jobs@example.com")
    filled = make_job(status=JobStatus.FILLED, first_published_at=timezone.now())
    sent = make_application(applicant=coder, resume=resume, message="Hello\n\nthere")
    Move.objects.create(
        application=sent, to_status="submitted", actor="applicant", at=sent.moved_at
    )
    for each in (job, filled):
        SavedJob.objects.create(user=coder, job=each)
    make_member(user=coder)
    applying = [reverse("desk:apply", args=[each.slug]) for each in (job, outside, filled)]
    own = [reverse(name, args=[sent.pk]) for name in ("desk:application", "desk:withdraw")]
    return ["/desk/", "/applications/", "/saved/", "/resumes/", *own, *applying]


def make_full_board(employer):
    """A posting with applicants at each stage; returns the pages."""
    job = make_job(employer=employer)
    for number, status in enumerate([*STAGES, "submitted"]):
        profile = make_profile(user=make_user(name=f"Pat Coder {number}"), years=number)
        HeldCredential.objects.create(profile=profile, credential=make_credential())
        sent = make_application(job=job, applicant=profile.user, status=status, message="Hello")
        at = timezone.now() - timedelta(days=number)
        Move.objects.create(application=sent, to_status=status, actor="employer", at=at, note="Hi")
    return [
        reverse("hire:applicants", args=[job.public_id]),
        reverse("hire:applicants", args=[job.public_id], query={"stage": "submitted"}),
        reverse("hire:applicants", args=[job.public_id], query={"q": "nobody"}),
        reverse("hire:applicants", args=[make_job(employer=employer).public_id]),
        reverse("hire:applicant", args=[sent.pk]),
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible_and_fit(page, visit, axe, theme):
    coder, employer = make_user(), make_employer()
    board = make_full_board(employer)
    desk = make_full_desk(coder)
    page.emulate_media(color_scheme=theme)

    for person, paths in (
        (coder, desk),
        (make_member(employer=employer).user, board),
        (make_user(), ["/desk/", "/applications/", "/saved/", "/resumes/"]),
    ):
        visit(person)
        for path in paths:
            page.goto(path)
            for width in (1440, 768, 375):
                page.set_viewport_size({"width": width, "height": 900})
                axe(page)
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
