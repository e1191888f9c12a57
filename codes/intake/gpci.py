"""Geographic practice cost indices, by contractor and locality (GPCIyyyy.csv).

Source: CMS, Addendum E of the fee schedule rule. A locality's number is unique only under its
contractor. Where a file has the work index with and without its floor, the one with it counts.
"""

import re
from collections.abc import Iterator
from datetime import date

from codes.intake.batch import Batch, Told, Values
from codes.intake.files import Line, Row, rows_of
from codes.intake.table import table

MEMBER = r"^GPCI.*\.csv$"
COLUMNS = ("mac", "state", "number", "name", "work", "pe", "mp")
YEAR = re.compile(r"CY (\d{4})")


def read(lines: Iterator[Line], file_name: str) -> Batch:
    told = Told()
    rows = _watched(rows_of(lines), told)
    names = {
        "mac": ["medicare administrative contractor (mac)", "mac", "contractor"],
        "state": ["state"],
        "number": ["locality number", "locality"],
        "name": ["locality name"],
        "work": [f"{year} pw gpci (with 1.0 floor)" for year in range(2020, 2061)]
        + [f"{year} pw gpci" for year in range(2020, 2061)],
        "pe": [f"{year} pe gpci" for year in range(2020, 2061)],
        "mp": [f"{year} mp gpci" for year in range(2020, 2061)],
    }
    batch = Batch(COLUMNS, iter(()), told)
    batch.rows = _taken(rows, names)
    return batch


def _watched(rows: Iterator[Row], told: Told) -> Iterator[Row]:
    for line, row in rows:
        if found := YEAR.search(" ".join(row)):
            year = int(found[1])
            told.name = f"GPCI{year}"
            told.effective_from, told.effective_to = date(year, 1, 1), date(year, 12, 31)
        yield line, row


def _taken(rows: Iterator[Row], names: dict[str, list[str]]) -> Iterator[Values]:
    for row in table(rows, names):
        if not re.fullmatch(r"\d{5}", row["mac"]):
            if any(cell.strip() for cell in row.row[1:]):
                raise row.bad(f"{row['mac']!r} is no contractor number", "mac")
            continue  # footnotes
        if not row["number"].isdecimal():
            raise row.bad(f"{row['number']!r} is no locality number", "number")
        figures = (row.number(name) for name in ("work", "pe", "mp"))
        name = row["name"].rstrip("*").strip()
        yield (row["mac"], row["state"], f"{row['number']:0>2}", name, *figures)
