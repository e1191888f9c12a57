"""Misspelled words of a report, set right by the words of the reference."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"[A-Za-z]{5,}")
SHORT, LONG = 5, 7  # from these lengths on: two letters changed places; one letter wrong
# Only words of the trade are set right: plain words one slip away are too often meant.
TRADE = re.compile(
    r"scop|ectom|otom|ostom|plast|gram|graph|orrh|lith|pexy|ureter|urethr|hyster|salping|nephr|"
    r"cyst|prostat|laparo|"
    r"vagin|cervi|uter|ovar|testi|scrot|epididym|circumcis|curett|dilat|placement|resect|biops|"
    r"fulgur|lumbar|thorac|"
    r"brain|pelvi|abdom|contrast|doppler|ultras|stent|kidney|bladder|steril|ligation|deliver|"
    r"cesarean|ablation"
)
MEANT = frozenset(
    [
        "colectomy",
        "corpectomy",
        "lobectomy",
        "dilution",
        "diluted",
        "rejection",
        "rejected",
        "infrarenal",
        "suprarenal",
        "periureteral",
        "midureteral",
        "urethroscopy",
        "urethroscope",
        "urethroscopic",
        "ureteroscopic",
        "urethrotomy",
        "ureterotomy",
        "topography",
        "cervicis",
        "epididymidis",
    ]
)
ENDINGS = re.compile(r"(?:s|es|d|ed|ing|er|al|ic|ly|y|e)$")


class Speller:
    """Sets right what is one slip away from exactly one word that the reference uses."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.known: set[str] = set()
        for text in texts:
            self.known |= {word.lower() for word in WORD.findall(text)}
        self.near: dict[str, set[str]] = defaultdict(set)
        for word in self.known:
            for key in _keys(word) if TRADE.search(word) else ():
                self.near[key].add(word)
        self.right = lru_cache(maxsize=20_000)(self._right)

    def correct(self, text: str) -> str:
        return WORD.sub(lambda found: self.right(found[0]), text)

    def _right(self, word: str) -> str:
        low = word.lower()
        if low in self.known or low in MEANT or ENDINGS.sub("", low) in self.known:
            return word
        found = {each for key in _keys(low) for each in self.near.get(key, ())}
        fits = {each for each in found if _is_slip(low, each)}
        return fits.pop() if len(fits) == 1 else word


def _keys(word: str) -> set[str]:
    """The letters in order for a swap; the word less one letter for any other slip."""
    keys = {"=" + "".join(sorted(word))}
    if len(word) >= LONG - 1:
        keys |= {word[:at] + word[at + 1 :] for at in range(1, len(word))} | {word}
    return keys


def _is_slip(wrong: str, right: str) -> bool:
    if wrong[0] != right[0] or ENDINGS.sub("", wrong) == ENDINGS.sub("", right):
        return False
    if right.startswith(wrong) or wrong.startswith(right):
        return False
    if len(wrong) == len(right):
        apart = [at for at in range(len(wrong)) if wrong[at] != right[at]]
        if len(apart) == 2:
            one, two = apart
            return two == one + 1 and wrong[one] == right[two] and wrong[two] == right[one]
        return len(apart) == 1 and len(wrong) >= LONG + 2 and apart[0] < len(wrong) - 2
    return abs(len(wrong) - len(right)) == 1 and min(len(wrong), len(right)) >= LONG - 1
