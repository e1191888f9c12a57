"""Names of people: what a title, label or credential announces, and names that lists know.

A name found that way is then taken out wherever else it stands. What is named for people
(Foley, Cooper's ligament, Robert Jones splint) stays, unless a title makes it a person's.
"""

from collections.abc import Iterator

from codes.screen.name_cues import announced
from codes.screen.name_pairs import listed
from codes.screen.name_words import Words
from codes.screen.spans import Span


def find(text: str) -> Iterator[Span]:
    words = Words(text)
    sure = announced(words) | listed(words)
    yield from _runs(words, sure | _again(words, sure))


def _again(words: Words, sure: set[int]) -> set[int]:
    """The same names elsewhere. One that is a word as well only inside a sentence: "told Brown"."""
    keys = {words[at].key for at in sure if len(words[at].key) > 2 and not words[at].eponym}
    return {
        at
        for at, word in enumerate(words.all)
        if word.key in keys and word.title and (not word.common or _inside(words, at))
    }


def _inside(words: Words, at: int) -> bool:
    word = words[at]
    if at == 0 or word.caps or not word.listed or words.names_a_thing(at):
        return False
    return words.gap(at - 1) == " " and words[at - 1].raw.islower()


def _runs(words: Words, found: set[int]) -> Iterator[Span]:
    """One mark for the words of one name, with the comma of "Doe, Jane"."""
    start = end = -1
    for at in sorted(found):
        word = words[at]
        if start < 0 or not _same(words, at):
            if start >= 0:
                yield Span(start, end, "name")
            start = word.start
        elif at - 1 not in found:
            yield Span(start, end, "name")
            start = word.start
        end = word.end
    if start >= 0:
        yield Span(start, end, "name")


def _same(words: Words, at: int) -> bool:
    return at > 0 and (words.joined(at - 1) or words.gap(at - 1) in (", ", ","))
