"""Scores: how well a code's own phrases are found in what was done."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from codes.case.index import Index, Phrase
from codes.case.statements import Statement
from codes.case.words import terms

JOINTS = re.compile(r",|;|\+|\band\b|\bwith\b", re.IGNORECASE)
COVERED = 0.6  # the least share of a phrase that must be found in one statement
HEAD = 0.75  # statements that weigh at least this name the procedure


@dataclass(frozen=True)
class Hit:
    """A phrase of a code found in a statement; `score` is what it is worth there."""

    statement: Statement
    phrase: Phrase
    score: float


@dataclass
class Candidate:
    code: str
    score: float = 0.0
    hits: list[Hit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    signs: list[tuple[int, int]] = field(default_factory=list)

    def multiply(self, factor: float, why: str = "") -> None:
        self.score *= factor
        if why and factor < 1:
            self.notes.append(why)


def candidates(index: Index, said: list[Statement]) -> dict[str, Candidate]:
    best: dict[str, dict[int, Hit]] = defaultdict(dict)
    for number, statement in enumerate(said):
        if statement.weight > 0 and statement.terms:
            for hit in chain.from_iterable(hits(index, part) for part in parts(statement)):
                known = best[hit.phrase.code].get(number)
                if known is None or hit.score > known.score:
                    best[hit.phrase.code][number] = hit
    return {code: _candidate(code, list(found.values())) for code, found in best.items()}


def parts(statement: Statement) -> Iterator[Statement]:
    """A statement, and of a heading that names several procedures each by itself."""
    yield statement
    if statement.weight >= HEAD:
        texts = JOINTS.split(statement.text)
        for text in texts if len(texts) > 1 else ():
            yield replace(statement, text=text, terms=tuple(terms(text)))


def hits(index: Index, statement: Statement) -> list[Hit]:
    """Phrases of which enough stands in the statement. Half a heading explained is half a hit."""
    words = set(statement.terms)
    matched: dict[int, float] = defaultdict(float)
    for word in words:
        weight = index.weight.get(word, 0.0)
        for number in index.postings.get(word, ()):
            matched[number] += weight
    mass = sum(index.weight.get(word, 1.0) for word in words) or 1.0
    found = []
    for number, got in matched.items():
        phrase = index.phrases[number]
        covered = got / phrase.mass
        if covered < COVERED:
            continue
        score = got * covered**3 * statement.weight
        if statement.weight >= HEAD:
            score *= 0.55 + 0.45 * min(1.0, got / mass)
        elif len(phrase.terms) == 1:
            score *= 0.6
        found.append(Hit(statement, phrase, score))
    return found


def _candidate(code: str, found: list[Hit]) -> Candidate:
    """The best heading and the best of the rest count whole, further hits little."""
    found.sort(key=lambda hit: -hit.score)
    heads = [hit for hit in found if hit.statement.weight >= HEAD]
    rest = [hit for hit in found if hit.statement.weight < HEAD]
    score = sum(group[0].score for group in (heads, rest) if group)
    further = heads[1:3] + rest[1:4]
    score += 0.12 * sum(hit.score for hit in further)
    return Candidate(code, score, found[:6])
