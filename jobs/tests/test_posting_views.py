import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_employer, make_user
from jobs.models import Job, Question, Setting, Software, content_fields
from jobs.states import REVISION, JobStatus
from jobs.tests.factories import (
    add_code_range,
    make_application,
    make_credential,
    make_employment_type,
    make_job,
    make_profile,
    make_setting,
    make_site,
    make_specialty,
    make_state,
    require_credentials,
)

pytestmark = pytest.mark.django_db
PANE = {"HX-Request": "true"}
HOSTILE = "<script>alert(1)</script>\"'<img src=x onerror=alert(1)>"
TITLE = "Very Particular Coder"


def address(job):
    return reverse("jobs:job", args=[job.slug])


def posting_full_of(text, **fields):
    """A posting in which every field of words holds `text`."""
    worded = {
        field.name: text[: field.max_length]
        for field in content_fields()
        if field.get_internal_type() in {"CharField", "TextField"} and not field.choices
    }
    employer = make_employer(name=text, about=text, city=text[:80])
    job = make_job(employer=employer, **{**worded, "mode": "hybrid", **fields})
    job.software.add(Software.objects.create(slug="s", name=text, kind="encoder"))
    job.settings.add(Setting.objects.create(slug="s", name=text[:80], short="x"))
    job.specialties.add(make_specialty("x", text[:80], short="x"))
    job.employment_types.add(make_employment_type("x", text[:40]))
    job.states.add(make_state("ZZ", text[:40], slug="zz"))
    make_site(job, city=text[:80])
    require_credentials(job, text[:12])
    Question.objects.create(job=job, text=text)
    return job


@pytest.mark.parametrize("headers", [{}, PANE])
def test_job_escapes_every_field(client, html_validity, headers):
    job = posting_full_of(HOSTILE)

    body = client.get(address(job), headers=headers).content.decode()

    inner = re.sub(r'<script type="application/ld\+json">.*?</script>', "", body)
    assert "alert(1)</script>" not in inner
    assert "<img" not in inner
    assert "<script>" not in body
    if not headers:
        html_validity(body)


def test_job_states_all_and_names_what_is_not_stated(client, html_validity):
    job = make_job(
        title="Urology Profee Coder",
        mode="remote",
        state_rule="only",
        pay_basis="chart",
        pay_min=Decimal("4.10"),
        pay_max=Decimal("4.10"),
        volume=60,
        volume_unit="charts",
        volume_per="day",
        accuracy_min=Decimal(95),
        code_sets=["ICD-10-CM", "CPT"],
        years_min=Decimal(2),
        apprentice="conditions",
        apprentice_note="with a year in a clinic",
        test_given="yes",
        test_minutes=60,
        test_pass_mark=80,
        test_open_book="yes",
        test_paid="no",
        dues_paid="yes",
    )
    job.states.add(make_state())
    job.specialties.add(make_specialty())
    job.settings.add(make_setting())
    require_credentials(job, "CPC", "CCS-P")
    add_code_range(job, "52000", "53899")

    response = client.get(address(job))

    assert facts_of(response) == {
        "Codes": "52000–53899",
        "Specialties": "Urology",
        "Settings": "Professional fee",
        "Code sets": "ICD-10-CM, CPT",
        "Volume": "60 charts a day",
        "Accuracy": "at least 95 %",
        "Software": "not stated",
        "Credential": "CCS-P or CPC",
        "Apprentices (CPC-A, COC-A)": "With conditions with a year in a clinic",
        "Experience": "at least 2 years",
        "Place": "Remote",
        "Hires in": "Ohio",
        "Pay": "$4.10/chart stated by the employer",
        "By the hour": "≈ $30.75/h computed at the stated 60 charts a day of 8 hours",
        "Employment": "not stated",
        "Engaged as": "not stated",
        "Hours a week": "not stated",
        "Benefits": "not stated",
        "Coding test": "yes",
        "Test takes": "60 minutes",
        "Pass mark of the test": "80 %",
        "Open book": "yes",
        "Test paid": "no",
        "Equipment": "not stated",
        "Dues paid": "yes",
        "CEUs paid": "not stated",
        "Code books provided": "not stated",
    }
    html_validity(response.content)


def facts_of(response):
    """Label -> words of each row above the dates; rows "Not stated" aside."""
    body = response.content.decode().split('id="posting-dates"')[0]
    rows = re.findall(r"<dt>(.*?)</dt><dd.*?>(.*?)</dd>", body, re.DOTALL)
    words = {label: " ".join(re.sub(r"<[^>]+>", "", value).split()) for label, value in rows}
    words.pop("Not stated")
    return words


def test_job_links_specialties_and_codes(client):
    job = make_job()
    job.specialties.add(make_specialty())
    add_code_range(job, "74400", "74485")

    body = client.get(address(job)).content.decode()

    assert '<a href="/jobs/specialty/urology/">Urology</a>' in body
    assert '<a class="code" href="/codes/?q=74400-74485">74400–74485</a>' in body


STANDING = [
    (JobStatus.PUBLISHED, {}, 200),
    (JobStatus.PUBLISHED, {"closes_at": timezone.now() - timedelta(seconds=1)}, 200),
    (JobStatus.FILLED, {}, 200),
    (JobStatus.EXPIRED, {}, 200),
    (JobStatus.REMOVED, {}, 410),
    (JobStatus.WITHDRAWN, {}, 410),
    (JobStatus.REJECTED, {}, 410),
    (JobStatus.PENDING, {}, 404),
    (JobStatus.CHANGES, {}, 404),
    *[
        (status, {"first_published_at": None}, 404)
        for status in JobStatus
        if status not in {JobStatus.PUBLISHED, JobStatus.MERGED}
    ],
]


@pytest.mark.parametrize("headers", [{}, PANE])
@pytest.mark.parametrize(("status", "fields", "expected"), STANDING)
def test_job_names_a_title_only_while_it_may(client, status, fields, expected, headers):
    past = timezone.now() - timedelta(days=9)
    dates = {"first_published_at": past, "closes_at": timezone.now() + timedelta(days=1)}
    job = make_job(status=status, title=TITLE, indexed=False, **{**dates, **fields})

    response = client.get(address(job), headers=headers)

    assert response.status_code == expected
    assert (TITLE in response.content.decode()) == (expected == 200)


@pytest.mark.parametrize("status", REVISION)
def test_job_hides_every_revision(client, status):
    past = timezone.now() - timedelta(days=9)
    revision = make_job(status=status, revision_of=make_job(), first_published_at=past)

    assert client.get(address(revision)).status_code == 404
    assert client.get(f"/jobs/other-{revision.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("status", "words"), [("filled", "This job is filled"), ("expired", "This posting has closed")]
)
def test_job_closed_has_a_banner_and_no_way_in(client, html_validity, status, words):
    past = timezone.now() - timedelta(days=9)
    job = make_job(status=status, first_published_at=past, closes_at=past, mode="remote")

    response = client.get(address(job))
    body = response.content.decode()

    assert words in body
    assert '<meta name="robots" content="noindex">' in body
    for absent in ("ld+json", "/apply/", "/save/", "/report/", 'rel="canonical"'):
        assert absent not in body
    html_validity(body)


def test_job_gone_says_so_without_a_way_in(client, html_validity):
    job = make_job(status="removed", first_published_at=timezone.now())

    response = client.get(address(job))

    assert '<meta name="robots" content="noindex">' in response.content.decode()
    html_validity(response.content)


def test_job_carries_valid_markup_on_its_own_page_only(client):
    job = make_job(mode="remote", state_rule="any")

    page, pane = (
        client.get(address(job), headers=headers).content.decode() for headers in ({}, PANE)
    )

    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1]
    assert json.loads(text)["title"] == job.title
    assert "ld+json" not in pane


def test_job_pane_is_a_part_with_its_own_address(client):
    job = make_job()

    pane = client.get(address(job), headers=PANE)

    assert pane.headers["Vary"] == "HX-Request, HX-Current-URL, Cookie"
    assert pane.content.decode().lstrip().startswith("<article")
    assert f'<h2 id="posting-title"><a href="{address(job)}">' in pane.content.decode()


def test_job_pane_saves_and_comes_back_to_the_search(client):
    job = make_job()
    client.force_login(make_user())
    headers = {**PANE, "HX-Current-URL": "http://testserver/jobs/?q=cysto&open=old"}

    body = client.get(address(job), headers=headers).content.decode()

    assert f'name="next" value="/jobs/?q=cysto&amp;open={job.slug}"' in body


@pytest.mark.parametrize("status", ["published", "filled", "removed", "draft"])
def test_job_moves_to_its_address_by_the_public_id(client, status):
    first = None if status == "draft" else timezone.now() - timedelta(days=1)
    job = make_job(status=status, first_published_at=first, published_at=first)

    response = client.get(f"/jobs/another-title-{job.public_id}/")

    expected = {"removed": 410, "draft": 404}.get(status, 301)
    assert response.status_code == expected
    assert response.headers.get("Location") == (address(job) if expected == 301 else None)


def test_job_unknown_is_404(client):
    make_job(slug="known")

    assert client.get("/jobs/unknown/").status_code == 404


@pytest.mark.parametrize(
    ("zone", "posted", "heard"),
    [
        ("America/New_York", "5 Nov 2026", "yesterday"),
        ("America/Los_Angeles", "4 Nov 2026", "today"),
        ("Pacific/Honolulu", "4 Nov 2026", "today"),
    ],
)
def test_job_shows_dates_in_the_readers_zone(client, time_machine, zone, posted, heard):
    time_machine.move_to(datetime(2026, 11, 21, 6, tzinfo=UTC), tick=False)
    at = datetime(2026, 11, 5, 6, tzinfo=UTC)
    job = make_job(
        employer=make_employer(time_zone="America/Chicago"),
        published_at=at,
        confirmed_open_at=datetime(2026, 11, 21, 3, tzinfo=UTC),
        closes_at=datetime(2026, 12, 5, 6, tzinfo=UTC),
    )
    client.force_login(make_user(time_zone=zone))

    body = client.get(address(job)).content.decode()

    assert f">{posted}</time>" in body
    assert f">Employer confirmed open {heard}</time>" in body
    assert ">end of 4 Dec 2026, Central time</time>" in body


def test_job_tells_a_coder_with_a_profile_whether_they_can_be_hired(client):
    job = make_job(mode="remote", state_rule="any")
    require_credentials(job, "CPC")
    profile = make_profile(state=make_state())
    profile.held.create(credential=make_credential("CPC"), since=2019)
    client.force_login(profile.user)

    body = client.get(address(job)).content.decode()

    assert '<span class="verdict yes">You can be hired for this</span>' in body
    assert "CPC required: you hold CPC since 2019" in body
    assert "<dt>Your state</dt>" in body


def test_job_offers_what_is_not_done_yet(client):
    saved, applied = make_job(), make_job()
    reader = make_user()
    reader.saved_jobs.create(job=saved)
    make_application(job=applied, applicant=reader)
    client.force_login(reader)

    saved_page, applied_page = (
        client.get(address(job)).content.decode() for job in (saved, applied)
    )

    assert 'name="saved" value="no"' in saved_page
    assert ">Apply</a>" in saved_page
    assert 'name="saved" value="no"' not in applied_page
    assert ">See your application</a>" in applied_page


def test_job_leads_outside_without_endorsing(client):
    job = make_job(apply_method="url", apply_url="https://lakeside.example/?a=1&b=2")

    body = client.get(address(job)).content.decode()

    assert 'href="https://lakeside.example/?a=1&amp;b=2" rel="nofollow noopener"' in body


def test_job_answers_304_to_a_visitor_who_has_it(client):
    job = make_job()
    tag = client.get(address(job)).headers["ETag"]

    again = client.get(address(job), headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("count", [1, 3])
def test_job_asks_the_same_queries_whatever_it_holds(client, django_assert_num_queries, count):
    job = make_job(mode="remote", state_rule="only")
    for number in range(count):
        job.states.add(make_state(f"Z{number}", f"State {number}"))
        job.specialties.add(make_specialty(f"s{number}", f"Specialty {number}"))
        job.settings.add(make_setting(f"s{number}", f"Setting {number}"))
        job.employment_types.add(make_employment_type(f"t{number}"))
        job.software.add(Software.objects.create(slug=f"s{number}", name="x", kind="x"))
        job.employer.domains.create(domain=f"{number}.example")
        make_site(job)
        require_credentials(job, "CPC", "COC")
        add_code_range(job, f"5200{number}")
        Question.objects.create(job=job, text="?")

    with django_assert_num_queries(14):
        assert client.get(address(job)).status_code == 200


def test_job_reads_a_draft_of_nobody(client):
    assert Job.objects.count() == 0
    assert client.get("/jobs/x/").status_code == 404
