from datetime import date

import pytest

from codes.intake.files import BadFile
from codes.models import Code
from codes.tests.intake_samples import lines, order, put, read_in, rows_in

pytestmark = pytest.mark.django_db
HEADING = order(1, "N13", "0", "Made up", "Made up heading")
BILLABLE = order(2, "N1330", "1", "Made up code", "A made up code")


def load_cm(folder, year, *rows, form="order"):
    return read_in("icd10cm", put(folder, f"icd10cm_{form}_{year}.txt", lines(*rows)))


def ends():
    rows = Code.objects.order_by("code").values_list("code", "valid_to", "end_basis")
    return [(code, last and str(last), basis) for code, last, basis in rows]


def test_icd10_order_file_has_headings_and_billable_codes(tmp_path):
    outcome = load_cm(tmp_path, 2025, HEADING, "", BILLABLE)

    start = (None, None, "")
    assert rows_in(Code) == [
        ("ICD10CM", "N13", *start, "Made up", "Made up heading", False, ""),
        ("ICD10CM", "N1330", *start, "Made up code", "A made up code", True, ""),
    ]
    release = outcome.release
    assert (release.name, release.effective_from, release.effective_to) == (
        "ICD-10-CM FY2025",
        date(2024, 10, 1),
        date(2025, 9, 30),
    )


def test_icd10_codes_file_has_billable_codes_with_one_text(tmp_path):
    text = "A made up code whose text is longer than sixty places, as many are in the file"

    load_cm(tmp_path, 2024, f"N1330   {text}", form="codes")

    assert list(Code.objects.values_list("code", "short_text", "long_text", "billable")) == [
        ("N1330", text[:60], text, True)
    ]


@pytest.mark.parametrize(
    ("form", "row"),
    [("order", order(1, "0016070", "1", "Made up", "Made up")), ("codes", "0016070 Made up")],
)
def test_icd10_pcs_files_are_read_alike(tmp_path, form, row):
    outcome = read_in("icd10pcs", put(tmp_path, f"icd10pcs_{form}_2025.txt", lines(row)))

    assert rows_in(Code) == [
        ("ICD10PCS", "0016070", None, None, "", "Made up", "Made up", True, "")
    ]
    assert outcome.release.name == "ICD-10-PCS FY2025"


def test_icd10_ends_codes_that_the_next_year_leaves_out(tmp_path):
    load_cm(tmp_path, 2025, HEADING, BILLABLE)

    outcome = load_cm(tmp_path, 2026, HEADING)

    assert outcome.ended == 1
    assert ends() == [("N13", None, ""), ("N1330", "2025-09-30", "inferred")]


def test_icd10_revives_a_code_that_a_later_year_names(tmp_path):
    load_cm(tmp_path, 2024, HEADING, BILLABLE)
    load_cm(tmp_path, 2025, HEADING)

    load_cm(tmp_path, 2026, BILLABLE, HEADING)

    assert ends() == [("N13", None, ""), ("N1330", None, "")]


def test_icd10_codes_file_ends_no_heading(tmp_path):
    load_cm(tmp_path, 2025, HEADING, BILLABLE)

    load_cm(tmp_path, 2026, "N1339   Another made up code", form="codes")

    assert ends() == [
        ("N13", None, ""),
        ("N1330", "2025-09-30", "inferred"),
        ("N1339", None, ""),
    ]


def test_icd10_takes_two_releases_in_one_transaction(tmp_path):
    """A test is one transaction, so the table that rows come in through is made twice in it."""
    load_cm(tmp_path, 2025, HEADING)
    load_cm(tmp_path, 2026, HEADING, BILLABLE)

    assert Code.objects.count() == 2


def test_icd10_takes_a_release_after_one_that_failed(tmp_path):
    with pytest.raises(BadFile):
        load_cm(tmp_path, 2025, HEADING, "no code")

    load_cm(tmp_path, 2025, HEADING)

    assert Code.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "row", "problem"),
    [
        ("order", order(2, "N133", "", "A", "A"), "column 15: the flag is ' ', not 0 or 1"),
        ("order", order(2, "133", "1", "A", "A"), "column 7-13: '133' is no ICD-10-CM code"),
        ("order", order(2, "N133", "1", "A", ""), "column 78: the long text is missing"),
        ("order", HEADING, "column 1: N13 stands there twice"),
        ("codes", "N13.3   Made up", "column 1-7: 'N13.3' is no ICD-10-CM code"),
        ("codes", "N133", "column 9: the text is missing"),
    ],
)
def test_icd10_names_line_and_column(tmp_path, form, row, problem):
    first = HEADING if form == "order" else "N1330   Made up"

    with pytest.raises(BadFile) as caught:
        load_cm(tmp_path, 2025, first, row, form=form)

    assert str(caught.value) == f"line 2, {problem}"
    assert not Code.objects.exists()


def test_icd10_release_without_a_year_needs_a_name(tmp_path):
    with pytest.raises(BadFile, match="give --release and --effective"):
        read_in("icd10cm", put(tmp_path, "icd10cm_order.txt", lines(HEADING)))
