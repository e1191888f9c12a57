import pytest

from accounts.tests.factories import make_employer
from jobs.posting_advice import advice_on
from jobs.tests.factories import make_job, make_site, make_state, require_credentials

pytestmark = pytest.mark.django_db
VOLUME = {"volume": 12, "volume_unit": "charts", "volume_per": "hour"}
LONG = f"<p>{'You code cystoscopies. ' * 12}</p>"


def advised(credentials=True, **fields):
    values = {"mode": "remote", "state_rule": "any", "description": LONG, **fields}
    job = make_job(employer=make_employer(name="Lakeside"), indexed=False, **values)
    if credentials:
        require_credentials(job, "CPC")
    return [advice.field for advice in advice_on(job)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"title": "UROLOGY CODER WANTED"}, ["title"]),
        ({"title": "Coder!"}, ["title"]),
        ({"title": "Coder $30/h"}, ["title"]),
        ({"title": "Coder 30 per hour"}, ["title"]),
        ({"title": "Coder at Lakeside"}, ["title"]),
        ({"title": "CPC"}, []),
        ({"description": "<p>Codes.</p>"}, ["description"]),
        ({"state_rule": "not_stated"}, ["state_rule"]),
        ({"mode": "not_stated"}, ["mode"]),
        ({"credentials": False}, ["credentials_required"]),
        ({"pay_basis": "chart", "pay_min": 3}, ["volume"]),
        ({"pay_basis": "chart"}, []),
        ({"pay_basis": "chart", "pay_min": 3, **VOLUME}, []),
        ({"pay_basis": "encounter", "pay_max": 3, **VOLUME}, ["volume"]),
    ],
)
def test_advice_on_a_posting(fields, expected):
    assert advised(**fields) == expected


@pytest.mark.parametrize(
    ("pay", "expected"),
    [
        ({}, ["A pay range must be stated for work in: Colorado. Give the lowest and highest."]),
        (
            {"pay_basis": "hour", "pay_min": 30},
            ["A pay range must be stated for work in: Colorado. Give the lowest and highest."],
        ),
        ({"pay_basis": "hour", "pay_min": 30, "pay_max": 34}, []),
    ],
)
def test_advice_on_asks_for_a_pay_range_where_a_state_does(pay, expected):
    colorado = make_state("CO", "Colorado", pay_range_required=True)
    job = make_job(mode="onsite", description=LONG, indexed=False, **pay)
    make_site(job, city="Denver", state=colorado)
    make_state()
    require_credentials(job, "CPC")

    assert [advice.text for advice in advice_on(job)] == expected


def test_advice_on_warns_of_leaving_out_a_state_that_asks_for_a_range():
    job = make_job(mode="remote", state_rule="except", description=LONG, indexed=False)
    job.states.add(make_state("CO", "Colorado", pay_range_required=True))
    require_credentials(job, "CPC")

    assert [advice.field for advice in advice_on(job)] == ["states"]
