"""The edits that ship, against those that people read in CMS's table."""

import csv
from datetime import date
from itertools import groupby, product
from operator import itemgetter

import pytest
from django.conf import settings

from codes.billing import PairStatus, pair, pairs
from codes.releases import OUTPATIENT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_figures")]

ON = date(2024, 8, 15)
STATUS = {0: PairStatus.NO_BYPASS, 1: PairStatus.BYPASSABLE}
EXCERPT = (
    settings.BASE_DIR.parent / "shared" / "data" / "cms" / "ncci_ptp_practitioner_2024q3_demo.tsv"
)
IV_UROGRAPHY = "74400 74410 74415 74420 74425"
URINARY = f"{IV_UROGRAPHY} 74430 74440 74445 74450 74455 74470 74485"

# Column one, column two, indicator; several codes stand for each with each.
EDITS = [
    ("74742", "74740", 1),
    ("58345", "58340", 1),
    ("74740", "76000 77001 77002", 1),
    ("74740", "99446 99447 99448 99449 99451 99452", 0),
    ("58340", "51701 51702", 0),
    ("58340", "51703 76942 76998 99213 99214", 1),
    ("76831", "76830", 1),
    ("76831", "76801 76815", 0),
    ("76830", "76815", 0),
    ("76805 76817", "76830 76831 76856 76857", 0),
    ("76856", "76857 93976", 1),
    ("93975", "76856", 1),
    ("76857", "93975 93976", 1),
    ("76856 76857", "51798", 0),
    ("74415", "74400 74410 74420 74425", 1),
    ("74410", "74420 74425", 1),
    ("74400", "74410 74420", 1),
    ("74400", "74018 74019 74022", 1),
    ("74410 74415 74420 74425", "74018 74019 74021", 1),
    (URINARY, "36000 36410", 1),
    (IV_UROGRAPHY, "96360 96365 96372 96374 96375", 1),
    ("74470 74485", "96372 96374 96375", 1),
    ("74420", "74430 74450 74455", 0),
    ("74420 74430 74450 74455", "51701 51702 51703", 0),
    ("74430", "74455", 1),
    ("74455 74440", "74450", 1),
    ("74450", "51600", 0),
    ("52005", "51600 51610", 0),
    ("52005", "50684", 1),
    ("52281", "51600 51605 51610", 1),
    ("52332", "52005 50430 50431 50684", 1),
    ("52356", "52332 52351 52352 52353", 1),
    ("52005 52332 52204 52281", "52000", 0),
    ("51610", "51600", 1),
    ("74712 74713", "72195", 0),
    ("76700", "76705", 1),
    ("76770", "76775", 1),
    ("74177", "74176", 1),
    ("74178", "74177", 1),
]
# Procedures and the films read with them.
NO_EDIT = """
    58340+74740 58340+76831 58345+74742 51600+74430 51600+74455 51605+74430 51610+74450 50684+74425
    50690+74425 50390+74425 50390+74470 52005+74420 55300+74440 54230+74445
    52332+74420 52351+74420 52356+74420 58345+74740 74740+76830 74740+76831 74740+76856 76831+76856
    76870+76856 76870+93975 76870+93976
"""


SINGLE_EDITS = [
    (column1, column2, indicator)
    for firsts, seconds, indicator in EDITS
    for column1, column2 in product(firsts.split(), seconds.split())
]


@pytest.mark.parametrize(("column1", "column2", "indicator"), SINGLE_EDITS)
def test_shipped_edit_stands_with_its_indicator(column1, column2, indicator):
    answer = pair(column2, column1, ON)

    assert (answer.status, answer.indicator) == (STATUS[indicator], indicator)
    assert (answer.column1, answer.column2) == (column1, column2)
    assert (str(answer.release), answer.outside) == ("PTP 2024Q3 practitioner", False)
    assert answer.rationale


@pytest.mark.parametrize("codes", NO_EDIT.split())
@pytest.mark.parametrize("backwards", [False, True])
def test_shipped_edits_leave_these_pairs_alone(codes, backwards):
    a, b = sorted(codes.split("+"), reverse=backwards)

    answer = pair(a, b, ON)

    assert (answer.status, answer.column1, answer.indicator) == (PairStatus.NO_EDIT, "", None)
    assert str(answer.release) == "PTP 2024Q3 practitioner"


@pytest.mark.parametrize(
    ("on", "status"),
    [(date(2004, 3, 31), PairStatus.BYPASSABLE), (date(2004, 4, 1), PairStatus.NOT_ON_DATE)],
)
def test_shipped_edits_tell_of_one_that_was_deleted(on, status):
    answer = pair("76830", "76856", on)

    assert (answer.status, answer.deleted_on) == (status, date(2004, 3, 31))


@pytest.mark.parametrize("other", ["00100", "33533", "0042T", "J9030"])
def test_shipped_edits_say_nothing_of_codes_outside_their_scope(other):
    assert pair("74740", other, ON).status == PairStatus.NOT_LOADED


def test_shipped_edits_of_the_hospital_are_another_table():
    answer = pair("74742", "74740", ON, OUTPATIENT)

    assert (str(answer.release), answer.status) == ("PTP 2024Q3 outpatient", PairStatus.BYPASSABLE)


@pytest.mark.parametrize(
    ("on", "outside"),
    [(date(2024, 6, 30), True), (date(2024, 7, 1), False), (date(2026, 3, 2), True)],
)
def test_shipped_edits_tell_a_day_outside_their_quarter(on, outside):
    assert pair("58340", "74740", on).outside is outside


@pytest.mark.skipif(not EXCERPT.exists(), reason="needs ../shared")
def test_shipped_edits_hold_every_row_of_the_excerpt():
    with EXCERPT.open(newline="") as lines:
        next(lines)  # a notice
        rows = sorted(tuple(row) for row in csv.reader(lines, delimiter="\t"))[:-1]  # no heading

    found = [
        answer
        for column1, mine in groupby(rows, itemgetter(0))
        for answer in pairs(column1, [row[1] for row in mine], ON)
    ]

    told = [(each.column1, each.column2, str(each.indicator), each.rationale) for each in found]
    assert told == rows
