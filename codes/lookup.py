"""Looking up: from what somebody typed to codes, best first, each with why it was found."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import QuerySet, Sum

from codes import lookup_text
from codes.codes import CodeSystem, key_of, system_of
from codes.lookup_index import LANGUAGE, normal
from codes.lookup_text import Typed
from codes.models import Code, CodeQuerySet, LookupRow, LookupTerm, LookupWord, TermKind

SHOWN = 25
IN_A_RUN = 200
# Words that more rows hold than this are not ranked by how they match: the walk goes in order.
RANKED_AT_MOST = 3000
ENOUGH = 5
# Words that no row holds and whose spelling is mended; more of them are no question.
GUESSED_AT_MOST = 3
# Fewer places than these are a modifier, or anything.
BEGUN_AT_LEAST = 3
# Sort keys farther apart than this are of another part of the book, and no neighbors.
NEAR = 500
ALIKE = 0.4  # share of trigrams: "kidny" has 0.44 of those of "kidney"
WORDS_AT_MOST = 8
WITH_KEY = (CodeSystem.CPT, CodeSystem.HCPCS)
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
BEGUN = re.compile(r"[a-z]?\d[0-9a-z]{0,6}\.?[0-9a-z]{0,4}", re.IGNORECASE | re.ASCII)
# They carry no meaning in a question about codes. The text search drops most of them as well.
STOP_WORDS = """
    a about above after again against all am an and any are as at be because been before being below
    between both but by can code codes coding could cpt did do does doing don down during each few
    for from further had has have having hcpcs he her here hers herself him himself his how i if in
    into is it its itself just me more most my myself no nor not now of off on once only or other
    our ours ourselves out over own s same she should so some such t than that the their theirs them
    themselves then there these they this those through to too under until up used very was we were
    what when where which while who whom why will with you your yours yourself yourselves
"""
STOP = frozenset(STOP_WORDS.split())
Reasons = dict[int, tuple[str, str]]


class Outcome(StrEnum):
    FOUND = "found"
    UNKNOWN = "unknown"  # well formed, and in no loaded release
    ENDED = "ended"
    EMPTY = "empty"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Hit:
    """One code and why it was found: a kind of reason and the words that led there."""

    code: Code
    why: str
    words: str = ""


@dataclass(frozen=True)
class Result:
    typed: Typed
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    nearest: tuple[Code, ...] = ()
    corrected: str = ""
    more: bool = field(default=False)


def look_up(text: str, *, on: date, limit: int = SHOWN, typing: bool = False) -> Result:
    """Codes for what was typed. While `typing`, the last word may be only begun."""
    typed = lookup_text.parse(text)
    if not typed.text:
        return Result(typed, Outcome.EMPTY)
    if typed.run:
        return _run(typed)
    known = _code(typed, on) if typed.is_code else _meant(typed)
    if known.hits:
        return known
    may_be_begun = typing or len(typed.bare) >= BEGUN_AT_LEAST
    if may_be_begun and BEGUN.fullmatch(typed.bare) and (begun := _begun(typed, limit)).hits:
        return begun
    if typed.is_code and typed.codes[0][0] in WITH_KEY:
        return known
    words = _words(typed, limit, typing=typing)
    return words if words.hits or known.outcome == Outcome.NOTHING else known


def _run(typed: Typed) -> Result:
    lo, hi = typed.run or ("", "")
    rows = _public().filter(system=system_of(lo), key__range=(key_of(lo), key_of(hi)))
    found = list(rows.order_by("key")[: IN_A_RUN + 1])
    hits = tuple(Hit(code, "in the range") for code in found[:IN_A_RUN])
    outcome = Outcome.FOUND if hits else Outcome.NOTHING
    return Result(typed, outcome, hits, more=len(found) > IN_A_RUN)


def _code(typed: Typed, on: date) -> Result:
    """Every system's row of the code: J0130 is a drug and, typed without its dot, a diagnosis."""
    named = _public().filter(code__in=[code for _system, code in typed.codes])
    rows = {(row.system, row.code): row for row in named}
    found = [rows[each] for each in typed.codes if each in rows]
    hits = tuple(Hit(row, "the code") for row in found)
    if not found:
        around = _around(*typed.codes[0], on=on)
        return Result(typed, Outcome.UNKNOWN, nearest=around)
    if all(row.valid_to and row.valid_to < on for row in found):
        return Result(typed, Outcome.ENDED, hits, nearest=nearest(found[0], on=on))
    return Result(typed, Outcome.FOUND, hits)


def _meant(typed: Typed) -> Result:
    """The code that looks like what was typed, to be asked about and not taken for it."""
    rows = tuple(_public().filter(code=typed.meant)) if typed.meant else ()
    outcome = Outcome.UNKNOWN if rows else Outcome.NOTHING
    return Result(typed, outcome, nearest=rows)


def _begun(typed: Typed, limit: int) -> Result:
    """Codes that begin as what is typed so far."""
    begin = typed.bare.upper().replace(".", "")
    rows = _public().filter(code__startswith=begin).order_by("code", "system")
    hits = tuple(Hit(code, "begins so") for code in rows[:limit])
    return Result(typed, Outcome.FOUND if hits else Outcome.NOTHING, hits)


def nearest(row: Code, *, on: date) -> tuple[Code, ...]:
    """What stands nearest a code that ended: codes we name for it, else its neighbors."""
    named = list(_public().filter(system=row.system, code__in=row.nearest))
    return tuple(named) or _around(row.system, row.code, on=on)


def _around(system: str, code: str, *, on: date) -> tuple[Code, ...]:
    """The two codes in force before and the two after, by number or letter."""
    rows = _public().filter(system=system).in_force(on=on)
    if system in WITH_KEY:
        key = key_of(code)
        before = rows.filter(key__lt=key, key__gte=key - NEAR)
        after = rows.filter(key__gt=key, key__lte=key + NEAR)
        order = "key"
    else:
        before, after = rows.filter(code__lt=code), rows.filter(code__gt=code)
        order = "code"
    below = list(before.order_by(f"-{order}")[:2])
    return (*reversed(below), *after.order_by(order)[:2])


def _words(typed: Typed, limit: int, *, typing: bool) -> Result:
    words = [word for word in WORD.findall(normal(typed.text)) if word not in STOP][:WORDS_AT_MOST]
    corrected, query, rows = _query(words, typing=typing)
    changed = corrected if corrected != " ".join(words) else ""
    reasons = _by_term(normal(typed.text), limit, typing=typing)
    _add(reasons, _named(typed.text))
    if changed and not reasons:
        _add(reasons, _by_term(changed, limit, typing=False))
    if query and len(reasons) < limit:
        _add(reasons, _matching(" & ".join(query), rows, limit + len(reasons)))
    if len(reasons) < ENOUGH and len(query) > 1:
        _add(reasons, _matching(" | ".join(query), 0, limit))
    hits = _hits(list(reasons.items())[:limit], corrected.split())
    outcome = Outcome.FOUND if hits else Outcome.NOTHING
    return Result(typed, outcome, hits, corrected=changed, more=len(reasons) > limit)


def _add(reasons: Reasons, more: Reasons) -> None:
    """The reasons that came first stay."""
    for pk, reason in more.items():
        reasons.setdefault(pk, reason)


def _named(text: str) -> Reasons:
    """Codes that stand among the words, in their order."""
    wanted = lookup_text.codes_in(text)
    pks = dict(_public().filter(system__in=WITH_KEY, code__in=wanted).values_list("code", "pk"))
    return {pks[code]: ("the code", "") for code in wanted if code in pks}


def _by_term(text: str, limit: int, *, typing: bool) -> Reasons:
    """Codes that the whole text is a term of; while typing, or failing that, the begin of one."""
    terms = LookupTerm.objects.filter(code__in=Code.objects.public())
    found = _reasons(terms.filter(term=text).order_by("kind", "pk")[:limit])
    if typing or not found:
        begun = terms.filter(term__startswith=text).order_by("kind", "term", "pk")
        _add(found, _reasons(begun[:limit]))
    return found


def _reasons(terms: "QuerySet[LookupTerm]") -> Reasons:
    found: Reasons = {}
    for term in terms:
        found.setdefault(term.code_id, (TermKind(term.kind).label, term.term))
    return found


def _query(words: list[str], *, typing: bool) -> tuple[str, list[str], int]:
    """The words mended where no row holds them, their tsquery parts, and the rarest's rows."""
    known = dict(LookupWord.objects.filter(word__in=words).values_list("word", "rows"))
    mended, parts, counts, guesses = [], [], [], GUESSED_AT_MOST
    for place, word in enumerate(words):
        begun = _rows_begun(word) if typing and place == len(words) - 1 else 0
        rows = begun or known.get(word) or _rows_held(word)
        like = [(word, rows)] if rows else (guesses > 0 and _alike(word)) or [(word, 0)]
        guesses -= not rows
        mended.append(like[0][0])
        parts.append(f"'{word}':*" if begun else _any_of([each for each, _rows in like]))
        counts.append(sum(rows for _each, rows in like))
    return " ".join(mended), parts, min(counts, default=0)


def _rows_begun(word: str) -> int:
    """How many rows hold words that begin so, at most."""
    begun = LookupWord.objects.filter(word__startswith=word)
    rows: int = begun.aggregate(rows=Sum("rows", default=0))["rows"]
    return rows


def _rows_held(word: str) -> int:
    """How many rows hold another form of the word: ureteroscopies."""
    held = LookupRow.objects.filter(words=SearchQuery(word, config=LANGUAGE))
    return held.count()


def _any_of(words: list[str]) -> str:
    return "(" + " | ".join(f"'{word}'" for word in words) + ")"


def _alike(word: str) -> list[tuple[str, int]]:
    """Up to three known words spelled most like this one. Codes and short words are not guessed."""
    if len(word) < 4 or any(each.isdigit() for each in word):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, rows FROM codes_lookupword WHERE word %% %s "
            "AND similarity(word, %s) >= %s ORDER BY similarity(word, %s) DESC, rows DESC LIMIT 3",
            [word, word, ALIKE, word],
        )
        return list(cursor.fetchall())


def _matching(query: str, rows: int, limit: int) -> Reasons:
    """The codes whose words match, the best first; why is told when they are shown."""
    ranked = rows <= RANKED_AT_MOST
    order = "ts_rank(words, query) DESC, place" if ranked else "place"
    hidden = "" if settings.CPT_PUBLIC else f"AND c.system <> '{CodeSystem.CPT.value}'"
    sql = (
        "SELECT code_id FROM codes_lookuprow JOIN codes_code c ON c.id = code_id, "
        f"to_tsquery('english', %s) query WHERE words @@ query {hidden} ORDER BY {order} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, limit])
        return {pk: ("", "") for (pk,) in cursor.fetchall()}


def _public() -> CodeQuerySet:
    return Code.objects.public().with_words()


def _hits(found: list[tuple[int, tuple[str, str]]], words: list[str]) -> tuple[Hit, ...]:
    codes = _public().in_bulk([pk for pk, _reason in found])
    return tuple(
        Hit(codes[pk], *(reason if reason[0] else _why(codes[pk], words)))
        for pk, reason in found
        if pk in codes
    )


def _why(code: Code, words: list[str]) -> tuple[str, str]:
    """Where the words stand, the most telling place first."""
    stems = [word[: max(4, len(word) - 3)] for word in words]
    places = [("CMS text", f"{code.long_text} {code.short_text}")]
    if summary := getattr(code, "summary", None):
        synonyms = max(summary.synonyms, key=lambda each: _held(each, stems), default="")
        attributes = f"{summary.act} {summary.region} {summary.approach} {summary.extent} "
        attributes += f"{summary.number} {summary.purpose}"
        ours = [("title", summary.title), ("also called", synonyms), ("attributes", attributes)]
        places = [*ours, ("common language", summary.plain), *places]
    kind, text = max(places, key=lambda place: _held(place[1], stems))
    if not _held(text, stems):
        return "its words", ""
    shown = text if kind == "also called" else ", ".join(_found(text, words, stems))
    return kind, shown


def _held(text: str, stems: list[str]) -> int:
    lower = text.lower()
    return sum(stem in lower for stem in stems)


def _found(text: str, words: list[str], stems: list[str]) -> list[str]:
    lower = text.lower()
    return [word for word, stem in zip(words, stems, strict=True) if stem in lower]
