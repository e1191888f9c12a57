from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.tests.factories import make_user
from jobs.eligibility import person_of, profile_of, requirements_of, verdict_for
from jobs.models import CredentialGroup, Job
from jobs.tests.factories import (
    make_credential,
    make_job,
    make_profile,
    make_site,
    make_specialty,
    make_state,
    require_credentials,
)
from jobs.verdict import Asked, Held, Home, Person, Practice, Requirements

pytestmark = pytest.mark.django_db


def test_requirements_of_reads_what_the_posting_asks(django_assert_num_queries):
    cpc, cuc = make_credential("CPC"), make_credential("CUC")
    apprentice = make_credential("CPC-A", apprentice_of=cpc)
    urology = make_specialty()
    job = make_job(mode="remote", state_rule="only", years_min=Decimal(2), apprentice="yes")
    require_credentials(job, "CPC", "CPC-A")
    require_credentials(job, "CUC", required=False)
    require_credentials(job)
    job.states.add(make_state())
    make_site(job, state=make_state("MI", "Michigan"))
    job.specialties.add(urology)
    job = Job.objects.for_cards().get(pk=job.pk)

    with django_assert_num_queries(0):
        found = requirements_of(job)

    assert found == Requirements(
        groups=((Asked(cpc.pk, "CPC"), Asked(apprentice.pk, "CPC-A", cpc.pk)),),
        preferred_only=False,
        apprentice="yes",
        mode="remote",
        state_rule="only",
        states=frozenset({"OH"}),
        site_states=frozenset({"MI"}),
        years_min=Decimal("2.0"),
        specialties=frozenset({urology.pk}),
    )
    assert cuc


def test_requirements_of_knows_preferred_from_not_stated():
    preferred, silent = make_job(), make_job()
    require_credentials(preferred, "CPC", required=False)

    assert [requirements_of(job).preferred_only for job in (preferred, silent)] == [True, False]


def test_person_of_reads_the_profile(django_assert_num_queries):
    cpc, coc = make_credential("CPC"), make_credential("COC")
    group = CredentialGroup.objects.create(slug="outpatient", name="Outpatient")
    group.credentials.set([cpc, coc])
    urology = make_specialty()
    profile = make_profile(state=make_state(), years=Decimal("4.5"))
    profile.held.create(credential=cpc, since=2019)
    profile.specialties.create(specialty=urology, years=Decimal(3))
    profile = profile_of(profile.user)

    with django_assert_num_queries(0):
        found = person_of(profile)

    assert found == Person(
        held=(Held(cpc.pk, "CPC", 2019, taken_for=frozenset({coc.pk})),),
        home=Home("OH", "Ohio"),
        years=Decimal("4.5"),
        practices=(Practice(urology.pk, "Urology", Decimal("3.0")),),
    )


def test_profile_of_is_none_for_a_visitor_and_without_a_profile():
    assert [profile_of(AnonymousUser()), profile_of(make_user())] == [None, None]


def test_verdict_for_needs_a_profile():
    job = make_job()

    assert verdict_for(job, None) is None
    assert verdict_for(job, make_profile()).answer == "unknown"
