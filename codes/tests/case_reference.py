"""The reference that ships, for tests of the engine: built once, from the files, without tables."""

import csv
import gzip
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from codes.case.engine import Reading, read
from codes.case.index import Entry, Index, build
from codes.content_files import DATA, families

PFS = DATA / "cms" / "PPRRVU2026_Jul_nonQPP.csv.gz"
PTP = DATA / "cms" / "ncci_ptp_practitioner_2024q3.csv.gz"


@lru_cache(maxsize=1)
def index() -> Index:
    values = _values()
    return build(
        Entry(each.code, each.title, each.synonyms, each.attributes, worth, status)
        for each in families()
        for status, worth in [values[each.code]]
    )


def _values() -> dict[str, tuple[str, float]]:
    with gzip.open(PFS, "rt", encoding="latin-1") as lines:
        rows = [row for row in csv.reader(lines) if row and row[0][:5].isdigit() and not row[1]]
    return {row[0]: (row[3], float(row[12])) for row in rows}


@lru_cache(maxsize=1)
def all_edits() -> frozenset[tuple[str, str]]:
    with gzip.open(PTP, "rt", encoding="latin-1") as lines:
        rows = (row for row in csv.reader(lines) if len(row) > 3 and row[0][:5].isdigit())
        return frozenset(
            (row[0], row[1]) for row in rows if not row[2].strip("*") and row[3] in "01"
        )


def edits(codes: Sequence[str]) -> set[tuple[str, str]]:
    return {(one, other) for one in codes for other in codes if (one, other) in all_edits()}


def reading(text: str) -> Reading:
    return read(index(), text, edits)


def codes(text: str) -> list[str]:
    return [each.code for each in reading(text).ranked]


def own_cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / "cases" / "own.json").read_text())
    return found
