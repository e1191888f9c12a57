"""The files that CMS published, as a whole. What the AMA and the ADA license was taken out."""

import csv
import gzip
from collections import Counter
from datetime import date
from itertools import islice

import pytest
from django.conf import settings

from codes import billing
from codes.intake import ncci
from codes.intake.files import lines_of
from codes.models import Code, Locality, Modifier, RelativeValue
from codes.releases import PRACTITIONER
from codes.tests.intake_samples import put, read_in, rows_in

REAL = settings.BASE_DIR.parent / "shared" / "data" / "cms"
DAY = date(2025, 10, 1)
RVU25D = {"name": "RVU25D", "effective_from": DAY}
EDITS = "ncci_ptp_practitioner_2024q3.csv.gz"
DENTAL = "dental codes, which the ADA licenses"
ENDED = 71  # codes of 2025 that RVU26C does not name

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"the files of CMS do not lie in {REAL}"),
]


@pytest.mark.parametrize(
    ("kind", "name", "rows", "left_out"),
    [
        ("gpci", "GPCI2025.csv", 109, {}),
        ("mue", "ncci_mue_prac_2024q3.csv.gz", 14_607, {DENTAL: 70}),
        ("mue", "ncci_mue_out_2024q3.csv.gz", 14_558, {DENTAL: 70}),
        ("addon", "ncci_add_on_codes_2024q3.csv.gz", 7_465, {}),
        ("rbcs", "rbcs_2024.csv.gz", 15_429, {DENTAL: 95, "earlier labels of a code": 1_509}),
        ("icd10cm", "icd10cm-codes-2024.txt.gz", 74_044, {}),
        ("icd10pcs", "icd10pcs-codes-2024.txt.gz", 78_603, {}),
    ],
)
def test_real_file_is_loaded_whole(kind, name, rows, left_out):
    outcome = read_in(kind, REAL / name)

    assert (outcome.rows, outcome.left_out) == (rows, left_out)


def test_real_fee_schedules_end_the_codes_that_2026_leaves_out():
    of_2025 = read_in("pfs", REAL / "PPRRVU2025_Oct.csv.gz")

    of_2026 = read_in("pfs", REAL / "PPRRVU2026_Jul_nonQPP.csv.gz")

    assert (of_2025.rows, of_2026.rows) == (18_144, 18_384)
    assert of_2026.left_out == {"placeholders of CMS, which are no codes": 1}
    assert Code.objects.filter(valid_to=date(2025, 12, 31)).count() == of_2026.ended == ENDED
    assert set(Code.objects.filter(system="CPT").values_list("short_text", "long_text")) == {
        ("", "")
    }


def test_real_fixed_width_twin_holds_the_same_rows():
    read_in("pfs", REAL / "PPRRVU2025_Oct.csv.gz")
    delimited = rows_in(RelativeValue)

    read_in("pfs", REAL / "PPRRVU2025_Oct.txt.gz", **RVU25D)

    assert rows_in(RelativeValue) == delimited


def test_real_hcpcs_lists_follow_one_another():
    of_2019 = read_in("hcpcs", REAL / "HCPC2019_CONTR_ANWEB.txt.gz")
    long = Code.objects.get(code="A0427").long_text

    of_2024 = read_in("hcpcs", REAL / "hcpcs_level2_2024july.csv.gz")

    assert (of_2019.rows, of_2019.modifiers, of_2024.rows) == (
        6_440,
        Modifier.objects.count(),
        8_033,
    )
    assert long == (
        "Ambulance service, advanced life support, emergency transport, level 1 (als 1 - emergency)"
    )


def test_real_outpatient_cap_is_worked_to_the_cent():
    """CMS lists what each capped service comes to, by locality; all else is not capped.

    Localities that the list has and the indices have not are those of California that share
    another's. Services that contractors price are no part of it.
    """
    read_in("pfs", REAL / "PPRRVU2025_Oct.csv.gz")
    read_in("gpci", REAL / "GPCI2025.csv")
    listed, places = capped_prices(), {(row.mac, row.number): row for row in Locality.objects.all()}

    worked = {}
    for value in RelativeValue.objects.filter(opps_nonfacility__gt=0, status__in="ART"):
        for key, place in places.items():
            answers = [billing.price(value, place, facility, on=DAY) for facility in (True, False)]
            if any(answer.capped for answer in answers):
                amounts = tuple(str(answer.amount) for answer in answers)
                worked[value.code, value.modifier, *key] = amounts

    assert len(worked) == 58 * 109
    assert worked == {key: price for key, price in listed.items() if key[2:] in places}


def capped_prices():
    with gzip.open(REAL / "OPPSCAP_Oct.csv.gz", "rt") as lines:
        rows = [row for row in csv.reader(lines) if row[2] in "ART"]
    return {tuple(row[:2] + row[3:5]): (row[5], row[6]) for row in rows}


def test_real_edits_are_read():
    """Of two and a half million, whose reading takes most of a minute, the first 400,000."""
    with lines_of(REAL / EDITS, watch=False) as lines:
        batch = ncci.read_edits(lines, EDITS)
        found = Counter((row[2], row[4] is None) for row in islice(batch.rows, 400_000))

    assert (batch.told.name, batch.told.variant) == ("PTP 2024Q3", PRACTITIONER)
    assert (found.total(), batch.left_out) == (400_000, {})
    assert (found[0, True], found[1, True]) == (78_948, 167_418)


def test_real_edits_are_loaded(tmp_path):
    with lines_of(REAL / EDITS, watch=False) as lines:
        head = "".join(f"{text}\n" for _number, text in islice(lines, 100_001))

    outcome = read_in("ptp", put(tmp_path, EDITS, head))

    assert outcome.rows == 100_000
