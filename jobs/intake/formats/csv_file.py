"""CSV with a header row. Required: title, description; the employer unless the source has one.

Known columns, any order, with other names in use: see COLUMNS. Pay and dates may be in words.
"""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from jobs.intake import pay, place
from jobs.intake.files import text_stream
from jobs.intake.raw import BadFile, RawPosting, Record
from jobs.intake.values import employment, instant, line, markup, moment
from jobs.models.parts import PlaceMode

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS = {
    "id": ("id", "external_id", "reference", "referencenumber", "requisition_id"),
    "title": ("title", "job_title", "position"),
    "employer": ("employer", "organization", "organisation", "company"),
    "location": ("location", "place", "city_state"),
    "pay": ("salary", "pay", "compensation"),
    "url": ("link", "url", "apply_url"),
    "email": ("email", "apply_email"),
    "posted": ("posted_at", "posted", "date", "date_posted"),
    "closes": ("closes_at", "closes", "deadline", "valid_through"),
    "employment": ("employment_type", "employment", "type", "jobtype"),
    "benefits": ("benefits",),
    "description": ("description", "text", "body"),
}
LONGEST_FIELD = 1_000_000
Row = dict[str, str]


def read(stream: BinaryIO, path: Path) -> Iterator[Record]:
    csv.field_size_limit(LONGEST_FIELD)
    with text_stream(stream) as lines:
        rows = csv.reader(lines, strict=True)
        try:
            yield from _records(rows, path)
        except csv.Error as error:
            raise BadFile(f"{path}, line {rows.line_num}: {error}") from error
        except UnicodeDecodeError as error:
            raise BadFile(f"{path}, after line {rows.line_num}: not UTF-8 text") from error


def _records(rows: "Reader", path: Path) -> Iterator[Record]:
    header = [name.strip().lower() for name in next(rows, [])]
    for needed in ("title", "description"):
        if not set(COLUMNS[needed]) & set(header):
            raise BadFile(f"{path}, line 1: no column “{needed}”; found: {', '.join(header)}")
    while True:
        where = f"line {rows.line_num + 1}"
        values = next(rows, None)
        if values is None:
            return
        if len(values) != len(header):
            problem = f"{len(values)} columns, where the header has {len(header)}"
            yield Record(where, problem=problem)
        else:
            yield Record(where, parse(dict(zip(header, values, strict=True))))


def parse(row: Row) -> RawPosting:
    where = _get(row, "location")
    mode = place.mode_of(where)
    sites = tuple(site for site in place.places_of(where) if site.city)
    if mode == PlaceMode.NOT_STATED and sites:
        mode = PlaceMode.ONSITE
    rule, states = place.hires_in(mode, where)
    return RawPosting(
        external_id=_get(row, "id") or _get(row, "url") or _fingerprint(row),
        title=_get(row, "title"),
        description=markup(_raw(row, "description")),
        employer=_get(row, "employer"),
        apply_url=_get(row, "url"),
        apply_email=_get(row, "email"),
        page_url=_get(row, "url"),
        posted_at=instant(_get(row, "posted")),
        closes=moment(_get(row, "closes")),
        employment=employment(_get(row, "employment").replace(";", ",").split(",")),
        pay=pay.from_text(_get(row, "pay")),
        mode=mode,
        places=sites,
        state_rule=rule,
        states=states,
        benefits=_get(row, "benefits"),
    )


def _raw(row: Row, name: str) -> str:
    return next((row[column] for column in COLUMNS[name] if row.get(column)), "")


def _get(row: Row, name: str) -> str:
    return line(_raw(row, name))


def _fingerprint(row: Row) -> str:
    """The identity of a row that has none: who offers what where."""
    parts = "\n".join(_get(row, name) for name in ("employer", "title", "location"))
    return "row:" + hashlib.blake2s(parts.encode(), digest_size=12).hexdigest()
