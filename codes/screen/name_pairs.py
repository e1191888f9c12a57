"""Names that no title announces: given name and surname together, or a given name alone."""

import re

from codes.screen.name_lists import NEVER, among, things
from codes.screen.name_words import PARTICLES, SUFFIXES, Word, Words

# After these a name is a place's or a saint's: San Diego, St. Jude valve, Santa Barbara.
PLACES = among("san santa st saint fort mount lake new los las el la le port cape von")
SPEAKS = among(
    "reports reported states stated denies denied complains complained presents says said told"
    " lives works agrees agreed consented understands returned returns wishes desires"
    " admits underwent presented tolerated consents comes came went arrived"
    " called asked expressed verbalized weighs"
)

# What may follow a name that stands as a heading.
ENDS = re.compile(r" {0,3}(?:\Z|[\n.;(\d]|DOB|MRN|[A-Z]\b)")


def listed(words: Words) -> set[int]:
    found: set[int] = set()
    for at, word in enumerate(words.all):
        if word.title:
            found |= pair(words, at) or turned(words, at) or alone(words, at) or speaker(words, at)
        elif word.plain_name and word.given and len(word.key) > 3:
            found |= small(words, at)
    return found


def follow(words: Words, at: int, most: int = 4) -> set[int]:
    """The words behind `at` that go on with its name: initials, particles, further names."""
    found, last = {at}, at
    while len(found) <= most and words.joined(last) and _goes_on(words, last):
        last += 1
        found.add(last)
    while last > at and words[last].key in PARTICLES:
        found.discard(last)
        last -= 1
    return found


def _goes_on(words: Words, last: int) -> bool:
    word, before = words[last + 1], words[last]
    if word.initial or word.key in SUFFIXES:
        return word.title and word.raw != "I"
    if word.key in NEVER:
        return False
    if word.key in PARTICLES:
        return last + 2 < len(words) and words[last + 2].title and words.joined(last + 1)
    if not word.title or words.names_a_thing(last + 1):
        return False
    if not word.common or (word.listed and (before.given or before.initial)):
        return True
    return _closes(words, last)


def _closes(words: Words, last: int) -> bool:
    """Whether a word that is no name ends one all the same: "Testina Sample, born"."""
    before, word = words[last], words[last + 1]
    if before.common or before.eponym or len(before.raw) < 3 or before.caps or word.caps:
        return False
    return words.gap(last) == " " and words.gap(last + 1)[:1] in (",", "", ";", "\n", ")")


def pair(words: Words, at: int) -> set[int]:
    """Jane Doe, Jane Q. Doe, JANE DOE-LOPEZ."""
    word = words[at]
    if not word.given or word.key in NEVER:
        return set()
    found = follow(words, at)
    others = [words[each] for each in sorted(found) if each != at and len(words[each].raw) > 1]
    whole = [other for other in others if other.key not in PARTICLES | SUFFIXES]
    if not whole or any(other.caps != word.caps for other in whole):
        return set()
    if _is_a_thing(words, at, max(found)) or _hyphened(words, at, max(found)):
        return set()
    return found if _likely(word, whole) else set()


def _likely(first: Word, others: list[Word]) -> bool:
    """One of them is a name and nothing else, or both could be: Mark Brown, side by side."""
    if not first.caps and others[-1].surname:
        return True
    if first.caps or first.common or first.eponym:
        sure = first.plain_name or any(other.plain_name for other in others)
        return sure and any(other.surname for other in others)
    return True


def _hyphened(words: Words, first: int, last: int) -> bool:
    """Mallory-Weiss, Carter-Thomason."""
    return all(words.gap(at) == "-" for at in range(first, last))


def _is_a_thing(words: Words, first: int, last: int) -> bool:
    """Jackson-Pratt drain, Robert Jones splint; but "Maria Lopez catheterized" is a person."""
    if words.names_a_thing(last) or words[last].key in things():
        return True
    return words[first].eponym and words.names_a_thing(first)


def turned(words: Words, at: int) -> set[int]:
    """DOE, JANE Q."""
    if at + 1 >= len(words) or words.gap(at) not in (", ", ","):
        return set()
    word, after = words[at], words[at + 1]
    if not after.given or not after.title or after.caps != word.caps or words.names_a_thing(at + 1):
        return set()
    if {word.key, after.key} & NEVER or (word.common and not word.surname) or _short(word, after):
        return set()
    if after.plain_name or word.plain_name or _alone_on_line(words, at):
        return {at} | follow(words, at + 1)
    return set()


def _short(word: Word, after: Word) -> bool:
    """In capitals two short ones are abbreviations, as a rule: TSH, ANA."""
    if not word.caps:
        return len(word.key) < 2
    return len(word.key) < 3 or (len(after.key) < 4 and (len(word.key) < 4 or not word.plain_name))


def _alone_on_line(words: Words, at: int) -> bool:
    """WHITE, FRANK as a heading: names that are words are none amid a sentence."""
    before = words.text[max(0, words[at].start - 1) : words[at].start]
    return before in ("", "\n", ":") and ENDS.match(words.text, words[at + 1].end) is not None


def alone(words: Words, at: int) -> set[int]:
    """Maria; in capitals only where it is long, since short ones are abbreviations: ANA, TIA."""
    word = words[at]
    if not (word.given and word.plain_name) or len(word.key) < (5 if word.caps else 3):
        return set()
    if words.names_a_thing(at) or words.text[word.end : word.end + 1] == "-":
        return set()
    if at and (words[at - 1].key in PLACES or words.gap(at - 1) == "-"):
        return set()
    return {at} if word.caps else follow(words, at)


def speaker(words: Words, at: int) -> set[int]:
    """Kelly reports: whoever speaks is a person, even by the name of a clamp."""
    word = words[at]
    if at + 1 >= len(words) or words.gap(at) != " " or words[at + 1].raw not in SPEAKS:
        return set()
    if word.caps or word.key in NEVER or (word.common and not word.listed):
        return set()
    return {at} if len(word.key) > 2 else set()


def small(words: Words, at: int) -> set[int]:
    """maria lopez, as typed in haste: only where both are names and nothing else."""
    if at + 1 >= len(words) or words.gap(at) != " ":
        return set()
    after = words[at + 1]
    if not (after.plain_name and after.surname and len(after.key) > 3) or words.names_a_thing(
        at + 1
    ):
        return set()
    return {at, at + 1}
