"""How many units of a code a claim may hold, and which codes an add-on code stands beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from codes.codes import key_of
from codes.models import AddOn, Release, ReleaseKind, UnitLimit
from codes.models.facts import CONTRACTOR_DECIDES
from codes.releases import PRACTITIONER, Dated, closest


@dataclass(frozen=True)
class UnitsAnswer:
    """`limit` None: no row in the release, which is not "no limit"; `release` None: not loaded."""

    code: str
    on: date
    setting: str
    limit: UnitLimit | None = None
    release: Release | None = None
    outside: bool = False


def units(code: str, on: date, setting: str = PRACTITIONER) -> UnitsAnswer:
    return units_of([code], on, setting)[code]


def units_of(codes: Sequence[str], on: date, setting: str = PRACTITIONER) -> dict[str, UnitsAnswer]:
    """The limits of several codes, in two queries."""
    unknown = {code: UnitsAnswer(code, on, setting) for code in codes}
    dated = closest(ReleaseKind.MUE, on, setting)
    if dated is None:
        return unknown
    rows = UnitLimit.objects.filter(release=dated.release, code__in=codes)
    limits = {row.code: row for row in rows}
    covered = [code for code in codes if dated.release.covers(key_of(code))]
    return unknown | {
        code: UnitsAnswer(code, on, setting, limits.get(code), dated.release, dated.outside)
        for code in covered
    }


@dataclass(frozen=True)
class AddOnAnswer:
    """`primaries` of an add-on code, or the add-on codes that may stand beside a primary one.

    `release` None: not loaded.
    """

    code: str
    primaries: tuple[str, ...] = ()
    add_ons: tuple[str, ...] = ()
    contractor_decides: bool = False
    edit_types: tuple[int, ...] = ()
    release: Release | None = None
    outside: bool = False

    @property
    def is_add_on(self) -> bool:
        return bool(self.primaries) or self.contractor_decides


def add_ons(code: str, on: date) -> AddOnAnswer:
    return add_ons_of([code], on)[code]


def add_ons_of(codes: Sequence[str], on: date) -> dict[str, AddOnAnswer]:
    """What stands beside several codes, in two queries."""
    dated = closest(ReleaseKind.ADD_ON, on)
    if dated is None:
        return {code: AddOnAnswer(code) for code in codes}
    named = Q(add_on__in=codes) | Q(primary__in=codes)
    rows = list(AddOn.objects.filter(named, release=dated.release))
    return {code: _add_ons(code, rows, dated) for code in codes}


def _add_ons(code: str, rows: list[AddOn], dated: Dated) -> AddOnAnswer:
    if not dated.release.covers(key_of(code)):
        return AddOnAnswer(code)
    mine = [row for row in rows if row.add_on == code]
    return AddOnAnswer(
        code,
        primaries=tuple(sorted(row.primary for row in mine if row.primary != CONTRACTOR_DECIDES)),
        add_ons=tuple(sorted(row.add_on for row in rows if row.primary == code)),
        contractor_decides=any(row.primary == CONTRACTOR_DECIDES for row in mine),
        edit_types=tuple(sorted({row.edit_type for row in mine})),
        release=dated.release,
        outside=dated.outside,
    )
