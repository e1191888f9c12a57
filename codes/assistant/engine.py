"""From a question to an answer: screen, read, refuse or run tools, check."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings

from codes.assistant import memory, places, refusals
from codes.assistant.answer import Answer, Band, Draft, Tell, checked
from codes.assistant.asked import Asked, day, named, rows_of, title_fact
from codes.assistant.cues import Intent
from codes.assistant.reading import Reading, read
from codes.assistant.refusal_words import LEVELS
from codes.assistant.refusals import Refusal
from codes.assistant.routing import is_add_on, parts, wanted
from codes.assistant.screening import screened
from codes.assistant.tools import (
    board,
    codes_said,
    fees,
    figures,
    lookup,
    modifiers,
    pairs,
    validity,
    words,
)
from codes.codes import CodeSystem, system_of
from codes.models import Code, Modifier
from codes.releases import PRACTITIONER
from codes.screen import summary

Tool = Callable[[Asked, Draft], object]
TOOLS: dict[Intent, Tool] = {
    Intent.WHAT_IS: words.what_is,
    Intent.LOOK_UP: lookup.look_up,
    Intent.COMPARE: words.compare,
    Intent.PAIR: pairs.pair,
    Intent.MODIFIER: modifiers.modifier,
    Intent.COMPONENT: figures.component,
    Intent.UNITS: figures.units,
    Intent.GLOBAL: figures.global_days,
    Intent.ADD_ON: figures.add_on,
    Intent.FEE: fees.fee,
    Intent.VALIDITY: validity.validity,
    Intent.RECORD: words.record,
    Intent.JOBS: board.jobs,
    Intent.CREDENTIALS: board.credentials,
}
# Kinds that the asker needs to give, and that say nothing of a person by themselves.
NEEDED = frozenset({"date", "place"})


def ask(
    question: str,
    *,
    today: date,
    on: date | None = None,
    setting: str = "",
    facility: bool | None = None,
    earlier: list[Reading] | None = None,
    reader: Any = None,
    tell: Tell | None = None,
) -> Answer:
    """`on`, `setting` and `facility` were given apart from the words, and win over them."""
    question = question.replace("\0", " ")
    draft, before = Draft(tell), earlier or []
    kept = screened(question)
    tables = places.localities(today)
    now, said, instructed = _read(question, kept.text, tables)
    now = replace(now, day=on or now.day, setting=setting or now.setting)
    now = replace(now, facility=now.facility if facility is None else facility)
    leans = not now.codes and bool(before)
    by_words = leans and lookup.names_service(_asked(now, said, today, tables))
    whole = memory.joined(now, before, _acts(before), names_service=by_words)
    asked = _asked(_shown(whole, draft), said, today, tables, reader)
    asked = _resolved(asked, draft)
    _flags(kept, instructed, draft)
    _no_day(asked, draft)
    _answer(asked, now, bool(instructed), draft)
    answer = checked(_basis(asked, draft).answer)
    answer.data["asked"] = asked.reading.as_json()
    return _abstaining(answer)


def _read(question: str, clean: str, tables: list[Any]) -> tuple[Reading, str, str]:
    """What is asked, its words without instructions, and the instructions that stood in it."""
    said, instructed = refusals.without_instructions(clean)
    known = frozenset(Modifier.objects.values_list("code", flat=True))
    names = places.names_of(tables)
    raw = refusals.without_instructions(question)[0]
    now = read(raw, said or clean, names=names, modifiers=known)
    if instructed and not _says_something(now):
        now = read(question, clean, names=names, modifiers=known)
    return now, said or clean, instructed


def readings(texts: list[str], *, today: date) -> list[Reading]:
    """Earlier questions, read from their words where nothing of them was kept."""
    names = places.names_of(places.localities(today))
    known = frozenset(Modifier.objects.values_list("code", flat=True))
    return [read(text, screened(text).text, names=names, modifiers=known) for text in texts]


def _says_something(now: Reading) -> bool:
    return bool(now.codes or now.meant or lookup.content_words(now.text))


def _acts(earlier: list[Reading]) -> dict[str, str]:
    """By which words people tell the earlier codes apart: "the X-ray one"."""
    codes = [code for each in earlier for code in each.codes]
    if not codes:
        return {}
    return {
        code: f"{row.title} {row.summary.act} {' '.join(row.summary.synonyms)}".lower()
        for code, row in rows_of(codes).items()
        if hasattr(row, "summary")
    }


def _shown(whole: Reading, draft: Draft) -> Reading:
    """Without the codes of CPT where the site does not show them."""
    if settings.CPT_PUBLIC:
        return whole
    kept = tuple(code for code in whole.codes if system_of(code) != CodeSystem.CPT)
    if kept != whole.codes or whole.meant:
        draft.miss("codes of CPT, which this site does not show")
    return replace(whole, codes=kept, meant=())


# Wishes that need a code: where only words name the service, they are looked up first.
NEED_CODE = frozenset(Intent) - {
    Intent.WHAT_IS,
    Intent.LOOK_UP,
    Intent.COMPARE,
    Intent.MODIFIER,
    Intent.JOBS,
    Intent.CREDENTIALS,
}


def _resolved(asked: Asked, draft: Draft) -> Asked:
    """The question with the codes that its words stand for: "global days for a TURP"."""
    if asked.codes or asked.reading.meant or not NEED_CODE & set(asked.reading.intents):
        return asked
    found = lookup.codes_meant(asked)
    wishes = NEED_CODE & set(asked.reading.intents)
    if not found or (wishes == {Intent.PAIR} and not lookup.names_several(asked)):
        return asked
    draft.doubt(Band.MATCHED)
    draft.step("look-up", f"took the words for {', '.join(row.code for row in found)}")
    for row in found:
        draft.say(f"By its words the service may be {named(row)}.", title_fact(row))
    codes = tuple(row.code for row in found)
    rows = {row.code: row for row in found}
    return replace(asked, reading=replace(asked.reading, codes=codes), rows=rows)


def _asked(whole: Reading, words: str, today: date, tables: list[Any], reader: Any = None) -> Asked:
    return Asked(
        reading=whole,
        words=words,
        on=whole.day or _day_of(whole.year, today),
        today=today,
        setting=whole.setting or PRACTITIONER,
        rows=rows_of(whole.codes),
        localities=tables,
        reader=reader,
    )


def _day_of(year: int | None, today: date) -> date:
    """Of a past year its last day, of this year today, of a coming one its first."""
    if year is None or year == today.year:
        return today
    return date(year, 12, 31) if year < today.year else date(year, 1, 1)


def _no_day(asked: Asked, draft: Draft) -> None:
    if asked.reading.no_day:
        draft.notice(f"{asked.reading.no_day} is no date; the question is read on {day(asked.on)}.")
        draft.doubt(Band.UNSURE)


def _flags(kept: Any, instructed: str, draft: Draft) -> None:
    removed = [each for each in kept.removed if each.kind not in NEEDED]
    draft.data["flag_phi"] = bool(removed)
    if removed:
        draft.notice(
            f"{summary(removed)} They were removed from your question before anything was kept. "
            "Leave identifiers of persons out."
        )
    draft.data["follow_injected"] = False
    if instructed:
        draft.notice("Instructions inside the question were left aside.")


def _answer(asked: Asked, now: Reading, instructed: bool, draft: Draft) -> None:
    refusal = _refusal(asked, now)
    scope = refusals.out_of_scope(now.text)
    if refusal is not None and not (scope and refusal is refusals.UPCODING):
        _refused(asked, refusal, draft)
        return
    if scope:
        reason, missing = scope
        draft.refuse(reason, refusals.NOT_HERE)
        draft.miss(missing)
        draft.data.update(reason=reason, abstain=True)
        return
    if "conversion factor" in now.text and not asked.codes:
        figures.conversion(asked, draft)
        return
    codes_said.unknown(asked, draft)
    intents = _run_parts(parts(asked), draft)
    draft.data["type"] = str(intents[0]) if intents else ""
    if not draft.answer.sentences and not draft.answer.not_loaded:
        _nothing(asked, instructed, draft)
    if Intent.VALIDITY not in intents and draft.answer.sentences:
        codes_said.ended(asked, draft)


def _run_parts(asked: list[Asked], draft: Draft) -> list[Intent]:
    """Run what each part of a question asks for; returns what was run."""
    done = []
    for part in draft.each(asked):
        for intent in wanted(part):
            _run(intent, part, draft)
            done.append(intent)
    return done


def _refusal(asked: Asked, now: Reading) -> Refusal | None:
    """The first ground to decline. Pressure counts where a pair is spoken of."""
    text = now.text
    about_jobs = Intent.JOBS in now.intents
    if refusals.MEDICAL_ADVICE.search(text) and not about_jobs:
        return refusals.MEDICAL
    improper = refusals.improper(text, about_jobs=about_jobs)
    if improper is not None and not _only_compares_places(improper, now):
        return improper
    if refusals.is_pressure(text) and (len(asked.codes) > 1 or now.modifiers):
        return refusals.BYPASS
    if refusals.is_whim(text) and not asked.codes:
        return refusals.UNRELATED
    if LEVELS.search(text):
        return refusals.NEEDS_PERSON
    if refusals.OFFICIAL_TEXT.search(text) and not now.modifiers:
        return refusals.LICENSED
    return None


def _only_compares_places(refusal: Refusal, now: Reading) -> bool:
    """ "Does 58340 pay more in the office?" asks about a place and chooses no code."""
    places_told = now.facility is not None or now.both_settings or bool(now.place)
    return refusal is refusals.UPCODING and len(now.codes) == 1 and places_told


def _refused(asked: Asked, refusal: Refusal, draft: Draft) -> None:
    draft.refuse(refusal.reason, refusal.text)
    draft.data.update(reason=refusal.reason, refuse_action=True)
    draft.step("refusal", f"declined: {refusal.reason.replace('_', ' ')}")
    if refusal is refusals.LICENSED:
        words.what_is(asked, draft)
    elif refusal is not refusals.MEDICAL and len(asked.codes) > 1:
        found = pairs.pair(asked, draft)
        pairs.with_modifier(asked, found, draft)
        if refusal is not refusals.UPCODING:
            pairs.hold(found, draft)
        draft.data["offer"] = "compliant alternative"
    elif refusal in (refusals.MISREPRESENTATION, refusals.UPCODING):
        draft.data["offer"] = "compliant alternative"


def _run(intent: Intent, asked: Asked, draft: Draft) -> None:
    if intent == Intent.ADD_ON and len(asked.codes) > 1 and not is_add_on(asked):
        pairs.pair(asked, draft)
    elif intent == Intent.PAIR:
        found = pairs.pair(asked, draft)
        pairs.with_modifier(asked, found, draft)
        if is_add_on(asked):
            figures.add_on(asked, draft)
    elif intent == Intent.MODIFIER:
        _modifier(asked, draft)
    elif intent == Intent.FEE and len(asked.reading.years) > 1 and not asked.reading.day:
        for year in draft.each(list(asked.reading.years)[:3]):
            fees.fee(replace(asked, on=_day_of(year, asked.today)), draft)
    else:
        TOOLS[intent](asked, draft)


def _modifier(asked: Asked, draft: Draft) -> None:
    if len(asked.codes) > 1:
        pairs.with_modifier(asked, pairs.pair(asked, draft), draft)
    elif asked.codes:
        modifiers.modifier(asked, draft)
    elif modifiers.is_said(asked) or not lookup.look_up(asked, draft):
        modifiers.modifier(_with_looked_up(asked, draft), draft)


def _with_looked_up(asked: Asked, draft: Draft) -> Asked:
    """A modifier question that names its service in words: the best code stands for it."""
    found = lookup.by_words(asked)
    if found is None or found.share < 0.5:
        return asked
    first = found.rows[0]
    draft.data["code"] = first.code
    words_fact = title_fact(first)
    draft.say(f"By its words the service may be {named(first)}.", words_fact)
    return asked


def _nothing(asked: Asked, instructed: bool, draft: Draft) -> None:
    if asked.reading.diagnoses:
        if _diagnoses(asked, draft):
            return
        draft.miss(f"diagnosis codes, {', '.join(asked.reading.diagnoses)} among them")
        draft.refuse("diagnosis_codes_not_loaded", refusals.NOT_HERE)
        return
    if asked.known:
        words.what_is(asked, draft)
        return
    if lookup.look_up(asked, draft):
        draft.data["type"] = str(Intent.LOOK_UP)
        return
    if modifiers.fits(asked, draft):
        draft.data["type"] = str(Intent.MODIFIER)
        return
    if NEED_CODE & set(asked.reading.intents) and not instructed:
        draft.notice("Which code? Name one, or the service in words, and I will look again.")
        draft.data.update(reason="needs_code", abstain=True)
        return
    refusal = refusals.INJECTION if instructed else refusals.UNRELATED
    draft.refuse(refusal.reason, refusal.text)
    draft.data.update(reason=refusal.reason, abstain=True)


def _diagnoses(asked: Asked, draft: Draft) -> bool:
    """The text of CMS for diagnosis codes, where they are loaded."""
    wanted = [code.replace(".", "") for code in asked.reading.diagnoses]
    rows = list(Code.objects.public().filter(system=CodeSystem.ICD10CM, code__in=wanted))
    for row in rows:
        draft.say(f"{named(row)}.", title_fact(row))
    return bool(rows)


def _basis(asked: Asked, draft: Draft) -> Draft:
    """The day and the setting, and whether they were said or taken."""
    said = asked.reading
    by = (
        ""
        if said.day
        else (
            f" (for {said.year})"
            if said.year and said.year != asked.today.year
            else " (today, as none was given)"
        )
    )
    setting = asked.setting + ("" if said.setting else " (as none was given)")
    place = {True: ", facility rate", False: ", non-facility rate", None: ""}[said.facility]
    draft.answer.basis = f"Date of service {day(asked.on)}{by}; setting {setting}{place}."
    draft.data.update(on=asked.on.isoformat(), setting=asked.setting)
    return draft


def _abstaining(answer: Answer) -> Answer:
    """What says nothing has no confidence."""
    if not answer.sentences:
        answer.confidence = Band.NONE
    return answer
