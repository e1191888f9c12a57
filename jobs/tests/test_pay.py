from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import pay
from jobs.models import Job
from jobs.models.parts import PayBasis


def offer(basis, lo=None, hi=None, **fields):
    ends = [None if end is None else Decimal(end) for end in (lo, hi)]
    return Job(pay_basis=basis, pay_min=ends[0], pay_max=ends[1], **fields)


def a_day(volume, unit):
    return {"volume": volume, "volume_unit": unit, "volume_per": "day"}


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (offer("hour", "29", "34"), ("29.00", "34.00")),
        (offer("hour", "29.50"), ("29.50", None)),
        (offer("hour", None, "34"), (None, "34.00")),
        (offer("day", "240", "280"), ("30.00", "35.00")),
        (offer("week", "1200", "1200"), ("30.00", "30.00")),
        (offer("week", "900", "900", hours_per_week=30), ("30.00", "30.00")),
        (offer("month", "5200", "6000"), ("30.00", "34.62")),
        (offer("year", "68000", "79000"), ("32.69", "37.98")),
        (offer("year", "68000", "79000", hours_per_week=36), ("36.32", "42.20")),
        (offer("year", "68000", "79000", hours_per_week=0), ("32.69", "37.98")),
        (offer("chart", "4.10", "4.10", **a_day(60, "charts")), ("30.75", "30.75")),
        (offer("encounter", "1.5", "2", **a_day(120, "encounters")), ("22.50", "30.00")),
        (
            offer("rvu", "2", "2", volume=600, volume_unit="rvus", volume_per="week"),
            ("30.00", "30.00"),
        ),
        (
            offer("chart", "3", "3", volume=9, volume_unit="charts", volume_per="hour"),
            ("27.00", "27.00"),
        ),
        (offer("chart", "4.10", "4.10"), (None, None)),
        (offer("chart", "4.10", "4.10", **a_day(60, "reports")), (None, None)),
        (offer("project", "900", "900"), (None, None)),
        (offer("not_stated", "29", "34"), (None, None)),
        (offer("hour"), (None, None)),
        (offer("hour", "99999999.99"), (None, None)),
    ],
)
def test_comparable_is_dollars_an_hour(job, expected):
    assert tuple(end and str(end) for end in pay.comparable(job)) == expected


@given(
    basis=st.sampled_from(PayBasis.values),
    lo=st.decimals(min_value="0.01", max_value="99999999.99", places=2),
    more=st.decimals(min_value=0, max_value=1000, places=2),
    hours=st.integers(min_value=0, max_value=80) | st.none(),
)
def test_comparable_keeps_the_order_of_the_ends(basis, lo, more, hours):
    least, most = pay.comparable(offer(basis, lo, lo + more, hours_per_week=hours))

    assert (least is None) == (most is None)
    assert least is None or (least <= most <= Decimal("999999.99"))


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (offer("hour", "29", "34"), "$29–34/h"),
        (offer("hour", "29", "33.5"), "$29.00–33.50/h"),
        (offer("hour", "29.5", "29.5"), "$29.50/h"),
        (offer("hour", "29"), "from $29/h"),
        (offer("hour", None, "34"), "up to $34/h"),
        (offer("year", "68000", "79000"), "$68,000–79,000 a year"),
        (offer("month", "5000", "5000"), "$5,000 a month"),
        (offer("chart", "4.1", "4.1"), "$4.10/chart"),
        (offer("rvu", "9", "11"), "$9–11/work RVU"),
        (offer("project", "900", "900"), "$900 for the project"),
        (offer("not_stated", "29", "34"), "$29–34, unit not stated"),
        (offer("hour"), ""),
        (offer("not_stated"), ""),
    ],
)
def test_pay_text_is_the_figure_as_the_employer_gave_it(job, expected):
    assert pay.pay_text(job) == expected


@pytest.mark.parametrize(
    ("job", "band", "workings"),
    [
        (offer("hour", "29", "34"), "", ""),
        (offer("chart", "4.10"), "", ""),
        (offer("day", "240", "280"), "$30–35/h", "computed at 8 hours a day"),
        (
            offer("year", "68000", "79000"),
            "$32.69–37.98/h",
            "computed at 40 hours a week, as none are stated, 52 weeks a year",
        ),
        (
            offer("week", "900", hours_per_week=30),
            "from $30/h",
            "computed at the stated 30 hours a week",
        ),
        (
            offer("chart", "4.10", "4.10", **a_day(60, "charts")),
            "$30.75/h",
            "computed at the stated 60 charts a day of 8 hours",
        ),
        (
            offer("rvu", "2", "2", volume=600, volume_unit="rvus", volume_per="week"),
            "$30/h",
            "computed at the stated 600 work RVUs a week of 40 hours",
        ),
        (
            offer("chart", "3", "3", volume=9, volume_unit="charts", volume_per="hour"),
            "$27/h",
            "computed at the stated 9 charts an hour",
        ),
    ],
)
def test_hourly_text_says_how_it_was_computed(job, band, workings):
    assert (pay.hourly_text(job), pay.workings(job)) == (band, workings)
