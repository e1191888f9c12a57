from datetime import date

import pytest

from codes.intake.files import BadFile
from codes.intake.ncci import told_by
from codes.intake.store import OlderRelease
from codes.models import AddOn, Edit, EditRationale, Release, UnitLimit
from codes.tests.intake_samples import (
    ADD_ON_HEADING,
    MUE_HEADING,
    PTP_CSV_HEADING,
    lines,
    mue,
    ptp,
    put,
    read_in,
    rows_in,
)

pytestmark = pytest.mark.django_db
CCIPRA = "ccipra-v313r0-f1.txt"
DENTAL = {"dental codes, which the ADA licenses": 1}
PAIR = "74400\t36000\t\t20100101\t*\t1\tMade up rule"


def refusal(kind, path, *more):
    with pytest.raises(BadFile) as caught:
        read_in(kind, path, *more)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("medicare-ncci-2025q4-practitioner-ptp-edits-ccipra-v313r0-f1.zip", "PTP 2025Q4"),
        ("ccipra-v320r0-f2.TXT", "PTP 2026Q1"),
        ("ncci_ptp_practitioner_2024q3.csv.gz", "PTP 2024Q3"),
        ("MCR_MUE_PractitionerServices_Eff_07-01-2026.csv", "PTP 2026Q3"),
        ("practitioner.csv", ""),
    ],
)
def test_told_by_reads_the_quarter_off_the_name(name, told):
    found = told_by(name, "PTP")

    assert (found.name, found.variant) == (told, "practitioner")


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        (1, date(2025, 1, 1), date(2025, 3, 31)),
        (2, date(2025, 4, 1), date(2025, 6, 30)),
        (3, date(2025, 7, 1), date(2025, 9, 30)),
        (4, date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_told_by_gives_the_days_of_the_quarter(quarter, first, last):
    told = told_by(f"ccioph-2025q{quarter}.txt", "PTP")

    assert (told.effective_from, told.effective_to) == (first, last)
    assert told.variant == "outpatient"


def test_edits_of_cms_layout_stand_under_wrapped_headings(tmp_path):
    content = ptp(
        "74400\t36000\t\t20100101\t*\t1\tMade up rule",
        "74400\t36410\t*\t19950101\t20121231\t0\tMade up rule",
        "G0105\t45378\t\t20110101\t20110101\t9\tAnother rule",
    )

    read_in("ptp", put(tmp_path, CCIPRA, content))

    never, rule = None, "Made up rule"
    assert rows_in(Edit) == [
        ("74400", "36000", 1, date(2010, 1, 1), never, False, rule),
        ("74400", "36410", 0, date(1995, 1, 1), date(2012, 12, 31), True, rule),
        ("G0105", "45378", 9, date(2011, 1, 1), date(2011, 1, 1), False, "Another rule"),
    ]


def test_edits_of_a_csv_may_lack_their_first_day(tmp_path):
    content = lines(PTP_CSV_HEADING, "74400,36000,,1,Rule", "74400,36410,2012-12-31,0,Rule")

    read_in("ptp", put(tmp_path, "ncci_ptp_outpatient_2025q4.csv", content))

    assert rows_in(Edit) == [
        ("74400", "36000", 1, None, None, False, "Rule"),
        ("74400", "36410", 0, None, date(2012, 12, 31), False, "Rule"),
    ]
    assert Release.objects.get().variant == "outpatient"


def test_edits_share_the_rationales_of_earlier_files(tmp_path):
    read_in("ptp", put(tmp_path, CCIPRA, ptp(PAIR)))

    read_in("ptp", put(tmp_path, "ccioph-v313r0.txt", ptp(PAIR, PAIR.replace("up", "down"))))

    texts = EditRationale.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Made up rule", "Made down rule"]
    assert Edit.objects.count() == 3


def test_edits_of_dental_codes_are_refused_in_both_columns(tmp_path):
    content = ptp(PAIR, PAIR.replace("74400", "D0120"), PAIR.replace("36000", "D0120"))

    outcome = read_in("ptp", put(tmp_path, CCIPRA, content))

    assert (outcome.rows, outcome.left_out) == (
        1,
        {"dental codes, which the ADA licenses": 2},
    )


def test_edits_of_an_older_quarter_are_refused(tmp_path):
    read_in("ptp", put(tmp_path, "ccipra-v320r0-f1.txt", ptp(PAIR)))

    with pytest.raises(OlderRelease, match=r"is of PTP 2025Q4, and PTP 2026Q1 .* is loaded"):
        read_in("ptp", put(tmp_path, CCIPRA, ptp(PAIR, PAIR)))

    assert Edit.objects.count() == 1


def test_edits_of_a_newer_quarter_replace_those_of_their_setting(tmp_path):
    read_in("ptp", put(tmp_path, CCIPRA, ptp(PAIR, PAIR)))
    read_in("ptp", put(tmp_path, "ccioph-v313r0.txt", ptp(PAIR)))

    read_in("ptp", put(tmp_path, "ccipra-v320r0-f1.txt", ptp(PAIR.replace("36000", "36410"))))

    found = Edit.objects.order_by("release__name").values_list("release__name", "column2")
    assert list(found) == [("PTP 2025Q4", "36000"), ("PTP 2026Q1", "36410")]


def test_edits_in_parts_are_one_release(tmp_path):
    first = put(tmp_path, CCIPRA, ptp(PAIR))
    second = put(
        tmp_path, "ccipra-v313r0-f2.txt", ptp(PAIR.replace("74400", "D0120"), "9" + PAIR[1:])
    )

    outcome = read_in("ptp", first, second)

    assert (outcome.rows, outcome.left_out) == (2, DENTAL)
    assert read_in("ptp", second, first).same


def test_edits_in_parts_name_the_file_with_the_error(tmp_path):
    first = put(tmp_path, CCIPRA, ptp(PAIR))
    second = put(tmp_path, "ccipra-v313r0-f2.txt", ptp(PAIR.replace("\t1\t", "\tx\t")))

    with pytest.raises(BadFile) as caught:
        read_in("ptp", first, second)

    assert (caught.value.path, caught.value.line) == (second, 7)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("ccipra-v320r0-f2.txt", ptp(PAIR), "is a part of another release, going by its name"),
        ("ccipra-v313r0-f2.txt", ptp(PAIR, PAIR), "is given twice"),
    ],
)
def test_edits_in_parts_belong_together(tmp_path, name, content, problem):
    first = put(tmp_path, CCIPRA, ptp(PAIR, PAIR))

    assert refusal("ptp", first, put(tmp_path, name, content)) == problem


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("7440\t36000\t\t20100101\t*\t1\tA", "column column1: '7440' is no CPT or HCPCS code"),
        ("74400\t36000\t\t20101301\t*\t1\tA", "column effective_on: '20101301' is no day"),
        ("74400\t36000\t\t20100101\t*\t1\t", "column rationale: the rationale is missing"),
    ],
)
def test_edits_name_line_and_column(tmp_path, row, problem):
    assert refusal("ptp", put(tmp_path, CCIPRA, ptp(PAIR, row))) == f"line 8, {problem}"


def test_edits_need_a_row_that_begins_with_a_code(tmp_path):
    assert refusal("ptp", put(tmp_path, CCIPRA, ptp())) == "has no row that begins with a code"


@pytest.mark.parametrize(
    ("setting", "name", "variant"),
    [
        ("Practitioner Services", "PractitionerServices", "practitioner"),
        ("Outpatient Hospital Services", "OutpatientHospitalServices", "outpatient"),
    ],
)
def test_units_stand_under_notices_and_a_heading_of_two_lines(tmp_path, setting, name, variant):
    content = mue(
        "74400,1,3 Date of Service Edit: Clinical,Nature of Service",
        "0001U,2,2 Date of Service Edit: Policy,Nature of Analyte",
        "A4206,90,1 Line Edit,Made up",
        "D0120,1,1 Line Edit,Made up",
        setting=setting,
    )

    outcome = read_in("mue", put(tmp_path, f"MCR_MUE_{name}_Eff_10-01-2025.csv", content))

    assert rows_in(UnitLimit) == [
        ("0001U", 2, 2, "Nature of Analyte"),
        ("74400", 1, 3, "Nature of Service"),
        ("A4206", 90, 1, "Made up"),
    ]
    assert (outcome.release.name, outcome.release.variant) == ("MUE 2025Q4", variant)
    assert outcome.left_out == DENTAL


def test_units_of_the_short_headings_are_read_alike(tmp_path):
    content = lines("hcpcs_code,mue_units,mue_mai,mue_rationale,mue_service", "74400,1,3,Rule,P")

    read_in("mue", put(tmp_path, "ncci_mue_prac_2024q3.csv", content))

    assert rows_in(UnitLimit) == [("74400", 1, 3, "Rule")]


def test_units_of_several_quarters_stay(tmp_path):
    for day in ("07", "10"):
        name = f"MCR_MUE_PractitionerServices_Eff_{day}-01-2025.csv"
        read_in("mue", put(tmp_path, name, mue(f"74400,{day},1 Line Edit,Rule")))

    assert rows_in(UnitLimit) == [("74400", 10, 1, "Rule"), ("74400", 7, 1, "Rule")]


def test_units_need_an_adjudication_indicator(tmp_path):
    path = put(tmp_path, "mue_prac_2025q4.csv", mue("74400,1,Line Edit,Rule"))

    assert refusal("mue", path) == (
        "line 12, column adjudication: 'Line Edit' is no adjudication indicator"
    )


def test_units_of_suppliers_have_no_setting_here(tmp_path):
    content = mue("A4206,1,1 Line Edit,Rule", setting="DME Supplier Services")
    path = put(tmp_path, "MCR_MUE_DMESupplierServices_Eff_10-01-2025.csv", content)

    assert refusal("mue", path) == (
        "does not say its setting: give --setting, practitioner or outpatient"
    )


def test_units_heading_has_two_lines():
    assert MUE_HEADING.startswith('"HCPCS/\nCPT Code"')


def test_add_ons_keep_each_live_pair_once(tmp_path):
    content = lines(
        f"{ADD_ON_HEADING},Deletion Date",
        "CCCCC,0054T,2,",
        "22864,0095T,1,",
        "22864,0095T,1,",
        "22861,0095T,3,20241231",
        "D0120,0095T,1,",
    )

    outcome = read_in("addon", put(tmp_path, "AOC_V2025Q4.csv", content))

    assert rows_in(AddOn) == [("22864", "0095T", 1), ("CCCCC", "0054T", 2)]
    assert outcome.release.name == "AOC 2025Q4"
    assert outcome.left_out == {
        **DENTAL,
        "pairs deleted before this release": 1,
        "pairs named twice": 1,
    }


def test_add_ons_name_line_and_column(tmp_path):
    path = put(tmp_path, "AOC_V2025Q4.csv", lines(ADD_ON_HEADING, "CCCC,0054T,2"))

    assert refusal("addon", path) == "line 2, column primary: 'CCCC' is no CPT or HCPCS code"
