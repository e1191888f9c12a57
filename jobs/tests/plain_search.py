"""What a search finds, by looking at each posting in turn: the yardstick of test_search_run."""

import re
from datetime import timedelta
from itertools import pairwise

from codes.codes import key_of
from jobs.search import Sort

STATES = ("IN", "MI", "OH")
SPECIALTIES, CREDENTIALS = ("ir", "uro"), ("CCS", "CPC")
SETTINGS, TYPES = ("asc", "pro"), ("ft", "pt")
MODES = ("hybrid", "not_stated", "onsite", "remote")
PAGE_SIZE = 3


def hires_in(facts):
    named, sites, every = set(facts["states"]), set(facts["sites"]), set(STATES)
    ruled = {"any": every, "only": named, "except": every - named, "not_stated": None}[
        facts["rule"]
    ]
    if facts["mode"] in ("onsite", "hybrid"):
        return sites | named if facts["rule"] == "only" else sites
    if ruled is None:
        return set() if facts["mode"] == "remote" else sites
    return ruled


def says(posting, query):
    return words_hold(posting, query.words)


def words_hold(posting, text):
    alternatives = [
        part.split() for part in re.split(r"\bor\b", text.replace('"stent audit"', "+"))
    ]
    typed = text.split()[-1:] if text and not text.endswith(" ") else []
    asked = [
        [
            (word, typed == [word] and place == len(part) - 1 and part is alternatives[-1])
            for place, word in enumerate(part)
        ]
        for part in alternatives
        if part
    ]
    meant = [[pair for pair in part if pair[0] != "the"] for part in asked]
    meant = [part for part in meant if part]
    if not meant:
        return True
    return any(all(word_holds(posting, word, typed) for word, typed in part) for part in meant)


def word_holds(posting, word, typed):
    parts = [*([name] for name in posting["names"]), posting["title"], posting["text"]]
    every = {each for part in parts for each in part}
    if word == "+":
        return any(pair == ("stent", "audit") for part in parts for pair in pairwise(part))
    if word.startswith("-"):
        return word[1:] not in every
    if word[0].isdigit():
        return spans_hold(posting, word) or word in every
    return any(each.startswith(word) if typed else each == word for each in every)


def spans_hold(posting, code):
    lo, _dash, hi = code.partition("-")
    return any(
        key_of(low) <= key_of(hi or lo) and key_of(lo) <= key_of(high)
        for low, high in posting["spans"]
    )


def bounds_hold(posting, query):
    loose = query.include_not_stated
    top = posting["pay"] and (posting["pay"][1] or posting["pay"][0])
    years, where = posting["years"], posting["hires_in"]
    days = query.posted_within_days
    return (
        posting["closes"] > timedelta(0)
        and (not query.state or query.state in where or (loose and not where))
        and (query.pay_min is None or (loose if top is None else top >= query.pay_min))
        and (query.years_max is None or (loose if years is None else years <= query.years_max))
        and (days is None or posting["posted"] <= days)
        and (not query.code or spans_hold(posting, query.code))
    )


FACETS = {
    "specialty": (SPECIALTIES, lambda query: query.specialties, lambda p: p["specialties"]),
    "credential": (CREDENTIALS, lambda query: query.credentials, lambda p: p["credentials"]),
    "setting": (SETTINGS, lambda query: query.settings, lambda p: p["settings"]),
    "type": (TYPES, lambda query: query.employment_types, lambda p: p["types"]),
    "mode": (MODES, lambda query: query.modes, lambda p: (p["mode"],)),
    "apprentice": (
        ("1",),
        lambda query: ("1",) if query.apprentice else (),
        lambda p: ("1",) if p["apprentice"] in ("yes", "conditions") else (),
    ),
}


def chosen_holds(posting, query, but=None):
    return all(
        not chosen(query) or set(chosen(query)) & set(has(posting))
        for facet, (_values, chosen, has) in FACETS.items()
        if facet != but
    )


def plainly(board, query):
    """Total, page of ids and every facet count, by looking at each posting in turn."""
    shared = {
        pk: posting
        for pk, posting in board.items()
        if words_hold(posting, query.words) and bounds_hold(posting, query)
    }
    found = [pk for pk, posting in shared.items() if chosen_holds(posting, query)]
    found.sort(key=lambda pk: order_of(board[pk], query, pk))
    page = min(query.page, max(-(-len(found) // PAGE_SIZE), 1))
    facets = {
        facet: {
            value: n
            for value in values
            if (
                n := sum(value in has(p) and chosen_holds(p, query, facet) for p in shared.values())
            )
        }
        for facet, (values, _chosen, has) in FACETS.items()
    }
    return len(found), found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], page, facets


def order_of(posting, query, pk):
    newest = (posting["posted"], -pk)
    if query.order == Sort.PAY:
        pay = posting["pay"]
        return (pay is None, -(pay[1] or pay[0]) if pay else 0, *newest)
    if query.order == Sort.RELEVANCE:
        title = {**posting, "text": [], "names": [], "spans": ()}
        names = {**posting, "text": [], "spans": ()}
        plain = re.sub(r"\S*\d\S*", "", query.words)
        if plain.strip() and re.sub(r"\b(or|the)\b", "", plain).strip():
            return (-words_hold(title, plain) - words_hold(names, plain), *newest)
    return newest
