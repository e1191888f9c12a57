"""Pay figures that cannot be meant: an hourly figure in an annual field, zero, too wide a range."""

from decimal import Decimal

from django.utils.translation import gettext as _

from jobs.models.parts import PayBasis

WIDEST = 4
# What a coder has been paid by each basis lies well inside; the usual slip lies well outside.
PLAUSIBLE = {
    PayBasis.HOUR: (Decimal(7), Decimal(300)),
    PayBasis.DAY: (Decimal(40), Decimal(2500)),
    PayBasis.WEEK: (Decimal(150), Decimal(12000)),
    PayBasis.MONTH: (Decimal(700), Decimal(45000)),
    PayBasis.YEAR: (Decimal(10000), Decimal(500000)),
    PayBasis.CHART: (Decimal("0.10"), Decimal(150)),
    PayBasis.ENCOUNTER: (Decimal("0.10"), Decimal(150)),
    PayBasis.RVU: (Decimal("0.10"), Decimal(150)),
}


def pay_problems(basis: str, lo: Decimal | None, hi: Decimal | None) -> list[str]:
    """What is wrong with the figures, in words for whoever typed them; empty when all is well."""
    figures = [figure for figure in (lo, hi) if figure is not None]
    if not figures:
        return [] if basis == PayBasis.NOT_STATED else [_("Say how much is paid.")]
    if basis == PayBasis.NOT_STATED:
        return [_("Say what the figures are paid for: an hour, a year, a chart.")]
    if min(figures) <= 0:
        return [_("Pay is more than zero. Leave it empty when you do not state it.")]
    if lo is not None and hi is not None and (problem := _range_problem(lo, hi)):
        return [problem]
    return _unit_problems(basis, figures)


def _range_problem(lo: Decimal, hi: Decimal) -> str:
    if hi < lo:
        return _("The highest pay is below the lowest.")
    if hi > WIDEST * lo:
        return _("The highest pay is more than %(times)s times the lowest. Narrow the range.") % {
            "times": WIDEST
        }
    return ""


def _unit_problems(basis: str, figures: list[Decimal]) -> list[str]:
    if basis not in PLAUSIBLE:
        return []
    least, most = PLAUSIBLE[PayBasis(basis)]
    odd = [figure for figure in figures if not least <= figure <= most]
    if not odd:
        return []
    return [
        _("$%(figure)s is not a likely pay for %(unit)s. Check the figure and what it is paid for.")
        % {"figure": f"{odd[0]:,.2f}", "unit": PayBasis(basis).label}
    ]
