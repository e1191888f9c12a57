"""From a code or a specialty of the reference to the open jobs that need it, the closest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from codes.models import Code, Specialty
from jobs import listing
from jobs.eligibility import profile_of
from jobs.models.parts import PlaceMode
from jobs.search import SearchQuery, figures, vocabulary
from jobs.search.find import find

SHOWN = 4
# A posting that names the code alone is closest, then the narrowest run, then the specialty.
CLOSEST = """
SELECT job, min(width) FROM (
    SELECT r.job_id AS job, upper(r.span) - lower(r.span) AS width
    FROM jobs_jobcoderange r WHERE r.system = %(system)s AND r.span @> %(key)s
    UNION ALL
    SELECT s.job_id, NULL FROM jobs_jobsearch s WHERE s.specialties && %(specialties)s::int[]
) near
JOIN jobs_job j ON j.id = job
WHERE j.status = 'published' AND j.closes_at > %(now)s
GROUP BY job, j.published_at
ORDER BY min(width) NULLS LAST, j.published_at DESC, job DESC
"""


@dataclass(frozen=True)
class Near:
    """A posting's card, and in what way it needs the code."""

    html: SafeString
    why: str


def for_code(
    code: Code,
    specialties: Sequence[Specialty],
    *,
    reader: User | AnonymousUser,
    now: datetime,
) -> dict[str, Any]:
    """The closest jobs, and how many there are by a range and by a specialty alone."""
    if code.key is None:
        return {"jobs_near": [], "jobs_by_range": 0, "jobs_by_specialty": 0, "jobs_url": ""}
    rows = _closest(code, specialties, now)
    shown = dict(rows[:SHOWN])
    cards = listing.cards(list(shown), now=now, reader=reader, profile=profile_of(reader))
    whys = [_why(code, width) for width in shown.values()]
    by_range = sum(width is not None for _job, width in rows)
    return {
        "jobs_near": [Near(*pair) for pair in zip(cards, whys, strict=False)],
        "jobs_by_range": by_range,
        "jobs_by_specialty": len(rows) - by_range,
        "jobs_url": f"{reverse('jobs:job_list')}?code={code.code}",
    }


def _closest(
    code: Code, specialties: Sequence[Specialty], now: datetime
) -> list[tuple[int, int | None]]:
    params: dict[str, Any] = {"system": code.system, "key": code.key, "now": now}
    params["specialties"] = [row.pk for row in specialties]
    with connection.cursor() as cursor:
        cursor.execute(CLOSEST, params)
        return list(cursor.fetchall())


def _why(code: Code, width: int | None) -> str:
    if width is None:
        return _("works in its specialty")
    if width == 1:
        return _("names %(code)s") % {"code": code.code}
    return _("names a range that holds it")


def how_many(
    *, code: str = "", specialty: str = "", state: str = "", remote: bool = False, now: datetime
) -> tuple[int, str]:
    """How many open jobs the search finds for these, and its address."""
    query = SearchQuery(
        code=code,
        specialties=(specialty,) if specialty else (),
        state=state,
        modes=(PlaceMode.REMOTE,) if remote else (),
    )
    found = find(query, now, vocabulary.load()).total
    return found, f"{reverse('jobs:job_list')}?{query.to_querystring()}"


def for_specialty(
    specialty: Specialty, *, reader: User | AnonymousUser, now: datetime
) -> dict[str, Any]:
    """The newest jobs of a specialty, their number, and what they pay by the hour."""
    results = find(SearchQuery(specialties=(specialty.slug,)), now, vocabulary.load())
    return {
        "jobs_total": results.total,
        "jobs_newest": listing.cards(
            results.ids[:SHOWN], now=now, reader=reader, profile=profile_of(reader)
        ),
        "band": figures.pay_by_specialty(now).get(specialty.pk),
        "jobs_url": reverse("jobs:specialty", args=[specialty.slug]) if results.total else "",
    }
