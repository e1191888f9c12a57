"""How many codes in force the reference holds in some runs, and in some specialties."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import connection

from codes.codes import CodeSystem
from codes.models import Span

IN_RUNS = """
SELECT (
    SELECT count(*) FROM codes_code c
    WHERE c.system = run.system AND c.key >= run.lo AND c.key < run.hi AND c.valid_to IS NULL
        AND c.system <> %s
)
FROM unnest(%s::text[], %s::int[], %s::int[]) WITH ORDINALITY AS run(system, lo, hi, place)
ORDER BY place
"""
IN_SPECIALTIES = """
SELECT r.specialty_id, count(DISTINCT c.id)
FROM codes_specialtyrange r
JOIN codes_code c ON c.system = r.system AND c.key >= lower(r.span) AND c.key < upper(r.span)
WHERE r.specialty_id = ANY(%s) AND c.valid_to IS NULL AND c.system <> %s
GROUP BY r.specialty_id
"""


def in_runs(runs: Sequence[Span]) -> list[int]:
    """For each run, in order; one query for all."""
    if not runs:
        return []
    lower, upper = [run.span.lower for run in runs], [run.span.upper for run in runs]
    with connection.cursor() as cursor:
        cursor.execute(IN_RUNS, [_hidden(), [run.system for run in runs], lower, upper])
        return [count for (count,) in cursor.fetchall()]


def in_specialties(keys: Iterable[int]) -> dict[int, int]:
    """By primary key, for those that have any; a code in two of its ranges counts once."""
    wanted = list(keys)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(IN_SPECIALTIES, [wanted, _hidden()])
        return dict(cursor.fetchall())


def _hidden() -> str:
    return "" if settings.CPT_PUBLIC else CodeSystem.CPT.value
