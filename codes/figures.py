"""What CMS publishes of a code, ready to show: components, fees, edits, units, add-on rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from codes import billing
from codes.billing import FeeAnswer, PairAnswer, PairStatus
from codes.indicators import indicators
from codes.models import Code, Locality, RelativeValue, Release, ReleaseKind
from codes.releases import OUTPATIENT, PRACTITIONER, SETTINGS, Dated, newest

COMPONENT_NAMES = {
    "": _("Global: the whole service"),
    "26": _("Professional part"),
    "TC": _("Technical part"),
    "53": _("Stopped before its end"),
}
PAIR_WORDS = {
    PairStatus.BYPASSABLE: _("edit; a modifier may bypass it when the two are truly distinct"),
    PairStatus.NO_BYPASS: _("edit; no modifier bypasses it"),
    PairStatus.NOT_ON_DATE: _("no edit on that date; there was one"),
    PairStatus.NO_EDIT: _("no edit in the loaded data"),
    PairStatus.NOT_LOADED: _("not loaded"),
}


@dataclass(frozen=True)
class Component:
    """One row of the fee schedule with its amounts in both settings."""

    modifier: str
    name: Any
    value: RelativeValue
    nonfacility: FeeAnswer
    facility: FeeAnswer

    @property
    def fees(self) -> tuple[FeeAnswer, FeeAnswer]:
        return self.nonfacility, self.facility


@dataclass(frozen=True)
class Pair:
    answer: PairAnswer
    words: Any
    other: Code | None


@dataclass(frozen=True)
class Figures:
    """All that the loaded CMS files say of one code on one day."""

    on: date
    schedule: Dated | None
    components: tuple[Component, ...]
    indicators: tuple[Any, ...]
    units: tuple[billing.UnitsAnswer, ...]
    add_ons: billing.AddOnAnswer
    localities: tuple[Locality, ...]
    locality: Locality | None

    @property
    def release(self) -> Release | None:
        return self.schedule.release if self.schedule else None

    @property
    def any(self) -> bool:
        return bool(self.components) or any(each.limit for each in self.units)


def figures(code: Code, *, on: date, locality: str = "") -> Figures:
    """`locality` is a contractor and number, "10112-00"; else the national amounts are worked."""
    chosen = _locality(locality)
    day = date(chosen.release.effective_from.year, 12, 31) if chosen else on
    schedule, rows = billing.components(code.code, day)
    whole = next((row for row in rows if not row.modifier), None)
    return Figures(
        on=day,
        schedule=schedule,
        components=tuple(_component(row, chosen, day) for row in rows),
        indicators=tuple(indicators(whole)) if whole else (),
        units=tuple(billing.units(code.code, on, setting) for setting in SETTINGS),
        add_ons=billing.add_ons(code.code, on),
        localities=tuple(_localities(on)),
        locality=chosen,
    )


def _locality(text: str) -> Locality | None:
    mac, _dash, number = text.partition("-")
    rows = Locality.objects.filter(mac=mac, number=number).select_related("release")
    return rows.order_by("-release__effective_from").first() if number else None


def _localities(on: date) -> list[Locality]:
    dated = newest(ReleaseKind.GPCI, on)
    return list(Locality.objects.filter(release=dated.release)) if dated else []


def _component(row: RelativeValue, locality: Locality | None, on: date) -> Component:
    return Component(
        modifier=row.modifier,
        name=COMPONENT_NAMES.get(row.modifier, row.modifier),
        value=row,
        nonfacility=billing.price(row, locality, False, on=on),
        facility=billing.price(row, locality, True, on=on),
    )


def pair_rows(code: Code, others: list[Code], *, on: date) -> list[dict[str, Any]]:
    """For each other code what stands between the two, in both settings."""
    by_setting = {
        setting: billing.pairs(code.code, [other.code for other in others], on, setting)
        for setting in (PRACTITIONER, OUTPATIENT)
    }
    return [
        {
            "other": other,
            **{name: _pair(answers[place], other) for name, answers in by_setting.items()},
        }
        for place, other in enumerate(others)
    ]


def _pair(answer: PairAnswer, other: Code) -> Pair:
    return Pair(answer, PAIR_WORDS[answer.status], other)
