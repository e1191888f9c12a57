"""A search as conditions on a search row `s`: what all facets share, and what each asks."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from jobs.models.parts import Apprentice
from jobs.search import words
from jobs.search.hires import Coder
from jobs.search.query import SearchQuery
from jobs.search.vocabulary import Vocabulary
from jobs.search.words import Condition

# Facet -> (field of SearchQuery, column of the search row) where the column is an array of keys.
ARRAYS = {
    "specialty": ("specialties", "specialties"),
    "credential": ("credentials", "credentials"),
    "setting": ("settings", "settings"),
    "type": ("employment_types", "employment_types"),
}
WELCOME = (Apprentice.YES.value, Apprentice.CONDITIONS.value)


def shared(query: SearchQuery, *, now: datetime) -> list[Condition]:
    """What every row found must meet, whatever the facets."""
    return [Condition("s.closes_at > %s", (now,)), *_words(query), *_bounds(query, now)]


def of_facets(
    query: SearchQuery, vocabulary: Vocabulary, coder: Coder | None = None
) -> dict[str, Condition]:
    """What the chosen values of each facet ask; a facet without a choice is absent."""
    found = {}
    for facet, (field, column) in ARRAYS.items():
        if chosen := getattr(query, field):
            keys = vocabulary.pks(facet, chosen)
            found[facet] = Condition(f"s.{column} && %s::integer[]", (keys,))
    if query.modes:
        found["mode"] = Condition("s.mode = ANY(%s)", (list(query.modes),))
    if query.apprentice:
        found["apprentice"] = Condition("s.apprentice = ANY(%s)", (list(WELCOME),))
    if query.hires and coder:
        found["hires"] = Condition("s.hires = ANY(%s)", (list(query.hires),))
    return found


def everything(query: SearchQuery, vocabulary: Vocabulary, *, now: datetime) -> list[Condition]:
    return [*shared(query, now=now), *of_facets(query, vocabulary).values()]


def _words(query: SearchQuery) -> Iterator[Condition]:
    if asked := words.condition(query.words):
        yield asked
    if query.code:
        lo, _dash, hi = query.code.partition("-")
        held = words.in_ranges(lo, hi or lo)
        yield Condition(f"s.job_id IN ({held.sql})", held.params)


def _bounds(query: SearchQuery, now: datetime) -> Iterator[Condition]:
    open_ended = query.include_not_stated
    if query.state:
        also = " OR s.states_not_stated" if open_ended else ""
        yield Condition(f"(%s = ANY(s.hires_in){also})", (query.state,))
    if query.pay_min is not None:
        also = " OR s.hourly_max IS NULL" if open_ended else ""
        yield Condition(f"(s.hourly_max >= %s{also})", (query.pay_min,))
    if query.years_max is not None:
        also = " OR s.years_min IS NULL" if open_ended else ""
        yield Condition(f"(s.years_min <= %s{also})", (query.years_max,))
    if query.posted_within_days is not None:
        since = now - timedelta(days=query.posted_within_days)
        yield Condition("s.posted_at >= %s", (since,))
