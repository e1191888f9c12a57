from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.tests.factories import make_employer
from jobs.forms.posting import PostingForm
from jobs.site_text import Site
from jobs.tests.factories import (
    make_credential,
    make_job,
    make_setting,
    make_specialty,
    make_state,
)
from jobs.tests.typed import typed_in

pytestmark = pytest.mark.django_db


def draft(**fields):
    return make_job(status="draft", title="", description="", **fields)


def read(job=None, now=None, **changes):
    job = job or draft()
    return PostingForm(typed_in(job, **changes), instance=job, now=now or timezone.now())


def test_posting_form_with_a_title_and_a_text_is_right():
    form = read()

    assert form.errors == {}


def test_posting_form_names_what_is_missing():
    job = draft()

    form = PostingForm({}, instance=job, now=timezone.now())

    wanted = {name: form.errors[name] for name in ("title", "description", "closes_on")}
    assert wanted == {
        "title": ["Give the posting a title."],
        "description": ["Describe the work."],
        "closes_on": ["Choose the last day to apply."],
    }


def test_posting_form_written_holds_all_that_was_typed():
    make_credential("CPC"), make_credential("CCS-P"), make_credential("CUC")
    urology, profee, ohio = make_specialty(), make_setting(), make_state()
    form = read(
        mode="remote",
        state_rule="only",
        states=["OH"],
        sites="1 Main St, Dayton, OH 45402",
        credentials_required="CPC or CCS-P; CUC",
        credentials_preferred="cuc",
        code_ranges="74400-74485, J9030",
        code_sets=["CPT", "ICD-10-CM"],
        specialties=[str(urology.pk)],
        settings=[str(profee.pk)],
        pay_basis="hour",
        pay_min="29.50",
        pay_max="34",
        question_1="Which encoder do you know?",
        question_3="Can you start in May?",
        question_3_kind="yes_no",
        question_3_required="",
    )

    written = form.is_valid() and form.written()

    assert form.errors == {}
    assert written.columns["pay_min"] == Decimal("29.50")
    assert written.columns["code_sets"] == ["CPT", "ICD-10-CM"]
    assert written.terms["states"] == [ohio]
    assert written.terms["specialties"] == [urology]
    assert written.sites == [Site("Dayton", "OH", "45402", "1 Main St")]
    assert written.credential_groups == [
        (["CPC", "CCS-P"], True),
        (["CUC"], True),
        (["CUC"], False),
    ]
    assert [system for system, _span in written.code_ranges] == ["CPT", "HCPCS"]
    assert written.questions == [
        ("Which encoder do you know?", "text", True),
        ("Can you start in May?", "yes_no", False),
    ]


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        (
            {"pay_basis": "hour", "pay_min": "34", "pay_max": "29"},
            {"pay_max": ["The highest pay is below the lowest."]},
        ),
        (
            {"pay_basis": "year", "pay_min": "29.50", "pay_max": "34"},
            {
                "pay_min": [
                    "$29.50 is not a likely pay for a year. "
                    "Check the figure and what it is paid for."
                ]
            },
        ),
        ({"pay_basis": "hour"}, {"pay_min": ["Say how much is paid."]}),
        (
            {"pay_min": "30"},
            {"pay_basis": ["Say what the figures are paid for: an hour, a year, a chart."]},
        ),
        (
            {"pay_basis": "hour", "pay_min": "0"},
            {"pay_min": ["Pay is more than zero. Leave it empty when you do not state it."]},
        ),
        (
            {"mode": "remote"},
            {"state_rule": ["Say where a remote coder may live, or choose “Not stated”."]},
        ),
        ({"mode": "remote", "state_rule": "not_stated"}, {}),
        ({"mode": "remote", "state_rule": "only"}, {"states": ["Choose the states."]}),
        ({"mode": "remote", "state_rule": "except"}, {"states": ["Choose the states."]}),
        (
            {"mode": "remote", "state_rule": "any", "states": ["OH"]},
            {
                "state_rule": [
                    "States are chosen below. Say whether you hire only there, or anywhere else."
                ]
            },
        ),
        ({"mode": "onsite"}, {"sites": ["Name the place of work."]}),
        ({"mode": "hybrid", "sites": "Dayton, OH"}, {}),
        (
            {"sites": "Dayton\nParis, France"},
            {"sites": ["Not read as a place: Dayton; Paris, France. Write “Dayton, OH 45402”."]},
        ),
        (
            {"apply_method": "url"},
            {"apply_url": ["Give the web address at which coders apply."]},
        ),
        (
            {"apply_method": "url", "apply_url": "javascript:x"},
            {"apply_url": ["Enter a valid URL."]},
        ),
        (
            {"apply_method": "email"},
            {"apply_email": ["Give the e-mail address to which coders apply."]},
        ),
        (
            {"volume": "40"},
            {"volume_unit": ["Say what is counted."], "volume_per": ["Say in what time."]},
        ),
        ({"volume": "40", "volume_unit": "charts", "volume_per": "day"}, {}),
        ({"apprentice": "conditions"}, {"apprentice_note": ["Say on what conditions."]}),
        (
            {"test_given": "no", "test_minutes": "60"},
            {"test_given": ["There is no test, yet its length or pass mark is given."]},
        ),
        (
            {"credentials_required": "CPC or XYZ"},
            {
                "credentials_required": [
                    "Not a credential on our list: XYZ. Write its letters, such as CPC."
                ]
            },
        ),
        (
            {"code_ranges": "74740, 99, 74485-74400"},
            {
                "code_ranges": [
                    "'99' is not a five-character CPT or HCPCS code.",
                    "74485-74400 runs backwards.",
                ]
            },
        ),
        (
            {"title": "x" * 121},
            {"title": ["Ensure this value has at most 120 characters (it has 121)."]},
        ),
        ({"description": "<p> </p>"}, {"description": ["Describe the work."]}),
        (
            {"question_1": "x" * 251},
            {"question_1": ["Ensure this value has at most 250 characters (it has 251)."]},
        ),
        ({"title": "a\x00b"}, {"title": ["Null characters are not allowed."]}),
    ],
)
def test_posting_form_says_beside_the_field_what_is_wrong(changes, errors):
    make_state()
    make_credential("CPC")

    assert read(**changes).errors == errors


NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)  # 4:00 in New York, the evening before in Honolulu


@pytest.mark.parametrize(
    ("zone", "yesterday"),
    [
        ("America/New_York", date(2026, 6, 30)),
        ("Pacific/Honolulu", date(2026, 6, 29)),
        ("Pacific/Guam", date(2026, 6, 30)),
    ],
)
def test_posting_form_closing_day_is_judged_in_the_zone_of_the_employer(zone, yesterday):
    job = draft(employer=make_employer(time_zone=zone))

    late = read(job, now=NOW, closes_on=yesterday.isoformat())
    today = read(job, now=NOW, closes_on=(yesterday + timedelta(days=1)).isoformat())

    assert late.errors == {
        "closes_on": [f"The closing day, {yesterday:%-d %b %Y}, has passed. Choose a later one."]
    }
    assert today.errors == {}


def test_posting_form_closing_day_is_at_most_ninety_days_off():
    job = draft()

    far = read(job, now=NOW, closes_on="2026-09-30")

    assert far.errors == {
        "closes_on": ["A posting runs for at most 90 days. Choose an earlier closing day."]
    }
    assert read(job, now=NOW, closes_on="2026-09-29").errors == {}


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        ("2026-10-31", datetime(2026, 11, 1, 4, tzinfo=UTC)),
        ("2026-11-01", datetime(2026, 11, 2, 5, tzinfo=UTC)),
        ("2026-11-02", datetime(2026, 11, 3, 5, tzinfo=UTC)),
    ],
)
def test_posting_form_closes_at_midnight_when_the_clocks_change(day, instant):
    form = read(now=datetime(2026, 10, 15, tzinfo=UTC), closes_on=day)

    assert form.is_valid()
    assert form.written().columns["closes_at"] == instant


@pytest.mark.parametrize("seen", ["", "yesterday", "2026-13-45T00:00:00Z"])
def test_posting_form_takes_no_version_from_what_is_no_time(seen):
    form = read(seen=seen)

    assert form.is_valid()
    assert form.cleaned_data["seen"] is None


def test_posting_form_refuses_the_last_day_of_the_calendar():
    assert list(read(closes_on="9999-12-31").errors) == ["closes_on"]


def test_posting_form_states_the_zone_beside_the_closing_day():
    form = read(draft(employer=make_employer(time_zone="America/Chicago")))

    assert form["closes_on"].help_text == "In Central time, at most 90 days from now."


def test_posting_form_keeps_the_instant_of_an_unchanged_closing_day():
    closes_at = timezone.now() + timedelta(days=5)
    job = draft(closes_at=closes_at)

    form = read(job)

    assert form.is_valid()
    assert form.written().columns["closes_at"] == closes_at


def test_posting_form_lets_an_edit_keep_the_closing_day_of_the_live_posting():
    live = make_job(closes_at=timezone.now() - timedelta(days=3))
    revision = draft(revision_of=live, closes_at=live.closes_at)

    assert read(revision).errors == {}


def test_posting_form_shows_a_saved_posting_as_it_would_be_typed():
    job = make_job(
        status="draft", title="Coder", description="<p>A <strong>b</strong></p><ul><li>c</li></ul>"
    )

    form = PostingForm(instance=job, now=timezone.now())

    assert form["description"].value() == "A **b**\n\n- c"
