"""Modifiers: what they mean, whether a code takes them, and which fits what was told."""

import re
from collections.abc import Mapping
from typing import Any

from codes.assistant.answer import Band, Draft
from codes.assistant.asked import Asked
from codes.assistant.modifier_words import FITTING
from codes.assistant.tools.figures import schedule_or_miss, value_fact, value_of
from codes.assistant.tools.pairs import modifier_fact
from codes.indicators import ASSISTANT, BILATERAL, MULTIPLE, PCTC, TWO_SURGEONS
from codes.models import Modifier, RelativeValue

# Modifier -> the row's field, what the field is called, its meanings, and when it allows.
Rule = tuple[str, str, Mapping[str, Any], frozenset[str]]
TEAM = {**TWO_SURGEONS, "2": "permitted"}
RULES: dict[str, Rule] = {
    "50": ("bilateral", "bilateral indicator", BILATERAL, frozenset("13")),
    "LT": ("bilateral", "bilateral indicator", BILATERAL, frozenset("13")),
    "RT": ("bilateral", "bilateral indicator", BILATERAL, frozenset("13")),
    "51": ("multiple", "multiple procedure indicator", MULTIPLE, frozenset("1234567")),
    "26": ("pctc", "PC/TC indicator", PCTC, frozenset("16")),
    "TC": ("pctc", "PC/TC indicator", PCTC, frozenset("1")),
    "80": ("assistant", "assistant indicator", ASSISTANT, frozenset("02")),
    "81": ("assistant", "assistant indicator", ASSISTANT, frozenset("02")),
    "82": ("assistant", "assistant indicator", ASSISTANT, frozenset("02")),
    "AS": ("assistant", "assistant indicator", ASSISTANT, frozenset("02")),
    "62": ("co_surgeons", "two-surgeon indicator", TWO_SURGEONS, frozenset("12")),
    "66": ("team", "team indicator", TEAM, frozenset("12")),
}
SAID = [
    ("80", re.compile(r"\bassist(?:ant|ing)?s?\b")),
    ("62", re.compile(r"\bco-?surgeons?\b|\btwo surgeons\b")),
    ("66", re.compile(r"\bteam\b")),
    ("51", re.compile(r"\bmultiple procedures?\b")),
    ("50", re.compile(r"\bbilateral\w*\b|\bboth sides\b")),
]
AT_MOST = 4
MODIFIERS = re.compile(r"\bmod(?:ifier)?s?\b|\bappend\w*|\bassist\w*|\bsurgeons?\b|\b50\b")


def modifier(asked: Asked, draft: Draft) -> None:
    wanted = list(asked.reading.modifiers) or [
        m for m, said in SAID if said.search(asked.reading.text)
    ]
    is_choice = not wanted or _is_choice(asked, wanted)
    options = _fitting(asked, wanted) if is_choice else []
    if options:
        _choose(options, wanted, draft)
        return
    rows = {row.code: row for row in Modifier.objects.filter(code__in=wanted)}
    draft.data["modifiers"] = [code for code in wanted if code in rows]
    for code in draft.each([each for each in wanted if each in rows][:AT_MOST]):
        draft.step("modifier", f"read modifier {code} in the table")
        _one(asked, rows[code], len(wanted) == 1, draft)
    if len(set(wanted) & {"59", "XE", "XP", "XS", "XU"}) > 1:
        _distinct(rows, draft)
    if not rows:
        _none(asked, draft)


def is_said(asked: Asked) -> bool:
    """Whether the question speaks of modifiers, and not only of a bilateral service."""
    return bool(MODIFIERS.search(asked.reading.text)) or any(
        each != "50" for each in asked.reading.modifiers
    )


def fits(asked: Asked, draft: Draft) -> bool:
    """Whether what was told fits a modifier, though none is spoken of; tells it."""
    options = _fitting(asked, [])
    if options:
        _choose(options, [], draft)
    return bool(options)


def _is_choice(asked: Asked, wanted: list[str]) -> bool:
    return bool(
        re.search(
            r"\b(?:which|what) (?:mod(?:ifier)?|one)\b|\bor\b|\bneeds? a modifier\b"
            r"|\bany modifier\b|\bmodifier\?",
            asked.reading.text,
        )
    ) and (not asked.codes or len(wanted) != 1 or "which" in asked.reading.text)


def _fitting(asked: Asked, wanted: list[str]) -> list[str]:
    """Modifiers that what was told speaks for, among those asked about; the clearest first."""
    text = asked.reading.text
    among = set(wanted) if len(wanted) > 1 else None
    found = [code for code, words in FITTING if words.search(text)]
    if among:
        return [code for code in found if code in among]
    return _sorted_out(
        [*found, *(code for code in wanted if code not in found and not among)][:AT_MOST]
    )


def _sorted_out(found: list[str]) -> list[str]:
    """Where a narrower modifier is told as well, the wider goes."""
    narrower = {"76": "77", "79": "24", "80": "AS", "53": "74", "XS": "58", "25": "57"}
    kept = [code for code in found if narrower.get(code) not in found]
    return [code for code in kept if not (code == "53" and "73" in kept)]


def _choose(options: list[str], wanted: list[str], draft: Draft) -> None:
    draft.step("modifier", "matched what was told to the meanings in the table")
    rows = {row.code: row for row in Modifier.objects.filter(code__in=[*options, *wanted])}
    first = rows.get(options[0])
    if first is None:
        return
    draft.doubt(Band.MATCHED)
    draft.data.update(
        modifier=first.code, not_modifiers=[each for each in wanted if each != first.code]
    )
    draft.say(f"What you tell fits {first.code}: {first.meaning}.", modifier_fact(first))
    draft.say(first_use(first), modifier_fact(first))
    others = [code for code in dict.fromkeys([*options[1:], *wanted]) if code != first.code]
    for code in others[:3]:
        if row := rows.get(code):
            draft.say(f"{row.code} is for something else: {row.meaning}.", modifier_fact(row))


def first_use(row: Modifier) -> str:
    """The first sentences of when it is used."""
    return " ".join(re.split(r"(?<=[.])\s+(?=[A-Z])", row.use)[:2])


def _one(asked: Asked, row: Modifier, alone: bool, draft: Draft) -> None:
    draft.data.update(modifier=row.code)
    if row.code in RULES and asked.known:
        _allowed(asked, row, draft)
    draft.say(f"{row.code}: {row.meaning}.", modifier_fact(row))
    if row.use:
        draft.say(row.use if alone else first_use(row), modifier_fact(row))


def _allowed(asked: Asked, row: Modifier, draft: Draft) -> None:
    field, name, meanings, allows = RULES[row.code]
    for code in asked.known[:2]:
        if schedule_or_miss(asked, code, draft) is None:
            continue
        value = value_of(asked, code)
        if value is None:
            draft.miss(f"a row of {code} in the fee schedule of {asked.on.year}")
            continue
        _verdict(asked, value, row, (field, name, meanings, allows), draft)


def _verdict(asked: Asked, value: RelativeValue, row: Modifier, rule: Rule, draft: Draft) -> None:
    field, name, meanings, allows = rule
    indicator = getattr(value, field)
    allowed = indicator in allows and not (row.code == "51" and value.global_days == "ZZZ")
    draft.data.update(code=value.code, allowed=allowed)
    if field == "bilateral":
        draft.data["bilat_indicator"] = indicator
    else:
        draft.data[f"{field}_indicator"] = indicator
    text = f"{name} {indicator} ({meanings.get(indicator, 'not explained')})"
    word = "Yes" if allowed else "No"
    goes = "goes with" if allowed else "does not go with"
    draft.say(
        f"{word}: {row.code} {goes} {value.code}, whose {text}.".replace("whose", "which has"),
        value_fact(asked, value, f"{text}; {row.code} {goes} it"),
    )


def _distinct(rows: dict[str, Modifier], draft: Draft) -> None:
    facts = [modifier_fact(rows[code]) for code in ("59", "XE", "XP", "XS", "XU") if code in rows]
    draft.data["rule"] = (
        "use one, not both; prefer the more exact X modifier; never to pass indicator 0"
    )
    draft.say("Use one of them and not both; the X modifier that fits says more than 59.", *facts)
    draft.say("None of them passes an edit of indicator 0.", *facts)


def _none(asked: Asked, draft: Draft) -> None:
    draft.doubt(Band.UNSURE)
    if unknown := list(asked.reading.modifiers):
        draft.miss(f"modifier {', '.join(unknown)} in the table")
    else:
        draft.notice(
            "Say which modifier, or what was different about the service, and I will look again."
        )
