"""Figures about the live postings: what they pay by specialty, in which states they hire."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from jobs.search.kept import kept
from jobs.search.run import fetch
from jobs.search.words import Condition

# A band of fewer postings would tell what one employer pays.
FEWEST = 3
PAY = """
    SELECT specialty, count(*),
           percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY middle)
    FROM (
        SELECT unnest(specialties) AS specialty,
               (coalesce(hourly_min, hourly_max) + hourly_max) / 2 AS middle
        FROM jobs_jobsearch WHERE closes_at > %s AND hourly_max IS NOT NULL
    ) stated
    GROUP BY specialty HAVING count(*) >= %s
"""
PAY_IN_STATE = """
    SELECT '', count(*), percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY middle)
    FROM (
        SELECT (coalesce(hourly_min, hourly_max) + hourly_max) / 2 AS middle
        FROM jobs_jobsearch
        WHERE closes_at > %s AND hourly_max IS NOT NULL AND %s = ANY(hires_in)
    ) stated
    HAVING count(*) >= %s
"""
STATES = """
    SELECT state, count(*), max(updated_at)
    FROM jobs_jobsearch s JOIN jobs_job j ON j.id = s.job_id, unnest(hires_in) state
    WHERE s.closes_at > %s GROUP BY state
"""
SPECIALTIES = """
    SELECT specialty, count(*), max(updated_at)
    FROM jobs_jobsearch s JOIN jobs_job j ON j.id = s.job_id, unnest(specialties) specialty
    WHERE s.closes_at > %s GROUP BY specialty
"""


@dataclass(frozen=True)
class PayBand:
    """Comparable dollars an hour: the middle half of `count` postings, and their median."""

    count: int
    low: Decimal
    median: Decimal
    high: Decimal


@dataclass(frozen=True)
class Presence:
    """Live postings under one heading, and when the last of them was written."""

    count: int
    changed_at: datetime


def pay_by_specialty(now: datetime) -> dict[int, PayBand]:
    """By primary key, where enough postings state their pay."""
    rows = kept("pay-by-specialty", lambda: _ask(PAY, now, FEWEST), now)
    return {key: _band(count, quarters) for key, count, quarters in rows}


def pay_in_state(code: str, now: datetime) -> PayBand | None:
    rows = kept(f"pay-in-state:{code}", lambda: _ask(PAY_IN_STATE, now, code, FEWEST), now)
    return next((_band(count, quarters) for _all, count, quarters in rows), None)


def states(now: datetime) -> dict[str, Presence]:
    """The states in which live postings hire, by code."""
    rows = kept("states", lambda: _ask(STATES, now), now)
    return {code: Presence(count, changed_at) for code, count, changed_at in rows}


def specialties(now: datetime) -> dict[int, Presence]:
    """The specialties of live postings, by primary key."""
    rows = kept("specialties", lambda: _ask(SPECIALTIES, now), now)
    return {key: Presence(count, changed_at) for key, count, changed_at in rows}


def _ask(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    return fetch(Condition(sql, params))


def _band(count: int, quarters: list[float]) -> PayBand:
    return PayBand(count, *(round(Decimal(str(quarter)), 2) for quarter in quarters))
