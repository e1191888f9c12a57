import pytest

from jobs.places import hires_in_text, place_text
from jobs.tests.factories import make_job, make_site, make_state

pytestmark = pytest.mark.django_db
NAMES = {"OH": "Ohio", "MI": "Michigan", "PA": "Pennsylvania", "IN": "Indiana", "KY": "Kentucky"}


def job_at(mode, rule, states, cities):
    job = make_job(mode=mode, state_rule=rule, indexed=False)
    job.states.set([make_state(code, NAMES[code]) for code in states.split()])
    for city in cities.split():
        make_site(job, city=city)
    return job


@pytest.mark.parametrize(
    ("mode", "rule", "states", "cities", "expected"),
    [
        ("remote", "any", "", "", "remote, any state"),
        ("remote", "only", "OH MI", "", "remote from MI, OH"),
        ("remote", "only", "OH MI PA IN KY", "Dayton", "remote from IN, KY, MI and 2 more"),
        ("remote", "except", "OH", "", "remote, any state but OH"),
        ("remote", "only", "", "", "remote, states not stated"),
        ("remote", "not_stated", "", "Dayton", "remote, states not stated"),
        ("hybrid", "not_stated", "", "Dayton", "hybrid, Dayton, OH"),
        ("onsite", "not_stated", "", "Dayton Akron Lima", "on site, Dayton, OH and 2 more"),
        ("onsite", "not_stated", "", "", "on site"),
        ("not_stated", "not_stated", "", "Dayton", "Dayton, OH"),
        ("not_stated", "not_stated", "", "", ""),
    ],
)
def test_place_text_is_one_line(mode, rule, states, cities, expected):
    assert place_text(job_at(mode, rule, states, cities)) == expected


@pytest.mark.parametrize(
    ("rule", "states", "expected"),
    [
        ("any", "", "any state"),
        ("only", "OH MI PA IN KY", "Indiana, Kentucky, Michigan, Ohio, Pennsylvania"),
        ("except", "OH MI", "any state except Michigan, Ohio"),
        ("except", "", ""),
        ("not_stated", "", ""),
    ],
)
def test_hires_in_text_names_every_state(rule, states, expected):
    assert hires_in_text(job_at("remote", rule, states, "")) == expected
