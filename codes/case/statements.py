"""Sentences and clauses of a report, and whether each tells of something that was done."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from codes.case.sections import PRIOR, Kind, Section, sections
from codes.case.words import terms


class Status(StrEnum):
    DONE = "done"
    NEGATED = "negated"
    PLANNED = "planned"
    HISTORICAL = "historical"
    FAMILY = "family"


# What a clause counts beside one that tells of work done.
SHARE = {
    Status.DONE: 1.0,
    Status.NEGATED: 0.0,
    Status.PLANNED: 0.05,
    Status.HISTORICAL: 0.08,
    Status.FAMILY: 0.0,
}
NEGATED = re.compile(
    r"\b(?:no (?:evidence|sign|suggestion|indication|need|attempt)s?|not? (?:be )?(?:performed|"
    r"done|given|administered|needed|necessary|obtained|indicated|attempted|"
    r"used|required|placed|possible|felt|touched|imaged|scanned|examined|treated|"
    r"included|followed)|was not|were not|is not|are not|did not|could not|"
    r"cannot|unable to|unsuccessful|without evidence|"
    r"declin(?:es|ed)|refus(?:es|ed)|deferred|cancell?ed|abort(?:ed)? the|"
    r"aborted\b(?! pregnan)|abandoned|rather than|instead of|negative for|"
    r"rul(?:ed|e) out|ruled? out|free of|denie[sd]|lack of|absence of|never|nor)\b|"
    r"not to (?:take|perform|do|place|proceed|biopsy)\b|"
    r"\bno\b(?! contrast)(?![ -](?:scalpel|touch)\b)",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"\b(?:will (?:be|need|follow|undergo|have|return|proceed|require|plan|consider|continue|"
    r"schedule)|"
    r"(?:is|was|be|are) (?:recommended|suggested|advised|scheduled|planned|considered|"
    r"counsel\w+|offered)|recommend\w*|recommended|"
    r"(?:may|might|could|should) (?:be|need|require|undergo|consider|have|help|include)|"
    r"consider(?:ation|ed|ing)?|plan(?:s|ned|ning)? (?:is|was|to|for|of)|"
    r"if (?:needed|necessary|clinically|indicated|required|there|the|we|he|she)|options?|"
    r"alternatives?|risks?|discussed|"
    r"(?:informed )?consent|in the future|possible need|need for|desires? (?:a|to|permanent)|"
    r"(?:elected|opted|wish(?:es|ed)|want(?:s|ed)|requests?|requested|requesting|decided|"
    r"decision was made) (?:to|for|a)|follow[- ]?up (?:with|in)|instructed|scheduled)\b",
    re.IGNORECASE,
)
HISTORICAL = re.compile(
    r"\b(?:history of|previous(?:ly)?|prior(?! to)|status[- ]post|s/p|in the past|(?:years?|"
    r"months?|weeks?|days) (?:ago|earlier)|"
    r"had (?:undergone|had|a|been|previously)|has (?:had|undergone|been|previously)|underwent|"
    r"was (?:seen|diagnosed|found|treated|evaluated|referred|initially)|"
    r"in (?:19|20)\d\d|last (?:year|month|week)|compar(?:ed|ison)|outside (?:hospital|facility|"
    r"study)|recent(?:ly)?|presented|presents|"
    r"post-?operatively|is a \d+|revealed by|dated)\b",
    re.IGNORECASE,
)
# Within the telling of an operation only these look back; "the previous scar" is cut now.
LONG_AGO = re.compile(
    r"\b(?:history of|status[- ]post|s/p|(?:years?|months?|weeks?) (?:ago|earlier)|"
    r"had (?:undergone|previously)|"
    r"has (?:had|undergone)|underwent|in (?:19|20)\d\d|in the past|(?:compared|correlated|"
    r"comparison) (?:with|to|is made)|"
    r"(?:as )?previously (?:described|seen|placed|noted|resected|removed|treated|performed)|"
    r"prior (?:study|exam\w*|film|report|surger\w+|operation))\b",
    re.IGNORECASE,
)
FAMILY = re.compile(
    r"\b(?:(?:his|her|the patient's|maternal|paternal) )?(?:mother|father|sister|brother|aunt|"
    r"uncle|grandmother|grandfather|family history)\b(?!-)",
    re.IGNORECASE,
)
SENTENCE = re.compile(
    r"(?<=[.!?;:])(?<!\bDr\.)(?<!\bNo\.)(?<!\bvs\.)(?<!\d\.)[\s,]+(?=[A-Z0-9#(\"])|\.,\s*|\n+|"
    r",(?=\d+\.\s)|(?<=\d\.)\s{2,}|,(?=[A-Z][a-z]+ )|(?<=[a-z0-9]{4}\.)\s+(?=[a-z]{2})"
)
CLAUSE = re.compile(
    r"\b(?:but|however|although|though|except|while|whereas)\b|;|,(?=\s*(?:and )?possibl[ey]\b)",
    re.IGNORECASE,
)
# What looks back, and what is not done yet, where a heading or a short note names the work.
NAMED_BEFORE = re.compile(
    r"\b(?:status[- ]post|s/p|history of|last (?:week|month|year)|"
    r"(?:days|weeks?|months?|years?) ago)\b|^\s*(?:failed|hx|h/o)\b|\bin (?:19|20)\d\d\b",
    re.IGNORECASE,
)
NAMED_AHEAD = re.compile(
    r"^\s*(?:(?:and )?possibl[ey]|if|plan|recommend|consider)\b|\(ordered\)|"
    r"\b(?:was|were) ordered\b|\bif (?:no|not|needed|pain|symptoms)\b|"
    r"\bwill (?:be (?:scheduled|considered|planned)|need|undergo|return|schedule)|"
    r"\b(?:is|are) (?:recommended|planned|scheduled)\b|"
    r"\b(?:biopsy|surgery|ct|mri) recommended\b|\bto follow\W*$|\bnext (?:if|week|month|visit)\b|"
    r"\bin (?:a|one|two|three|six|\d+) (?:wks?|weeks?|mos?|months?|days|years?)\W*$",
    re.IGNORECASE,
)
# Places where only what was done is told, so that "previous scar was opened" is still now.
TELLS_DONE = {Kind.PROCEDURE, Kind.TITLE}
STEPS = {Kind.TECHNIQUE, Kind.BODY, Kind.FINDINGS}
LOOK_BACK_AFTER = 20  # characters; a look back that opens its clause leaves nothing before it
PASSIVE = re.compile(
    r"(?:was|were|is|are|did|could|can)\s?not\b|not\b|cannot|unable|declin|refus|defer|cancel|"
    r"abort|abandon|unsuccess",
    re.IGNORECASE,
)
PLANNED_STEP = re.compile(
    r"\b(?:will (?:be|need|follow|undergo|have|return|plan|consider|schedule)|recommend\w*|"
    r"if (?:clinically|indicated|there is)|"
    r"risks?|options?|(?:informed )?consent(?! was obtained)|should be|(?:could|may|"
    r"might) be (?:helpful|considered|obtained|performed|required|useful)|is required|"
    r"consider(?:ation|ed)?|in the future|desires? |next (?:if|week|month|visit))\b|"
    r"\bto follow\W*$|^\s*if\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Statement:
    """A clause with its offsets in the text, the kind of its section, its status and weight."""

    start: int
    end: int
    text: str
    kind: Kind
    status: Status
    terms: tuple[str, ...]

    @property
    def weight(self) -> float:
        return PRIOR[self.kind] * SHARE[self.status]

    @property
    def is_done(self) -> bool:
        return self.status == Status.DONE and self.kind not in (
            Kind.HISTORY,
            Kind.PLAN,
            Kind.REASON,
            Kind.ASIDE,
        )


def statements(text: str, correct: Callable[[str], str] = str) -> list[Statement]:
    """The clauses of a text in order. Misspelled words are set right in them, not in the text."""
    found: list[Statement] = []
    for section in sections(text):
        for start, end in _sentences(text, section):
            found += _clauses(text, start, end, section.kind)
    return [_corrected(each, correct) for each in found]


def _corrected(each: Statement, correct: Callable[[str], str]) -> Statement:
    right = correct(each.text)
    return each if right == each.text else replace(each, text=right, terms=tuple(terms(right)))


def _sentences(text: str, section: Section) -> list[tuple[int, int]]:
    cuts, at = [], section.start
    for mark in SENTENCE.finditer(text, section.start, section.end):
        cuts.append((at, mark.start()))
        at = mark.end()
    cuts.append((at, section.end))
    return [(start, end) for start, end in cuts if text[start:end].strip(" ,.:;\n")]


def _clauses(text: str, start: int, end: int, kind: Kind) -> list[Statement]:
    at, found = start, []
    for mark in [*CLAUSE.finditer(text, start, end), None]:
        stop = mark.start() if mark else end
        if text[at:stop].strip(" ,.:;"):
            found += _by_status(text, at, stop, kind)
        at = mark.end() if mark else end
    return found


def _by_status(text: str, start: int, end: int, kind: Kind) -> list[Statement]:
    """A clause; what stands before a negation or a look back keeps its own status."""
    clause = text[start:end]
    status = _status(clause, kind)
    if cut := NEGATED.search(clause):
        before = start if PASSIVE.match(cut[0]) else start + cut.start()
        return _two(text, (start, before, end), kind, (status, Status.NEGATED))
    look = LONG_AGO.search(clause) if kind in STEPS and status == Status.HISTORICAL else None
    if look and look.start() > LOOK_BACK_AFTER:
        return _two(text, (start, start + look.start(), end), kind, (Status.DONE, status))
    return [_statement(text, start, end, kind, status)]


def _two(
    text: str, cuts: tuple[int, int, int], kind: Kind, statuses: tuple[Status, Status]
) -> list[Statement]:
    parts = zip(pairwise(cuts), statuses, strict=True)
    return [
        _statement(text, start, end, kind, status)
        for (start, end), status in parts
        if text[start:end].strip(" ,.:;")
    ]


def _status(clause: str, kind: Kind) -> Status:
    if FAMILY.search(clause):
        return Status.FAMILY
    if kind in TELLS_DONE:
        if NAMED_BEFORE.search(clause):
            return Status.HISTORICAL
        return Status.PLANNED if NAMED_AHEAD.search(clause) else Status.DONE
    if kind not in STEPS and PLANNED.search(clause):
        return Status.PLANNED
    if kind in STEPS and PLANNED_STEP.search(clause):
        return Status.PLANNED
    if (LONG_AGO if kind in STEPS else HISTORICAL).search(clause):
        return Status.HISTORICAL
    return Status.DONE


def _statement(text: str, start: int, end: int, kind: Kind, status: Status) -> Statement:
    part = text[start:end]
    return Statement(start, end, part, kind, status, tuple(terms(part)))
