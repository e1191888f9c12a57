"""What the Medicare fee schedule pays for a code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from codes.codes import key_of
from codes.models import Locality, RelativeValue, Release, ReleaseKind
from codes.releases import NON_QUALIFYING, Dated, fee_schedule, for_day

CENT = Decimal("0.01")
ONE = Decimal(1)
# The statuses whose relative values set a payment (CMS, RVU file documentation).
PAID_STATUSES = frozenset("ART")
CONTRACTOR_PRICED = "C"
BOTH_SIDES = "50"
# What modifier 50 makes of the amount, by the bilateral indicator (CMS, RVU file documentation).
SIDES = {"0": ONE, "1": Decimal("1.5"), "2": ONE, "3": Decimal(2)}


class FeeStatus(StrEnum):
    PRICED = "priced"
    CONTRACTOR = "contractor_priced"
    NOT_PAID = "not_paid"
    NO_ROW = "no_row"
    NOT_LOADED = "data_not_loaded"


@dataclass(frozen=True)
class FeeAnswer:
    """A fee schedule amount in dollars, with all that went into it.

    `times` is what modifier 50 makes of it, else 1. `capped` tells that the outpatient amount was
    lower and took its place; `rarely` that CMS marks the service as rarely or never done in that
    setting. Indices are 1 for the national amount.
    """

    status: FeeStatus
    code: str
    modifier: str
    facility: bool
    on: date
    amount: Decimal | None = None
    value: RelativeValue | None = None
    locality: Locality | None = None
    times: Decimal = ONE
    release: Release | None = None
    outside: bool = False
    capped: bool = False
    rarely: bool = False
    missing: str = ""

    @property
    def formula(self) -> str:
        """The sum as it was worked: "(0.37 × 1.065 + 2.30 × 1.166 + …) × 32.3465"."""
        if self.value is None or self.amount is None:
            return ""
        work, pe, mp = _indices(self.locality)
        practice, liability = _expense(self.value, facility=self.facility, capped=self.capped)
        inner = f"{self.value.work} × {work} + {practice} × {pe} + {liability} × {mp}"
        sides = "" if self.times == ONE else f" × {self.times}"
        return f"({inner}) × {self.value.conversion_factor}{sides}"


def fee(
    code: str,
    modifier: str,
    locality: Locality | None,
    facility: bool,
    on: date,
    schedule: str = NON_QUALIFYING,
) -> FeeAnswer:
    """The Medicare fee schedule amount: (W·GPCIw + PE·GPCIpe + MP·GPCImp)·CF, half up to cents.

    `locality` None is the national amount. Imaging whose outpatient amount is lower is held to it
    (Deficit Reduction Act of 2005, section 5102(b)). Indices of another year than the schedule's
    are not used: the answer then says what is missing. Source: CMS, RVU file documentation.
    """
    answer = FeeAnswer(FeeStatus.NOT_LOADED, code, modifier, facility, on, locality=locality)
    dated = fee_schedule(on, schedule)
    if dated is None:
        return replace(answer, missing=f"fee schedule of {on.year}")
    answer = replace(answer, release=dated.release, outside=dated.outside)
    if not dated.release.covers(key_of(code)):
        return replace(answer, missing=f"{code} in {dated.release}")
    if locality is not None and locality.release.effective_from.year != on.year:
        return replace(answer, missing=f"locality indices (GPCI) of {on.year}")
    rows = RelativeValue.objects.filter(release=dated.release, code=code)
    row = rows.filter(modifier="" if modifier == BOTH_SIDES else modifier).first()
    if row is None or (modifier == BOTH_SIDES and row.bilateral not in SIDES):
        return replace(answer, status=FeeStatus.NO_ROW)
    return _priced(answer, row)


def price(
    value: RelativeValue, locality: Locality | None, facility: bool, *, on: date
) -> FeeAnswer:
    """As `fee`, for a row already in hand."""
    answer = FeeAnswer(
        FeeStatus.NOT_PAID, value.code, value.modifier, facility, on, locality=locality
    )
    return _priced(answer, value)


def _priced(answer: FeeAnswer, value: RelativeValue) -> FeeAnswer:
    if value.status == CONTRACTOR_PRICED:
        return replace(answer, status=FeeStatus.CONTRACTOR, value=value)
    if value.status not in PAID_STATUSES:
        return replace(answer, status=FeeStatus.NOT_PAID, value=value)
    times = SIDES[value.bilateral] if answer.modifier == BOTH_SIDES else ONE
    full = _amount(value, answer, capped=False)
    is_held, _liability = _expense(value, facility=answer.facility, capped=True)
    held = _amount(value, answer, capped=True) if is_held else full
    return replace(
        answer,
        status=FeeStatus.PRICED,
        value=value,
        amount=(min(full, held) * times).quantize(CENT, ROUND_HALF_UP),
        times=times,
        capped=held < full,
        rarely=value.na_facility if answer.facility else value.na_nonfacility,
    )


def _amount(value: RelativeValue, answer: FeeAnswer, *, capped: bool) -> Decimal:
    work, pe, mp = _indices(answer.locality)
    practice, liability = _expense(value, facility=answer.facility, capped=capped)
    return (value.work * work + practice * pe + liability * mp) * value.conversion_factor


def _indices(locality: Locality | None) -> tuple[Decimal, Decimal, Decimal]:
    return (locality.work, locality.pe, locality.mp) if locality else (ONE, ONE, ONE)


def _expense(value: RelativeValue, *, facility: bool, capped: bool) -> tuple[Decimal, Decimal]:
    if capped:
        return value.opps_facility if facility else value.opps_nonfacility, value.opps_mp
    return value.pe_facility if facility else value.pe_nonfacility, value.mp


def components(
    code: str, on: date, schedule: str = NON_QUALIFYING
) -> tuple[Dated | None, list[RelativeValue]]:
    """The rows of a code in the fee schedule of a day: the whole, and 26 and TC where they are."""
    dated, rows = components_of([code], on, schedule)
    return dated, rows[code]


def components_of(
    codes: Sequence[str], on: date, schedule: str = NON_QUALIFYING
) -> tuple[Dated | None, dict[str, list[RelativeValue]]]:
    """The rows of several codes, in two queries."""
    dated = fee_schedule(on, schedule)
    found: dict[str, list[RelativeValue]] = {code: [] for code in codes}
    if dated is not None:
        rows = RelativeValue.objects.filter(release=dated.release, code__in=codes)
        for row in rows.order_by("modifier"):
            found[row.code].append(row)
    return dated, found


def localities(on: date) -> list[Locality]:
    """The payment localities whose indices are loaded for a day, by state."""
    dated = for_day(ReleaseKind.GPCI, on)
    if dated is None:
        return []
    return list(Locality.objects.filter(release=dated.release).select_related("release"))
