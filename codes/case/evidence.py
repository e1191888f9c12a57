"""Which words of a text speak for a code, and the text cut at them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from codes.case.rank import Candidate
from codes.case.words import TERM, stem

AT_MOST = 4
LONGEST = 160


@dataclass(frozen=True)
class Span:
    """Part of the text, from its first character up to the one after its last."""

    start: int
    end: int


@dataclass(frozen=True)
class Segment:
    """A run of text; `codes` are those for which it is evidence."""

    text: str
    codes: tuple[str, ...]


def spans(text: str, candidate: Candidate) -> list[Span]:
    """The words of the best phrases where they stand, then the statements of the signs."""
    found: list[Span] = []
    for hit in candidate.hits[:3]:
        found += _words(text, Span(hit.statement.start, hit.statement.end), hit.phrase.terms)
    found += [_trimmed(text, Span(*each)) for each in candidate.signs[:3]]
    kept: list[Span] = []
    for span in found:
        if span.end > span.start and not any(
            span.start < each.end and each.start < span.end for each in kept
        ):
            kept.append(span)
    return sorted(kept[:AT_MOST], key=lambda each: each.start)


def _words(text: str, within: Span, wanted: frozenset[str]) -> list[Span]:
    """The shortest run that holds the wanted words of a statement, or each of them apart."""
    part = text[within.start : within.end].lower()
    places = [each.span() for each in TERM.finditer(part) if stem(each[0]) in wanted]
    if not places:
        return [_trimmed(text, within)]
    first, last = places[0][0], places[-1][1]
    if last - first <= LONGEST:
        return [Span(within.start + first, within.start + last)]
    return [Span(within.start + start, within.start + end) for start, end in places[:AT_MOST]]


def _trimmed(text: str, span: Span) -> Span:
    part = text[span.start : min(span.end, span.start + LONGEST)]
    begin = len(part) - len(part.lstrip(" ,.:;\n"))
    whole = span.end - span.start <= LONGEST
    stop = len(part.rstrip(" ,.:;\n")) if whole else len(re.sub(r"\s\S*$", "", part))
    return Span(span.start + begin, span.start + max(begin, stop))


def segments(text: str, marks: Iterable[tuple[str, list[Span]]]) -> list[Segment]:
    """The whole text in runs, so that a page can mark evidence without ever building HTML."""
    owned = [(span, code) for code, found in marks for span in found]
    cuts = sorted(
        {0, len(text), *(edge for span, _code in owned for edge in (span.start, span.end))}
    )
    runs = []
    for start, end in pairwise(cuts):
        codes = tuple(
            dict.fromkeys(code for span, code in owned if span.start <= start and end <= span.end)
        )
        runs.append(Segment(text[start:end], codes))
    return runs
