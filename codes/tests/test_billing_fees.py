from datetime import date
from decimal import Decimal

import pytest

from codes.billing import FeeAnswer, FeeStatus, components, fee, localities, price
from codes.codes import key_of
from codes.models import ReleaseKind
from codes.releases import NON_QUALIFYING, QUALIFYING
from codes.tests.factories import make_locality, make_release, make_schedule, make_value

pytestmark = pytest.mark.django_db

ON = date(2025, 8, 15)


def stored(**fields):
    """A value as the database gives it back, in the schedule of 2025."""
    release = fields.pop("release", None) or make_schedule(2025)
    row = make_value(release=release, **fields)
    row.refresh_from_db()
    return row


def make_indices(year=2025):
    return make_release(ReleaseKind.GPCI, date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize(
    ("facility", "amount", "expense"), [(False, "123.00", "3.00"), (True, "93.00", "2.00")]
)
def test_fee_takes_the_expense_of_the_setting(facility, amount, expense):
    row = stored()

    answer = fee("74740", "", None, facility, ON)

    assert answer == FeeAnswer(
        FeeStatus.PRICED,
        "74740",
        "",
        facility,
        ON,
        amount=Decimal(amount),
        value=row,
        release=row.release,
    )
    assert answer.formula == f"(1.00 × 1 + {expense} × 1 + 0.10 × 1) × 30.0000"


def test_fee_of_a_locality_weighs_each_part_by_its_index():
    stored()
    place = make_locality(release=make_indices(), work="1.065", pe="1.166", mp="1.656")

    answer = fee("74740", "", place, False, ON)

    assert answer.amount == Decimal("141.86")  # (1.065 + 3.498 + 0.1656) * 30 = 141.858
    assert answer.locality == place
    assert answer.formula == "(1.00 × 1.065 + 3.00 × 1.166 + 0.10 × 1.656) × 30.0000"


@pytest.mark.parametrize(
    ("work", "factor", "amount"),
    [
        ("1.00", "1.0050", "1.01"),  # half a cent goes up
        ("1.00", "1.0049", "1.00"),
        ("3.00", "1.0017", "3.01"),  # 3.0051: rounded part by part it would be 3.00
    ],
)
def test_fee_is_rounded_half_up_and_only_at_the_end(work, factor, amount):
    stored(work=work, pe_nonfacility=0, mp=0, conversion_factor=factor)

    answer = fee("74740", "", None, False, ON)

    assert str(answer.amount) == amount
    assert type(answer.amount) is Decimal


@pytest.mark.parametrize("modifier", ["", "26", "TC", "53"])
def test_fee_of_a_modifier_is_that_of_its_own_row(modifier):
    release = make_schedule(2025)
    for number, each in enumerate(["", "26", "TC", "53"], 1):
        make_value(modifier=each, work=number, release=release)

    answer = fee("74740", modifier, None, False, ON)

    expected = {"": "123.00", "26": "153.00", "TC": "183.00", "53": "213.00"}
    assert (answer.modifier, answer.amount) == (modifier, Decimal(expected[modifier]))


@pytest.mark.parametrize(
    ("bilateral", "amount", "times"),
    [("0", "123.00", "1"), ("1", "184.50", "1.5"), ("2", "123.00", "1"), ("3", "246.00", "2")],
)
def test_fee_of_both_sides_goes_by_the_bilateral_indicator(bilateral, amount, times):
    stored(code="52332", bilateral=bilateral)

    answer = fee("52332", "50", None, False, ON)

    assert (answer.modifier, answer.amount) == ("50", Decimal(amount))
    assert answer.times == Decimal(times)


def test_fee_of_both_sides_shows_the_share_in_its_formula():
    stored(code="52332", bilateral="1")

    answer = fee("52332", "50", None, True, ON)

    assert answer.formula == "(1.00 × 1 + 2.00 × 1 + 0.10 × 1) × 30.0000 × 1.5"


@pytest.mark.parametrize(
    ("modifier", "bilateral"), [("26", "1"), ("TC", "1"), ("53", "1"), ("LT", "1"), ("50", "9")]
)
def test_fee_of_a_modifier_the_code_has_not_is_no_row(modifier, bilateral):
    row = stored(code="58340", bilateral=bilateral)

    answer = fee("58340", modifier, None, False, ON)

    assert answer == FeeAnswer(FeeStatus.NO_ROW, "58340", modifier, False, ON, release=row.release)
    assert answer.formula == ""


@pytest.mark.parametrize("status", list("ART"))
def test_fee_is_paid_in_these_statuses(status):
    stored(status=status)

    assert fee("74740", "", None, False, ON).status == FeeStatus.PRICED


@pytest.mark.parametrize(
    ("status", "told"),
    [("C", FeeStatus.CONTRACTOR), *((each, FeeStatus.NOT_PAID) for each in "BDEFGHIJMNPX")],
)
def test_fee_is_not_worked_in_other_statuses(status, told):
    row = stored(status=status)

    answer = fee("74740", "", None, False, ON)

    assert answer == FeeAnswer(told, "74740", "", False, ON, value=row, release=row.release)
    assert answer.formula == ""


@pytest.mark.parametrize(("facility", "rarely"), [(False, False), (True, True)])
def test_fee_tells_where_the_service_is_rarely_done(facility, rarely):
    stored(na_facility=True)

    assert fee("74740", "", None, facility, ON).rarely is rarely


@pytest.mark.parametrize(
    ("opps", "amount", "capped"),
    [("2.50", "106.50", True), ("3.00", "121.50", True), ("3.10", "123.00", False)],
)
@pytest.mark.parametrize("facility", [False, True])
def test_fee_of_imaging_is_held_to_the_outpatient_amount(opps, amount, capped, facility):
    stored(pe_facility="3.00", opps_nonfacility=opps, opps_facility=opps, opps_mp="0.05")

    answer = fee("74740", "", None, facility, ON)

    assert (answer.amount, answer.capped) == (Decimal(amount), capped)
    used = f"{opps} × 1 + 0.05" if capped else "3.00 × 1 + 0.10"
    assert answer.formula == f"(1.00 × 1 + {used} × 1) × 30.0000"


def test_fee_without_an_outpatient_amount_in_the_setting_is_not_held_to_it():
    stored(opps_nonfacility="2.50", opps_facility=0, opps_mp="0.05")

    answer = fee("74740", "", None, True, ON)

    assert (answer.amount, answer.capped) == (Decimal("93.00"), False)


def test_fee_without_a_schedule_says_what_is_missing():
    answer = fee("74740", "", None, False, ON)

    assert answer == FeeAnswer(
        FeeStatus.NOT_LOADED, "74740", "", False, ON, missing="fee schedule of 2025"
    )


def test_fee_of_a_code_the_file_did_not_cover_says_what_is_missing():
    release = make_schedule(2025, name="RVU25D", scope=[[key_of("70010"), key_of("79999")]])

    answer = fee("93976", "", None, False, ON)

    assert answer == FeeAnswer(
        FeeStatus.NOT_LOADED, "93976", "", False, ON, release=release, missing="93976 in RVU25D"
    )


@pytest.mark.parametrize("year", [2024, 2026])
def test_fee_by_indices_of_another_year_is_not_loaded(year):
    release = stored().release
    place = make_locality(release=make_indices(year))

    answer = fee("74740", "", place, False, ON)

    assert answer == FeeAnswer(
        FeeStatus.NOT_LOADED,
        "74740",
        "",
        False,
        ON,
        locality=place,
        release=release,
        missing="locality indices (GPCI) of 2025",
    )


def test_fee_tells_a_day_outside_the_quarter_of_the_release():
    row = stored(release=make_schedule(2025, first_month=10))

    answer = fee("74740", "", None, False, ON)

    assert (answer.status, answer.release, answer.outside) == (FeeStatus.PRICED, row.release, True)


@pytest.mark.parametrize(
    ("schedule", "status"),
    [(NON_QUALIFYING, FeeStatus.PRICED), (QUALIFYING, FeeStatus.NOT_LOADED)],
)
def test_fee_of_2026_is_that_of_the_schedule_asked_for(schedule, status):
    stored(release=make_schedule(2026, variant=NON_QUALIFYING))

    assert fee("74740", "", None, False, date(2026, 8, 15), schedule).status == status


def test_price_of_a_row_is_the_fee_without_its_release():
    row = stored(modifier="26")
    place = make_locality(release=make_indices(), pe="0.869")

    answer = price(row, place, True, on=ON)

    assert answer == FeeAnswer(
        FeeStatus.PRICED, "74740", "26", True, ON, Decimal("85.14"), row, place
    )


def test_components_are_the_whole_and_its_parts():
    release = make_schedule(2025)
    rows = [make_value(modifier=each, release=release) for each in ("TC", "", "26")]
    make_value("74742", release=release)

    dated, found = components("74740", ON)

    assert dated.release == release
    assert found == [rows[1], rows[2], rows[0]]


def test_components_without_a_schedule_are_none():
    assert components("74740", ON) == (None, [])


def test_localities_are_those_of_the_year():
    release = make_indices()
    ohio = make_locality(release=release, mac="15202", state="OH")
    alabama = make_locality(release=release)
    make_locality(release=make_indices(2024))

    assert localities(ON) == [alabama, ohio]
    assert localities(date(2026, 8, 15)) == []
