"""What the loaded tables say of a suggested code: each check with the release it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from codes import billing
from codes.case.facts import Facts
from codes.models import Edit, RelativeValue, Release, ReleaseKind
from codes.models.case import CaseSetting
from codes.releases import OUTPATIENT, PRACTITIONER, Dated, newest


@dataclass(frozen=True)
class Check:
    """One thing to know before the code is chosen. `source` is "" where nothing is loaded."""

    kind: str
    text: str
    source: str = ""


def table_of(setting: str) -> str:
    """Which edits and limits apply: those of the hospital's own claim, or of practitioners."""
    return OUTPATIENT if setting == CaseSetting.HOSPITAL else PRACTITIONER


def standing(codes: Sequence[str], on: date, setting: str) -> set[tuple[str, str]]:
    """The pairs (paid, not paid) among some codes between which an edit stands; two queries.

    The same rule as `billing.pairs`, which tells the whole of each.
    """
    dated = newest(ReleaseKind.PTP, on, table_of(setting))
    if dated is None:
        return set()
    begun = Q(effective_on=None) | Q(effective_on__lte=on)
    going = Q(deleted_on=None) | Q(deleted_on__gte=on)
    rows = Edit.objects.filter(
        begun,
        going,
        release=dated.release,
        column1__in=codes,
        column2__in=codes,
        indicator__in=(0, 1),
    )
    return set(rows.values_list("column1", "column2"))


def checks(codes: Sequence[str], facts: Facts, on: date, setting: str) -> dict[str, list[Check]]:
    """What is to be known of each code; six queries, however many they are."""
    dated, rows = billing.components_of(codes, on)
    limits = billing.units_of(codes, on, table_of(setting))
    beside = billing.add_ons_of(codes, on)
    return {
        code: [
            *_by_schedule(rows[code], facts, setting, on, named(dated)),
            *_units(limits[code]),
            *_add_ons(beside[code]),
        ]
        for code in codes
    }


def named(dated: Dated | Release | None) -> str:
    """The name of a release; with a mark where the day lies outside of it."""
    if dated is None:
        return ""
    if isinstance(dated, Dated):
        mark = _(" (the day lies outside it)") if dated.outside else ""
        return f"{dated.release}{mark}"
    return str(dated)


def _by_schedule(
    rows: list[RelativeValue], facts: Facts, setting: str, on: date, source: str
) -> list[Check]:
    found = [Check("validity", _("In force on %(day)s") % {"day": f"{on:%-d %b %Y}"}, source)]
    whole = next((row for row in rows if not row.modifier), None)
    if whole is None:
        missing = Check("fee schedule", _("No row in the loaded fee schedule"), source)
        return [*found, missing]
    return found + _by_indicators(whole, facts, setting, source)


def _by_indicators(row: RelativeValue, facts: Facts, setting: str, source: str) -> list[Check]:
    found = []
    if row.status not in "ACRT":
        found.append(
            Check(
                "status",
                _("Medicare does not pay it separately (status %(status)s)")
                % {"status": row.status},
                source,
            )
        )
    if text := _components(row.pctc, setting):
        found.append(Check("26 and TC", text, source))
    if facts.sides == "both sides" and row.bilateral in BOTH:
        found.append(Check("both sides", str(BOTH[row.bilateral]), source))
    return found


def _splits(setting: str) -> str:
    if setting == CaseSetting.OFFICE:
        return _("In the practice's own suite the whole service: neither 26 nor TC")
    if setting == CaseSetting.FACILITY:
        return _("Professional claim for a hospital's equipment: modifier 26")
    if setting == CaseSetting.HOSPITAL:
        return _("The hospital reports the code as it is; the physician's claim takes 26")
    return _("Splits into 26 and TC: the setting decides, and it is not stated")


def _components(indicator: str, setting: str) -> str:
    return _splits(setting) if indicator == "1" else str(WHOLE.get(indicator, ""))


WHOLE = {
    "2": gettext_lazy("The professional part alone: no 26 and no TC"),
    "3": gettext_lazy("The technical part alone: no 26 and no TC"),
    "4": gettext_lazy("The whole only; its parts have codes of their own"),
}
BOTH = {
    "0": gettext_lazy("Both sides pay as one: modifier 50 does not raise it"),
    "1": gettext_lazy("Both sides were done: modifier 50, paid at 150 %"),
    "2": gettext_lazy("Its value already covers both sides: no modifier 50"),
    "3": gettext_lazy("Each side pays in full: LT and RT, or 50"),
}


def _units(answer: billing.UnitsAnswer) -> list[Check]:
    if answer.release is None:
        return [Check("units", _("Unit limits are not loaded"))]
    source = named(Dated(answer.release, answer.outside))
    if answer.limit is None:
        return [Check("units", _("No unit limit in the release, which is not “no limit”"), source)]
    return [Check("units", _("At most %(number)s a day") % {"number": answer.limit.units}, source)]


def _add_ons(answer: billing.AddOnAnswer) -> list[Check]:
    if answer.release is None or not answer.is_add_on:
        return []
    beside = ", ".join(answer.primaries[:8]) or _("a code the contractor names")
    more = len(answer.primaries) > 8
    text = _("An add-on code: only beside %(codes)s") % {"codes": beside + (" …" if more else "")}
    return [Check("add-on", text, named(Dated(answer.release, answer.outside)))]
