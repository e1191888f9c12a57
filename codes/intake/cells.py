"""One cell of a table to one value, or a BadFile that names line and column."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from codes.codes import CODE_PATTERN
from codes.intake.files import BadFile

DENTAL = re.compile(r"D\d{4}")
MOST_DIGITS = 9
NEVER = date(9999, 12, 31)
DAY_FORMATS = ("%Y%m%d", "%Y-%m-%d", "%m/%d/%Y")


class Cells:
    """A row under its headings. A heading not in the row's table is a defect of ours."""

    def __init__(self, line: int, headings: dict[str, int], row: list[str]) -> None:
        self.line, self.headings, self.row = line, headings, row

    def __getitem__(self, heading: str) -> str:
        place = self.headings[heading]
        if place >= len(self.row):
            raise BadFile(f"the row ends after {len(self.row)} columns", line=self.line)
        if "\n" in self.row[place]:
            raise self.bad("a quoted text runs over several lines", heading)
        return self.row[place].strip()

    def get(self, heading: str) -> str:
        return self[heading] if heading in self.headings else ""

    def bad(self, what: str, heading: str) -> BadFile:
        return BadFile(what, line=self.line, column=heading)

    def code(self, heading: str) -> str:
        text = self[heading].upper()
        if not CODE_PATTERN.fullmatch(text):
            raise self.bad(f"{text!r} is no CPT or HCPCS code", heading)
        return text

    def number(self, heading: str) -> Decimal:
        text = self[heading].replace(",", "")
        try:
            value = Decimal(text)
        except InvalidOperation as error:
            raise self.bad(f"{text!r} is no number", heading) from error
        if not value.is_finite():
            raise self.bad(f"{text!r} is no number", heading)
        return value

    def whole(self, heading: str) -> int:
        text = self[heading]
        if not text.isdecimal() or len(text) > MOST_DIGITS:
            raise self.bad(f"{text[:40]!r} is no whole number", heading)
        return int(text)

    def day(self, heading: str) -> date | None:
        """A day; None for an empty cell, for *, and for the year 9999 of open ends."""
        text = self.get(heading)
        if text in ("", "*"):
            return None
        try:
            day = _day(text)
        except ValueError as error:
            raise self.bad(str(error), heading) from error
        return None if day == NEVER else day


@lru_cache(maxsize=4096)  # a file of millions of rows has a few hundred days
def _day(text: str) -> date:
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day
        except ValueError:
            continue
    raise ValueError(f"{text!r} is no day")


def is_dental(code: str) -> bool:
    """Codes of the American Dental Association, which need a licence of its own."""
    return bool(DENTAL.fullmatch(code))
