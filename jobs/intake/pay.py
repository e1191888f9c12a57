"""Pay as sources state it: numbers with a unit, or a line of words."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from jobs.intake.raw import RawPay
from jobs.intake.values import line
from jobs.models.parts import PayBasis

UNITS = {
    "hour": PayBasis.HOUR,
    "hr": PayBasis.HOUR,
    "h": PayBasis.HOUR,
    "hourly": PayBasis.HOUR,
    "day": PayBasis.DAY,
    "daily": PayBasis.DAY,
    "week": PayBasis.WEEK,
    "weekly": PayBasis.WEEK,
    "month": PayBasis.MONTH,
    "monthly": PayBasis.MONTH,
    "year": PayBasis.YEAR,
    "yr": PayBasis.YEAR,
    "yearly": PayBasis.YEAR,
    "annual": PayBasis.YEAR,
    "annually": PayBasis.YEAR,
    "annum": PayBasis.YEAR,
    "chart": PayBasis.CHART,
    "encounter": PayBasis.ENCOUNTER,
    "rvu": PayBasis.RVU,
}
AMOUNT = r"\$?\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(k\b)?"
RANGE = re.compile(rf"{AMOUNT}(?:\s*(?:-|–|—|to|and)\s*(?:USD\s*)?{AMOUNT})?", re.IGNORECASE)
UNIT = re.compile(rf"\b({'|'.join(UNITS)})s?\b", re.IGNORECASE)
FOREIGN = re.compile(r"[£€¥₹]|\b(?:CAD|GBP|EUR|AUD|INR|MXN)\b|\b[CA]\$", re.IGNORECASE)
MOST = Decimal("9999999.99")
# Without a unit, figures below this are by the hour and those above the next by the year.
HOURLY_BELOW, YEARLY_FROM = 250, 15_000


def from_text(text: Any) -> RawPay:
    """Read "$4,632.50/month" or "USD $70,000-$75,000/year"; other currencies stay unread."""
    stated = line(text)
    found = RANGE.search(stated)
    if not found or FOREIGN.search(stated):
        return RawPay(stated=stated)
    lo, lo_k, hi, hi_k = found.groups()
    first = _amount(lo, lo_k or hi_k)
    last = _amount(hi, hi_k) if hi else first
    unit = UNIT.search(stated, found.end()) or UNIT.search(stated)
    basis = UNITS[unit[1].lower()] if unit else _basis_by_size(last)
    only_most = re.search(r"\bup to\s*(?:USD\s*)?\$?\s*$", stated[: found.start(1)], re.IGNORECASE)
    only_least = re.match(r"\s*\+", stated[found.end() :]) or re.search(
        r"\b(?:from|starting at|at least)\s*\$?\s*$", stated[: found.start(1)], re.IGNORECASE
    )
    return settled(
        basis, None if only_most else first, None if only_least and not hi else last, stated
    )


def from_figures(lo: Any, hi: Any, unit: Any, currency: Any) -> RawPay:
    """Read structured pay; "negotiable", zero and other currencies stay unread, in words."""
    stated = " ".join(line(str(part)) for part in (lo, hi, unit, currency) if part)
    basis = UNITS.get(line(unit).lower().removeprefix("1 ").removeprefix("per-").rstrip("s"), "")
    basis = basis or UNITS.get(re.sub(r"^per-|-(salary|wage)$", "", line(unit).lower()), "")
    if line(currency).upper() not in ("USD", "") or not basis:
        return RawPay(stated=stated)
    return settled(basis, _number(lo), _number(hi), stated)


def settled(basis: str, lo: Decimal | None, hi: Decimal | None, stated: str) -> RawPay:
    """Figures in order and within what the board keeps, or none of them."""
    given = [figure for figure in (lo, hi) if figure is not None]
    if not basis or not given or not all(0 < figure <= MOST for figure in given):
        return RawPay(stated=stated)
    if lo is not None and hi is not None and hi < lo:
        lo, hi = hi, lo
    return RawPay(basis, lo, hi, stated)


def _basis_by_size(amount: Decimal) -> str:
    if amount < HOURLY_BELOW:
        return PayBasis.HOUR
    return PayBasis.YEAR if amount >= YEARLY_FROM else ""


def _amount(digits: str, thousands: str | None) -> Decimal:
    return Decimal(digits.replace(",", "")) * (1000 if thousands else 1)


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value).replace(",", "").replace("$", "").strip())
        return number.quantize(Decimal("0.01")) if number.is_finite() and number > 0 else None
    except InvalidOperation:
        return None
