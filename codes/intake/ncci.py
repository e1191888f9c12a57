"""NCCI tables: procedure-to-procedure edits, unit limits (MUE) and add-on codes.

Source: CMS, "NCCI edits" and its quarterly files. An edit file holds all that were ever in force,
so the newest replaces those before it.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from codes.intake.batch import Batch, Told, Values
from codes.intake.cells import Cells, is_dental
from codes.intake.files import BadFile, Line, Row, rows_of
from codes.intake.table import table
from codes.models.facts import CONTRACTOR_DECIDES
from codes.releases import OUTPATIENT, PRACTITIONER

EDIT_MEMBER = r"^cci(pra|oph).*\.txt$"
UNIT_MEMBER = r"MUE.*\.csv$"
ADD_ON_MEMBER = r"(AOC|add.?on).*\.(csv|txt)$"
QUARTER = re.compile(r"(20\d\d)[ _-]?q([1-4])", re.IGNORECASE)
FIRST_DAY = re.compile(r"Eff_(\d\d)-\d\d-(20\d\d)", re.IGNORECASE)
VERSION = re.compile(r"cci(?:pra|oph)-v(\d\d)([0-3])", re.IGNORECASE)
VERSION_0 = 1994  # version 31.3 is of the fourth quarter of 2025
EDIT_COLUMNS = (
    "column1",
    "column2",
    "indicator",
    "effective_on",
    "deleted_on",
    "before_1996",
    "rationale",
)
INDICATORS = ("0", "1", "9")


def told_by(file_name: str, prefix: str) -> Told:
    """Quarter and setting, as the file's name has them."""
    told = Told()
    if found := _quarter(file_name):
        year, quarter = found
        first = 3 * quarter - 2
        told.name = f"{prefix} {year}Q{quarter}"
        told.effective_from = date(year, first, 1)
        following = date(year + quarter // 4, first % 12 + 3 if quarter < 4 else 1, 1)
        told.effective_to = date.fromordinal(following.toordinal() - 1)
    if re.search(r"ccioph|out", file_name, re.IGNORECASE):
        told.variant = OUTPATIENT
    elif re.search(r"ccipra|prac", file_name, re.IGNORECASE):
        told.variant = PRACTITIONER
    return told


def _quarter(file_name: str) -> tuple[int, int] | None:
    """Year and quarter: written out, as a first day, or as CMS's own number of the version."""
    if found := QUARTER.search(file_name):
        return int(found[1]), int(found[2])
    if found := FIRST_DAY.search(file_name):
        return int(found[2]), (int(found[1]) + 2) // 3
    if found := VERSION.search(file_name):
        return VERSION_0 + int(found[1]), int(found[2]) + 1
    return None


def read_edits(lines: Iterator[Line], file_name: str) -> Batch:
    """CMS's seven tab-separated columns under notices, or a table with named headings."""
    batch = Batch(EDIT_COLUMNS, iter(()), told_by(file_name, "PTP"))
    head = [line for _n, line in zip(range(8), lines, strict=False)]
    together = chain(head, lines)
    if any("\t" in text for _number, text in head):
        rows = _tabbed(rows_of(together, "\t"))
    else:
        names = {
            "column1": ["column1", "column 1"],
            "column2": ["column2", "column 2"],
            "indicator": ["modifier_indicator", "modifier indicator"],
            "effective_on": ["effective_date", "effective date"],
            "deleted_on": ["deletion_date", "deletion date"],
            "before": ["prior_1996"],
            "rationale": ["rationale", "ptp edit rationale"],
        }
        rows = table(rows_of(together), names, optional=("effective_on", "before"))
    batch.rows = _edits(rows, batch)
    return batch


def _tabbed(rows: Iterator[Row]) -> Iterator[Cells]:
    names = ("column1", "column2", "before", "effective_on", "deleted_on", "indicator", "rationale")
    headings = {name: place for place, name in enumerate(names)}
    begun = False
    for line, row in rows:
        begun = (
            begun
            or re.fullmatch(r"[0-9A-Z]\d{3}[0-9A-Z]", row[0].strip() if row else "") is not None
        )
        if begun and any(cell.strip() for cell in row):
            yield Cells(line, headings, row)
    if not begun:
        raise BadFile("has no row that begins with a code")


def _edits(rows: Iterator[Cells], batch: Batch) -> Iterator[Values]:
    for row in rows:
        column1, column2 = row.code("column1"), row.code("column2")
        if is_dental(column1) or is_dental(column2):
            batch.left_out["dental codes, which the ADA licenses"] += 1
            continue
        indicator = row["indicator"]
        if indicator not in INDICATORS:
            raise row.bad(f"{indicator!r} is no modifier indicator (0, 1, 9)", "indicator")
        if not row["rationale"]:
            raise row.bad("the rationale is missing", "rationale")
        yield (
            column1,
            column2,
            int(indicator),
            row.day("effective_on"),
            row.day("deleted_on"),
            row.get("before") == "*",
            row["rationale"],
        )


def read_units(lines: Iterator[Line], file_name: str) -> Batch:
    batch = Batch(
        ("code", "units", "adjudication", "rationale"), iter(()), told_by(file_name, "MUE")
    )
    names = {
        "code": ["hcpcs/ cpt code", "hcpcs/cpt code", "hcpcs_code", "code"],
        "units": ["mue_units", "practitioner services*", "outpatient hospital*", "dme supplier*"],
        "adjudication": ["mue_mai", "mue adjudication indicator"],
        "rationale": ["mue_rationale", "mue rationale"],
    }
    batch.rows = _units(table(rows_of(lines), names), batch)
    return batch


def _units(rows: Iterator[Cells], batch: Batch) -> Iterator[Values]:
    for row in rows:
        code = row.code("code")
        if is_dental(code):
            batch.left_out["dental codes, which the ADA licenses"] += 1
            continue
        adjudication = row["adjudication"][:1]
        if adjudication not in ("1", "2", "3"):
            raise row.bad(f"{row['adjudication']!r} is no adjudication indicator", "adjudication")
        yield code, row.whole("units"), int(adjudication), row["rationale"]


def read_add_ons(lines: Iterator[Line], file_name: str) -> Batch:
    batch = Batch(("primary", "add_on", "edit_type"), iter(()), told_by(file_name, "AOC"))
    names = {
        "primary": ["primary_code", "primary code"],
        "add_on": ["add_on_code", "add-on code", "add on code"],
        "edit_type": ["aoc_edit_type", "add-on code edit type", "aoc edit type", "edit type"],
        "deleted_on": ["aoc deletion date", "deletion date", "deletion_date"],
    }
    batch.rows = _add_ons(table(rows_of(lines), names, optional=("deleted_on",)), batch)
    return batch


def _add_ons(rows: Iterator[Cells], batch: Batch) -> Iterator[Values]:
    seen = set()
    for row in rows:
        primary = row["primary"].upper()
        if primary != CONTRACTOR_DECIDES:
            primary = row.code("primary")
        pair = primary, row.code("add_on")
        if any(map(is_dental, pair)):
            batch.left_out["dental codes, which the ADA licenses"] += 1
        elif row.day("deleted_on"):
            batch.left_out["pairs deleted before this release"] += 1
        elif row["edit_type"] not in ("1", "2", "3"):
            raise row.bad(f"{row['edit_type']!r} is no add-on edit type (1, 2, 3)", "edit_type")
        elif pair in seen:
            batch.left_out["pairs named twice"] += 1
        else:
            seen.add(pair)
            yield (*pair, int(row["edit_type"]))
