"""The verdict in SQL against the verdict in Python, from the same stored rows."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.cards import card
from jobs.eligibility import profile_of
from jobs.models import CredentialGroup, Job
from jobs.models.parts import Apprentice, PlaceMode, StateRule
from jobs.search import SearchQuery, document, run, vocabulary
from jobs.search.hires import coder_of
from jobs.search.query import Hires
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
