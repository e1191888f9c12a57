"""Patterns of `data/case/slots.json`, by the values of the structured attributes.

`approaches`: what tells of an approach. `needs`: what a value of extent or purpose has to find in
the text. `acts`: what must be told of before a code of that act is believed. `surgical`: any work.
"""

import json
import re
from functools import lru_cache

from codes.content_files import DATA

Patterns = dict[str, "re.Pattern[str]"]


@lru_cache(maxsize=8)
def patterns(name: str) -> Patterns:
    raw = json.loads((DATA / "case" / "slots.json").read_text(encoding="utf-8"))
    return {key: re.compile(text, re.IGNORECASE) for key, text in raw[name].items()}
