"""The reference's own words as an inverted index of phrases."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from codes.case.typos import Speller
from codes.case.words import terms


@dataclass(frozen=True)
class Entry:
    """A code in force, in our words. `worth` are its relative value units in a facility."""

    code: str
    title: str
    synonyms: tuple[str, ...]
    attributes: dict[str, str]
    worth: float = 0.0
    status: str = "A"

    def __getattr__(self, name: str) -> str:
        """An attribute of `attributes` by its name, such as `act`."""
        attributes: dict[str, str] = self.__dict__.get("attributes", {})
        if name not in attributes:
            raise AttributeError(name)
        return attributes[name]


@dataclass(frozen=True)
class Phrase:
    code: str
    text: str
    terms: frozenset[str]
    mass: float
    is_title: bool


@dataclass
class Index:
    """Phrases by the terms in them, and how much each term tells."""

    entries: dict[str, Entry]
    phrases: list[Phrase] = field(default_factory=list)
    postings: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    weight: dict[str, float] = field(default_factory=dict)
    speller: Speller = field(default_factory=lambda: Speller([]))


def build(entries: Iterable[Entry]) -> Index:
    index = Index({entry.code: entry for entry in entries})
    counts: dict[str, int] = defaultdict(int)
    drafts = []
    for entry in index.entries.values():
        seen: set[str] = set()
        for number, text in enumerate(_texts(entry)):
            if words := frozenset(terms(text)):
                drafts.append((entry.code, text, words, number == 0))
                seen |= words
        for word in seen:
            counts[word] += 1
    index.speller = Speller(text for _code, text, _words, _is_title in drafts)
    total = max(1, len(index.entries))
    index.weight = {word: math.log(1 + total / count) for word, count in counts.items()}
    for code, text, words, is_title in drafts:
        mass = sum(index.weight[word] for word in words)
        for word in words:
            index.postings[word].append(len(index.phrases))
        index.phrases.append(Phrase(code, text, words, mass, is_title))
    return index


def _texts(entry: Entry) -> list[str]:
    """The title up to its first mark, then whole, then each synonym."""
    head = entry.title
    for mark in (":", " (", ",", ";"):
        head = head.split(mark, 1)[0]
    return [entry.title, head, *entry.synonyms]
