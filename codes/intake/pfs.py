"""The relative value file of the physician fee schedule (PPRRVU), delimited and fixed width.

Source: CMS, RVU file documentation of each quarter. 31 columns in 2025, 32 from 2026 on, so columns
are found by their headings, which stand one word above the other over five rows.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from codes.intake.batch import Batch, Told, Values
from codes.intake.cells import Cells, is_dental
from codes.intake.files import BadFile, Line, Row, rows_of
from codes.releases import NON_QUALIFYING, QUALIFYING

MEMBER = r"^PPRRVU.*\.(csv|txt)$"
HEADING_ROWS = 5
# Our column -> the words of its heading, read from top to bottom.
HEADINGS = {
    "code": "HCPCS",
    "modifier": "MOD",
    "status": "STATUS CODE",
    "work": "WORK RVU",
    "pe_nonfacility": "NON-FAC PE RVU",
    "na_nonfacility": "NON-FAC NA INDICATOR",
    "pe_facility": "FACILITY PE RVU",
    "na_facility": "FACILITY NA INDICATOR",
    "mp": "MP RVU",
    "total_nonfacility": "NON-FACILITY TOTAL",
    "total_facility": "FACILITY TOTAL",
    "pctc": "PCTC IND",
    "global_days": "GLOB DAYS",
    "pre_op": "PRE OP",
    "intra_op": "INTRA OP",
    "post_op": "POST OP",
    "multiple": "MULT PROC",
    "bilateral": "BILAT SURG",
    "assistant": "ASST SURG",
    "co_surgeons": "CO- SURG",
    "team": "TEAM SURG",
    "endo_base": "ENDO BASE",
    "conversion_factor": "CONV FACTOR",
    "supervision": "PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES",
    "imaging_family": "DIAGNOSTIC IMAGING FAMILY INDICATOR",
    "opps_nonfacility": "NON-FACILITY PE USED FOR OPPS PAYMENT AMOUNT",
    "opps_facility": "FACILITY PE USED FOR OPPS PAYMENT AMOUNT",
    "opps_mp": "MP USED FOR OPPS PAYMENT AMOUNT",
}
TEXT_HEADING = "DESCRIPTION"
FLAGS = ("na_nonfacility", "na_facility")
NUMBERS = (
    "work",
    "pe_nonfacility",
    "pe_facility",
    "mp",
    "total_nonfacility",
    "total_facility",
    "pre_op",
    "intra_op",
    "post_op",
    "conversion_factor",
    "opps_nonfacility",
    "opps_facility",
    "opps_mp",
)
COLUMNS = tuple(HEADINGS)
# Fixed width: first and last place of each column, counted from 1.
PLACES = {
    "code": (1, 5),
    "modifier": (6, 7),
    "status": (58, 58),
    "work": (60, 65),
    "pe_nonfacility": (67, 72),
    "na_nonfacility": (73, 74),
    "pe_facility": (76, 81),
    "na_facility": (82, 83),
    "mp": (85, 89),
    "total_nonfacility": (91, 96),
    "total_facility": (97, 102),
    "pctc": (103, 103),
    "global_days": (104, 106),
    "pre_op": (107, 109),
    "intra_op": (110, 112),
    "post_op": (113, 115),
    "multiple": (116, 116),
    "bilateral": (117, 117),
    "assistant": (118, 118),
    "co_surgeons": (119, 119),
    "team": (120, 120),
    "endo_base": (128, 132),
    "conversion_factor": (133, 140),
    "supervision": (142, 143),
    "imaging_family": (146, 147),
    "opps_nonfacility": (152, 157),
    "opps_facility": (159, 164),
    "opps_mp": (166, 171),
}
TEXT_PLACES = (8, 57)
QUARTERS = {"January": ("A", 1), "April": ("B", 4), "July": ("C", 7), "October": ("D", 10)}
PLACEHOLDER = re.compile(r"GXXX\d")  # stands in RVU26C for a code that has no number yet
TITLE = re.compile(r"(\d{4}) .*Relative Value File\s+(\w+) Release", re.IGNORECASE)
RELEASED = re.compile(r"RELEASED (\d{2}/\d{2}/\d{4})")


def read(lines: Iterator[Line], file_name: str) -> Batch:
    """Raises BadFile where a heading, a code or a figure is not what the layout says."""
    first = next(lines)
    batch = Batch(COLUMNS, iter(()))
    batch.told.variant = _variant(file_name)
    all_lines = chain([first], lines)
    if first[1].startswith("HDR"):
        batch.rows = _taken(_fixed(all_lines), batch)
    else:
        batch.rows = _taken(_delimited(rows_of(all_lines), batch.told), batch)
    return batch


def _variant(file_name: str) -> str:
    if re.search(r"nonQPP", file_name, re.IGNORECASE):
        return NON_QUALIFYING
    return QUALIFYING if re.search(r"QPP", file_name, re.IGNORECASE) else ""


def _delimited(rows: Iterator[Row], told: Told) -> Iterator[Cells]:
    above: list[list[str]] = []
    for line, row in rows:
        _tell(line, " ".join(row), told)
        above.append(row)
        if row and row[0].strip() == "HCPCS":
            headings = _headings(above[-HEADING_ROWS:], line)
            yield from (Cells(number, headings, each) for number, each in rows if any(each))
            return
        if line > 40:
            break
    raise BadFile("has no row of headings that begins with HCPCS")


def _headings(stacked: list[list[str]], line: int) -> dict[str, int]:
    width = len(stacked[-1])
    words = [
        " ".join(" ".join(row[place].split()) for row in stacked if row[place : place + 1]).split()
        for place in range(width)
    ]
    places = {" ".join(each): place for place, each in enumerate(words)}
    found = {name: places[words] for name, words in HEADINGS.items() if words in places}
    if missing := [words for name, words in HEADINGS.items() if name not in found]:
        raise BadFile(f"no column is headed {missing[0]!r}", line=line)
    if TEXT_HEADING in places:
        found["text"] = places[TEXT_HEADING]
    return found


def _tell(line: int, text: str, told: Told) -> None:
    if title := TITLE.search(text):
        year, month = int(title[1]), title[2].title()
        if month in QUARTERS:
            letter, first = QUARTERS[month]
            told.name = f"RVU{year % 100:02d}{letter}"
            told.effective_from = date(year, first, 1)
            last = calendar.monthrange(year, first + 2)[1]
            told.effective_to = date(year, first + 2, last)
    if released := RELEASED.search(text):
        told.released_on = Cells(line, {"RELEASED": 0}, [released[1]]).day("RELEASED")


def _fixed(lines: Iterator[Line]) -> Iterator[Cells]:
    headings = {name: place for place, name in enumerate([*PLACES, "text"])}
    spans = [*PLACES.values(), TEXT_PLACES]
    for number, line in lines:
        if line.strip() and not line.startswith("HDR"):
            row = [line[first - 1 : last] for first, last in spans]
            yield Cells(number, headings, row)


def _taken(rows: Iterator[Cells], batch: Batch) -> Iterator[Values]:
    for row in rows:
        if PLACEHOLDER.fullmatch(row["code"]):
            batch.left_out["placeholders of CMS, which are no codes"] += 1
            continue
        code = row.code("code")
        if is_dental(code):
            batch.left_out["dental codes, which the ADA licenses"] += 1
            continue
        if text := row.get("text"):
            batch.texts[code] = text
        yield tuple(_value(row, name) for name in COLUMNS)


def _value(row: Cells, name: str) -> object:
    if name == "code":
        return row.code(name)
    if name in NUMBERS:
        return row.number(name)
    if name in FLAGS:
        return row[name].upper() == "NA"
    return row[name]
