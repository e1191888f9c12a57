"""Identifiers as no form writes them: names in small letters or other scripts, mail in disguise."""

import re
from collections.abc import Iterator

from codes.screen.name_words import Words
from codes.screen.spans import Span, spans_of

WORD = r"[^\W\d_][^\W\d_'’-]{0,30}"
# "the patient's name is li wei": whatever follows, in any letters, to the end of the clause.
NAMED = re.compile(
    r"\b(?:(?:patient|pt|client|mother|father|wife|husband|spouse|daughter|son|baby|infant)'?s?"
    rf"|his|her|their|my) (?:full |first |last |legal )?name (?:is|was) ({WORD}(?: {WORD}){{0,2}})",
    re.IGNORECASE,
)
REFERRER = re.compile(
    r"\b(?:referring|referred by|ordering|requesting|consulting|attending|primary care)"
    r"(?: physician| provider| doctor| md)?[ \t]?[:=][ \t]*(?!(?:none|not?|as|see|per|the|un\w+)\b)"
    rf"({WORD}(?:[ ,]+{WORD}){{0,2}})",
    re.IGNORECASE,
)
# Clinical English holds Latin letters and a few Greek ones; what stands in others is a person's.
OTHER_SCRIPT = re.compile(
    "[\u0400-\u052f\u0531-\u058f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u10a0-\u10ff\u3040-\u30ff"
    "\u4e00-\u9fff\uac00-\ud7af]+(?:[ .-]{1,2}[\u0400-\u052f\u0531-\u058f\u0590-\u06ff\u0900-\u0dff"
    "\u0e00-\u0e7f\u10a0-\u10ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+)*"
)
DISGUISED_MAIL = re.compile(
    r"\b[\w.+-]{1,64} ?[\[(]at[\])] ?[\w-]{1,63}(?: ?(?:\.|[\[(]dot[\])]) ?[\w-]{2,63})+",
    re.IGNORECASE,
)
IN_A_FILE_NAME = re.compile(r"(?<=_)((?:19|20)\d\d)-?[01]\d-?[0-3]\d(?=\D|$)")
SOMEBODY = frozenset({"patient", "pt", "mr", "mrs", "ms", "dr", "client"})


def find(text: str) -> Iterator[Span]:
    yield from spans_of("name", NAMED, text, 1)
    yield from spans_of("name", REFERRER, text, 1)
    yield from spans_of("name", OTHER_SCRIPT, text)
    yield from spans_of("email", DISGUISED_MAIL, text)
    for found in IN_A_FILE_NAME.finditer(text):
        yield Span(*found.span(), "date", found[1])
    yield from _small_letters(Words(text))


def _small_letters(words: Words) -> Iterator[Span]:
    """A given name that is no word, and a surname, behind somebody: "patient john smith"."""
    for at in range(len(words) - 2):
        first, last = words[at + 1], words[at + 2]
        told = words[at].key in SOMEBODY and words.joined(at) and words.joined(at + 1)
        if told and first.given and last.surname and not first.common:
            yield Span(first.start, last.end, "name")
