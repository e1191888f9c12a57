"""HCPCS Level II: CMS's contractor file of 320-byte records, or a table with named headings.

Source: CMS, "HCPCS record layout" of each year's alpha-numeric file, which begins with notices. A
code's long text runs over as many records as it needs; records of modifiers stand among those of
codes. D codes are the ADA's and CMS leaves them out; should one stand there all the same, it is
refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, dropwhile, islice

from codes.intake.batch import Batch, Told, Values, once
from codes.intake.cells import Cells, is_dental
from codes.intake.files import BadFile, Line, rows_of
from codes.intake.table import MOST_NOTICES, table
from codes.models.code import EndBasis

MEMBER = r"^HCPC.*\.(txt|csv)$"
COLUMNS = (
    "code",
    "short_text",
    "long_text",
    "valid_from",
    "valid_to",
    "end_basis",
    "billable",
    "coverage",
)
# First and last place of what we read, counted from 1.
PLACES = {
    "code": (1, 5),
    "modifier": (4, 5),
    "kind": (11, 11),
    "long": (12, 91),
    "short": (92, 119),
    "coverage": (230, 230),
    "added": (269, 276),
    "ended": (285, 292),
    "action": (293, 293),
}
RECORD = 293
BEGINNING = re.compile(r"[A-Z0-9 ]{5}\d{5}")  # of a record: its code and number
FIRST, MORE, MODIFIER_FIRST, MODIFIER_MORE = "3", "4", "7", "8"
CODE = re.compile(r"[A-CE-V]\d{4}")
NAMED_YEAR = re.compile(r"(?:HCPC\D*)(20\d\d)")
NAMED_MONTH = re.compile(r"(20\d\d)[ _-]?(jan|apr|jul|oct)", re.IGNORECASE)
MONTHS = {"jan": 1, "apr": 4, "jul": 7, "oct": 10}


@dataclass
class Record:
    """One code or modifier, put together from its records."""

    line: int
    key: str
    is_modifier: bool
    cells: Cells
    long_text: str


def read(lines: Iterator[Line], file_name: str) -> Batch:
    batch = Batch(COLUMNS, iter(()), told_by(file_name))
    head = list(islice(lines, MOST_NOTICES))
    if records := list(dropwhile(lambda line: not BEGINNING.match(line[1]), head)):
        batch.rows = once(_records(chain(records, lines), batch))
    else:
        batch.rows = once(_table(chain(head, lines), batch))
    return batch


def told_by(file_name: str) -> Told:
    told = Told()
    month = NAMED_MONTH.search(file_name)
    if month:
        year, first = int(month[1]), MONTHS[month[2].lower()]
    elif found := NAMED_YEAR.search(file_name):
        year, first = int(found[1]), 1
    else:
        return told
    told.name, told.effective_from = f"HCPCS {year}-{first:02d}", date(year, first, 1)
    return told


def _records(lines: Iterator[Line], batch: Batch) -> Iterator[tuple[int, Values]]:
    for record in _joined(lines):
        if record.is_modifier:
            batch.texts[record.key] = record.long_text
        elif is_dental(record.key):
            batch.left_out["dental codes, which the ADA licenses"] += 1
        else:
            yield record.line, _value(record)


def _joined(lines: Iterator[Line]) -> Iterator[Record]:
    headings = {name: place for place, name in enumerate(PLACES)}
    held: Record | None = None
    for number, line in lines:
        if not line.strip():
            continue
        if len(line) < RECORD:
            raise BadFile(f"the record ends after {len(line)} places", line=number)
        row = [line[first - 1 : last] for first, last in PLACES.values()]
        cells = Cells(number, headings, row)
        kind = cells["kind"]
        if kind in (MORE, MODIFIER_MORE):
            held = _continued(held, cells)
            continue
        if kind not in (FIRST, MODIFIER_FIRST):
            raise BadFile(f"{kind!r} is no kind of record (3, 4, 7, 8)", line=number, column=11)
        if held:
            yield held
        held = _begun(cells, is_modifier=kind == MODIFIER_FIRST)
    if held:
        yield held


def _begun(cells: Cells, *, is_modifier: bool) -> Record:
    key = cells["modifier" if is_modifier else "code"]
    if not is_modifier and not (CODE.fullmatch(key) or is_dental(key)):
        raise BadFile(f"{key!r} is no HCPCS Level II code", line=cells.line, column="1-5")
    return Record(cells.line, key, is_modifier, cells, cells["long"])


def _continued(held: Record | None, cells: Cells) -> Record:
    key = held and cells["modifier" if held.is_modifier else "code"]
    if held is None or key != held.key:
        raise BadFile(
            "a record of more text follows no record of its code", line=cells.line, column=11
        )
    held.long_text = f"{held.long_text} {cells['long']}"
    return held


def _value(record: Record) -> Values:
    cells = record.cells
    ended = cells.day("ended")
    return (
        record.key,
        cells["short"],
        record.long_text,
        cells.day("added"),
        ended,
        EndBasis.STATED if ended else "",
        True,
        cells["coverage"],
    )


def _table(lines: Iterator[Line], batch: Batch) -> Iterator[tuple[int, Values]]:
    names = {
        "code": ["hcpcs_code", "hcpc", "hcpcs"],
        "short": ["short_desc", "short description"],
        "long": ["long_desc", "long description"],
        "coverage": ["cov", "coverage code"],
        "added": ["date_added", "add dt"],
        "ended": ["date_term", "term dt"],
    }
    for row in table(rows_of(lines), names):
        code = row["code"].upper()
        if is_dental(code):
            batch.left_out["dental codes, which the ADA licenses"] += 1
        elif re.fullmatch(r"[A-Z0-9]{2}", code):
            batch.texts[code] = row["long"]
        elif not CODE.fullmatch(code):
            raise row.bad(f"{code!r} is no HCPCS Level II code", "code")
        else:
            yield row.line, _value(Record(row.line, code, False, row, row["long"]))
