"""What the NCCI edits say of two codes."""

from itertools import combinations

from django.urls import reverse

from codes import billing
from codes.assistant.answer import Band, Draft, Fact
from codes.assistant.asked import Asked, day, release_fact, span_claim, sure, vintage
from codes.assistant.refusals import NO_BYPASS
from codes.billing import PairAnswer, PairStatus
from codes.models import Modifier

AT_MOST = 6
NEVER = 9  # deleted on the day it began


def pair(asked: Asked, draft: Draft) -> list[PairAnswer]:
    found = []
    for a, b in list(combinations(asked.codes, 2))[:AT_MOST]:
        draft.step("pair", f"looked for an edit between {a} and {b}, either way, {asked.setting}")
        answer = billing.pair(a, b, asked.on, asked.setting)
        _tell(asked, answer, draft)
        found.append(answer)
    if found:
        _data(found[0], draft)
    return found


def _data(answer: PairAnswer, draft: Draft) -> None:
    draft.data.update(
        code_a=answer.a,
        code_b=answer.b,
        status=str(answer.status),
        column1=answer.column1 or None,
        column2=answer.column2 or None,
        indicator=None if answer.indicator is None else str(answer.indicator),
        rationale=answer.rationale or None,
        vintage_warning=answer.outside,
    )


def _tell(asked: Asked, answer: PairAnswer, draft: Draft) -> None:
    if answer.release is None or answer.status == PairStatus.NOT_LOADED:
        held = f"{answer.release} does not cover it" if answer.release else "no release is loaded"
        draft.miss(f"NCCI edits for {answer.a} with {answer.b}, {answer.setting}: {held}")
        return
    fact = pair_fact(asked, answer)
    for sentence in _sentences(answer):
        draft.say(sentence, fact)
    if answer.outside:
        draft.doubt(Band.MATCHED)
        told = vintage(answer.release, answer.on, outside=True)
        draft.say(f"{told}.", span_claim(answer.release), day_fact(asked))


def day_fact(asked: Asked) -> Fact:
    """The day the question is read on: the asker's own word, or today."""
    return Fact(
        f"Date of service {day(asked.on)}", "The question", "as asked", "question", "", "question"
    )


def pair_fact(asked: Asked, answer: PairAnswer) -> Fact:
    release = sure(answer.release)
    url = asked.url(answer.column1 or answer.a, "billing")
    if not answer.column1:
        claim = f"No row for {answer.a} and {answer.b}, in either order, {answer.setting}"
        return release_fact(release, claim, url=url)
    ended = f", deleted {day(answer.deleted_on)}" if answer.deleted_on else ""
    claim = (
        f"Column 1 {answer.column1}, column 2 {answer.column2}, indicator {answer.indicator}, "
        f"{answer.rationale}{ended}"
    )
    return release_fact(release, claim, row=f"Edit {answer.row}", url=url)


def _sentences(answer: PairAnswer) -> list[str]:
    one, two = answer.column1, answer.column2
    if answer.status == PairStatus.NO_EDIT:
        return [
            f"There is no edit between {answer.a} and {answer.b} in {answer.release}.",
            "“No edit in the loaded data” is not “allowed”: the record and the payer still decide.",
        ]
    if answer.status == PairStatus.NOT_ON_DATE and answer.indicator == NEVER:
        return [
            f"{answer.release} lists {one} over {two} with indicator 9: that edit was never in "
            "force, so none stands between them."
        ]
    if answer.status == PairStatus.NOT_ON_DATE:
        return [
            f"No edit between {one} and {two} is in force on the date of service in "
            f"{answer.release}; there was one, with {one} in column 1."
        ]
    first = (
        f"{answer.release} has an edit: {one} is column 1 and paid, {two} is column 2 and denied."
    )
    if answer.status == PairStatus.NO_BYPASS:
        second = "Its indicator is 0: no modifier bypasses it."
    else:
        second = (
            "Its indicator is 1: a modifier may bypass it only when the two were truly separate "
            "services, as another site, side or session, and the record shows it; indicator 1 is "
            "no advice to add one."
        )
    return [first, second, f"The reason CMS gives: {answer.rationale}."]


def with_modifier(asked: Asked, found: list[PairAnswer], draft: Draft) -> None:
    """What a modifier could do for the first pair."""
    wanted = [each for each in asked.reading.modifiers if each not in ("26", "TC")]
    if not found or not wanted or not found[0].column1 or found[0].release is None:
        return
    answer, fact = found[0], pair_fact(asked, found[0])
    for row in Modifier.objects.filter(code__in=wanted):
        draft.data.update(modifier=row.code, allowed=bool(answer.indicator) and row.bypasses_edits)
        if answer.status == PairStatus.NO_BYPASS:
            draft.say(
                f"So {row.code} does not bypass it, and neither does any other modifier.",
                fact,
                modifier_fact(row),
            )
        elif answer.status == PairStatus.BYPASSABLE:
            may = "is one that may bypass" if row.bypasses_edits else "is none that bypasses"
            draft.say(
                f"{row.code} ({row.meaning}) {may} an edit of indicator 1.",
                fact,
                modifier_fact(row),
            )


def modifier_fact(row: Modifier) -> Fact:
    bypass = "may bypass" if row.bypasses_edits else "does not bypass"
    claim = (
        f"{row.code}: {row.meaning}. {row.use} It {bypass} an edit of indicator 1; none bypasses 0."
    )
    return Fact(
        claim,
        "Modifier table, own words",
        "own words",
        f"Modifier {row.pk}",
        reverse("codes:table", args=["modifiers"]),
        "modifier",
    )


def hold(found: list[PairAnswer], draft: Draft) -> None:
    """Under pressure the edit stands."""
    if found and found[0].status == PairStatus.NO_BYPASS:
        draft.answer.reason = NO_BYPASS.reason
        draft.answer.refusal = NO_BYPASS.text
        draft.data["reason"] = NO_BYPASS.reason
