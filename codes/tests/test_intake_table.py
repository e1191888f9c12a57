from datetime import date
from decimal import Decimal

import pytest

from codes.intake.cells import Cells, is_dental
from codes.intake.files import BadFile
from codes.intake.table import table

NAMES = {"code": ["hcpcs/ cpt code", "code"], "units": ["units of *"], "day": ["day"]}


def numbered(*rows):
    return iter(enumerate(rows, 1))


def cells(**row):
    """A row of line 7 under these headings."""
    return Cells(7, {name: place for place, name in enumerate(row)}, list(row.values()))


def taken(*rows, optional=()):
    found = table(numbered(*rows), NAMES, optional=optional)
    return [(row.line, row["code"], row["units"], row.get("day")) for row in found]


def test_table_finds_headings_below_notices_in_any_order():
    rows = taken(
        ["A notice"],
        [],
        ["Day", "Units of  Measure", "HCPCS/\nCPT Code"],
        ["", "", ""],
        ["1/2/2025", " 3 ", "74400"],
    )

    assert rows == [(5, "74400", "3", "1/2/2025")]


def test_table_takes_the_spelling_named_first():
    rows = taken(["code", "hcpcs/ cpt code", "units of x", "day"], ["wrong", "74400", "3", ""])

    assert rows == [(2, "74400", "3", "")]


def test_table_leaves_out_what_is_optional():
    assert taken(["code", "units of x"], ["74400", "3"], optional=["day"]) == [
        (2, "74400", "3", "")
    ]


def test_table_names_the_heading_that_is_missing():
    with pytest.raises(BadFile) as caught:
        taken(["notice"], ["code", "day"], ["74400", ""])

    assert str(caught.value) == "has no row of headings with units"


def test_table_looks_for_headings_near_the_top_only():
    rows = [["notice"]] * 41 + [["code", "units of x", "day"], ["74400", "3", ""]]

    with pytest.raises(BadFile, match="has no row of headings with code, units, day"):
        taken(*rows)


def test_cells_name_the_line_of_a_short_row():
    with pytest.raises(BadFile) as caught:
        taken(["code", "units of x", "day"], ["74400", "3"])

    assert str(caught.value) == "line 2: the row ends after 2 columns"


@pytest.mark.parametrize(
    ("method", "text", "value"),
    [
        ("code", "g0105", "G0105"),
        ("number", "1,234.50", Decimal("1234.50")),
        ("whole", "12", 12),
        ("day", "20250131", date(2025, 1, 31)),
        ("day", "2025-01-31", date(2025, 1, 31)),
        ("day", "1/31/2025", date(2025, 1, 31)),
        ("day", "9999-12-31", None),
        ("day", "*", None),
        ("day", "", None),
    ],
)
def test_cells_read_values(method, text, value):
    assert getattr(cells(it=f" {text} "), method)("it") == value


@pytest.mark.parametrize(
    ("method", "text", "problem"),
    [
        ("code", "W0105", "'W0105' is no CPT or HCPCS code"),
        ("number", "", "'' is no number"),
        ("number", "NaN", "'NaN' is no number"),
        ("whole", "-1", "'-1' is no whole number"),
        ("day", "20250231", "'20250231' is no day"),
    ],
)
def test_cells_refuse_other_text_by_line_and_column(method, text, problem):
    with pytest.raises(BadFile) as caught:
        getattr(cells(it=text), method)("it")

    assert str(caught.value) == f"line 7, column it: {problem}"


@pytest.mark.parametrize(("code", "dental"), [("D0120", True), ("D012", False), ("74400", False)])
def test_is_dental_tells_codes_of_the_ada(code, dental):
    assert is_dental(code) is dental
