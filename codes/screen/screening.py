"""The screen itself: all rules over the text, again until they find nothing more."""

import re
from collections import Counter

from codes.screen import contacts, dates, names, numbers, places, told
from codes.screen.result import KINDS, Removed, Screened
from codes.screen.shadow import cleaned, shadow
from codes.screen.spans import HIDDEN, MARK, Span, apart

# Of two that find the very same place the first names it: 3.10.1950 is a day before it is a phone.
RULES = (dates.find, contacts.find, places.find, numbers.find, names.find, told.find)
# A second pass finds what stood in the way of the first; a third has found nothing in any test.
AT_MOST = 6


def screen(text: str) -> Screened:
    """Put a mark in the place of each identifier; see the package for what that is worth.

    Nothing of what was taken out is kept or logged. Screening twice changes nothing more.
    """
    text, counts = cleaned(text), Counter[str]()
    for _ in range(AT_MOST):
        spans = _spans(text)
        if not spans:
            break
        counts.update(span.kind for span in spans)
        text = _marked(text, spans)
    return Screened(text, [Removed(kind, counts[kind]) for kind in KINDS if counts[kind]])


def _spans(text: str) -> list[Span]:
    """Of one pass. What was marked before is no identifier, and no rule reaches over it."""
    seen = MARK.sub(_hidden, shadow(text))
    return apart(span for rule in RULES for span in rule(seen))


def _hidden(mark: re.Match[str]) -> str:
    return HIDDEN * len(mark[0])


def _marked(text: str, spans: list[Span]) -> str:
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], span.mark]
        at = span.end
    return "".join([*parts, text[at:]])
