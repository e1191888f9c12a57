"""The words of a text, as the rules for names see them."""

import re
from dataclasses import dataclass
from functools import cached_property

from codes.screen.name_lists import among, eponyms, given, surnames, things, words

WORD = re.compile(r"[^\W\d_]+(?:'(?![sS]\b)[^\W\d_]+)*")
PARTICLES = among(
    "de da del della di do dos du la las le los van von der den ter ten bin ibn al el st y"
)
SUFFIXES = among("jr sr ii iii iv")
# Between two words of one name: a space, the point of an initial, the hyphen of a double name.
JOIN = re.compile(r"\.?[ \t]{1,2}|-|\.|[ \t]?[\"(][ \t]?|[\")][ \t]")


@dataclass(slots=True, frozen=True)
class Word:
    start: int
    end: int
    raw: str
    key: str

    @property
    def title(self) -> bool:
        return self.raw[0].isupper()

    @property
    def caps(self) -> bool:
        return len(self.raw) > 1 and self.raw.isupper()

    @property
    def initial(self) -> bool:
        return len(self.raw) == 1 and self.raw.isupper()

    @property
    def given(self) -> bool:
        return self.key in given()

    @property
    def surname(self) -> bool:
        return self.key in surnames()

    @property
    def listed(self) -> bool:
        return self.key in given() or self.key in surnames()

    @property
    def common(self) -> bool:
        """A word of its own, whether or not it is a name too."""
        return self.key in words()

    @property
    def eponym(self) -> bool:
        return self.key in eponyms()

    @property
    def plain_name(self) -> bool:
        """A name and nothing else that we know of."""
        return self.listed and not self.common and not self.eponym


class Words:
    def __init__(self, text: str) -> None:
        self.text = text
        self.all = [
            Word(*found.span(), found[0], found[0].lower().replace("'", ""))
            for found in WORD.finditer(text)
        ]

    @cached_property
    def begins(self) -> dict[int, int]:
        """From a place in the text to the word that begins there."""
        return {word.start: at for at, word in enumerate(self.all)}

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, at: int) -> Word:
        return self.all[at]

    def gap(self, at: int) -> str:
        """What stands between a word and the next; cut, as a long gap joins nothing."""
        after = self.all[at + 1].start if at + 1 < len(self.all) else len(self.text)
        return self.text[self.all[at].end : min(after, self.all[at].end + 8)]

    def joined(self, at: int) -> bool:
        """Whether the next word may belong to the same name, by what stands between."""
        if at + 1 >= len(self.all):
            return False
        gap = self.gap(at)
        if gap.startswith("."):
            return (self.all[at].initial and self._after_point(at, gap)) or self.all[at].key == "st"
        if gap == "  ":
            return self.all[at + 1].listed
        return JOIN.fullmatch(gap) is not None

    def _after_point(self, at: int, gap: str) -> bool:
        """Whether the point is an initial's. "Dr. X. Both" and "Dr. X.  Then" begin a sentence."""
        after = self.all[at + 1]
        return (
            gap in (". ", ".")
            and (after.initial or after.listed or not after.common)
            and after.raw != "I"
        )

    def names_a_thing(self, at: int) -> bool:
        """Whether a word close behind is what eponyms are given to: Kelly clamp."""
        for after in range(at + 1, min(at + 4, len(self.all))):
            if not self._close(after - 1):
                return False
            if self.all[after].key in things():
                return True
        return False

    def _close(self, at: int) -> bool:
        return self.gap(at) in (" ", "  ", "-", "'s ", "/", "' ", "s' ", ", ")
