import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from jobs import structured_data
from jobs.models import Job
from jobs.tests.factories import (
    make_employer,
    make_employment_type,
    make_job,
    make_site,
    make_state,
    require_credentials,
)
from jobs.tests.structured_data_rules import breaches

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def remote(**fields):
    return make_job(**{"mode": "remote", "state_rule": "only", "indexed": False, **fields})


def remote_from(*names, rule="only", **fields):
    job = remote(state_rule=rule, **fields)
    job.states.set([make_state(name[:2].upper(), name) for name in names])
    return job


def marked_up(job):
    """What the page would hold, read back; it must break no rule."""
    text = structured_data.script(Job.objects.for_page().get(pk=job.pk))
    data = json.loads(text)
    assert breaches(data, at=NOW) == []
    return data


def places(data):
    names = ("jobLocationType", "applicantLocationRequirements", "jobLocation")
    return {name: data[name] for name in names if name in data}


def test_job_posting_is_complete():
    employer = make_employer(
        name="Lakeside Urology", website="https://lakeside.example", time_zone="America/Chicago"
    )
    posted = datetime(2026, 11, 4, 15, tzinfo=UTC)
    job = make_job(
        employer=employer,
        indexed=False,
        title="Urology Coder",
        slug="urology-coder-x",
        description="<p>Codes cystoscopies.</p>",
        requisition_id="R-7",
        mode="hybrid",
        pay_basis="hour",
        pay_min=Decimal(29),
        pay_max=Decimal("34.5"),
        years_min=Decimal("1.5"),
        published_at=posted,
        first_published_at=posted,
        closes_at=datetime(2999, 12, 5, 6, tzinfo=UTC),
    )
    make_site(job)
    job.employment_types.add(make_employment_type())
    require_credentials(job, "CPC")

    assert marked_up(job) == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Urology Coder",
        "description": "<p>Codes cystoscopies.</p>",
        "url": "http://localhost/jobs/urology-coder-x/",
        "datePosted": "2026-11-04T09:00:00-06:00",
        "validThrough": "2999-12-05T00:00:00-06:00",
        "identifier": {"@type": "PropertyValue", "name": "Lakeside Urology", "value": "R-7"},
        "hiringOrganization": {
            "@type": "Organization",
            "name": "Lakeside Urology",
            "sameAs": "https://lakeside.example",
        },
        "jobLocation": [
            {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": "Dayton",
                    "addressRegion": "OH",
                    "addressCountry": "US",
                },
            }
        ],
        "employmentType": ["FULL_TIME"],
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "USD",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": 29,
                "maxValue": 34.5,
                "unitText": "HOUR",
            },
        },
        "experienceRequirements": {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": 18,
        },
        "educationRequirements": {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "professional certificate",
        },
        "directApply": True,
    }


def test_remote_from_named_states_lists_them():
    data = marked_up(remote_from("Ohio", "Michigan", description="<p>Stones.</p>"))

    assert places(data) == {
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [
            {"@type": "State", "name": "Michigan, USA"},
            {"@type": "State", "name": "Ohio, USA"},
        ],
    }
    assert data["description"] == ("<p>Stones.</p><p>Remote. Hires in Michigan, Ohio.</p>")


def test_remote_from_anywhere_names_the_country():
    assert places(marked_up(remote(state_rule="any"))) == {
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": {"@type": "Country", "name": "USA"},
    }


def test_remote_except_lists_all_other_states():
    make_state("PA", "Pennsylvania"), make_state("KY", "Kentucky")
    data = marked_up(remote_from("Ohio", "Michigan", rule="except"))

    assert places(data) == {
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [
            {"@type": "State", "name": "Kentucky, USA"},
            {"@type": "State", "name": "Pennsylvania, USA"},
        ],
    }


def test_remote_for_us_residents_without_states_names_the_country():
    data = marked_up(remote(state_rule="not_stated", us_only="yes"))

    assert data["applicantLocationRequirements"] == {"@type": "Country", "name": "USA"}


@pytest.mark.parametrize("rule", ["not_stated", "only", "except"])
def test_remote_without_stated_states_gets_no_markup(rule):
    job = remote(state_rule=rule)
    make_site(job)

    assert structured_data.script(job) == ""


@pytest.mark.parametrize("mode", ["onsite", "hybrid", "not_stated"])
def test_work_at_a_place_names_the_place_only(mode):
    job = remote_from("Ohio", "Michigan", mode=mode)
    job.sites.create(city="Dayton", state_id="OH", postal_code="45402", street="1 Main St")

    address = {
        "@type": "PostalAddress",
        "streetAddress": "1 Main St",
        "addressLocality": "Dayton",
        "addressRegion": "OH",
        "postalCode": "45402",
        "addressCountry": "US",
    }
    assert places(marked_up(job)) == {"jobLocation": [{"@type": "Place", "address": address}]}


@pytest.mark.parametrize("mode", ["onsite", "hybrid", "not_stated"])
def test_work_at_no_stated_place_gets_no_markup(mode):
    assert structured_data.script(remote_from("Ohio", mode=mode)) == ""


@pytest.mark.parametrize(
    ("basis", "lo", "hi", "expected"),
    [
        ("hour", 29, 29, {"value": 29, "unitText": "HOUR"}),
        ("year", 68000, 79000, {"minValue": 68000, "maxValue": 79000, "unitText": "YEAR"}),
        ("day", 240, 280, {"minValue": 240, "maxValue": 280, "unitText": "DAY"}),
        ("week", 1000, 1200, {"minValue": 1000, "maxValue": 1200, "unitText": "WEEK"}),
        ("month", 5000, 6000, {"minValue": 5000, "maxValue": 6000, "unitText": "MONTH"}),
        ("chart", "4.10", "4.10", None),
        ("encounter", 1, 2, None),
        ("rvu", 9, 11, None),
        ("project", 900, 900, None),
        ("not_stated", 29, 34, None),
        ("hour", 29, None, None),
        ("hour", None, 34, None),
        ("hour", None, None, None),
    ],
)
def test_salary_needs_a_unit_of_time_and_both_ends(basis, lo, hi, expected):
    ends = {"pay_min": lo and Decimal(lo), "pay_max": hi and Decimal(hi)}
    data = marked_up(remote(state_rule="any", pay_basis=basis, **ends))

    value = data.get("baseSalary", {}).get("value")
    assert value == (expected and {"@type": "QuantitativeValue", **expected})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"apply_method": "url", "apply_url": "https://lakeside.example/1"}, None),
        ({"apply_method": "email", "apply_email": "jobs@lakeside.example"}, None),
    ],
)
def test_direct_apply_is_said_only_of_this_site(fields, expected):
    assert marked_up(remote(state_rule="any", **fields)).get("directApply") == expected


def test_identifier_falls_back_to_the_public_id():
    job = remote(state_rule="any")

    assert marked_up(job)["identifier"]["value"] == job.public_id


def test_script_cannot_end_its_element():
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    job = remote(state_rule="any", title=hostile, employer=make_employer(name=hostile))

    text = structured_data.script(job)

    assert not set(text) & set("<>&\u2028")
    assert json.loads(text)["title"] == hostile


def test_breaches_finds_expired_and_broken_data():
    data = json.loads(structured_data.script(remote(state_rule="any")))

    assert breaches(data, at=NOW + timedelta(days=40)) == ["validThrough is past"]
    del data["applicantLocationRequirements"]
    assert breaches(data, at=NOW) == [
        "jobLocationType and applicantLocationRequirements go together"
    ]
