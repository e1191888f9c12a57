"""What an answer is: sentences that each cite facts, and a checker that drops those that do not."""

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


class Band(StrEnum):
    """How sure the answer is of what was meant. A table row is exact, words are matched."""

    EXACT = "exact"
    MATCHED = "matched"
    UNSURE = "unsure"
    NONE = "none"


@dataclass(frozen=True)
class Fact:
    """One row that a sentence rests on. `table` is the kind of release, or the name of our table.

    `row` names the row for whoever checks it: the table's model and its number.
    """

    claim: str
    source: str
    release: str
    row: str
    url: str
    table: str


@dataclass(frozen=True)
class Sentence:
    """`cites` are places in the answer's list of facts, counted from 1."""

    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True)
class Step:
    """One tool that was run, and what it looked at."""

    tool: str
    text: str


@dataclass
class Answer:
    """`basis` says the date of service and the setting. `data` holds the same for machines."""

    sentences: list[Sentence] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    not_loaded: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    refusal: str = ""
    reason: str = ""
    basis: str = ""
    confidence: str = Band.EXACT
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All that is said, in the order of the page, with its citations."""
        cited = [each.text + "".join(f" [{n}]" for n in each.cites) for each in self.sentences]
        missing = [f"Not loaded: {each}." for each in self.not_loaded]
        parts = [*self.notices, self.refusal, *cited, *missing, self.basis]
        return "\n".join(part for part in parts if part)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def from_json(stored: dict[str, Any]) -> Answer:
    """An answer as a Turn keeps it; {} is an empty one."""
    lists = {
        "sentences": [Sentence(row["text"], tuple(row["cites"])) for row in _rows(stored, 0)],
        "facts": [Fact(**row) for row in _rows(stored, 1)],
        "steps": [Step(**row) for row in _rows(stored, 2)],
    }
    return Answer(**{**stored, **lists})


def _rows(stored: dict[str, Any], place: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = stored.get(("sentences", "facts", "steps")[place], [])
    return rows


# What a sentence may not say unless a fact says it: codes, amounts, counts, indicators.
FIGURE = re.compile(r"[A-Za-z]*\d[A-Za-z\d.,]*")


def figures_in(text: str) -> set[str]:
    return {found.strip(".,") for found in FIGURE.findall(text)}


def checked(answer: Answer) -> Answer:
    """Drop each sentence that cites no fact, or holds a figure that none of its facts holds."""
    kept = [each for each in answer.sentences if holds(each, answer.facts)]
    answer.data["dropped"] = len(answer.sentences) - len(kept)
    answer.sentences = kept
    return answer


def holds(sentence: Sentence, facts: list[Fact]) -> bool:
    cited = [facts[place - 1] for place in sentence.cites if 0 < place <= len(facts)]
    if not cited or len(cited) < len(sentence.cites):
        return False
    backed = figures_in(" ".join(f"{fact.claim} {fact.release}" for fact in cited))
    return figures_in(sentence.text) <= backed


Tell = Callable[[Step], object]


class Draft:
    """An answer while tools write it. The same fact is cited by the same number.

    `tell` is called with each step as it is done, for whoever waits.
    """

    def __init__(self, tell: Tell | None = None) -> None:
        self.answer = Answer()
        self._tell = tell
        self._places: dict[Fact, int] = {}

    @property
    def data(self) -> dict[str, Any]:
        return self.answer.data

    def fact(self, fact: Fact) -> int:
        if fact not in self._places:
            self.answer.facts.append(fact)
            self._places[fact] = len(self.answer.facts)
        return self._places[fact]

    def say(self, text: str, *facts: Fact) -> None:
        """Once for the same facts: "Its indicator is 0" is said again of another edit."""
        places = dict.fromkeys(self.fact(each) for each in facts)
        sentence = Sentence(text, tuple(places))
        if sentence not in self.answer.sentences:
            self.answer.sentences.append(sentence)

    def step(self, tool: str, text: str) -> None:
        done = Step(tool, text)
        self.answer.steps.append(done)
        if self._tell is not None:
            self._tell(done)

    def miss(self, text: str) -> None:
        if text not in self.answer.not_loaded:
            self.answer.not_loaded.append(text)

    def notice(self, text: str) -> None:
        self.answer.notices.append(text)

    def each(self, codes: list[T]) -> Iterator[T]:
        """Go through codes; what machines read of an answer is that of the first."""
        for place, code in enumerate(codes):
            before = dict(self.data)
            yield code
            if place:
                self.answer.data = before

    def refuse(self, reason: str, text: str) -> None:
        self.answer.reason = self.answer.reason or reason
        self.answer.refusal = f"{self.answer.refusal} {text}".strip()

    def doubt(self, band: Band) -> None:
        """Lower the band; it never rises again."""
        order = list(Band)
        self.answer.confidence = max(Band(self.answer.confidence), band, key=order.index)
