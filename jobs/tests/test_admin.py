"""The admin pages beside the queue."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import EmployerDomain, Letter
from accounts.tests.factories import make_employer, make_member, make_user
from codes.codes import span_of
from codes.models import Section, Specialty
from jobs.models import ListingEvent, Report
from jobs.services import moderation
from jobs.states import Actor
from jobs.tests.factories import (
    make_application,
    make_credential,
    make_job,
    make_moderator,
    make_reason,
)

pytestmark = pytest.mark.django_db

OURS = [
    model._meta.label_lower
    for model in admin.site._registry
    if model._meta.app_label in {"accounts", "codes", "jobs"} and model._meta.model_name != "user"
]


def list_url(label: str) -> str:
    return reverse("admin:{}_{}_changelist".format(*label.split(".")))


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(make_moderator())
    return client


@pytest.mark.parametrize("label", OURS)
def test_lists_are_for_moderators_only(client: Client, label: str) -> None:
    client.force_login(make_user(is_staff=True))
    refused = client.get(list_url(label)).status_code
    client.force_login(make_moderator())
    shown = client.get(list_url(label)).status_code

    assert (refused, shown) == (403, 200)


def test_staff_without_the_permission_see_nothing_of_it(client: Client) -> None:
    client.force_login(make_user(is_staff=True))

    response = client.get("/admin/")

    assert response.context["app_list"] == []
    assert response.context["waiting"] is None


def test_moderators_manage_no_accounts(moderator: Client) -> None:
    assert moderator.get("/admin/accounts/user/").status_code == 403


def test_strangers_are_sent_to_the_log_in_of_the_site(client: Client) -> None:
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/")


def rows(count: int) -> None:
    """So many rows of all that lists show."""
    for _number in range(count):
        job = make_job(employer=make_employer(owner=make_user()))
        make_application(job=job)
        Report.objects.create(job=job, reason=make_reason("report", "x"), reporter=make_user())
        Letter.objects.create(to="a@b.example", key=f"k{job.pk}", try_at=job.created_at)
        moderation.remove_posting(
            job=job, by=make_user(), now=timezone.now(), reason=make_reason("remove", "phishing")
        )
        full = make_credential(f"F{job.pk}")
        make_credential(f"A{job.pk}", apprentice_of=full)
        section = Section.objects.create(
            system="CPT",
            slug=f"s{job.pk}",
            title="S",
            span=span_of("CPT", "70010", "70020"),
            is_leaf=False,
        )
        Section.objects.create(
            system="CPT",
            slug=f"t{job.pk}",
            title="T",
            span=span_of("CPT", "70010", "70020"),
            is_leaf=False,
            parent=section,
        )


LISTS = [
    "jobs.listingevent",
    "jobs.report",
    "jobs.application",
    "jobs.credential",
    "codes.section",
    "accounts.employer",
    "accounts.letter",
]


@pytest.mark.parametrize("label", LISTS)
def test_lists_take_the_same_number_of_queries(
    moderator: Client, label: str, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for count in (1, 2):
        rows(count)
        with django_assert_max_num_queries(14) as queries:
            moderator.get(list_url(label))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_an_employers_page_takes_the_same_number_of_queries(
    moderator: Client, django_assert_num_queries: Any
) -> None:
    employer = make_employer()
    page = reverse("admin:accounts_employer_change", args=[employer.pk])
    moderator.get(page)
    for number in range(3):
        user = make_member(employer=employer).user
        EmployerDomain.objects.create(
            employer=employer, domain=f"lakeside{number}.org", verified_by=user
        )

    with django_assert_num_queries(6):
        moderator.get(page)


def test_editing_a_term_marks_it_as_edited(moderator: Client) -> None:
    term = make_credential("CPC")
    data = {"code": "CPC", "name": "Coder", "body": "AAPC", "level": "core", "note": ""}

    moderator.post(reverse("admin:jobs_credential_change", args=[term.pk]), data)

    term.refresh_from_db()
    assert term.name == "Coder"
    assert term.edited_at is not None


def test_editing_a_specialty_reads_ranges_as_coders_write_them(moderator: Client) -> None:
    specialty = Specialty.objects.create(slug="urology", name="Urology", short="Urology")
    data = {
        "slug": "urology",
        "name": "Urology",
        "short": "Uro",
        "synonyms": "[]",
        "usual_credentials": "[]",
        "position": "1",
        "ranges-TOTAL_FORMS": "1",
        "ranges-INITIAL_FORMS": "0",
        "ranges-0-first": "50010",
        "ranges-0-last": "53899",
    }

    response = moderator.post(reverse("admin:codes_specialty_change", args=[specialty.pk]), data)

    assert response.status_code == 302, response.context["errors"]
    specialty.refresh_from_db()
    assert specialty.edited_at is not None
    assert [run.text for run in specialty.ranges.all()] == ["50010–53899"]


def test_editing_a_specialty_refuses_what_is_no_range(moderator: Client) -> None:
    specialty = Specialty.objects.create(slug="urology", name="Urology", short="Urology")
    data = {
        "slug": "urology",
        "name": "Urology",
        "short": "Uro",
        "synonyms": "[]",
        "usual_credentials": "[]",
        "position": "1",
        "ranges-TOTAL_FORMS": "1",
        "ranges-INITIAL_FORMS": "0",
        "ranges-0-first": "53899",
        "ranges-0-last": "50010",
    }

    response = moderator.post(reverse("admin:codes_specialty_change", args=[specialty.pk]), data)

    assert "53899-50010 runs backwards" in response.content.decode()


def test_trust_is_all_a_moderator_changes_of_an_employer(moderator: Client) -> None:
    employer = make_employer(name="Lakeside")
    EmployerDomain.objects.create(employer=employer, domain="lakeside.example")
    url = reverse("admin:accounts_employer_change", args=[employer.pk])
    management = {
        f"{name}-{part}": "0"
        for name in ("domains", "members")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }

    moderator.post(url, {"name": "Other", "trust": "watched", **management})

    employer.refresh_from_db()
    assert (employer.name, employer.trust) == ("Lakeside", "watched")
    assert "lakeside.example" in moderator.get(url).content.decode()


@pytest.mark.parametrize("label", ["jobs.listingevent", "jobs.application", "accounts.letter"])
def test_records_are_read_only_for_superusers_too(client: Client, label: str) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))
    rows(1)
    model: Any = next(model for model in admin.site._registry if model._meta.label_lower == label)
    row = model.objects.first()
    base = "admin:{}_{}".format(*label.split("."))

    statuses = [
        client.post(reverse(f"{base}_add")).status_code,
        client.post(reverse(f"{base}_change", args=[row.pk]), {"status": "sent"}).status_code,
        client.post(reverse(f"{base}_delete", args=[row.pk]), {"post": "yes"}).status_code,
    ]

    assert statuses == [403, 403, 403]


def test_applications_show_moderators_nothing_that_the_coder_sent(moderator: Client) -> None:
    coder = make_user(email="coder@secret.example", name="Robin Private")
    application = make_application(applicant=coder, message="My private words")
    page = reverse("admin:jobs_application_change", args=[application.pk])

    shown = [moderator.get(path).content.decode() for path in (page, list_url("jobs.application"))]

    private = ["My private words", "secret.example", "Robin Private", "resume"]
    assert [word for word in private if any(word in text for text in shown)] == []


def test_letters_show_no_words(moderator: Client) -> None:
    letter = Letter.objects.create(
        to="a@b.example", key="k", subject="s", text="A secret link", try_at=timezone.now()
    )

    page = moderator.get(reverse("admin:accounts_letter_change", args=[letter.pk]))

    assert "A secret link" not in page.content.decode()


@pytest.mark.parametrize(("action", "upheld"), [("uphold", True), ("dismiss", False)])
def test_reports_are_settled_in_bulk(moderator: Client, action: str, upheld: bool) -> None:
    reports = [
        Report.objects.create(
            job=make_job(), reason=make_reason("report", "x"), reporter=make_user()
        )
        for _number in range(2)
    ]
    chosen = {"action": action, "_selected_action": [report.pk for report in reports], "index": "0"}

    moderator.post(list_url("jobs.report"), chosen)

    assert {report.upheld for report in Report.objects.all()} == {upheld}
    assert ListingEvent.objects.filter(actor=Actor.MODERATOR).count() == len(reports)


def test_every_model_a_moderator_works_on_is_there() -> None:
    unseen: set[type[models.Model]] = set(admin.site._registry)

    labels = {model._meta.label_lower for model in unseen}
    assert {
        "jobs.job",
        "jobs.report",
        "jobs.source",
        "jobs.importrun",
        "jobs.reasoncode",
        "jobs.credential",
        "jobs.credentialgroup",
        "jobs.software",
        "jobs.setting",
        "jobs.employmenttype",
        "jobs.state",
        "jobs.digest",
        "codes.specialty",
        "codes.section",
        "accounts.employer",
        "accounts.banneddomain",
        "accounts.letter",
    } <= labels
