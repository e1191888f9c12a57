"""The verdict in SQL against the verdict in Python, from the same stored rows."""

import importlib
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain, combinations, product

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.cards import card
from jobs.eligibility import profile_of
from jobs.models import CredentialGroup, Job, JobSearch
from jobs.models.parts import Apprentice, PlaceMode, StateRule
from jobs.search import SearchQuery, document, run, vocabulary
from jobs.search.hires import Coder, coder_of
from jobs.search.query import Hires
from jobs.search.run import FENCED, statement
from jobs.tests.factories import (
    make_credential,
    make_job,
    make_profile,
    make_site,
    make_specialty,
    make_state,
    require_credentials,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CODES = ("CCS", "COC", "COC-A", "CPC", "CPC-A", "RHIA", "RHIT")
STATES = ("IN", "MI", "OH")
SPECIALTIES = ("ir", "uro")
YEARS = st.none() | st.sampled_from(("0", "0.5", "1", "2", "2.5", "5")).map(Decimal)


def some(values, most=3):
    return st.sets(st.sampled_from(values), max_size=most).map(sorted)


GROUPS = st.lists(st.tuples(some(CODES), st.booleans()), max_size=3)
POSTINGS = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(PlaceMode.values),
        "state_rule": st.sampled_from(StateRule.values),
        "apprentice": st.sampled_from(Apprentice.values),
        "years_min": YEARS,
    }
)
JOINED = st.tuples(GROUPS, some(STATES), some(STATES), some(SPECIALTIES))
PROFILES = st.fixed_dictionaries(
    {
        "held": some(CODES, 4),
        "state": st.sampled_from((None, *STATES)),
        "years": YEARS,
        "practices": st.dictionaries(st.sampled_from(SPECIALTIES), YEARS),
    }
)


def make_vocabulary():
    cpc, coc, rhit = (make_credential(code) for code in ("CPC", "COC", "RHIT"))
    make_credential("CPC-A", apprentice_of=cpc)
    make_credential("COC-A", apprentice_of=coc)
    make_credential("RHIA", supersedes=rhit)
    CredentialGroup.objects.create(slug="usual", name="Usual").credentials.set([cpc, coc])


def build_job(fields, groups, states, sites, specialties):
    job = make_job(indexed=False, published_at=NOW, closes_at=NOW.replace(year=2027), **fields)
    for codes, required in groups:
        require_credentials(job, *codes, required=required)
    job.states.set(make_state(code, code) for code in states)
    job.specialties.set(make_specialty(slug, slug) for slug in specialties)
    for code in sites:
        make_site(job, state=make_state(code, code))
    document.write(Job.objects.get(pk=job.pk))
    return job.pk


def build_profile(facts):
    state = facts["state"] and make_state(facts["state"], facts["state"])
    profile = make_profile(state=state, years=facts["years"])
    for code in facts["held"]:
        profile.held.create(credential=make_credential(code))
    for slug, years in facts["practices"].items():
        profile.specialties.create(specialty=make_specialty(slug, slug), years=years)
    return profile_of(profile.user)


def found(profile):
    """The postings by the answer that the search gives."""
    terms, coder = vocabulary.load(), coder_of(profile)
    asked = {answer: SearchQuery(hires=(answer,)) for answer in Hires.values}
    return {answer: set(run(query, NOW, terms, coder).ids) for answer, query in asked.items()}


def told(jobs, profile):
    """The postings by the answer on their cards."""
    answers = {answer: set() for answer in Hires.values}
    for job in jobs:
        answers[card(job, now=NOW, profile=profile)["verdict"]["answer"]].add(job.pk)
    return answers


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(POSTINGS, JOINED), min_size=1, max_size=8),
    st.lists(PROFILES, min_size=1, max_size=5),
)
def test_hires_agrees_with_the_verdict(postings, profiles):
    with transaction.atomic():
        make_vocabulary()
        for fields, joined in postings:
            build_job(fields, *joined)
        jobs = list(Job.objects.for_cards())
        for facts in profiles:
            profile = build_profile(facts)
            counts = run(SearchQuery(), NOW, coder=coder_of(profile)).facets["hires"]
            answers = told(jobs, profile)

            assert found(profile) == answers
            assert counts == {answer: len(pks) for answer, pks in answers.items() if pks}
        transaction.set_rollback(True)


def test_hires_agrees_on_every_way_to_hold_what_is_asked(settings):
    settings.PAGE_SIZE = 100
    make_vocabulary()
    groups = [["CPC"]], [["CPC-A"]], [["COC", "CPC"], ["RHIT"]]
    for apprentice, asked in product(Apprentice.values, groups):
        fields = {"mode": "remote", "state_rule": "any", "apprentice": apprentice}
        build_job(fields, [(codes, True) for codes in asked], [], [], [])
    jobs = list(Job.objects.for_cards())

    for held in powerset(("COC-A", "CPC", "CPC-A", "RHIA")):
        profile = build_profile({"held": held, "state": None, "years": None, "practices": {}})
        assert found(profile) == told(jobs, profile), held


def powerset(values):
    return chain.from_iterable(combinations(values, size) for size in range(len(values) + 1))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(POSTINGS, JOINED), min_size=1, max_size=8))
def test_the_migration_writes_what_the_document_writes(postings):
    fill = importlib.import_module("jobs.migrations.0009_fill_search_hires")
    rules = JobSearch.objects.values_list("job", "credential_rule", "home_rule")
    with transaction.atomic():
        make_vocabulary()
        for fields, joined in postings:
            build_job(fields, *joined)
        written = set(rules.all())
        JobSearch.objects.update(credential_rule=None, home_rule=None)

        with connection.cursor() as cursor:
            cursor.execute(fill.CREDENTIALS + fill.HOMES)

        assert set(rules.all()) == written
        transaction.set_rollback(True)


def test_coder_of_reads_the_profile():
    make_vocabulary()
    keys = vocabulary.load().of("credential")
    profile = build_profile(
        {
            "held": ["COC-A", "CPC", "RHIA"],
            "state": "OH",
            "years": Decimal(3),
            "practices": {"uro": Decimal(2), "ir": None},
        }
    )

    assert coder_of(None) is None
    assert coder_of(profile) == Coder(
        full=tuple(sorted(int(keys[key].pk) for key in ("COC-A", "CPC", "CPC-A", "RHIA", "RHIT"))),
        learning=(int(keys["COC"].pk),),
        home="OH",
        years=Decimal(3),
        practices=((make_specialty("uro").pk, Decimal(2)),),
    )


@pytest.fixture
def ohioan():
    """Asked by three postings: two of urology, that hire in Ohio and do not say, and one that
    hires in Michigan.
    """
    for specialty, states in (("uro", ["OH"]), ("uro", []), ("ir", ["MI"])):
        fields = {"mode": "remote", "state_rule": "only" if states else "not_stated"}
        build_job(fields, [(("CPC",), False)], states, [], [specialty])
    return coder_of(make_profile(state=make_state("OH")))


def counts(query, coder):
    facets = run(query, NOW, coder=coder).facets
    return facets["hires"], facets["specialty"]


def test_hires_is_not_narrowed_by_its_own_choice(ohioan):
    assert counts(SearchQuery(hires=("unknown", "yes")), ohioan) == (
        {"yes": 1, "unknown": 1, "no": 1},
        {"uro": 2},
    )
    assert counts(SearchQuery(specialties=("ir",), hires=("yes",)), ohioan) == (
        {"no": 1},
        {"uro": 1},
    )


def test_hires_asks_nothing_without_a_coder(ohioan):
    results = run(SearchQuery(hires=("yes",)), NOW)

    assert results.total == 3
    assert "hires" not in results.facets


@pytest.mark.parametrize("hires", [(), ("yes",), ("unknown", "yes")])
def test_hires_scans_no_table_of_postings(ohioan, hires):
    asked = statement(SearchQuery(hires=hires), vocabulary.load(), now=NOW, coder=ohioan)

    with connection.cursor() as cursor:
        cursor.execute(FENCED.split("{}")[0])
        cursor.execute(f"EXPLAIN {asked.sql}", asked.params)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Seq Scan" not in plan
