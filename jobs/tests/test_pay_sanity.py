from decimal import Decimal

import pytest

from jobs.models.parts import PayBasis
from jobs.pay_sanity import pay_problems

UNIT = "${} is not a likely pay for {}. Check the figure and what it is paid for."


@pytest.mark.parametrize(
    ("basis", "lo", "hi", "problems"),
    [
        (PayBasis.HOUR, "28", "34", []),
        (PayBasis.YEAR, "58000", "74000", []),
        (PayBasis.CHART, "0.85", "2.10", []),
        (PayBasis.PROJECT, "12000", None, []),
        (PayBasis.NOT_STATED, None, None, []),
        (PayBasis.HOUR, None, None, ["Say how much is paid."]),
        (
            PayBasis.NOT_STATED,
            "30",
            None,
            ["Say what the figures are paid for: an hour, a year, a chart."],
        ),
        (PayBasis.YEAR, "28", "34", [UNIT.format("28.00", "a year")]),
        (PayBasis.HOUR, "58000", "74000", [UNIT.format("58,000.00", "an hour")]),
        (PayBasis.HOUR, "34", "28", ["The highest pay is below the lowest."]),
        (
            PayBasis.HOUR,
            "20",
            "80.01",
            ["The highest pay is more than 4 times the lowest. Narrow the range."],
        ),
        (PayBasis.HOUR, "20", "80", []),
        (
            PayBasis.HOUR,
            "0",
            "30",
            ["Pay is more than zero. Leave it empty when you do not state it."],
        ),
    ],
)
def test_pay_problems_names_what_cannot_be_meant(
    basis: str, lo: str | None, hi: str | None, problems: list[str]
) -> None:
    figures = [Decimal(figure) if figure else None for figure in (lo, hi)]

    assert pay_problems(basis, *figures) == problems
