"""Two versions of a text, word by word."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple


class Piece(NamedTuple):
    kind: str  # "same", "gone" or "new"
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces in reading order; what goes stands before what comes in its place."""
    before, after = _words(old), _words(new)
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        changed = (Piece("gone", "".join(before[a:b])), Piece("new", "".join(after[c:d])))
        pieces.extend(piece for piece in changed if piece.text)
    return pieces


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)
