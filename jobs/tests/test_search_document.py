from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from codes.codes import span_of
from jobs.models import JobCodeRange, JobSearch
from jobs.search import document
from jobs.search.query import SearchQuery
from jobs.search.run import run
from jobs.tests.factories import (
    make_employment_type,
    make_job,
    make_setting,
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


@pytest.mark.parametrize(
    "typed",
    [
        "coder remote",
        "remote coder ",
        "profee",
        "pro fee ",
        "professional fee ",
        "part time ",
        "Ohio",
        "Dayton ",
        "Michigan ",
    ],
)
def test_write_finds_by_facts_that_the_text_need_not_hold(typed):
    job = make_job(mode="remote", state_rule="only", indexed=False)
    make_site(job, state=make_state())
    job.states.add(make_state("MI", "Michigan"))
    job.settings.add(make_setting())
    job.employment_types.add(make_employment_type("part-time", "Part time"))

    document.write(job)

    assert run(SearchQuery(words=typed), timezone.now()).ids == [job.pk]


def test_write_does_not_name_a_state_that_is_left_out():
    job = make_job(mode="remote", state_rule="except", indexed=False)
    job.states.add(make_state("MI", "Michigan"))

    document.write(job)

    assert run(SearchQuery(words="Michigan "), timezone.now()).ids == []


def test_delete_takes_the_row_away():
    job = make_job()

    document.delete(job.pk)

    assert not JobSearch.objects.filter(job=job).exists()


def test_reindex_search_writes_the_rows_of_what_is_visible(monkeypatch):
    monkeypatch.setattr(document, "BATCH", 2)
    stale = make_job(title="Urology Coder")
    missing = [make_job(indexed=False) for _ in range(2)]
    closed = make_job(closes_at=timezone.now() - timedelta(hours=1))
    JobSearch.objects.filter(job=stale).update(mode="gone")
    out = StringIO()

    call_command("reindex_search", stdout=out)

    rows = JobSearch.objects.order_by("job").values_list("job", "mode")
    assert list(rows) == [(job.pk, "not_stated") for job in (stale, *missing)]
    assert closed.pk not in dict(rows)
    assert out.getvalue() == "3 search rows written\n"


def test_reindex_search_changes_nothing_in_a_dry_run():
    make_job(indexed=False)
    out = StringIO()

    call_command("reindex_search", "--dry-run", stdout=out)

    assert (out.getvalue(), JobSearch.objects.count()) == ("1 live postings\n", 0)
