"""What the NCCI edits say of two codes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations

from django.db.models import Q

from codes.codes import key_of
from codes.models import Edit, Release, ReleaseKind
from codes.releases import PRACTITIONER, Dated, newest


class PairStatus(StrEnum):
    BYPASSABLE = "edit_applies_bypassable"
    NO_BYPASS = "edit_applies_no_bypass"
    NOT_ON_DATE = "edit_not_on_date"
    NO_EDIT = "no_edit_in_loaded_data"
    NOT_LOADED = "data_not_loaded"


@dataclass(frozen=True)
class PairAnswer:
    """What the loaded edits say of two codes on a day.

    `column1` is paid and `column2` is not; both are "" without an edit. `outside` tells that the
    day lies outside the quarter of the release.
    """

    status: PairStatus
    a: str
    b: str
    on: date
    setting: str
    column1: str = ""
    column2: str = ""
    indicator: int | None = None
    rationale: str = ""
    effective_on: date | None = None
    deleted_on: date | None = None
    release: Release | None = None
    outside: bool = False
    row: int | None = None


def pair(a: str, b: str, on: date, setting: str = PRACTITIONER) -> PairAnswer:
    """Whether an NCCI edit stands between two codes on a day of service, in either direction."""
    return pairs(a, [b], on, setting)[0]


def pairs(a: str, others: list[str], on: date, setting: str = PRACTITIONER) -> list[PairAnswer]:
    """As `pair`, for one code with each of several; two queries whatever their number."""
    both = Q(column1=a, column2__in=others) | Q(column2=a, column1__in=others)
    return _answers([(a, b) for b in others], both, on, setting)


def pairs_among(codes: Sequence[str], on: date, setting: str = PRACTITIONER) -> list[PairAnswer]:
    """As `pair`, for each two of some codes, in their order; two queries."""
    both = Q(column1__in=codes, column2__in=codes)
    return _answers(list(combinations(codes, 2)), both, on, setting)


def _answers(asked: list[tuple[str, str]], edits: Q, on: date, setting: str) -> list[PairAnswer]:
    answers = [PairAnswer(PairStatus.NOT_LOADED, a, b, on, setting) for a, b in asked]
    dated = newest(ReleaseKind.PTP, on, setting)
    if dated is None:
        return answers
    found: dict[frozenset[str], list[Edit]] = {}
    for row in Edit.objects.filter(edits, release=dated.release).select_related("rationale"):
        found.setdefault(frozenset((row.column1, row.column2)), []).append(row)
    return [_judged(each, dated, found.get(frozenset((each.a, each.b)), [])) for each in answers]


def _judged(answer: PairAnswer, dated: Dated, rows: list[Edit]) -> PairAnswer:
    answer = replace(answer, release=dated.release, outside=dated.outside)
    if not dated.release.covers(key_of(answer.a), key_of(answer.b)):
        return answer
    active = sorted((row for row in rows if _stands(row, answer.on)), key=lambda row: row.indicator)
    if active:
        bypassable = active[0].indicator == 1
        status = PairStatus.BYPASSABLE if bypassable else PairStatus.NO_BYPASS
        return _with_row(answer, status, active[0])
    if rows:
        last = max(rows, key=lambda row: row.deleted_on or date.min)
        return _with_row(answer, PairStatus.NOT_ON_DATE, last)
    return replace(answer, status=PairStatus.NO_EDIT)


def _stands(row: Edit, on: date) -> bool:
    """In force from its first to its last day, both included; indicator 9 never was."""
    begun = row.effective_on is None or row.effective_on <= on
    return row.indicator in (0, 1) and begun and (row.deleted_on is None or on <= row.deleted_on)


def _with_row(answer: PairAnswer, status: PairStatus, row: Edit) -> PairAnswer:
    return replace(
        answer,
        status=status,
        column1=row.column1,
        column2=row.column2,
        indicator=row.indicator,
        rationale=row.rationale.text,
        effective_on=row.effective_on,
        deleted_on=row.deleted_on,
        row=row.pk,
    )
