"""What a question takes from the turns before it: "and with 58340?", "what about TC?"."""

import re
from dataclasses import replace

from codes.assistant.cues import Intent
from codes.assistant.reading import Reading

FOLLOWS = re.compile(
    r"^\W*(?:and|or|but|ok(?:ay)?|so|now|then|also|what if|(?:and )?(?:what|how) about"
    r"|same|plus|with|"
    r"instead|in (?:the )?|for|only|just|still|why|which|is it|does it|can it|its?)\b"
    r"|\b(?:it|its|that|those|them|these|instead|same (?:one|code|for)|the (?:first|second"
    r"|other) (?:one|code))\b"
)
INSTEAD = re.compile(r"\b(?:instead of|rather than|not|replacing|in place of)\b(.*)")
WITH = re.compile(
    r"\bwith\b|\btogether\b|\balong\b|\bplus\b|\bbeside\b|\bbundl\w+|\bedit\b|\bsame\b|\badd\b"
)
ABOUT = re.compile(r"\b(?:what|how) about\b|\binstead\b|\bsame (?:for|question)\b|^\W*(?:and|or)\b")
# What stands for the fee and not for the code.
KEPT_FOR = frozenset({Intent.FEE, Intent.COMPONENT})


def joined(
    now: Reading, earlier: list[Reading], acts: dict[str, str], *, names_service: bool = False
) -> Reading:
    """The question with what it leaves unsaid.

    `acts` tells words by which earlier codes go. A question that `names_service` in words speaks of
    that and not of the codes before, unless it says so.
    """
    if not earlier or (names_service and not now.codes and not FOLLOWS.search(now.text)):
        return now
    before = _summed(earlier)
    if _is_new(now, before):
        return now
    now = _with_codes(now, before, acts)
    return _with_rest(now, before)


def _summed(earlier: list[Reading]) -> Reading:
    """The earlier turns as one: what was said last wins."""
    whole = earlier[0]
    for each in earlier[1:]:
        follows = not _is_new(each, whole)
        whole = _with_rest(_with_codes(each, whole, {}), whole) if follows else each
    return whole


def _is_new(now: Reading, before: Reading) -> bool:
    """A question with codes and a wish of its own that does not lean on the turn before."""
    if not now.codes:
        return bool(now.intents) and not before.codes and not FOLLOWS.search(now.text)
    leans = FOLLOWS.search(now.text) or _wants_other(now, before)
    return bool(set(now.intents) - {Intent.PAIR}) and not leans


def _wants_other(now: Reading, before: Reading) -> bool:
    return len(now.codes) == 1 and Intent.PAIR in now.intents and bool(before.codes)


def _with_codes(now: Reading, before: Reading, acts: dict[str, str]) -> Reading:
    if not now.codes:
        return replace(now, codes=before.codes)
    if len(now.codes) > 1 and not INSTEAD.search(now.text):
        return now
    was_pair = len(before.codes) > 1
    if INSTEAD.search(now.text) and was_pair:
        return replace(now, codes=_swapped(now, before, acts), intents=_paired(now))
    own_wish = set(now.intents) - {Intent.PAIR, Intent.WHAT_IS, Intent.LOOK_UP}
    with_it = WITH.search(now.text) or (was_pair and not own_wish)
    if with_it and before.codes and before.codes[0] != now.codes[0]:
        return replace(now, codes=(before.codes[0], now.codes[0]), intents=_paired(now))
    return now


def _paired(now: Reading) -> tuple[Intent, ...]:
    kept = [each for each in now.intents if each not in (Intent.WHAT_IS, Intent.LOOK_UP)]
    return tuple(dict.fromkeys([*kept, Intent.PAIR]))


def _swapped(now: Reading, before: Reading, acts: dict[str, str]) -> tuple[str, ...]:
    """The earlier pair with one code changed for the new one: the one named, or the last."""
    found = INSTEAD.search(now.text)
    said = found[1] if found else ""
    old = [code for code in now.codes if code in before.codes]
    new = next((code for code in now.codes if code not in before.codes), now.codes[0])
    gone = old[0] if old else _described(said, before.codes, acts) or before.codes[-1]
    return (*(code for code in before.codes if code != gone), new)


def _described(said: str, codes: tuple[str, ...], acts: dict[str, str]) -> str:
    words = [word for word in re.findall(r"[a-z][a-z-]+", said) if len(word) > 2]
    marks = {code: sum(word in acts.get(code, "") for word in words) for code in codes}
    best = max(codes, key=lambda code: marks[code])
    return best if marks[best] else ""


def _with_rest(now: Reading, before: Reading) -> Reading:
    """The wish, and day, place and setting where the new question names none."""
    intents = now.intents
    thin = not set(intents) - {Intent.WHAT_IS, Intent.LOOK_UP}
    if not intents or (
        thin and before.intents and (ABOUT.search(now.text) or now.modifiers or now.place)
    ):
        intents = before.intents
    if set(intents) <= {Intent.COMPONENT, Intent.MODIFIER} and Intent.FEE in before.intents:
        intents = before.intents
    fee = bool(KEPT_FOR & set(intents))
    return replace(
        now,
        intents=intents,
        modifiers=now.modifiers or (before.modifiers if fee and now.codes == before.codes else ()),
        day=now.day or (before.day if now.year is None else None),
        year=now.year or before.year,
        facility=before.facility if now.facility is None and not now.pos else now.facility,
        pos=now.pos or (before.pos if now.facility is None else ""),
        setting=now.setting or before.setting,
        place=now.place or (before.place if not now.national else now.place),
        national=now.national or (before.national and not now.place),
    )
