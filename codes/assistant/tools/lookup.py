"""From words and abbreviations to codes, with what is still open between them."""

import math
import re
from dataclasses import dataclass

from codes import lookup
from codes.assistant.answer import Band, Draft, Fact
from codes.assistant.asked import Asked, named, rows_of, title_fact
from codes.assistant.tools.figures import value_fact, value_of
from codes.assistant.tools.words import say_differences
from codes.codes import CodeSystem
from codes.indicators import STATUS
from codes.lookup_index import normal
from codes.models import Abbreviation, Code, LookupTerm, LookupWord

TOLD = 5
FETCHED = 15
RUN = 8  # words of a term
LEAST = 0.34  # the share of the words below which no code fits
CONTRAST = [
    (
        re.compile(r"w/ ?wo\b|w ?/ ?w/?o|with(?:out)? and with(?:out)?|before and after"),
        "without then with",
    ),
    (
        re.compile(
            r"\bwithout (?:iv |intravenous |any )?contrast|\bnon-? ?contrast|\bw/?o\b|\bno contrast"
        ),
        "without",
    ),
    (
        re.compile(
            r"\bwith (?:iv |intravenous |oral and iv )?contrast|\bcontrast[- ]enhanced"
            r"|\bw/ ?contrast"
        ),
        "with",
    ),
]
CONTRAST_WORDS = frozenset(["contrast", "without", "iv", "intravenous"])
MARK = re.compile(r"\[[^\]]*\]")
WORD = re.compile(r"[a-z][a-z'-]+")
SMALL = re.compile(r"\b[a-z]{1,2}\b")
# Words of talk that name no service.
TALK_WORDS = """
    global period days day long short fee fees price pay pays paid payment rate cost unit units
    limit max maximum mue valid active status edit edits bundled bundle included include national
    allowed rvu rvus technical supervision primary add-on addon append need needs record
    documentation job jobs open tc pc modifier modifiers mod mods modified tell explain mean means
    meaning stand stands describe define give show find list want like help please thanks thank
    hello hey hi email mail send call called look lookup search cpt hcpcs code codes coding coder
    coded billing bill billed bills report reported reporting claim claims charge right correct
    proper best use used using patient patients case fit fits note text op yesterday today
    tomorrow week last next done performed perform get got make way say says said know ask asking
    question answer abbreviation abbreviated term word words number numbers office hospital
    facility clinic medicare plain english language simple lay really actually exactly usually go
    goes come comes one ones two thing things kind type mr mrs ms dr phone ssn dob mrn name
    address account lives lived had has have having someone somebody anyone people person many
    much old year years male female man woman new common which what whats what's who whose how
    when where why there here is are was were be been am do does did doing can could should would
    will shall may might must i i'm im me my we us our you your he she they them it its this that
    these those a an the of for to in on at by with from and or but not if so as into about any
    some all both each just only also too very then than up out over under again applies apply
    applied represent represents vs versus between difference
"""
TALK = frozenset(TALK_WORDS.split())
COMMON_WORDS = """
    be as is it or and the can was case ic one for sab sting fast tab tac mac cap rug cat pet ask
"""
NEVER_SHORT = frozenset(COMMON_WORDS.split())


@dataclass(frozen=True)
class Found:
    """Codes that words lead to, and the share of the words that the best of them holds.

    `by_term`: the words are a title or synonym by themselves.
    """

    rows: list[Code]
    words: str
    share: float
    by_term: bool = False

    @property
    def unsure(self) -> bool:
        return self.share < 0.75


def look_up(asked: Asked, draft: Draft) -> bool:
    """Whether anything was found."""
    short = abbreviations(asked.words)
    found = by_words(asked)
    if found is None or not found.by_term or not _says_more(found, short):
        for row in short[:3]:
            _abbreviation(row, draft)
        if found is None or any(row.codes for row in short):
            return bool(short)
    draft.step("look-up", f"looked for {_heard(found.words)} among titles, synonyms and words")
    if found.unsure:
        draft.doubt(Band.UNSURE)
    draft.doubt(Band.MATCHED)
    _rows(found.rows, draft)
    _is_listed(asked, found.rows[0], draft)
    return True


def _heard(text: str) -> str:
    """Of what was looked for, the words that stand in our index; no other word is told."""
    words = text.split()
    known = set(LookupWord.objects.filter(word__in=words).values_list("word", flat=True))
    return f"“{' '.join(word for word in words if word in known)}”"


def _is_listed(asked: Asked, row: Code, draft: Draft) -> None:
    """That the first code stands in the fee schedule of the day."""
    value = value_of(asked, row.code)
    if value is not None:
        text = f"status {value.status} ({STATUS.get(value.status, '')})"
        draft.say(f"{row.code} is in {value.release}, {text}.", value_fact(asked, value, text))


def abbreviations(text: str) -> list[Abbreviation]:
    """Those that stand in the text as whole words, the longest first, without their parts."""
    found: list[Abbreviation] = []
    left = f" {MARK.sub(' ', text)} "
    for row in sorted(Abbreviation.objects.all(), key=lambda each: -len(each.short)):
        pattern = re.compile(rf"(?<![\w/&-]){re.escape(row.short)}s?(?![\w/&-])", _flags(row.short))
        if pattern.search(left):
            found.append(row)
            left = pattern.sub(" ", left)
    return found


def _flags(short: str) -> int:
    """Short ones and common words count in their own letters only."""
    is_word = len(short) < 3 or short.lower() in NEVER_SHORT
    return 0 if is_word else re.IGNORECASE


def _abbreviation(row: Abbreviation, draft: Draft) -> None:
    draft.step("abbreviation", f"found {row.short} in the table")
    rows = rows_of(row.codes)
    codes = [rows[code] for code in row.codes if code in rows]
    listed = ", ".join(code.code for code in codes)
    claim = f"{row.short}: {row.meaning}" + (f"; codes {listed}" if listed else "")
    fact = Fact(claim, "Abbreviations", "own words", f"Abbreviation {row.pk}", "", "abbreviation")
    draft.say(f"{row.short} stands for {row.meaning}.", fact)
    draft.data.setdefault("codes", []).extend(code.code for code in codes)
    if codes:
        _rows(codes, draft, heard=fact)
    if len(codes) == 1:
        _siblings(codes[0], draft)


def _rows(rows: list[Code], draft: Draft, heard: Fact | None = None) -> None:
    known = draft.data.setdefault("codes", [])
    known += [row.code for row in rows[:TOLD] if row.code not in known]
    for row in rows[:TOLD]:
        draft.say(f"{named(row)}.", title_fact(row), *([heard] if heard else []))
    if len(rows) > 1:
        slots = say_differences(rows[:TOLD], draft)
        draft.data["open_slots"] = slots
        if slots:
            draft.notice(f"The record decides between them: {', '.join(slots)}.")


def _siblings(row: Code, draft: Draft) -> None:
    """Codes of the same act and region, when they are few: what the short form leaves open."""
    summary = getattr(row, "summary", None)
    if summary is None:
        return
    alike = (
        Code.objects.public()
        .with_words()
        .filter(
            summary__act=summary.act,
            summary__region=summary.region,
            valid_to=None,
            system=row.system,
        )
    )
    others = list(alike.exclude(pk=row.pk).order_by("key")[:TOLD])
    if not 0 < len(others) < TOLD:
        return
    for other in others:
        draft.say(f"Next to it: {named(other)}.", title_fact(other))
    draft.data["codes"] += [other.code for other in others]
    if slots := say_differences([row, *others], draft):
        draft.data["open_slots"] = slots
        draft.notice(f"The record decides between them: {', '.join(slots)}.")


def _says_more(found: Found, short: list[Abbreviation]) -> bool:
    """Whether the words name the service more fully than the short forms among them."""
    return all(row.short.lower() not in found.words.split() for row in short) and " " in found.words


def by_words(asked: Asked) -> Found | None:
    """The codes that the words of the question lead to; None where they name no service."""
    words = content_words(asked.words)
    if not words or not _is_ours(words):
        return None
    if whole := _by_term(asked, words):
        return whole
    text = " ".join(words)
    result = lookup.look_up(text, on=asked.today, limit=FETCHED)
    rows = [hit.code for hit in result.hits if _is_listable(hit.code, asked)]
    said = result.corrected.split() or words
    weights = _weights(said)
    marks = {row: _mark(row, weights, asked.words.lower()) for row in rows}
    best = max(marks.values(), default=0.0)
    if not rows or max(_share(row, said) for row in rows) < LEAST:
        return None
    kept = sorted((row for row in rows if marks[row] >= 0.8 * best), key=lambda row: -marks[row])
    return Found(kept[:TOLD], text, _share(kept[0], said))


def names_service(asked: Asked) -> bool:
    """Whether words of the question name a service by themselves."""
    if any(row.codes for row in abbreviations(asked.words)):
        return True
    found = by_words(asked)
    return found is not None and found.share >= 0.5


def codes_meant(asked: Asked) -> list[Code]:
    """The codes that the words stand for: of one short form two at most, of several one each."""
    short = [row.codes for row in abbreviations(asked.words) if row.codes]
    if short:
        wanted = short[0][:2] if len(short) == 1 else [codes[0] for codes in short[:3]]
        rows = rows_of(wanted)
        return [rows[code] for code in wanted if code in rows]
    found = by_words(asked)
    return found.rows[:1] if found is not None and found.share >= 0.6 else []


def names_several(asked: Asked) -> bool:
    """Whether two short forms with codes stand in the question, and not one with its choices."""
    return len([row for row in abbreviations(asked.words) if row.codes]) > 1


def _is_listable(row: Code, asked: Asked) -> bool:
    return row.system in (CodeSystem.CPT, CodeSystem.HCPCS) and row.is_in_force(on=asked.on)


def _by_term(asked: Asked, words: list[str]) -> Found | None:
    """The longest run of words that is a title or synonym by itself."""
    said = [word.strip(".,;:?!()\"'") for word in MARK.sub(" | ", normal(asked.words)).split()]
    runs = {
        " ".join(said[start:end])
        for start in range(len(said))
        for end in range(start + 1, min(len(said), start + RUN) + 1)
    }
    runs = {run for run in runs if " " in run or (len(run) > 4 and run in words)}
    terms = list(LookupTerm.objects.filter(term__in=runs, code__in=Code.objects.public()))
    if not terms:
        return None
    longest = max((term.term for term in terms), key=len)
    held = {term.code_id for term in terms if term.term == longest}
    found = Code.objects.with_words().filter(pk__in=held).order_by("key")
    rows = [row for row in found if _is_listable(row, asked)]
    told = [word for word in words if word not in CONTRAST_WORDS] or words
    inside = sum(word in longest for word in told)
    return (
        Found(rows[:TOLD], longest, inside / len(told), by_term=True)
        if rows and inside >= 0.6 * len(told)
        else None
    )


def _weights(words: list[str]) -> dict[str, float]:
    """The stem of each word with its weight: what few codes are called by tells the most."""
    rows = dict(LookupWord.objects.filter(word__in=words).values_list("word", "rows"))
    parts = {word: 1 / (1 + math.log1p(rows.get(word, 0))) for word in words}
    whole = sum(parts.values())
    return {stem: parts[word] / whole for stem, word in zip(_stems(words), words, strict=True)}


def _mark(row: Code, weights: dict[str, float], text: str) -> float:
    """How well it fits: its words, its region once more, and contrast as it was said."""
    summary = getattr(row, "summary", None)
    if summary is None:
        return 0.0
    region = f"{summary.act} {summary.region}".lower()
    closer = sum(weight for stem, weight in weights.items() if stem in region)
    held = _held(row)
    share = sum(weight for stem, weight in weights.items() if stem in held)
    contrast = next((kind for pattern, kind in CONTRAST if pattern.search(text)), "")
    fits = 0.25 if contrast and summary.contrast == contrast else 0.0
    return share + 0.5 * closer + fits


def content_words(text: str) -> list[str]:
    bare = MARK.sub(" ", normal(text))
    bare = re.sub(r"\bnon ?-?pregnant\b", "nonpregnant", bare)
    return [
        word for word in dict.fromkeys(WORD.findall(bare)) if word not in TALK and len(word) > 1
    ][:8]


def _is_ours(words: list[str]) -> bool:
    """Whether most of the words stand in our index, as they are or nearly so."""
    forms = [form for word in words for form in (word, *_forms(word))]
    known = set(LookupWord.objects.filter(word__in=forms).values_list("word", flat=True))
    right = [bool({word, *_forms(word)} & known) for word in words]
    near = [is_right or _nearly(word) for word, is_right in zip(words, right, strict=True)]
    return 2 * sum(near) >= len(words) and (any(right) or all(near))


def _forms(word: str) -> list[str]:
    """Simpler forms of the word: "stents" and "stent"."""
    ends = [("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ed", ""), ("al", "")]
    return [word[: -len(end)] + new for end, new in ends if word.endswith(end) and len(word) > 5]


def _nearly(word: str) -> bool:
    if len(word) < 7:
        return False
    near = lookup._alike(word)
    return any(each[0] == word[0] and _ratio(word, each) >= 0.8 for each, _rows in near)


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()


def _share(row: Code, words: list[str]) -> float:
    """The share of the words that stand in the title, the synonyms or the attributes."""
    stems, held = _stems(words), _held(row)
    return sum(stem in held for stem in stems) / len(stems)


def _held(row: Code) -> str:
    """The title, the synonyms and the attributes; empty where we have no words for the code."""
    summary = getattr(row, "summary", None)
    if summary is None:
        return ""
    words = [
        summary.title,
        *summary.synonyms,
        summary.act,
        summary.region,
        summary.approach,
        summary.purpose,
        summary.number,
        summary.extent,
        summary.contrast,
    ]
    return " ".join(words).lower()


def _stems(words: list[str]) -> list[str]:
    return [word[: max(4, len(word) - 3)] for word in words]
