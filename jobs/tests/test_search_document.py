import pytest

from codes.codes import span_of
from jobs.models import JobCodeRange, JobSearch
from jobs.search import document
from jobs.tests.factories import (
    make_job,
    make_site,
    make_specialty,
    make_state,
    require_credentials,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("mode", "rule", "expected"),
    [
        ("remote", "any", ["IN", "MI", "OH"]),
        ("remote", "only", ["MI"]),
        ("remote", "except", ["IN", "OH"]),
        ("remote", "not_stated", []),
        ("onsite", "not_stated", ["OH"]),
        ("onsite", "any", ["OH"]),
        ("hybrid", "only", ["MI", "OH"]),
        ("not_stated", "only", ["MI"]),
        ("not_stated", "not_stated", ["OH"]),
    ],
)
def test_write_tells_where_the_employer_hires(mode, rule, expected):
    ohio, michigan, _ = make_state(), make_state("MI", "Michigan"), make_state("IN", "Indiana")
    job = make_job(mode=mode, state_rule=rule, indexed=False)
    make_site(job, state=ohio)
    job.states.add(michigan)

    document.write(job)

    row = JobSearch.objects.get(job=job)
    assert (row.hires_in, row.states_not_stated) == (expected, not expected)


def test_write_replaces_the_row():
    job = make_job(title="Urology Coder")
    job.title = "Radiology Coder"

    document.write(job)

    row = JobSearch.objects.get(job=job)
    assert "radiolog" in row.head_words
    assert "urolog" not in row.head_words


def test_write_gathers_facts_and_terms():
    job = make_job(description="<p>Reads <strong>ureteroscopy</strong> reports.</p>", years_min=2)
    urology = make_specialty()
    job.specialties.add(urology)
    group = require_credentials(job, "CPC", "CCS-P")
    JobCodeRange.objects.create(job=job, system="CPT", span=span_of("CPT", "52000", "53899"))

    document.write(job)

    row = JobSearch.objects.get(job=job)
    assert row.specialties == [urology.pk]
    assert row.credentials == sorted(credential.pk for credential in group.credentials.all())
    assert row.posted_at == job.first_published_at
    for lexeme in ("'52000'", "'53899'", "'ureteroscopi'", "'cpc'", "'lakesid'"):
        assert lexeme in row.words
    assert "strong" not in row.words


def test_delete_takes_the_row_away():
    job = make_job()

    document.delete(job.pk)

    assert not JobSearch.objects.filter(job=job).exists()
