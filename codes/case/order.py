"""The order among candidates: the larger procedure first, what is part of it below."""

from itertools import permutations

from codes.case.index import Entry, Index
from codes.case.rank import HEAD, Candidate

IMAGED = {
    "ct",
    "mri",
    "ct angiography",
    "mr angiography",
    "x-ray",
    "ultrasound",
    "spect",
    "nuclear imaging",
    "mammography",
    "pet",
    "pet-ct",
    "doppler",
}
LARGER = 0.12  # how much the larger of two procedures gains by its relative value
NEAR = 0.6  # a larger procedure this near in score takes the smaller one under it


def fold(ranked: list[Candidate], index: Index, edits: set[tuple[str, str]]) -> None:
    """Sort in place: what an edit bundles into a well-supported larger code comes after it."""
    for each in ranked:
        entry = index.entries[each.code]
        if entry.act not in IMAGED:
            each.score *= (entry.worth + 2) ** LARGER
    for larger, smaller in permutations(list(ranked), 2):
        bundled = (larger.code, smaller.code) in edits and smaller.score >= larger.score
        if bundled and _takes(larger, smaller, index):
            larger.score, smaller.score = smaller.score * 1.001, larger.score
            smaller.notes.append(f"an edit bundles it into {larger.code}")
    ranked.sort(key=lambda each: (-each.score, each.code))


def _takes(larger: Candidate, smaller: Candidate, index: Index) -> bool:
    """Whether one is the larger procedure, near enough in score, and told as done."""
    one, other = index.entries[larger.code], index.entries[smaller.code]
    if one.worth < other.worth or _are_neighbors(one, other):
        return False
    return larger.score >= NEAR * smaller.score and _is_told(larger)


def _are_neighbors(one: Entry, other: Entry) -> bool:
    """Two answers to one question: the slots decide between them, not an edit."""
    return one.act == other.act and (one.region == other.region or one.act in IMAGED)


def _is_told(candidate: Candidate) -> bool:
    """By a sign, or by a phrase in a heading: enough to take another code under it."""
    return bool(candidate.signs) or any(hit.statement.weight >= HEAD for hit in candidate.hits)
