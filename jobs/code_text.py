"""Runs of codes as coders write them: "52000-53899, 74400-74485, 74740; J9030"."""

import re
from collections.abc import Iterable

from psycopg.types.range import Range

from codes.codes import span_of, system_of, text_of

SEPARATORS = re.compile(r"[\s,;]+")
DASHES = re.compile(r"\s*(?:[-–—]|\bto\b|\bthrough\b)\s*", re.IGNORECASE)
Run = tuple[str, "Range[int]"]


class BadRuns(ValueError):
    """Carries a sentence on each piece that is no code and no run of codes."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def parse_runs(text: str) -> list[Run]:
    """The runs of `text` in order of system and code, each once. Raises BadRuns."""
    runs: dict[tuple[str, int, int], Run] = {}
    problems: list[str] = []
    for piece in filter(None, SEPARATORS.split(DASHES.sub("-", text.upper()).strip())):
        lo, _dash, hi = piece.partition("-")
        system = system_of(lo)
        try:
            span = span_of(system, lo, hi or lo)
        except ValueError as error:
            problems.append(f"{error}.")
        else:
            runs[system, span.lower or 0, span.upper or 0] = (system, span)
    if problems:
        raise BadRuns(problems)
    return [runs[key] for key in sorted(runs)]


def print_runs(runs: Iterable[Run]) -> str:
    return ", ".join(_text(system, span) for system, span in runs)


def _text(system: str, span: "Range[int]") -> str:
    lo, hi = text_of(system, span.lower or 0), text_of(system, (span.upper or 1) - 1)
    return lo if lo == hi else f"{lo}-{hi}"
