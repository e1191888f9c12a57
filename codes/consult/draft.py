"""The draft of an answer: the one place where consults call the case engine."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from codes.case.answer import answer
from codes.consult.draft_text import written
from codes.models import CaseSetting

SETTING = re.compile(
    r"^\s*setting\s*:\s*(office|facility|hospital)\b", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True)
class Draft:
    """The text to be sent, and the answer it was made of."""

    text: str
    data: dict[str, Any]


def draft(text: str, *, on: date) -> Draft:
    """What the software makes of a screened text: it asks on, and chooses nothing."""
    found = answer(text, on=on, setting=setting_said(text)).as_json()
    del found["text"]
    return Draft(written(found), found)


def setting_said(text: str) -> str:
    """From a line "Setting: facility"; the last one counts, as a later message may correct it."""
    said = SETTING.findall(text)
    return said[-1].lower() if said else CaseSetting.UNSTATED
