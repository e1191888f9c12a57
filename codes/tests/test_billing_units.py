from datetime import date

import pytest

from codes.billing import AddOnAnswer, UnitsAnswer, add_ons, units
from codes.codes import key_of
from codes.models import ReleaseKind
from codes.releases import OUTPATIENT, PRACTITIONER
from codes.tests.factories import make_add_on, make_limit, make_release

pytestmark = pytest.mark.django_db

ON = date(2024, 8, 15)
IMAGING = [[key_of("70010"), key_of("79999")]]


def test_units_tell_the_limit_and_its_release():
    release = make_release(ReleaseKind.MUE)
    limit = make_limit("74740", 1, release=release)

    assert units("74740", ON) == UnitsAnswer("74740", ON, PRACTITIONER, limit, release)


def test_units_without_a_row_are_loaded_and_not_unlimited():
    release = make_release(ReleaseKind.MUE)

    assert units("74740", ON) == UnitsAnswer("74740", ON, PRACTITIONER, None, release)


def test_units_without_a_release_are_not_loaded():
    make_limit("74740", release=make_release(ReleaseKind.MUE))

    assert units("74740", ON, OUTPATIENT) == UnitsAnswer("74740", ON, OUTPATIENT)


def test_units_of_a_code_the_file_did_not_cover_are_not_loaded():
    make_release(ReleaseKind.MUE, scope=IMAGING)

    assert units("93976", ON) == UnitsAnswer("93976", ON, PRACTITIONER)


@pytest.mark.parametrize(
    ("on", "limit", "outside"),
    [
        (date(2024, 5, 1), 2, False),
        (date(2024, 8, 15), 1, False),
        (date(2026, 8, 15), 1, True),
    ],
)
def test_units_are_those_of_the_quarter_of_the_day(on, limit, outside):
    make_limit(
        "74740", 2, release=make_release(ReleaseKind.MUE, date(2024, 4, 1), date(2024, 6, 30))
    )
    make_limit("74740", 1, release=make_release(ReleaseKind.MUE))

    answer = units("74740", on)

    assert (answer.limit.units, answer.outside) == (limit, outside)


def test_add_ons_tell_what_an_add_on_code_stands_beside():
    release = make_release(ReleaseKind.ADD_ON)
    make_add_on("50706", "50690", release=release)
    make_add_on("50706", "50382", 3, release=release)
    make_add_on("76812", "76811", release=release)

    answer = add_ons("50706", ON)

    assert answer.is_add_on
    assert answer == AddOnAnswer(
        "50706", primaries=("50382", "50690"), edit_types=(1, 3), release=release
    )


def test_add_ons_tell_what_stands_beside_a_primary_code():
    release = make_release(ReleaseKind.ADD_ON)
    make_add_on("76812", "76811", release=release)
    make_add_on("50706", "50690", release=release)

    answer = add_ons("76811", ON)

    assert not answer.is_add_on
    assert answer == AddOnAnswer("76811", add_ons=("76812",), release=release)


def test_add_ons_tell_where_the_contractor_decides():
    release = make_release(ReleaseKind.ADD_ON)
    make_add_on("0054T", "CCCCC", 2, release=release)

    answer = add_ons("0054T", ON)

    assert answer.is_add_on
    assert answer == AddOnAnswer("0054T", contractor_decides=True, edit_types=(2,), release=release)


def test_add_ons_of_a_code_without_a_rule_name_the_release():
    release = make_release(ReleaseKind.ADD_ON)

    assert add_ons("74740", ON) == AddOnAnswer("74740", release=release)


def test_add_ons_without_a_release_are_not_loaded():
    assert add_ons("74740", ON) == AddOnAnswer("74740")


def test_add_ons_of_a_code_the_file_did_not_cover_are_not_loaded():
    make_add_on("0054T", "74740", release=make_release(ReleaseKind.ADD_ON, scope=IMAGING))

    assert add_ons("0054T", ON) == AddOnAnswer("0054T")
