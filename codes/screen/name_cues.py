"""Names by what stands before or behind them: Dr., Patient:, signed by, MD, is a 45-year-old."""

import re
from collections.abc import Iterator

from codes.screen.name_lists import NEVER, among
from codes.screen.name_pairs import follow
from codes.screen.name_words import Words

TITLES = among("Dr Drs Mr Mrs Ms Mx Prof Rev Hon Doctor Professor Reverend Nurse Judge Miss")
# Written like this they mean other things too: MR angiography, MS Contin, 3 dr.
DOUBTFUL = among("dr DR DRS mr MR mrs MRS ms MS miss MISS doctor DOCTOR nurse NURSE PROF")
RELATIVES = among(
    "wife husband spouse partner daughter son mother father mom dad sister brother"
    " grandmother grandfather aunt uncle"
    " cousin niece nephew friend neighbor roommate caregiver guardian fiance fiancee"
    " boyfriend girlfriend mama papa"
    " patient pt boy girl dear attn hi hello thanks regards sincerely named attending"
    " resident colleague twin"
)
DOERS = among(
    "dictated signed transcribed referred reviewed assisted performed seen read"
    " interpreted ordered accompanied"
    " verified attested delivered authored entered typed witnessed"
)
CREDENTIALS = among(
    "md do rn np pa pac fnp crna cnm arnp aprn lpn dpm dds dmd phd pharmd facs facog facr"
    " mbbs rdms cpc ccs rhia rhit esq"
)
AFTER_TITLE = re.compile(r"\.?,? {0,2}|\.?\n")
AFTER_CUE = re.compile(r",? {1,2}|,?\n")
LABEL_END = re.compile(r"[:=][ \t]{0,4},?[ \t]{0,4}\n?[ \t]{0,4}(?=[^\W\d_])")
PEOPLE = (
    r"patient|pt|re|client|(?:assistant |co-?)?surgeons?|(?:first )?assistants?|attending"
    r"|anesthesiologists?|anesthetist|physician"
    r"|provider|doctor|md|pcp|radiologist|urologist|gynecologist|obstetrician|pathologist"
    r"|sonographer|technologist|nurse|midwife"
    r"|circulator|spouse|husband|wife|mother|father|guardian|son|daughter|next of kin"
    r"|contact|guarantor|insured|subscriber"
    r"|employer|author|by|dictator|transcriptionist|signed|signature|attn|attention|from"
    r"|to|witness|coder|cosigned"
)
LABEL = re.compile(
    rf"(?:\b(?P<name>names?)|\b(?:{PEOPLE})(?: name)?(?:\(s\))?)[ \t]{{0,4}}\Z", re.IGNORECASE
)
AGED = re.compile(r"\d(?<!\w.)\d{0,2}[ -]?(?:year|yr|month|week|day)s?[ -]old\b")
BEFORE_AGE = re.compile(
    r"((?<![\w'])[^\W\d_]{1,30}(?:'[^\W\d_]{1,30})?),?(?: is| was)? (?:an? )?(?:very"
    r" )?(?:[a-z]+ )?\Z"
)


def announced(words: Words) -> set[int]:
    found: set[int] = set()
    for at, likely in [*_titles(words), *_cues(words)]:
        if likely:
            found |= follow(words, at)
    return found | _labelled(words) | _credited(words) | _aged(words)


def _titles(words: Words) -> Iterator[tuple[int, bool]]:
    for at in range(len(words) - 1):
        raw = words[at].raw
        if raw in TITLES and AFTER_TITLE.fullmatch(words.gap(at)):
            yield at + 1, _titled(words, at + 1, pointed=raw in ("Dr", "Mr", "Mrs", "Ms"))
        elif raw in DOUBTFUL and AFTER_TITLE.fullmatch(words.gap(at)):
            yield at + 1, _doubtful(words, at + 1, pointed="." in words.gap(at))


def _titled(words: Words, at: int, *, pointed: bool) -> bool:
    word = words[at]
    if not word.title or word.raw == "I" or word.raw in TITLES:
        return False
    if words.text.startswith("M.D", word.start):
        return False
    return word.initial or (word.key not in NEVER and (pointed or word.listed or not word.common))


def _doubtful(words: Words, at: int, *, pointed: bool) -> bool:
    """A title that may be none: only before what is no word, or is a name in title case."""
    word = words[at]
    if word.key in NEVER or words.names_a_thing(at) or len(word.key) < 3:
        return False
    if word.common:
        return word.listed and word.title and (pointed or not word.caps)
    return word.listed or pointed or not (word.caps or words[at - 1].caps)


def _cues(words: Words) -> Iterator[tuple[int, bool]]:
    for at in range(len(words) - 1):
        key = words[at].key
        doer = key == "by" and at > 0 and words[at - 1].key in DOERS
        called = key == "is" and at > 0 and words[at - 1].key == "name"
        if (key in RELATIVES or doer or called) and AFTER_CUE.fullmatch(words.gap(at)):
            yield at + 1, _cued(words, at + 1)


def _cued(words: Words, at: int) -> bool:
    """Without a colon: a capital, and neither a word nor an instrument nor its maker."""
    word = words[at]
    if not word.title or words.names_a_thing(at) or len(word.key) < 3 or word.raw in TITLES:
        return False
    if word.caps and not word.plain_name:
        return False
    return not word.common and (not word.eponym or word.given)


def _labelled(words: Words) -> set[int]:
    found: set[int] = set()
    for end in LABEL_END.finditer(words.text):
        label = LABEL.search(words.text, max(0, end.start() - 32), end.start())
        at = words.begins.get(end.end())
        if label and at is not None and _value(words, at, strict=label["name"] is None):
            found |= follow(words, at) | _surname_first(words, at)
    return found


def _value(words: Words, at: int, *, strict: bool) -> bool:
    word = words[at]
    if word.key in NEVER or (not word.title and strict and not word.plain_name):
        return False
    after = words[at + 1] if words.joined(at) else None
    if word.initial:
        return after is not None and after.title and not after.common
    return not word.common or (word.listed and (not strict or (after is not None and after.listed)))


def _surname_first(words: Words, at: int) -> set[int]:
    """After a label "Doe, Jane" is one name, whichever lists know it."""
    if at + 1 < len(words) and words.gap(at) in (", ", ",", " , "):
        after = words[at + 1]
        if (
            len(after.raw) > 1
            and after.title
            and after.key not in NEVER | CREDENTIALS
            and (after.given or not after.common)
        ):
            return {at} | follow(words, at + 1)
    return set()


def _credited(words: Words) -> set[int]:
    """The up to four words before ", MD" or "M.D."."""
    found: set[int] = set()
    for at in range(1, len(words)):
        if _credential(words, at):
            found |= _before(words, at - 1)
    return found


def _credential(words: Words, at: int) -> bool:
    word = words[at]
    if not word.initial and word.key not in CREDENTIALS:
        return False
    gap = words.gap(at - 1)
    if gap not in (", ", ",", " ", ". ", ".,", " ,", ".", " (") or not word.title:
        return False
    if word.initial:
        return (
            re.match(
                r"M\.? ?D\b|D\.O\b|R\.N\b|N\.P\b|P\.A\b", words.text[word.start : word.start + 4]
            )
            is not None
        )
    if word.key in ("md", "rn", "ccs"):
        return word.caps
    if word.key in ("do", "pa", "np"):
        return word.caps and "," in gap and words.gap(at) != " "
    return word.key in CREDENTIALS


def _before(words: Words, last: int) -> set[int]:
    word = words[last]
    if not word.title or word.key in NEVER or word.initial or (word.common and not word.listed):
        return set()
    found, at = {last}, last - 1
    while at >= 0 and last - at <= 3 and _part(words, at):
        found.add(at)
        at -= 1
    if len(found) == 1 and (word.common or (word.caps and not word.plain_name)):
        return set()
    return found


def _part(words: Words, at: int) -> bool:
    word = words[at]
    if not words.joined(at) and words.gap(at) != ", ":
        return False
    return word.title and word.key not in NEVER and (word.initial or word.listed or not word.common)


def _aged(words: Words) -> set[int]:
    """Testina is a pleasant 45-year-old."""
    found: set[int] = set()
    for age in AGED.finditer(words.text):
        before = BEFORE_AGE.search(words.text, max(0, age.start() - 50), age.start())
        at = words.begins.get(before.start(1)) if before else None
        if at is not None and words[at].title and not words[at].caps and _person(words, at):
            found |= {at}
    return found


def _person(words: Words, at: int) -> bool:
    word = words[at]
    return len(word.key) > 2 and word.key not in NEVER and (not word.common or word.given)
