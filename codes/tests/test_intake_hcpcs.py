from datetime import date

import pytest

from codes.intake.files import BadFile
from codes.intake.hcpcs import told_by
from codes.intake.store import OlderRelease
from codes.models import Code, Modifier
from codes.tests.intake_samples import HCPCS_HEADING, hcpcs, lines, put, read_in, record, rows_in

pytestmark = pytest.mark.django_db
NAME = "HCPC2025_OCT_ANWEB.txt"
SYRINGE = record("A4206", "3", "A made up syringe", "Syringe", added="19850101")
DENTAL = {"dental codes, which the ADA licenses": 1}


def refusal(path):
    with pytest.raises(BadFile) as caught:
        read_in("hcpcs", path)
    return str(caught.value)


def codes_with(*names):
    return list(Code.objects.order_by("code").values_list("code", *names))


def test_hcpcs_record_has_320_places():
    assert {len(SYRINGE), len(record("LT", "7", "A side"))} == {320}


def test_hcpcs_reads_records_below_notices(tmp_path):
    ended = record("J9999", "3", "A made up drug", "Drug", added="20100101", ended="20241231")

    outcome = read_in("hcpcs", put(tmp_path, NAME, hcpcs(SYRINGE, ended)))

    first = ("HCPCS", "A4206", date(1985, 1, 1), None, "")
    last = ("HCPCS", "J9999", date(2010, 1, 1), date(2024, 12, 31), "stated")
    assert rows_in(Code) == [
        (*first, "Syringe", "A made up syringe", True, "C"),
        (*last, "Drug", "A made up drug", True, "C"),
    ]
    release = outcome.release
    assert (release.name, release.effective_from) == ("HCPCS 2025-10", date(2025, 10, 1))


def test_hcpcs_joins_the_records_of_a_long_text(tmp_path):
    content = hcpcs(
        record("A4206", "3", "A made up syringe, which needs", "Syringe"),
        record("A4206", "4", "more than one record and"),
        record("A4206", "4", "ends here (naïve)"),
        record("A4207", "3", "Another", "Another"),
    )

    read_in("hcpcs", put(tmp_path, NAME, content))

    joined = "A made up syringe, which needs more than one record and ends here (naïve)"
    assert codes_with("long_text") == [("A4206", joined), ("A4207", "Another")]


def test_hcpcs_adds_modifiers_we_have_no_words_for(tmp_path):
    Modifier.objects.create(code="LT", kind="hcpcs", meaning="Our own words")
    content = hcpcs(
        record("LT", "7", "A made up side"),
        record("QX", "7", "A made up case, which needs"),
        record("QX", "8", "a second record"),
        SYRINGE,
    )

    outcome = read_in("hcpcs", put(tmp_path, NAME, content))

    assert list(Modifier.objects.values_list("code", "kind", "meaning")) == [
        ("LT", "hcpcs", "Our own words"),
        ("QX", "hcpcs", "A made up case, which needs a second record"),
    ]
    assert (outcome.rows, outcome.modifiers) == (1, 1)


def test_hcpcs_reads_a_table_alike(tmp_path):
    content = lines(
        HCPCS_HEADING,
        "a4206,Syringe,A made up syringe,C,,1985-01-01",
        "J9999,Drug,A made up drug,C,2024-12-31,2010-01-01",
        "QX,,A made up case,,,",
        "D0120,,A made up tooth,,,",
    )

    outcome = read_in("hcpcs", put(tmp_path, "hcpcs_level2_2024july.csv", content))

    assert codes_with("short_text", "valid_from", "valid_to", "end_basis", "coverage") == [
        ("A4206", "Syringe", date(1985, 1, 1), None, "", "C"),
        ("J9999", "Drug", date(2010, 1, 1), date(2024, 12, 31), "stated", "C"),
    ]
    assert (outcome.left_out, outcome.modifiers) == (DENTAL, 1)


def test_hcpcs_refuses_dental_records_with_all_their_text(tmp_path):
    dental = record("D0120", "3", "A made up tooth"), record("D0120", "4", "more of it")

    outcome = read_in("hcpcs", put(tmp_path, NAME, hcpcs(*dental, SYRINGE)))

    assert codes_with("long_text") == [("A4206", "A made up syringe")]
    assert outcome.left_out == DENTAL


def test_hcpcs_passes_blank_lines_and_ends_with_a_modifier(tmp_path):
    content = hcpcs(SYRINGE, " ", record("QX", "7", "A made up case"))

    outcome = read_in("hcpcs", put(tmp_path, NAME, content))

    assert (outcome.rows, outcome.modifiers) == (1, 1)


def test_hcpcs_keeps_codes_by_their_sort_key(tmp_path):
    read_in("hcpcs", put(tmp_path, NAME, hcpcs(SYRINGE)))

    assert codes_with("key") == [("A4206", 104_206)]


def test_hcpcs_ends_and_revives_what_a_newer_list_lacks_and_names(tmp_path):
    other = record("A4207", "3", "Another", "Another")
    read_in("hcpcs", put(tmp_path, "HCPC2024_JAN_ANWEB.txt", hcpcs(SYRINGE, other)))

    ended = read_in("hcpcs", put(tmp_path, "HCPC2024_JUL_ANWEB.txt", hcpcs(SYRINGE))).ended
    assert codes_with("valid_to", "end_basis") == [
        ("A4206", None, ""),
        ("A4207", date(2024, 6, 30), "inferred"),
    ]
    read_in("hcpcs", put(tmp_path, "HCPC2024_OCT_ANWEB.txt", hcpcs(other, SYRINGE)))

    assert ended == 1
    assert codes_with("valid_to") == [("A4206", None), ("A4207", None)]


def test_hcpcs_list_older_than_what_is_loaded_is_refused(tmp_path):
    read_in("hcpcs", put(tmp_path, "HCPC2025_OCT_ANWEB.txt", hcpcs(SYRINGE)))

    with pytest.raises(OlderRelease, match="is of HCPCS 2019-01, and HCPCS 2025-10 is loaded"):
        read_in("hcpcs", put(tmp_path, "HCPC2019_CONTR_ANWEB.txt", hcpcs(SYRINGE, SYRINGE)))


@pytest.mark.parametrize(
    ("records", "problem"),
    [
        ([SYRINGE, SYRINGE[:200]], "line 7: the record ends after 200 places"),
        ([SYRINGE[:200]], "line 6: the record ends after 200 places"),
        (
            [SYRINGE, record("A4207", "5", "A")],
            "line 7, column 11: '5' is no kind of record (3, 4, 7, 8)",
        ),
        (
            [record("A4206", "4", "A"), SYRINGE],
            "line 6, column 11: a record of more text follows no record of its code",
        ),
        (
            [SYRINGE, record("A4207", "4", "A")],
            "line 7, column 11: a record of more text follows no record of its code",
        ),
        ([record("74400", "3", "A")], "line 6, column 1-5: '74400' is no HCPCS Level II code"),
        ([SYRINGE, SYRINGE], "line 7, column 1: A4206 stands there twice"),
    ],
)
def test_hcpcs_records_name_line_and_column(tmp_path, records, problem):
    assert refusal(put(tmp_path, NAME, hcpcs(*records))) == problem


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("74400,A,A,C,,", "line 2, column code: '74400' is no HCPCS Level II code"),
        ("A4206,A,A,C,,1985", "line 2, column added: '1985' is no day"),
    ],
)
def test_hcpcs_table_names_line_and_column(tmp_path, row, problem):
    path = put(tmp_path, "hcpcs_level2_2024july.csv", lines(HCPCS_HEADING, row))

    assert refusal(path) == problem


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("HCPC2019_CONTR_ANWEB.txt.gz", "HCPCS 2019-01"),
        ("HCPC2026_JAN_ANWEB_12292025.txt", "HCPCS 2026-01"),
        ("hcpcs_level2_2024july.csv.gz", "HCPCS 2024-07"),
        ("list.csv", ""),
    ],
)
def test_told_by_reads_year_and_month_off_the_name(name, told):
    assert told_by(name).name == told
