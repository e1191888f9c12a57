"""How many units of a code a claim may hold, and which codes an add-on code stands beside."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from codes.codes import key_of
from codes.models import AddOn, Release, ReleaseKind, UnitLimit
from codes.models.facts import CONTRACTOR_DECIDES
from codes.releases import PRACTITIONER, closest


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
    dated = closest(ReleaseKind.MUE, on, setting)
    if dated is None or not dated.release.covers(key_of(code)):
        return UnitsAnswer(code, on, setting)
    row = UnitLimit.objects.filter(release=dated.release, code=code).first()
    return UnitsAnswer(code, on, setting, row, dated.release, dated.outside)


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
    dated = closest(ReleaseKind.ADD_ON, on)
    if dated is None or not dated.release.covers(key_of(code)):
        return AddOnAnswer(code)
    rows = AddOn.objects.filter(Q(add_on=code) | Q(primary=code), release=dated.release)
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
