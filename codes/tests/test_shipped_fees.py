"""The fee schedules that ship, against sums worked elsewhere."""

import csv
import gzip
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from codes.billing import FeeStatus, fee, localities, price
from codes.models import RelativeValue, Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_figures")]

IN_2025, IN_2026 = date(2025, 11, 15), date(2026, 8, 15)
ALABAMA, MANHATTAN, SAN_FRANCISCO = ("10112", "00"), ("13202", "01"), ("01112", "05")
CAPS = settings.BASE_DIR.parent / "shared" / "data" / "cms" / "OPPSCAP_Oct.csv.gz"

# Worked by hand from RVU25D, GPCI2025 and RVU26C: place, code, modifier, facility, amount.
GOLDEN_2025 = [
    (ALABAMA, "74740", "", False, "77.50"),
    (ALABAMA, "74740", "26", False, "16.60"),
    (ALABAMA, "74740", "TC", False, "60.90"),
    (ALABAMA, "74400", "", False, "113.29"),
    (ALABAMA, "58340", "", False, "198.50"),
    (ALABAMA, "58340", "", True, "51.49"),
    (ALABAMA, "99213", "", False, "81.86"),
    (ALABAMA, "99213", "", True, "59.93"),
    (MANHATTAN, "74740", "", False, "101.44"),
    (MANHATTAN, "74400", "", False, "148.77"),
    (MANHATTAN, "58340", "", False, "262.76"),
    (MANHATTAN, "99213", "", False, "101.06"),
    (None, "74740", "", False, "87.66"),
    (None, "99213", "", False, "88.95"),
]
GOLDEN_2026 = [
    ("74740", "", False, "90.18"),
    ("74740", "26", False, "17.70"),
    ("74740", "TC", False, "72.48"),
    ("74400", "", False, "131.93"),
    ("58340", "", False, "236.81"),
    ("58340", "", True, "52.11"),
    ("99213", "", False, "95.19"),
    ("99213", "", True, "57.45"),
]


def locality(key):
    return next((row for row in localities(IN_2025) if (row.mac, row.number) == key), None)


def caps_of(place):
    """CMS's outpatient caps of one locality outside a facility, by code and modifier."""
    with gzip.open(CAPS, "rt", encoding="latin-1") as lines:
        rows = [row for row in csv.reader(lines) if row]
    mine = [row for row in rows if (row[3], f"{row[4]:0>2}") == place]
    return {(row[0], row[1]): Decimal(row[6]) for row in mine}


@pytest.mark.parametrize(("place", "code", "modifier", "facility", "amount"), GOLDEN_2025)
def test_fee_of_2025_is_the_golden_one(place, code, modifier, facility, amount):
    answer = fee(code, modifier, locality(place), facility, IN_2025)

    assert (answer.status, str(answer.amount)) == (FeeStatus.PRICED, amount)
    assert (answer.release.name, answer.outside) == ("RVU25D", False)
    assert type(answer.amount) is Decimal


@pytest.mark.parametrize(("code", "modifier", "facility", "amount"), GOLDEN_2026)
def test_national_fee_of_2026_is_the_golden_one(code, modifier, facility, amount):
    answer = fee(code, modifier, None, facility, IN_2026)

    assert (answer.status, str(answer.amount)) == (FeeStatus.PRICED, amount)
    assert (answer.release.name, answer.outside) == ("RVU26C", False)
    assert type(answer.amount) is Decimal


@pytest.mark.parametrize(
    ("code", "modifier", "status"),
    [
        ("74742", "", FeeStatus.CONTRACTOR),
        ("74742", "TC", FeeStatus.CONTRACTOR),
        ("74742", "26", FeeStatus.PRICED),
        ("58340", "26", FeeStatus.NO_ROW),
        ("52332", "TC", FeeStatus.NO_ROW),
        ("36000", "", FeeStatus.NOT_PAID),
        ("99446", "", FeeStatus.PRICED),
        ("33533", "", FeeStatus.NOT_LOADED),
    ],
)
def test_fee_of_2026_tells_why_there_is_none(code, modifier, status):
    assert fee(code, modifier, None, False, IN_2026).status == status


def test_fee_of_a_locality_in_2026_is_not_worked_by_the_indices_of_2025():
    answer = fee("74740", "", locality(ALABAMA), False, IN_2026)

    assert (answer.status, answer.amount) == (FeeStatus.NOT_LOADED, None)
    assert answer.missing == "locality indices (GPCI) of 2026"


@pytest.mark.parametrize(
    ("on", "release", "outside"),
    [
        (date(2026, 3, 2), "RVU26C", True),
        (date(2026, 7, 1), "RVU26C", False),
        (date(2026, 9, 30), "RVU26C", False),
        (date(2026, 10, 1), "RVU26C", True),
        (date(2025, 5, 1), "RVU25D", True),
    ],
)
def test_fee_outside_the_quarter_says_so(on, release, outside):
    answer = fee("74740", "", None, False, on)

    assert (answer.release.name, answer.outside) == (release, outside)


@pytest.mark.parametrize("name", ["RVU25D", "RVU26C"])
def test_outpatient_cap_never_touches_the_reading(name):
    """It lowers the technical part alone, so the whole less its reading is what TC is held to."""
    rows = RelativeValue.objects.filter(release__name=name, status__in="ART")
    by_part = {(row.code, row.modifier): price(row, None, False, on=IN_2026) for row in rows}
    capped = {key for key, answer in by_part.items() if answer.capped}

    assert {modifier for _code, modifier in capped} == {"", "TC"}
    for code, _modifier in capped & {key for key in capped if not key[1]}:
        whole, reading, technical = (by_part[code, part].amount for part in ("", "26", "TC"))
        assert abs(whole - reading - technical) <= Decimal("0.01"), code


@pytest.mark.skipif(not CAPS.exists(), reason="needs ../shared")
@pytest.mark.parametrize("place", [ALABAMA, MANHATTAN, SAN_FRANCISCO])
def test_outpatient_cap_binds_where_cms_says_and_to_its_cent(place):
    """CMS rounds the parts of its own file, so a cent either way is the same."""
    published, there = caps_of(place), locality(place)
    rows = RelativeValue.objects.filter(release__name="RVU25D", status="A", opps_mp__gt=0)

    fees = {(row.code, row.modifier): price(row, there, False, on=IN_2025) for row in rows}

    assert {key for key, answer in fees.items() if answer.capped} == set(published) & set(fees)
    for key, cap in published.items():
        assert key not in fees or abs(fees[key].amount - cap) <= Decimal("0.01"), key


def test_no_shipped_amount_is_a_float():
    for release in Release.objects.filter(kind="pfs"):
        rows = RelativeValue.objects.filter(release=release)
        amounts = {type(price(row, None, True, on=IN_2025).amount) for row in rows}

        assert amounts == {Decimal, type(None)}
