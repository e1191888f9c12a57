"""Where an identifier stands: only place and kind, and those only while screening."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codes.screen.result import KINDS

HIDDEN = "\x1f"
MARK = re.compile(rf"\[(?:date: \d{{4}}|{'|'.join(map(re.escape, KINDS))})\]")


@dataclass(frozen=True)
class Span:
    """`note` is what may stay of it: the year of a date."""

    start: int
    end: int
    kind: str
    note: str = ""

    @property
    def mark(self) -> str:
        return f"[{self.kind}: {self.note}]" if self.note else f"[{self.kind}]"


def spans_of(kind: str, pattern: re.Pattern[str], text: str, group: int = 0) -> Iterator[Span]:
    for found in pattern.finditer(text):
        yield Span(*found.span(group), kind)


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with a sign no rule knows in the place of each span."""
    parts, at = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.end > at:
            parts += [text[at : max(at, span.start)], HIDDEN * (span.end - max(at, span.start))]
            at = span.end
    return "".join([*parts, text[at:]])


def apart(spans: Iterable[Span]) -> list[Span]:
    """In order and without overlap: what overlaps is merged, named for the one that began first.

    A merged span keeps no note, since two dates run together have no one year.
    """
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        last = merged[-1] if merged else None
        if last is None or span.start >= last.end:
            merged.append(span)
        elif span.end > last.end:
            merged[-1] = Span(last.start, span.end, last.kind)
    return merged
