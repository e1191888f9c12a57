"""The whole way from a screened text to ranked candidates."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from codes.case import imaging, signs
from codes.case.facts import Facts, facts
from codes.case.fit import fits
from codes.case.index import Index
from codes.case.order import fold
from codes.case.rank import Candidate, candidates
from codes.case.statements import Statement, statements

CONSIDERED = 80
FOLDED = 16
# A candidate below this share of the best one, or below this score, is not worth a coder's look.
SHARE, LEAST = 0.05, 0.3
# The pairs (paid, not paid) of active edits among some codes.
Edits = Callable[[Sequence[str]], set[tuple[str, str]]]


@dataclass
class Reading:
    """What was made of a text."""

    text: str
    said: list[Statement]
    facts: Facts
    ranked: list[Candidate]


def read(index: Index, text: str, edits: Edits, allowed: Set[str] | None = None) -> Reading:
    """Rank the codes for a text; only those `allowed`, which are all when None."""
    said = statements(text, index.speller.correct)
    slots = facts(text, said)
    found = candidates(index, said)
    imaging.add(index, said, slots, found)
    signs.add(index, said, slots, found)
    usable = [each for code, each in found.items() if allowed is None or code in allowed]
    ranked = sorted(usable, key=lambda each: (-each.score, each.code))[:CONSIDERED]
    for each in ranked:
        for factor, why in fits(index.entries[each.code], slots):
            each.multiply(factor, why)
    ranked.sort(key=lambda each: (-each.score, each.code))
    top = ranked[:FOLDED]
    fold(top, index, edits([each.code for each in top]))
    best = top[0].score if top else 0.0
    kept = [each for each in top if each.score >= max(LEAST, SHARE * best)]
    return Reading(text, said, slots, kept)
