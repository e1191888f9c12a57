"""Which tools a question asks for, and in which order."""

import re
from dataclasses import replace

from codes import billing
from codes.assistant.asked import Asked
from codes.assistant.cues import Intent, intents_in
from codes.assistant.places import Place
from codes.assistant.reading import codes_in

AT_MOST = 3  # tools for one question
# Words that ask for an amount, and not for which of two codes is paid.
AMOUNT = re.compile(
    r"\bfees?\b|\bhow much\b|\brates?\b|\bprices?\b|\bcosts?\b|\$|\bamounts?\b|\ballowable"
)
MUST = re.compile(r"\bmust\b|\bneeds?\b|\bshould\b|\brequire\w*|\bhas to\b|\bwhat\b")
GOES = re.compile(
    r"\b(?:go(?:es)?|belongs?|ride|attach\w*) (?:with|to)\b|\bneeds? \d{5}|\bprimary\b"
    r"|\badd[- ]?on\b"
)
SERVED = re.compile(r"\bdos\b|\bdate of service\b|\bserved on\b")
WORTH = re.compile(r"\b(?:worth|valued?|weigh(?:s|ed)?) (?:more|less|higher|lower)\b")
HELPERS = re.compile(r"\bassistant\b|\bassist\b|\bco-?surgeons?\b|\bteam surg\w+|\btwo surgeons\b")
# An intent that makes another needless: who asks for a fee with 26 asks for one thing.
OVER = {
    Intent.JOBS: set(Intent),
    Intent.CREDENTIALS: set(Intent) - {Intent.JOBS},
    Intent.RECORD: {Intent.WHAT_IS, Intent.LOOK_UP, Intent.PAIR, Intent.MODIFIER},
    Intent.UNITS: {
        Intent.WHAT_IS,
        Intent.LOOK_UP,
        Intent.PAIR,
        Intent.MODIFIER,
        Intent.FEE,
        Intent.COMPARE,
    },
    Intent.ADD_ON: {Intent.WHAT_IS, Intent.LOOK_UP, Intent.PAIR, Intent.VALIDITY, Intent.COMPARE},
    Intent.GLOBAL: {Intent.WHAT_IS, Intent.LOOK_UP, Intent.PAIR, Intent.COMPARE},
    Intent.VALIDITY: {Intent.WHAT_IS, Intent.LOOK_UP, Intent.PAIR},
    Intent.FEE: {
        Intent.WHAT_IS,
        Intent.LOOK_UP,
        Intent.MODIFIER,
        Intent.PAIR,
        Intent.COMPARE,
        Intent.COMPONENT,
    },
    Intent.COMPONENT: {
        Intent.WHAT_IS,
        Intent.LOOK_UP,
        Intent.MODIFIER,
        Intent.PAIR,
        Intent.COMPARE,
    },
    Intent.COMPARE: {Intent.WHAT_IS, Intent.LOOK_UP, Intent.PAIR},
    Intent.PAIR: {Intent.WHAT_IS, Intent.LOOK_UP},
    Intent.MODIFIER: {Intent.WHAT_IS, Intent.LOOK_UP},
    Intent.WHAT_IS: {Intent.LOOK_UP},
}


# Where one question ends and the next begins: "…, and what is the fee".
ASKS = r"(?:what|how|is|are|does|do|can|may|which|when|will|would|should|must)\b"
NEXT = re.compile(rf"\?\s+(?=\w)|;\s+|,?\s+(?:and|also)\s+(?=(?:also )?{ASKS})|,\s+(?={ASKS})")
PARTS_AT_MOST = 3


def parts(asked: Asked) -> list[Asked]:
    """The questions that stand in one, where each names a tool of its own.

    A part without codes of its own speaks of those before it. Day, place and setting hold for all.
    """
    found: list[Asked] = []
    for clause in NEXT.split(asked.reading.text):
        codes = codes_in(clause) or (found[-1].codes if found else ())
        intents = tuple(intents_in(clause))
        if not codes or not set(codes) <= set(asked.codes) or not set(intents) - WEAK:
            return [asked]
        said = replace(asked.reading, text=clause, codes=codes, intents=intents)
        if Intent.FEE not in intents:  # a place belongs to the fee
            said = replace(said, place=Place(), national=False, both_settings=False)
        found.append(replace(asked, reading=said))
    return found if 1 < len(found) <= PARTS_AT_MOST else [asked]


WEAK = {Intent.WHAT_IS, Intent.LOOK_UP}


def wanted(asked: Asked) -> list[Intent]:
    """The tools to run, in their order; what a code's number alone asks for is what it is."""
    found = [each for each in asked.reading.intents if _applies(each, asked)]
    found = _added(asked, found)
    dropped = {lesser for each in found for lesser in OVER.get(each, set()) - {each}}
    if AMOUNT.search(asked.reading.text) and (asked.reading.place or asked.reading.national):
        dropped -= {Intent.FEE}
    first = [each for each in found if each not in _stronger(found, dropped)]
    return list(dict.fromkeys(first))[:AT_MOST]


def _stronger(found: list[Intent], dropped: set[Intent]) -> set[Intent]:
    return {each for each in found if each in dropped}


def _applies(intent: Intent, asked: Asked) -> bool:
    count, text = len(asked.codes), asked.reading.text
    if intent in (Intent.PAIR, Intent.COMPARE):
        return count > 1
    if intent == Intent.FEE:
        if HELPERS.search(text) and not asked.reading.place:
            return False
        return count == 1 or (count > 1 and _is_about_amounts(asked))
    if intent == Intent.MODIFIER:
        return True
    if intent == Intent.RECORD and count > 1:
        return bool(MUST.search(text))
    if intent == Intent.UNITS and count > 1 and Intent.PAIR in asked.reading.intents:
        return "unit" in text or "mue" in text
    return bool(asked.codes) or intent in (Intent.JOBS, Intent.CREDENTIALS, Intent.LOOK_UP)


def _is_about_amounts(asked: Asked) -> bool:
    """Of several codes: the amount of each, and not which of them is paid."""
    said = asked.reading
    spot = bool(said.place) or said.national or said.year is not None
    if AMOUNT.search(said.text):
        return True
    return spot and Intent.PAIR not in said.intents and not _is_pair_of_claims(said.text)


def _is_pair_of_claims(text: str) -> bool:
    """ "Which of the two is paid?" asks for the edit."""
    return bool(
        re.search(
            r"\bden(?:y|ied|ies|ial)\b|\bbundl\w+|\bedits?\b|\bpaid\b|\btogether\b"
            r"|\bwhich (?:one )?(?:is|gets)\b|\bboth\b(?! settings)",
            text,
        )
    )


def _means_fee(asked: Asked, strong: set[Intent]) -> bool:
    """A code and a place, and nothing else that is wished: "52332-50 Arizona facility 2025"."""
    said = asked.reading
    spot = (
        bool(said.place) or said.both_settings or (said.national and Intent.COMPONENT not in strong)
    )
    return (
        bool(asked.codes) and spot and not strong - {Intent.PAIR, Intent.MODIFIER, Intent.COMPONENT}
    )


def _added(asked: Asked, found: list[Intent]) -> list[Intent]:
    strong = set(found) - {Intent.WHAT_IS, Intent.LOOK_UP, Intent.COMPARE}
    if _means_fee(asked, strong) and "rvu" not in asked.reading.text:
        return [Intent.FEE]
    if len(asked.codes) > 1 and (meant := _of_several(asked, found, strong)):
        return meant
    return _of_one(asked, found, strong)


def _of_several(asked: Asked, found: list[Intent], strong: set[Intent]) -> list[Intent]:
    """What codes beside each other ask for; [] where nothing is to be added or left out."""
    text = asked.reading.text
    if WORTH.search(text) and not asked.reading.place:
        return [Intent.COMPONENT]
    if is_add_on(asked) and GOES.search(text):
        return [Intent.ADD_ON]
    if not strong and Intent.COMPARE not in found and Intent.WHAT_IS not in found:
        return [*found, Intent.PAIR]
    if {Intent.COMPARE, Intent.PAIR} <= set(found) and _is_pair_of_claims(text):
        return [each for each in found if each != Intent.COMPARE]
    return []


def _of_one(asked: Asked, found: list[Intent], strong: set[Intent]) -> list[Intent]:
    count, modified = len(asked.codes), bool(asked.reading.modifiers)
    if modified and not strong - {Intent.PAIR, Intent.COMPONENT} and count < 2:
        parts = {"26", "TC"} & set(asked.reading.modifiers)
        return [*found, Intent.COMPONENT if parts and count else Intent.MODIFIER]
    if modified and count == 1 and strong == {Intent.VALIDITY}:
        return [*found, Intent.MODIFIER]
    if count == 1 and not strong and SERVED.search(asked.reading.text):
        return [Intent.VALIDITY]
    if not found:
        return [Intent.WHAT_IS] if count else [Intent.LOOK_UP]
    return found


def is_add_on(asked: Asked) -> bool:
    """An add-on beside other codes: then the table of add-ons answers first."""
    return any(billing.add_ons(code, asked.on).is_add_on for code in asked.known[:3])
