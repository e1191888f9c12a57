"""The pages of the reference as people read them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from codes import lookup_index
from codes.models import (
    Abbreviation,
    Code,
    CodeReport,
    Descriptor,
    Guidance,
    Licence,
    Modifier,
    PlaceOfService,
    Section,
    Summary,
)
from codes.tests.test_gate import BACKEND, make_page, read
from codes.topics import Topic
from jobs.search import document
from jobs.tests.factories import add_code_range, make_job, make_specialty

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_user(is_staff=True), backend=BACKEND)
    return client


def body(response):
    return response.content.decode()


def test_a_code_page_says_what_is_not_installed(staff):
    found = body(read(staff, make_page("74740")))

    assert "not installed (licensed from the AMA)" in found
    assert "Open words" in found


def licensed(code, *, days):
    licence = Licence.objects.create(
        edition=2026,
        licensee="A Hospital",
        number="X1",
        expires_on=timezone.localdate() + timedelta(days=days),
    )
    Descriptor.objects.create(code=code, licence=licence, kind="long", text="Made up text")


def test_licensed_text_of_an_edition_to_come_is_not_shown_yet(staff):
    code = make_page("74740")
    licensed(code, days=400)
    Licence.objects.update(edition=timezone.localdate().year + 1)

    assert "Made up text" not in body(read(staff, code))


@pytest.mark.parametrize(("days", "shown"), [(0, True), (-1, False)])
def test_licensed_text_is_shown_until_its_licence_ends(staff, days, shown):
    code = make_page("74740")
    licensed(code, days=days)

    found = body(read(staff, code))

    assert ("Made up text" in found, "Licensed to A Hospital" in found) == (shown, shown)


def test_an_ended_code_says_since_when_and_what_is_nearest(staff):
    make_page("74712")
    ended = make_page("74710", gated=False)
    Code.objects.filter(pk=ended.pk).update(
        valid_to=date(2023, 12, 31), end_basis="inferred", nearest=["74712"]
    )

    found = body(staff.get(ended.get_absolute_url()))

    assert "31 Dec 2023" in found
    assert "inferred" in found
    assert '<a class="code" href="/codes/cpt/74712/">74712</a> Study 74712' in found


def test_a_section_that_does_not_apply_keeps_its_place(staff):
    code = make_page("74740")
    Guidance.objects.filter(code=code, topic=Topic.COVERAGE).update(
        body="Not applicable: nothing is paid.", applies=False
    )

    found = body(read(staff, code))

    assert "does not apply" in found
    assert "nothing is paid" in found


def test_guidance_is_no_way_in_for_markup(staff):
    code = make_page("74740")
    Guidance.objects.filter(code=code, topic=Topic.RECORD).update(
        body='<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror="alert(1)">'
    )

    found = body(read(staff, code))

    assert "<script>alert" not in found
    assert 'href="javascript' not in found
    assert "<img" not in found


def test_codes_marks_and_doubts_in_guidance_are_shown_as_such(staff):
    code = make_page("74740")
    make_page("58340")
    Guidance.objects.filter(code=code, topic=Topic.BILLING).update(
        body="Beside `58340` and `99999` (uncertain) [PTP 2024Q3]"
    )

    found = body(read(staff, code))

    assert '<a class="code" href="/codes/cpt/58340/">58340</a>' in found
    assert '<span class="code">99999</span>' in found
    assert '<span class="doubt">uncertain</span>' in found
    assert '<span class="source">PTP 2024Q3</span>' in found


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/codes/CPT/74740/", "/codes/cpt/74740/"),
        ("/codes/cpt/74740/?utm_source=x", None),
        ("/codes/icd10cm/N970/", "/codes/icd10cm/N97.0/"),
        ("/codes/icd10cm/n97.0/", "/codes/icd10cm/N97.0/"),
    ],
)
def test_one_address_is_the_pages_own(client, address, leads_to):
    make_page("74740", gated=False)
    Code.objects.create(system="ICD10CM", code="N970", long_text="Female infertility")

    response = client.get(address)

    assert response.get("Location") == leads_to
    assert response.status_code == (301 if leads_to else 200)


def test_jobs_that_need_the_code_come_by_closeness(staff):
    code = make_page("74740")
    wide, exact, narrow, other = (make_job(title=name) for name in ("Wide", "Exact", "Near", "No"))
    add_code_range(wide, "70010", "79999")
    add_code_range(exact, "74740", "74740")
    add_code_range(narrow, "74710", "74775")
    add_code_range(other, "52000", "52010")
    for job in (wide, exact, narrow, other):
        document.write(job)

    found = body(read(staff, code))

    places = [found.index(f">{name}<") for name in ("Exact", "Near", "Wide")]
    assert places == sorted(places)
    assert ">No<" not in found
    assert "3 jobs code this" in found


def test_jobs_of_a_specialty_of_the_code_come_last(staff):
    code = make_page("74740")
    specialty = make_specialty()
    specialty.ranges.create(system="CPT", span=(74000, 75000))
    job = make_job(title="By specialty")
    job.specialties.add(specialty)
    document.write(job)

    found = body(read(staff, code))

    assert "works in its specialty" in found


def test_a_posting_leads_to_its_codes_with_their_number(client):
    for code in ("74740", "74742", "74775"):
        make_page(code, gated=False)
    job = make_job()
    add_code_range(job, "74710", "74775")

    found = body(client.get(job.get_absolute_url()))

    assert '<a class="code" href="/codes/?q=74710-74775">74710–74775</a>' in found
    assert '<span class="small">3 codes</span>' in found


@pytest.mark.parametrize(
    "path",
    ["/codes/", "/codes/?q=74740", "/codes/?q=nothing", "/codes/?q=74400-74999", "/codes/?q=%00"]
    + [f"/codes/tables/{name}/" for name in ("modifiers", "places-of-service", "abbreviations")],
)
def test_look_ups_and_tables_are_valid_pages(client, path, html_validity):
    make_page("74740", gated=False)

    response = client.get(path)

    assert response.status_code == 200
    html_validity(response.content)


@pytest.mark.parametrize("gated", [True, False])
def test_code_pages_are_valid(client, gated, html_validity):
    pages = [make_page("74740", gated=gated), make_page("74742", gated=gated)]

    for page in pages:
        html_validity(read(client, page).content)


def test_a_report_reaches_the_moderators(client):
    code, person = make_page("74740"), make_user()
    client.force_login(person, backend=BACKEND)
    address = reverse("codes:report", args=["cpt", "74740"])

    response = client.post(address, {"where": "billing", "text": "The edit is gone"})

    report = CodeReport.objects.get()
    assert response.status_code == 302
    assert (report.code, report.by, report.where, report.text) == (
        code,
        person,
        "billing",
        "The edit is gone",
    )


def test_an_empty_report_is_refused_and_keeps_its_place(client):
    make_page("74740")
    client.force_login(make_user(), backend=BACKEND)

    response = client.post("/codes/cpt/74740/report/", {"where": "billing", "text": " "})

    assert response.status_code == 200
    assert '<option value="billing" selected>' in body(response)
    assert CodeReport.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("26", "Reading only"),
        ("modifier 26", "Reading only"),
        ("-26", "Reading only"),
        ("mod 26", "Reading only"),
        ("74740-26", "Reading only"),
        ("POS 11", "Office, paid at the non-facility rate"),
    ],
)
def test_modifiers_and_places_are_looked_up_too(client, text, words):
    make_page("74740", gated=False)
    Modifier.objects.create(code="26", kind="cpt", meaning="Reading only")
    PlaceOfService.objects.create(code="11", name="Office")

    assert words in body(client.get("/codes/", {"q": text}))


def test_an_unknown_code_of_an_address_is_looked_up(client):
    make_page("74742", gated=False)

    response = client.get("/codes/cpt/74741/")

    assert response.status_code == 404
    assert "74741 is not in the loaded data" in body(response)
    assert "/codes/cpt/74742/" in body(response)


def test_results_tell_what_is_open_for_the_reader(client):
    first, second = make_page("74740"), make_page("74742")
    make_page("74744", gated=False)
    read(client, first)

    found = body(client.get("/codes/?q=74740-74744"))

    assert (found.count("open for you"), found.count("page in full")) == (1, 1)
    assert second.get_absolute_url() in found


def test_a_wrong_other_code_is_told_beside_the_field_and_the_day_is_kept(staff):
    code = make_page("74740")

    response = staff.get(f"{code.get_absolute_url()}?other=74999&on=2024-08-15")

    assert "74999 is no CPT or HCPCS code in the loaded data" in body(response)
    assert 'value="2024-08-15"' in body(response)
    assert response.context["asked_on"] == date(2024, 8, 15)


def test_with_cpt_hidden_no_section_or_abbreviation_leads_there(client, settings):
    settings.CPT_PUBLIC = False
    code = make_page("74740", gated=False)
    Section.objects.create(slug="films", title="Films", system="CPT", span=(70010, 80000))
    Abbreviation.objects.create(short="HSG", meaning="dye test", codes=[code.code])

    home, table = client.get("/codes/"), client.get("/codes/tables/abbreviations/")

    assert "/codes/section/films/" not in body(home)
    assert "74740</a>" not in body(table)


def test_suggestions_are_options_with_an_address(client):
    code = make_page("74740", gated=False)
    Summary.objects.filter(code=code).update(synonyms=["HSG"])
    lookup_index.rebuild()

    found = body(client.get("/codes/suggest/?q=hsg"))

    assert found.count('role="option"') == 1
    assert 'data-url="/codes/cpt/74740/"' in found
