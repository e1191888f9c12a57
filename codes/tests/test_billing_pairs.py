from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from codes.billing import PairAnswer, PairStatus, pair, pairs, pairs_among
from codes.codes import key_of
from codes.models import ReleaseKind
from codes.releases import OUTPATIENT, PRACTITIONER
from codes.tests.factories import make_edit, make_release

pytestmark = pytest.mark.django_db

ON = date(2024, 8, 15)
BEGUN, DELETED = date(2010, 4, 1), date(2024, 8, 15)


def make_quarter(**fields):
    return make_release(ReleaseKind.PTP, **fields)


def asked(status, *, a="74740", b="74742", on=ON, setting=PRACTITIONER, **fields):
    return PairAnswer(status, a, b, on, setting, **fields)


@pytest.mark.parametrize(
    ("indicator", "status"), [(0, PairStatus.NO_BYPASS), (1, PairStatus.BYPASSABLE)]
)
@pytest.mark.parametrize(("a", "b"), [("74740", "74742"), ("74742", "74740")])
def test_pair_tells_the_edit_whichever_code_is_named_first(a, b, indicator, status):
    release = make_quarter()
    row = make_edit("74742", "74740", indicator, release=release, rationale="Standards")

    answer = pair(a, b, ON)

    expected = asked(status, a=a, b=b, column1="74742", column2="74740", indicator=indicator)
    assert answer == replace(expected, rationale="Standards", release=release, row=row.pk)


def test_pair_without_a_release_is_not_loaded():
    assert pair("74740", "74742", ON) == asked(PairStatus.NOT_LOADED)


def test_pair_without_an_edit_says_so_of_the_loaded_data():
    release = make_quarter()
    make_edit("74742", "58340", release=release)

    assert pair("74740", "74742", ON) == asked(PairStatus.NO_EDIT, release=release)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2010, 3, 31), PairStatus.NOT_ON_DATE),
        (date(2010, 4, 1), PairStatus.BYPASSABLE),
        (date(2024, 8, 14), PairStatus.BYPASSABLE),
        (date(2024, 8, 15), PairStatus.BYPASSABLE),
        (date(2024, 8, 16), PairStatus.NOT_ON_DATE),
    ],
)
def test_pair_is_in_force_on_its_first_and_its_last_day(on, status):
    make_edit(release=make_quarter(), effective_on=BEGUN, deleted_on=DELETED)

    answer = pair("74740", "74742", on)

    assert (answer.status, answer.indicator) == (status, 1)
    assert (answer.effective_on, answer.deleted_on) == (BEGUN, DELETED)


@pytest.mark.parametrize("on", [BEGUN, date(2010, 4, 2)])
def test_pair_of_indicator_9_is_never_in_force(on):
    make_edit(indicator=9, release=make_quarter(), effective_on=BEGUN, deleted_on=BEGUN)

    answer = pair("74740", "74742", on)

    assert (answer.status, answer.indicator) == (PairStatus.NOT_ON_DATE, 9)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2009, 6, 1), (PairStatus.NO_BYPASS, "74740", 0)),
        (date(2010, 2, 1), (PairStatus.NOT_ON_DATE, "74740", 0)),
        (date(2010, 4, 1), (PairStatus.BYPASSABLE, "74742", 1)),
    ],
)
def test_pair_takes_the_row_of_the_day_among_several(on, told):
    release = make_quarter()
    make_edit("74740", "74742", 9, release=release, deleted_on=date(2005, 1, 1))
    make_edit("74740", "74742", 0, release=release, deleted_on=date(2009, 12, 31))
    make_edit("74742", "74740", 1, release=release, effective_on=BEGUN)

    answer = pair("74740", "74742", on)

    assert (answer.status, answer.column1, answer.indicator) == told


def test_pair_of_two_rows_in_force_tells_the_stricter():
    release = make_quarter()
    make_edit("74742", "74740", 1, release=release)
    make_edit("74740", "74742", 0, release=release)

    answer = pair("74740", "74742", ON)

    assert (answer.status, answer.column1) == (PairStatus.NO_BYPASS, "74740")


def test_pair_of_another_setting_has_its_own_edits():
    practice, hospital = make_quarter(), make_quarter(variant=OUTPATIENT)
    make_edit(release=practice)

    answer = pair("74740", "74742", ON, OUTPATIENT)

    assert answer == asked(PairStatus.NO_EDIT, setting=OUTPATIENT, release=hospital)


@pytest.mark.parametrize(
    ("a", "b", "status"),
    [
        ("74740", "74742", PairStatus.NO_EDIT),
        ("74740", "93976", PairStatus.NOT_LOADED),
        ("93976", "74740", PairStatus.NOT_LOADED),
        ("74740", "0042T", PairStatus.NOT_LOADED),
    ],
)
def test_pair_with_a_code_the_file_did_not_cover_is_not_loaded(a, b, status):
    release = make_quarter(scope=[[key_of("70010"), key_of("79999")]])

    assert pair(a, b, ON) == asked(status, a=a, b=b, release=release)


@pytest.mark.parametrize(("on", "outside"), [(date(2024, 9, 30), False), (date(2026, 3, 2), True)])
def test_pair_tells_a_day_outside_the_quarter(on, outside):
    release = make_quarter()

    answer = pair("74740", "74742", on)

    assert answer == asked(PairStatus.NO_EDIT, on=on, release=release, outside=outside)


@pytest.mark.parametrize("codes", [["74740", "74742"], ["74740", "74742", "58340", "76831"]])
def test_pairs_among_take_two_queries_and_agree_with_pair(codes, django_assert_num_queries):
    release = make_quarter()
    for other in codes[2:]:
        make_edit(other, "74740", release=release)

    with django_assert_num_queries(2):
        answers = pairs_among(codes, ON)

    assert answers == [pair(a, b, ON) for a, b in combinations(codes, 2)]


@pytest.mark.parametrize("others", [["74742"], ["74742", "58340", "76831"]])
def test_pairs_take_two_queries_whatever_their_number(others, django_assert_num_queries):
    release = make_quarter()
    for other in others:
        make_edit(other, "74740", release=release)

    with django_assert_num_queries(2):
        answers = pairs("74740", others, ON)

    assert [(each.b, each.column1) for each in answers] == [(other, other) for other in others]
