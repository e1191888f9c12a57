"""What must be read in a report for a code to gain or lose, from `data/case/signs.json`.

`here` patterns all stand in one statement of work done; `with` and `without` in anything done;
`anywhere` in the whole text. A sign gives points, or multiplies the score by `times`.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from codes.case.facts import Facts
from codes.case.index import Index
from codes.case.rank import Candidate
from codes.case.sections import Kind
from codes.case.statements import Statement
from codes.content_files import DATA

Patterns = tuple["re.Pattern[str]", ...]
HEADS = {Kind.PROCEDURE, Kind.TITLE}
# A sign in a heading counts whole, in the telling of the work somewhat less.
SHARES = {
    Kind.PROCEDURE: 1.0,
    Kind.TITLE: 1.0,
    Kind.TECHNIQUE: 0.85,
    Kind.BODY: 0.85,
    Kind.FINDINGS: 0.7,
}
LEAST = 0.45


@dataclass(frozen=True)
class Sign:
    codes: tuple[str, ...]
    here: Patterns
    with_: Patterns
    without: Patterns
    anywhere: Patterns
    points: float
    times: float | None
    why: str


@lru_cache(maxsize=1)
def signs() -> tuple[Sign, ...]:
    raw = json.loads((DATA / "case" / "signs.json").read_text(encoding="utf-8"))
    return tuple(_sign(entry) for entry in raw)


def _sign(entry: dict[str, Any]) -> Sign:
    here, with_, without, anywhere = (
        tuple(re.compile(text, re.IGNORECASE) for text in entry.get(name, ()))
        for name in ("here", "with", "without", "anywhere")
    )
    return Sign(
        codes=tuple(entry["codes"]),
        here=here,
        with_=with_,
        without=without,
        anywhere=anywhere,
        points=float(entry.get("points", 0)),
        times=entry.get("times"),
        why=entry.get("why", ""),
    )


def add(index: Index, said: list[Statement], facts: Facts, found: dict[str, Candidate]) -> None:
    """Give the points of every sign that is there; factors come last."""
    done = [each for each in said if each.is_done]
    standing = [sign for sign in signs() if _stands(sign, facts)]
    for sign in standing:
        if sign.times is None and (best := _best(sign, done)):
            _give(sign, best, index, found)
    for sign in standing:
        if sign.times is not None and (not sign.here or _best(sign, done)):
            for code in found.keys() & set(sign.codes):
                found[code].multiply(sign.times, sign.why)


def _give(
    sign: Sign, best: tuple[float, Statement], index: Index, found: dict[str, Candidate]
) -> None:
    share, statement = best
    for code in index.entries.keys() & set(sign.codes):
        candidate = found.setdefault(code, Candidate(code))
        candidate.score += sign.points * share
        candidate.signs.append((statement.start, statement.end))
        if sign.why:
            candidate.reasons.append(sign.why)


def _stands(sign: Sign, facts: Facts) -> bool:
    return (
        all(pattern.search(facts.done) for pattern in sign.with_)
        and all(pattern.search(facts.whole) for pattern in sign.anywhere)
        and not any(pattern.search(facts.done) for pattern in sign.without)
    )


def _best(sign: Sign, done: list[Statement]) -> tuple[float, Statement] | None:
    best: tuple[float, Statement] | None = None
    for each in done:
        share = SHARES.get(each.kind, LEAST)
        if (best is None or share > best[0]) and all(p.search(each.text) for p in sign.here):
            best = (share, each)
    return best
