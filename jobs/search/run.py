"""A search in one statement: the rows of one page, their exact number, and the count of each facet.

Counts are sticky: what is chosen in a facet narrows the others and not itself. `hits` are the
rows that meet all that facets share and miss the choice of at most one facet; `found` those that
miss none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from jobs.search import conditions, hires, words
from jobs.search.conditions import ARRAYS, WELCOME
from jobs.search.hires import Coder
from jobs.search.query import SearchQuery, Sort
from jobs.search.vocabulary import Vocabulary, load
from jobs.search.words import Condition

SCALARS = ("mode", "apprentice")
COLUMNS = {facet: column for facet, (_field, column) in ARRAYS.items()} | {
    facet: facet for facet in SCALARS
}
# Reading the whole table would fetch the words of every row from beside it.
FENCED = "SET LOCAL enable_seqscan = off; {} ; SET LOCAL enable_seqscan = DEFAULT"


@dataclass(frozen=True)
class Results:
    """`page` is the page shown: the last one, when the one asked for is beyond it."""

    total: int
    ids: list[int]
    page: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


def run(
    query: SearchQuery,
    now: datetime,
    vocabulary: Vocabulary | None = None,
    coder: Coder | None = None,
) -> Results:
    """Only with a coder is there the facet "hires", and is its choice looked at."""
    vocabulary = vocabulary or load()
    rows = fetch(statement(query, vocabulary, now=now, coder=coder))
    return _results(query, rows, vocabulary, columns(coder))


def columns(coder: Coder | None) -> dict[str, str]:
    return COLUMNS | ({"hires": "hires"} if coder else {})


def matching(query: SearchQuery, job_ids: Iterable[int], now: datetime) -> set[int]:
    """Which of these jobs the search finds now."""
    asked = Condition("s.job_id = ANY(%s)", (list(job_ids),))
    return set(_ids(query, asked, now=now))


def published_since(query: SearchQuery, since: datetime, now: datetime) -> list[int]:
    """What the search finds now among jobs first published since then, the newest first."""
    return _ids(query, Condition("s.posted_at >= %s", (since,)), now=now)


def _ids(query: SearchQuery, also: Condition, *, now: datetime) -> list[int]:
    every = [also, *conditions.everything(query, load(), now=now)]
    where = _and(every)
    sql = f"SELECT s.job_id FROM jobs_jobsearch s WHERE {where.sql} ORDER BY {NEWEST}"
    return [job_id for (job_id,) in fetch(Condition(sql, where.params))]


def fetch(asked: Condition) -> list[tuple[Any, ...]]:
    """One trip: PostgreSQL takes the three statements as one transaction."""
    with connection.cursor() as cursor:
        cursor.execute(FENCED.format(asked.sql), asked.params)
        cursor.nextset()
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


NEWEST = "s.posted_at DESC, s.job_id DESC"
ORDERS = {
    Sort.RELEVANCE: f"s.tier DESC, {NEWEST}",
    Sort.NEWEST: NEWEST,
    Sort.PAY: f"s.hourly_max DESC NULLS LAST, {NEWEST}",
}


def statement(
    query: SearchQuery, vocabulary: Vocabulary, *, now: datetime, coder: Coder | None = None
) -> Condition:
    chosen = conditions.of_facets(query, vocabulary, coder)
    hits = _hits(query, chosen, coder, now=now)
    page = _page(query)
    parts = [page, *_counts(chosen, columns(coder))]
    found = " AND ".join(["true", *(f"in_{facet}" for facet in chosen)])
    sql = (
        f"WITH hits AS MATERIALIZED ({hits.sql}), "
        f"found AS (SELECT * FROM hits WHERE {found}), "
        f"totals AS (SELECT count(*) AS total FROM found) "
        f"SELECT 'total', NULL, total FROM totals UNION ALL "
        + " UNION ALL ".join(part.sql for part in parts)
    )
    return Condition(sql, (*hits.params, *page.params))


def _hits(
    query: SearchQuery, chosen: dict[str, Condition], coder: Coder | None, *, now: datetime
) -> Condition:
    facets = [f"s.{name}" for name in columns(coder).values()]
    rows = hires.source(coder)
    tier = _tier(query)
    marks = [
        Condition(f"({part.sql}) AS in_{facet}", part.params) for facet, part in chosen.items()
    ]
    shared = _and(conditions.shared(query, now=now))
    where, params = shared.sql, shared.params
    if len(chosen) > 1:
        misses = " + ".join(f"(NOT ({part.sql}))::integer" for part in chosen.values())
        where += f" AND {misses} <= 1"
        params += tuple(param for part in chosen.values() for param in part.params)
    parts = [tier, *marks]
    sql = ", ".join(["s.job_id, s.posted_at, s.hourly_max", *facets, *(p.sql for p in parts)])
    return Condition(
        f"SELECT {sql} FROM {rows.sql} WHERE {where}",
        (*(param for part in (*parts, rows) for param in part.params), *params),
    )


def _tier(query: SearchQuery) -> Condition:
    """2 where the title answers to the words, 1 where title and names do, else 0.

    Each is asked of its own index, because the words themselves stand beside the row.
    """
    asked = words.tsquery(words.parse(query.words))
    if query.order != Sort.RELEVANCE or not asked.sql:
        return Condition("0 AS tier")
    one = f"(s.job_id IN (SELECT job_id FROM jobs_jobsearch WHERE {{}} @@ ({asked.sql})))::integer"
    sql = " + ".join(one.format(column) for column in ("title_words", "head_words"))
    return Condition(f"{sql} AS tier", asked.params * 2)


def _page(query: SearchQuery) -> Condition:
    """The rows of the page asked for, or of the last one; the third column is their place."""
    size = settings.PAGE_SIZE
    last = f"greatest(ceil(total / {size}.0)::integer - 1, 0)"
    rows = (
        f"SELECT s.job_id FROM found s ORDER BY {ORDERS[query.order]} "
        f"LIMIT {size} OFFSET (SELECT least(%s, {last}) FROM totals) * {size}"
    )
    sql = f"SELECT 'page', job_id::text, row_number() OVER () FROM ({rows}) p"
    return Condition(sql, (query.page - 1,))


def _counts(chosen: dict[str, Condition], columns: dict[str, str]) -> Iterator[Condition]:
    for facet, column in columns.items():
        others = " AND ".join(["true", *(f"in_{each}" for each in chosen if each != facet)])
        if facet in ARRAYS:
            # Grouping whole arrays first leaves few of them to be taken apart.
            groups = f"SELECT {column}, count(*) AS n FROM hits WHERE {others} GROUP BY {column}"
            taken_apart = f"({groups}) g, unnest({column}) v"
            sql = f"SELECT '{facet}', v::text, sum(n)::bigint FROM {taken_apart} GROUP BY v"
        else:
            sql = f"SELECT '{facet}', {column}, count(*) FROM hits WHERE {others} GROUP BY {column}"
        yield Condition(sql)


def _and(parts: list[Condition]) -> Condition:
    sql = " AND ".join(part.sql for part in parts)
    return Condition(sql, tuple(param for part in parts for param in part.params))


def _results(
    query: SearchQuery,
    rows: list[tuple[Any, ...]],
    vocabulary: Vocabulary,
    counted: Iterable[str],
) -> Results:
    by_part: dict[str, list[tuple[Any, Any]]] = {}
    for part, value, number in rows:
        by_part.setdefault(part, []).append((value, number))
    total = by_part["total"][0][1]
    places = sorted((place, int(job_id)) for job_id, place in by_part.get("page", []))
    last = max(-(-total // settings.PAGE_SIZE), 1)
    facets = {facet: dict(by_part.get(facet, [])) for facet in counted}
    return Results(
        total=total,
        ids=[job_id for _place, job_id in places],
        page=min(query.page, last),
        facets={facet: _keyed(facet, counts, vocabulary) for facet, counts in facets.items()},
    )


def _keyed(facet: str, counts: dict[str, Any], vocabulary: Vocabulary) -> dict[str, int]:
    """Counts by the key of the query string instead of the primary key of the row."""
    if facet in ARRAYS:
        keys = {term.pk: key for key, term in vocabulary.of(facet).items()}
        return {keys[pk]: n for pk, n in counts.items() if pk in keys}
    if facet == "apprentice":
        return {"1": sum(counts.get(value, 0) for value in WELCOME)}
    return counts
