"""The screen over a question. Codes are set aside first: two in a row look like a phone number."""

import re
from collections.abc import Iterator

from django.utils import timezone

from codes.assistant import places
from codes.assistant.asked import rows_of
from codes.assistant.cues import PATTERNS, Intent
from codes.assistant.places import STATES
from codes.assistant.reading import FIVE
from codes.screen import Screened, screen

CODE = re.compile(rf"(?<![\w$.#]){FIVE}(?=x\d|[^\w]|_|$)(?![.]\d)", re.ASCII)
# A number after one of these is somebody's, and no code.
SOMEBODYS = re.compile(
    r"\b(?:zip|mrn|record|account|acct|member|ssn|phone|tel|fax|cell|call|npi|claim|policy"
    r"|id|no|number|"
    r"street|street,|box|room|[a-z]{2})\W{0,4}$",
    re.IGNORECASE,
)
# A state alone says of nobody where they live (45 CFR 164.514(b)(2)(i)(B)).
STATE = re.compile(rf"\b(?:{'|'.join(sorted(STATES, key=len, reverse=True))})\b", re.IGNORECASE)
# "doctor didn't" reads like a name to the screen.
CANNOT = re.compile(r"\bcan't\b", re.IGNORECASE)
SHORTENED = re.compile(r"\b(\w{2,6})n't\b", re.IGNORECASE)
PLACE = "codeq"


def screened(question: str) -> Screened:
    """The question without identifiers; the codes we know stay where they stood."""
    question = SHORTENED.sub(r"\1 not", CANNOT.sub("cannot", question.replace("’", "'")))
    kept = list(_ours(question))
    kept = sorted([*kept, *_places(question)], key=lambda found: found.start())
    text, at = "", 0
    for number, found in enumerate(kept):
        text += question[at : found.start()] + _stand_in(number)
        at = found.end()
    result = screen(text + question[at:])
    clean = result.text
    for number in reversed(range(len(kept))):
        clean = clean.replace(_stand_in(number), kept[number][0])
    return Screened(clean, result.removed)


def _ours(question: str) -> Iterator[re.Match[str]]:
    found = list(CODE.finditer(question))[:60]
    known = rows_of([match[0].upper() for match in found]) if found else {}
    for match in found:
        before = question[: match.start()]
        spoken = re.search(
            r"\b(?:in|is|or|of|to|do|by|on|if|as|at|we|vs|no|go)\W*$", before, re.IGNORECASE
        )
        if match[0].upper() in known and (spoken or not SOMEBODYS.search(before)):
            yield match


def _places(question: str) -> list[re.Match[str]]:
    """States, and in a question of fees the localities it is asked for."""
    found = list(STATE.finditer(question))
    if not PATTERNS[Intent.FEE].search(question.lower()):
        return found
    names = places.names_of(places.localities(timezone.localdate()))
    any_of = "|".join(re.escape(name) for name in names)
    near = re.compile(rf"(?<=\bin )(?i:{any_of})\b(?! [A-Z][a-z])")
    taken = [each.span() for each in found]
    more = near.finditer(question) if names else ()
    return found + [m for m in more if all(m.end() <= lo or m.start() >= hi for lo, hi in taken)]


def _stand_in(number: int) -> str:
    """A word of letters only, and none the beginning of another."""
    return f"{PLACE}{chr(97 + number // 26)}{chr(97 + number % 26)}z"
