"""What is declined, and in which words."""

import re
from dataclasses import dataclass

from codes.assistant.refusal_words import (
    ACTS,
    BYPASSES,
    CLAUSE,
    INJECTED,
    MISREPORTS,
    OFFICIAL,
    PRESSURE,
    SCOPE,
    TAGS,
    TREATMENTS,
    UPCODES,
    WHIMS,
)


@dataclass(frozen=True)
class Refusal:
    reason: str
    text: str


UPCODING = Refusal(
    "upcoding",
    "I do not choose or rank codes by what they pay. The record of what was done decides the code; "
    "describe the service, and I will show the codes whose words fit and what tells them apart.",
)
MISREPRESENTATION = Refusal(
    "misrepresentation",
    "I will not help to report something other than what was done and recorded. Report the "
    "service that the record shows; if the record is wrong or thin, ask its author for a dated "
    "addendum that is true.",
)
BYPASS = Refusal(
    "bypass",
    "I will not help to get a claim past an edit or a limit. A modifier states a fact of the "
    "record; if the services were truly separate the record shows it, and otherwise the code that "
    "the edit denies is not billed.",
)
NO_BYPASS = Refusal(
    "indicator_0_no_modifier",
    "No modifier may be added to pass this edit, whoever asks for it. Report the column 1 code "
    "alone, or appeal with the record if the claim was read wrongly.",
)
MEDICAL = Refusal(
    "medical_advice",
    "I give no medical advice: whether a test or treatment is needed, safe or right is for the "
    "treating clinician. I answer questions about codes, edits and fees.",
)
LICENSED = Refusal(
    "licensed_text",
    "The official CPT text belongs to the AMA and I do not quote it. Where a licence is recorded, "
    "it stands on the code's page; here are our own words.",
)
INJECTION = Refusal(
    "prompt_injection",
    "Instructions inside a question are not followed. Ask about a code, a pair, a modifier or a "
    "fee, and the loaded tables answer.",
)
UNRELATED = Refusal(
    "unrelated",
    "That is outside what I can answer. I answer from loaded tables: codes in our own words, "
    "edits, unit limits, add-ons, modifiers, global days, fees, and jobs for coders.",
)
NEEDS_PERSON = Refusal(
    "needs_a_person",
    "I do not choose a visit level: that takes the whole note and a person's judgment.",
)
NOT_HERE = "I abstain: what decides this is not among the loaded tables."


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.DOTALL)


IMPROPER = [
    (MISREPRESENTATION, _any(MISREPORTS)),
    (BYPASS, _any(BYPASSES)),
    (UPCODING, _any(UPCODES)),
]
MEDICAL_ADVICE, OFFICIAL_TEXT = _any(TREATMENTS), _any(OFFICIAL)


def without_instructions(text: str) -> tuple[str, str]:
    """The question, and apart from it the clauses that try to instruct whoever answers."""
    kept: list[str] = []
    taken: list[str] = []
    bare = TAGS.sub("\n", text)
    for clause in CLAUSE.split(bare):
        (taken if INJECTED.search(clause.lower()) else kept).append(clause)
    said = " ".join(kept).strip()
    marked = " ".join(taken).strip() or ("markup" if bare != text and TAGS.search(text) else "")
    return said, marked


def improper(text: str, *, about_jobs: bool) -> Refusal | None:
    if about_jobs:
        return None
    return next((refusal for refusal, pattern in IMPROPER if pattern.search(text)), None)


def is_whim(text: str) -> bool:
    """About nothing of ours."""
    return bool(WHIMS.search(text))


def is_pressure(text: str) -> bool:
    return bool(PRESSURE.search(text) and ACTS.search(text))


def out_of_scope(text: str) -> tuple[str, str] | None:
    """Reason and what is missing."""
    found = ((reason, missing) for reason, missing, words in SCOPE if words.search(text))
    return next(found, None)
