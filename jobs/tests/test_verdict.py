from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.models.parts import Apprentice, PlaceMode, StateRule
from jobs.verdict import Asked, Held, Home, Person, Practice, Requirements, either, listed, verdict

CPC, CPC_A, COC, CCSP, CUC, RHIT, RHIA = range(1, 8)
APPRENTICE_OF = {CPC_A: CPC}
SUPERSEDES = {RHIA: RHIT}
CODES = {
    CPC: "CPC",
    CPC_A: "CPC-A",
    COC: "COC",
    CCSP: "CCS-P",
    CUC: "CUC",
    RHIT: "RHIT",
    RHIA: "RHIA",
}
OHIO = Home("OH", "Ohio")
ANYWHERE = Requirements(preferred_only=True, mode="remote", state_rule="any")
ORDER = {"no": 0, "unknown": 1, "yes": 2}


def asked(*pks):
    return tuple(Asked(pk, CODES[pk], APPRENTICE_OF.get(pk)) for pk in pks)


def held(pk, since=None, taken_for=()):
    return Held(
        pk, CODES[pk], since, APPRENTICE_OF.get(pk), SUPERSEDES.get(pk), frozenset(taken_for)
    )


def told(requirements, person):
    """Each reason as (answer, text)."""
    return [(reason.answer, reason.text) for reason in verdict(requirements, person).reasons]


def test_verdict_gives_each_reason_in_words():
    requirements = Requirements(
        groups=(asked(CPC, CCSP),),
        mode="remote",
        state_rule="only",
        states=frozenset({"OH", "MI", "PA", "IN", "KY"}),
        years_min=Decimal(2),
        specialties=frozenset({9}),
    )
    person = Person(
        held=(held(CPC, 2019),),
        home=OHIO,
        years=Decimal("5.5"),
        practices=(Practice(9, "Urology", Decimal(3)),),
    )

    found = verdict(requirements, person)

    assert (found.answer, found.word, found.short) == (
        "yes",
        "You can be hired for this",
        "Hires you",
    )
    assert [reason.text for reason in found.reasons] == [
        "CCS-P or CPC required: you hold CPC since 2019",
        "Hires in IN, KY, MI and 2 more: you live in Ohio",
        "2 years of experience asked: you state 5.5 (Urology: 3)",
    ]


@pytest.mark.parametrize(
    ("groups", "apprentice", "holds", "expected"),
    [
        ([(CPC,)], "no", [CPC], ("yes", "CPC required: you hold CPC")),
        ([(CPC,)], "yes", [CPC_A], ("yes", "CPC required, apprentices welcome: you hold CPC-A")),
        ([(CPC,)], "no", [CPC_A], ("no", "CPC required, no apprentices: you hold CPC-A")),
        (
            [(CPC,)],
            "conditions",
            [CPC_A],
            ("unknown", "CPC required, apprentices with conditions: you hold CPC-A"),
        ),
        (
            [(CPC,)],
            "not_stated",
            [CPC_A],
            ("unknown", "CPC required, apprentices not mentioned: you hold CPC-A"),
        ),
        ([(CPC,)], "no", [CPC_A, CPC], ("yes", "CPC required: you hold CPC")),
        ([(CPC_A,)], "not_stated", [CPC_A], ("yes", "CPC-A required: you hold CPC-A")),
        ([(CPC_A,)], "not_stated", [CPC], ("yes", "CPC-A required: you hold CPC")),
        ([(RHIT,)], "not_stated", [RHIA], ("yes", "RHIT required: you hold RHIA")),
        ([(RHIA,)], "not_stated", [RHIT], ("no", "RHIA required: not in your profile")),
        ([(CPC,)], "yes", [CUC], ("no", "CPC required: not in your profile")),
        ([(CPC,)], "yes", [], ("unknown", "CPC required: your profile names no credential")),
        ([], "yes", [CPC], ("unknown", "Credential asked: not stated")),
    ],
)
def test_verdict_on_credentials(groups, apprentice, holds, expected):
    requirements = Requirements(
        groups=tuple(asked(*group) for group in groups), apprentice=apprentice
    )

    reasons = told(requirements, Person(held=tuple(held(pk) for pk in holds)))

    assert reasons[0] == expected


def test_verdict_takes_a_usual_alternative_as_advice_only():
    requirements = replace(ANYWHERE, groups=(asked(CPC),))

    found = verdict(requirements, Person(held=(held(COC, taken_for=[CPC]),)))

    assert (found.answer, found.short) == ("no", "Asks for CPC")
    assert found.reasons[0].text == (
        "CPC required: you hold COC, which some employers take for it; this posting does not "
        "name it"
    )


def test_verdict_needs_one_credential_of_every_group():
    requirements = replace(ANYWHERE, groups=(asked(CPC, COC), asked(CUC)))

    answers = [
        verdict(requirements, Person(held=tuple(held(pk) for pk in pks))).answer
        for pks in ([CPC, CUC], [CPC, COC], [CUC])
    ]

    assert answers == ["yes", "no", "no"]


@pytest.mark.parametrize(
    ("mode", "rule", "states", "sites", "home", "expected"),
    [
        ("remote", "any", "", "", None, ("yes", "Hires in any state")),
        ("remote", "only", "OH", "", OHIO, ("yes", "Hires in OH: you live in Ohio")),
        ("remote", "only", "MI", "OH", OHIO, ("no", "Hires in MI: you live in Ohio")),
        ("remote", "only", "MI", "", None, ("unknown", "Hires in MI: your profile names no state")),
        ("remote", "only", "", "", OHIO, ("unknown", "States it hires in: not stated")),
        (
            "remote",
            "except",
            "OH",
            "",
            OHIO,
            ("no", "Hires in any state except OH: you live in Ohio"),
        ),
        (
            "remote",
            "except",
            "CA",
            "",
            OHIO,
            ("yes", "Hires in any state except CA: you live in Ohio"),
        ),
        ("remote", "not_stated", "", "OH", OHIO, ("unknown", "States it hires in: not stated")),
        ("onsite", "not_stated", "", "OH", OHIO, ("yes", "Work in OH: you live in Ohio")),
        ("onsite", "not_stated", "", "MI", OHIO, ("unknown", "Work in MI: you live in Ohio")),
        ("onsite", "not_stated", "", "", OHIO, ("unknown", "Place of work: not stated")),
        ("hybrid", "only", "OH", "MI", OHIO, ("yes", "Work in MI, OH: you live in Ohio")),
        ("hybrid", "any", "", "MI", None, ("unknown", "Work in MI: your profile names no state")),
        ("not_stated", "not_stated", "", "OH", OHIO, ("yes", "Work in OH: you live in Ohio")),
        ("not_stated", "only", "MI", "", OHIO, ("unknown", "Hires in MI: you live in Ohio")),
        ("not_stated", "any", "", "", OHIO, ("yes", "Hires in any state")),
    ],
)
def test_verdict_on_the_state(mode, rule, states, sites, home, expected):
    requirements = Requirements(
        preferred_only=True,
        mode=mode,
        state_rule=rule,
        states=frozenset(states.split()),
        site_states=frozenset(sites.split()),
    )

    found = verdict(requirements, Person(home=home))

    assert (found.state.answer, found.state.text) == expected
    assert found.answer == expected[0]


@pytest.mark.parametrize(
    ("asks", "total", "in_urology", "expected"),
    [
        ("2", "3", None, ("yes", "2 years of experience asked: you state 3")),
        ("1", "1", None, ("yes", "1 year of experience asked: you state 1")),
        ("2", "1.5", None, ("no", "2 years of experience asked: you state 1.5")),
        ("2", None, "2", ("yes", "2 years of experience asked: you state 2 (Urology: 2)")),
        ("2", "9", "0", ("yes", "2 years of experience asked: you state 9 (Urology: 0)")),
        ("2", None, None, ("unknown", "2 years of experience asked: your profile names no years")),
        ("0", None, None, ("yes", "No experience asked")),
    ],
)
def test_verdict_on_years(asks, total, in_urology, expected):
    requirements = replace(ANYWHERE, years_min=Decimal(asks), specialties=frozenset({9}))
    practices = (
        Practice(9, "Urology", in_urology and Decimal(in_urology)),
        Practice(8, "Radiology", Decimal(30)),
    )

    reasons = told(requirements, Person(years=total and Decimal(total), practices=practices))

    assert reasons[-1] == expected


def test_verdict_asks_no_years_when_none_are_named():
    assert len(told(ANYWHERE, Person())) == 2


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("OH", "OH"),
        ("OH MI PA IN", "IN, MI, OH, PA"),
        ("OH MI PA IN KY", "IN, KY, MI and 2 more"),
    ],
)
def test_listed_folds_a_long_list(names, expected):
    assert listed(names.split()) == expected


def test_either_joins_with_or():
    assert [either(["CPC"]), either(["CPC", "COC", "CCS-P"])] == ["CPC", "CCS-P, COC or CPC"]


PKS = st.sampled_from(sorted(CODES))
STATES = st.sampled_from(["OH", "MI", "PA"])
YEARS = st.none() | st.decimals(min_value=0, max_value=40, places=1)
HELD = st.builds(
    lambda pk, since, near: held(pk, since, near), PKS, st.none() | st.just(2019), st.sets(PKS)
)
REQUIREMENTS = st.builds(
    Requirements,
    groups=st.lists(st.sets(PKS, min_size=1).map(lambda pks: asked(*pks)), max_size=3).map(tuple),
    preferred_only=st.booleans(),
    apprentice=st.sampled_from(Apprentice.values),
    mode=st.sampled_from(PlaceMode.values),
    state_rule=st.sampled_from(StateRule.values),
    states=st.frozensets(STATES),
    site_states=st.frozensets(STATES),
    years_min=YEARS,
    specialties=st.frozensets(st.integers(1, 3)),
)
PRACTICES = st.lists(
    st.builds(Practice, st.integers(1, 3), st.just("Urology"), YEARS),
    max_size=3,
    unique_by=lambda practice: practice.specialty,
)
PERSON = st.builds(
    Person,
    held=st.lists(HELD, max_size=4, unique_by=lambda each: each.pk).map(tuple),
    home=st.none() | STATES.map(lambda code: Home(code, code)),
    years=YEARS,
    practices=PRACTICES.map(tuple),
)


@given(REQUIREMENTS, PERSON)
def test_verdict_is_its_worst_reason_and_has_a_word(requirements, person):
    found = verdict(requirements, person)

    assert found.answer == min((each.answer for each in found.reasons), key=ORDER.__getitem__)
    assert found.short
    assert found.word
    assert all(each.text and (each.answer == "yes" or each.short) for each in found.reasons)


@given(REQUIREMENTS, PERSON, HELD)
def test_verdict_never_leaves_yes_for_one_more_credential(requirements, person, more):
    before = verdict(requirements, person)

    after = verdict(requirements, replace(person, held=(*person.held, more)))

    assert before.answer != "yes" or after.answer == "yes"


@given(REQUIREMENTS, PERSON, st.decimals(min_value=0, max_value=10, places=1))
def test_verdict_never_worsens_with_more_years(requirements, person, more):
    before = verdict(requirements, person)
    years = None if person.years is None else person.years + more

    after = verdict(requirements, replace(person, years=years))

    assert ORDER[after.answer] >= ORDER[before.answer]


@given(REQUIREMENTS, PERSON, STATES)
def test_verdict_never_worsens_when_one_more_state_is_allowed(requirements, person, more):
    named = replace(requirements, state_rule=StateRule.ONLY, states=requirements.states | {"OH"})
    before = verdict(named, person)

    after = verdict(replace(named, states=named.states | {more}), person)

    assert ORDER[after.answer] >= ORDER[before.answer]


@given(REQUIREMENTS)
def test_verdict_is_never_no_for_who_says_nothing(requirements):
    assert verdict(requirements, Person()).answer != "no"


@given(PERSON)
def test_verdict_is_unknown_for_a_posting_that_says_nothing(person):
    assert verdict(Requirements(), person).answer == "unknown"
