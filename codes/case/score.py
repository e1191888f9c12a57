"""How well ranked codes fit gold ones, as the scorer of the reports' format counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

CUTS = (1, 3, 10)
TOP = 10


@dataclass
class Score:
    """Sums over cases; `text` prints their shares."""

    cases: int = 0
    found: dict[int, int] = field(default_factory=lambda: dict.fromkeys(CUTS, 0))
    reciprocal: float = 0.0
    named: int = 0
    valid: int = 0
    others: int = 0
    others_found: int = 0
    wrong_above: int = 0

    def add(self, gold: dict[str, Any], ranked: Sequence[str], in_force: frozenset[str]) -> None:
        wanted = set(gold["primary"])
        rank = next((place for place, code in enumerate(ranked, 1) if code in wanted), None)
        head = list(ranked[:TOP])
        self.cases += 1
        for cut in CUTS:
            self.found[cut] += rank is not None and rank <= cut
        self.reciprocal += 1 / rank if rank else 0
        self.named += len(head)
        self.valid += sum(code in in_force for code in head)
        others = _codes(gold.get("others", []))
        self.others += len(others)
        self.others_found += len(others & set(head))
        above = head if rank is None else ranked[: rank - 1]
        self.wrong_above += bool(_codes(gold.get("wrong_but_tempting", [])) & set(above))

    def lines(self) -> Iterable[str]:
        yield f"cases              {self.cases}"
        for cut in CUTS:
            yield f"recall@{cut:<12}{_share(self.found[cut], self.cases)}"
        yield f"MRR                {_share(self.reciprocal, self.cases)}"
        yield f"others in first 10 {_share(self.others_found, self.others)}"
        yield f"validity rate      {_share(self.valid, self.named)}"
        yield f"wrong code above   {self.wrong_above} cases"


def _codes(entries: Iterable[dict[str, Any]]) -> set[str]:
    return {entry["code"] for entry in entries}


def _share(part: float, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"
