"""The parts of a report: what was done, what was seen, why, and what came before."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    TITLE = "title"
    PROCEDURE = "procedure"
    TECHNIQUE = "technique"
    BODY = "body"
    FINDINGS = "findings"
    IMPRESSION = "impression"
    DIAGNOSIS = "diagnosis"
    REASON = "reason"
    HISTORY = "history"
    PLAN = "plan"
    ASIDE = "aside"


# How much a statement counts by where it stands: what was done before what was seen, why, and then.
PRIOR = {
    Kind.TITLE: 0.9,
    Kind.PROCEDURE: 1.0,
    Kind.TECHNIQUE: 0.6,
    Kind.BODY: 0.6,
    Kind.FINDINGS: 0.4,
    Kind.IMPRESSION: 0.3,
    Kind.DIAGNOSIS: 0.22,
    Kind.REASON: 0.12,
    Kind.HISTORY: 0.08,
    Kind.PLAN: 0.03,
    Kind.ASIDE: 0.0,
}
# The first pattern that a heading fits says its kind.
HEADINGS = [
    (
        Kind.DIAGNOSIS,
        r"(?:pre|post)[\s-]?-?(?:op|procedur)\w*(?:\s?(?:&|and|/)\s?post\S*)?\s*(?:dx|"
        r"diagnos[ie]s|indications?|impressions?)",
    ),
    (
        Kind.ASIDE,
        r"anesthe\w+(?! administered)|surgeons?|assistants?|complications?|drains?|tubes|"
        r"fluids?|(?:estimated )?blood loss|ebl|"
        r"counts?|condition|disposition|urine(?: output)?|antibiotics|medications?|replacement|"
        r"cultures?|"
        r"hemostasis|prosthesis|implants?|preparation|position|consent|allerg\w+|crystalloid|"
        r"tourniquet\w*|"
        r"ivf|iv fluids|specimens?(?: removed)?|pathology|attending|referring\w*|physicians?|"
        r"premedication|"
        r"social history|family history|review of systems|vital signs|lab\w*( data| results)?|"
        r"laboratory( data| studies)?",
    ),
    (
        Kind.TECHNIQUE,
        r"(?:description|details?|summary|narrative)\b.*|(?:(?:operative|surgical|operation|"
        r"exam) )?(?:technique|note|narrative|report|course)s?\b.*|"
        r".*\bin detail|procedural? (?:note|details?|report|description|findings)|"
        r"technical (?:factors|description|procedure)|protocol|views?|method|"
        r"operative procedure in detail|procedure and findings|procedure note|contrast|"
        r"sequences|imaging",
    ),
    (
        Kind.PROCEDURE,
        r"(?:title|name) of (?:the )?(?:operation|procedure|study)s?|(?:operation|procedure|"
        r"operative procedure|surgical procedure|surgery|"
        r"operations?/procedures?|operative procedures?|type of (?:procedure|study|"
        r"exam\w*))s?(?: ?\(s\))?(?: ?/? ?(?:performed|done|name|title|code|description))*|"
        r"(?:examination|exam|study|studies|test|radiologic(?:al)? exam\w*|"
        r"imaging)(?: (?:performed|type|requested|name))?|"
        r"procedures? (?:performed|done)?|operat\w+ performed|proc",
    ),
    (
        Kind.PLAN,
        r"(?:plan|recommend\w*|follow[- ]?up|discharge\b.*|disposition|instructions?|"
        r"treatment plan|assessment and plan|impression and plan|comments?)",
    ),
    (
        Kind.HISTORY,
        r".*\bhistory\b(?: of (?:the )?(?:present illness|patient))?|hpi|background|"
        r"comparison\w*|prior\b.*|pmh|past\b.*|subjective|hospital course|brief history",
    ),
    (
        Kind.REASON,
        r"(?:clinical )?(?:indications?|reasons?)\b.*|chief complaint|cc|"
        r"clinical (?:information|data|history|correlation)|(?:admitting |"
        r"admission )?diagnos[ie]s|symptoms?",
    ),
    (
        Kind.IMPRESSION,
        r"impressions?|conclusions?|summary|opinion|interpretation|assessment|"
        r"final (?:impression|diagnosis)",
    ),
    (
        Kind.FINDINGS,
        r".*\bfindings?\b.*|results?|gross\b.*|operative findings|ct (?:of the )?(?:abdomen|"
        r"pelvis|head|chest).*|observations?|objective|physical exam\w*|physical findings",
    ),
]
PATTERNS = [(kind, re.compile(rf"(?:{pattern})", re.IGNORECASE)) for kind, pattern in HEADINGS]
# A heading stands at the start, after a line's end, or after a comma that was one.
CAPITALS = r"[A-Z][A-Z0-9 /&#'()\-,.]{1,70}?"
NAMED = (
    r"(?:Preoperative|Postoperative|Preop|Postop|Procedure|Operation|Operative|Anesthesia|"
    r"Indication|Finding|"
    r"Impression|Conclusion|Technique|Description|Exam|Examination|Clinical|History|Comparison|"
    r"Reason|"
    r"Recommendation|Plan|Complication|Assessment|Diagnosis|Details?|Title|Study|Summary|Chief|"
    r"Surgeon|"
    r"Estimated|Specimen|Brief)[A-Za-z /]{0,40}?"
)
HEADING = re.compile(rf"(?:^|(?<=[\n,.;])|(?<=\.\s))\s*((?:{CAPITALS})|(?:{NAMED}))\s?(?::|(?=\n))")
SHORT = 420  # characters; what stands longer under "PROCEDURE:" tells how, not what


@dataclass(frozen=True)
class Section:
    """Part of a text: its offsets, and the kind that its heading gives it."""

    kind: Kind
    heading: str
    start: int
    end: int


def kind_of(heading: str) -> Kind | None:
    words = " ".join(heading.strip(" ,.").split())
    for kind, pattern in PATTERNS:
        if pattern.fullmatch(words):
            return kind
    return None


def sections(text: str) -> list[Section]:
    """The whole text, cut at its headings; what comes before the first is title or body."""
    heads = [found for found in HEADING.finditer(text) if _is_heading(found)]
    found = _before(text, heads[0].start(1) if heads else len(text))
    ends = [*(head.start(1) for head in heads[1:]), len(text)][: len(heads)]
    for head, end in zip(heads, ends, strict=True):
        kind = kind_of(head[1])
        if kind is None:
            kind = (
                found[-1].kind
                if found and found[-1].kind in (Kind.FINDINGS, Kind.TECHNIQUE)
                else Kind.BODY
            )
            title = Section(Kind.TITLE, "", head.start(1), head.end(1))
            found.append(
                title if kind == Kind.BODY else Section(kind, "", head.start(1), head.end(1))
            )
        elif kind == Kind.PROCEDURE and end - head.end() > SHORT:
            found += _long_procedure(text, head, end)
            continue
        found.append(Section(kind, head[1].strip(), head.end(), end))
    return [each for each in found if text[each.start : each.end].strip(" ,.:\n")]


def _is_heading(found: re.Match[str]) -> bool:
    words = found[1].strip()
    return kind_of(words) is not None or (words == words.upper() and len(words) > 3)


def _before(text: str, end: int) -> list[Section]:
    if not text[:end].strip(" ,.\n"):
        return []
    first = re.match(r"[^\n]*?(?:[,\n]|$)", text[:end])
    cut = first.end() if first else 0
    line = text[:cut].strip(" ,\n")
    if line and line == line.upper() and len(line) < 150:
        return [Section(Kind.TITLE, "", 0, cut), Section(Kind.BODY, "", cut, end)]
    return [Section(Kind.BODY if end > 200 else Kind.TITLE, "", 0, end)]


def _long_procedure(text: str, head: "re.Match[str]", end: int) -> list[Section]:
    """A short first line names the procedure; the rest tells how it was done."""
    body = text[head.end() : end]
    line = re.match(r"\s*(?:,\s*)?[^\n]{4,160}?(?:\n|\.,)", body)
    name = head[1].strip()
    numbered = re.match(r"[\s,]*(?:\d+\.\s+[^\n]{3,200}?\.?,)+", body)
    first = numbered or line
    if first is None:
        return [Section(Kind.TECHNIQUE, name, head.end(), end)]
    cut = head.end() + first.end()
    return [
        Section(Kind.PROCEDURE, name, head.end(), cut),
        Section(Kind.TECHNIQUE, name, cut, end),
    ]
