"""A coder with an account: a profile that answers, a job saved, applied for once, and withdrawn."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models.employer import Role
from accounts.tests.factories import make_employer, make_member, make_user
from codes.models import Specialty
from jobboard.tests.people import PostOffice, follow_link, heading, log_in, text_of, told
from jobs.models import Application, Job, QuestionKind, State
from jobs.models.parts import PlaceMode, StateRule
from jobs.search import document
from jobs.tests.factories import make_job, make_question, require_credentials
from jobs.tests.resume_samples import pdf

pytestmark = pytest.mark.usefixtures("vocabulary")
PAT, ROBIN = "pat@people.example", "robin@lakeside.example"
LETTER = "I have coded cystoscopies since 2019."


@pytest.fixture
def job(vocabulary: None) -> Job:
    employer = make_employer(name="Lakeside Urology")
    make_member(employer=employer, user=make_user(email=ROBIN), role=Role.RECRUITER)
    job = make_job(
        title="Urology Coder",
        employer=employer,
        mode=PlaceMode.REMOTE,
        state_rule=StateRule.ONLY,
        years_min=3,
    )
    job.states.add(State.objects.get(code="OH"))
    job.specialties.add(Specialty.objects.get(slug="urology"))
    require_credentials(job, "CPC", "CCS-P")
    document.write(job)
    make_question(job, "Which encoder do you use?")
    make_question(job, "Do you hold a CPC?", kind=QuestionKind.YES_NO, position=1)
    return job


@pytest.fixture
def coder(newcomer: Callable[..., Page]) -> Page:
    make_user(email=PAT, name="Pat Doe")
    page = newcomer()
    log_in(page, PAT)
    return page


def test_a_coder_is_answered_applies_is_moved_and_withdraws(
    newcomer: Callable[..., Page], coder: Page, job: Job, post_office: PostOffice
) -> None:
    write_the_profile(coder)
    read_the_verdict(coder, job)
    save_it(coder)
    apply_with_a_resume(coder)

    employer = newcomer()
    follow_link(employer, post_office.letter(ROBIN, "New application: Pat Doe"), "/hire/")
    log_in(employer, ROBIN)
    read_the_applicant(employer)
    shortlist(employer)

    letter = post_office.letter(PAT, "Shortlisted: your application for Urology Coder")
    assert "Ten charts next week." in text_of(letter)
    follow_link(coder, letter, "/applications/")
    expect(coder.locator("main .status").first).to_have_text("Shortlisted")
    expect(coder.get_by_text("Ten charts next week.")).to_be_visible()

    withdraw(coder)
    post_office.letter(ROBIN, "Withdrawn: Pat Doe for Urology Coder")
    assert employer.goto(employer.url).status == 404  # type: ignore[union-attr]


def write_the_profile(page: Page) -> None:
    page.goto("/desk/")
    page.get_by_role("link", name="Fill in the rest").click()
    page.get_by_label("State you live in").select_option("Ohio")
    page.get_by_label("Years of coding, all together").fill("6")
    credential = page.get_by_role("group", name="Credential 1")
    credential.get_by_label("Credential", exact=True).select_option(
        "CPC: Certified Professional Coder"
    )
    credential.get_by_label("Held since").fill("2019")
    page.get_by_role("button", name="Save the profile").click()
    told(page, "Your profile is saved.")


def read_the_verdict(page: Page, job: Job) -> None:
    page.goto("/jobs/")
    expect(page.locator(".results .card .verdict")).to_have_text("Hires you")
    page.goto(job.get_absolute_url())
    verdict = page.locator(".why")
    expect(verdict).to_contain_text("You can be hired for this")
    expect(verdict).to_contain_text("you hold CPC since 2019")


def save_it(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Saved: take it off the list")).to_be_visible()
    page.goto("/saved/")
    page.get_by_role("link", name="Urology Coder").click()


def apply_with_a_resume(page: Page) -> None:
    """And with a second click on the button, as impatient people do."""
    page.get_by_role("link", name="Apply", exact=True).click()
    page.get_by_label("Message to the employer").fill(LETTER)
    page.get_by_label("Which encoder do you use?").fill("EncoderPro")
    page.get_by_label("Yes", exact=True).check()
    resume = page.get_by_label("Résumé")
    resume.set_input_files({"name": "pat-doe.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    page.get_by_role("button", name="Send application").dblclick()
    told(page, "Sent to Lakeside Urology.")
    assert Application.objects.count() == 1


def read_the_applicant(page: Page) -> None:
    heading(page, "Pat Doe")
    for words in (LETTER, "EncoderPro", "CPC since 2019", "Has what the posting asks"):
        expect(page.get_by_text(words)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="pat-doe.pdf").click()
    assert download.value.path().read_bytes() == pdf()


def shortlist(page: Page) -> None:
    page.get_by_label("Note to the coder").fill("Ten charts next week.")
    page.get_by_role("button", name="Shortlist").click()
    told(page, "Moved. The coder is told by mail.")


def withdraw(page: Page) -> None:
    page.get_by_role("link", name="Withdraw application").click()
    page.get_by_role("button", name="Withdraw application").click()
    told(page, "Withdrawn.")
    expect(page.locator("main .status").first).to_have_text("Withdrawn")
