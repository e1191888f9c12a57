"""What the Medicare fee schedule pays, worked from relative values, indices and factor."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from codes import billing
from codes.assistant import places
from codes.assistant.answer import Band, Draft, Fact
from codes.assistant.asked import Asked, release_fact, sure
from codes.assistant.tools.figures import no_row, warn
from codes.assistant.tools.pairs import modifier_fact
from codes.billing import FeeAnswer, FeeStatus
from codes.billing.fees import CENT
from codes.codes import key_of
from codes.indicators import BILATERAL, MULTIPLE, STATUS
from codes.models import Locality, Modifier, PlaceOfService
from codes.releases import fee_schedule

LISTED = 8  # localities of a state whose amounts are told one by one; of more, none is
OTHER = re.compile(r"\blimiting charge|\bnon-?par\w*|\bnot participat\w+")
WORDS = {False: "non-facility", True: "facility"}
# What is left of a further service's amount, by indicator and component (CMS, RVU file).
SECOND = {("2", ""): "0.5", ("4", "TC"): "0.5", ("4", "26"): "0.95"}


@dataclass(frozen=True)
class Where:
    """A locality, or the nation where it is None."""

    locality: Locality | None
    words: str


def fee(asked: Asked, draft: Draft) -> None:
    codes = asked.known[:3]
    if OTHER.search(asked.reading.text):
        draft.miss("the rules of limiting charges and of those who do not participate")
    spots, on = _where(asked, draft)
    for code in draft.each(codes):
        draft.step("fee", f"worked the amount of {code} for {on.year}")
        _code(replace(asked, on=on), code, spots, draft)


def _where(asked: Asked, draft: Draft) -> tuple[list[Where], date]:
    """The places to work it for, and the day whose year has both tables."""
    place, on = asked.reading.place, asked.on
    if place.zip_code:
        draft.miss("the table from ZIP codes to localities; name a state or locality instead")
    if not (place.state or place.names or place.number or place.mac):
        if not asked.reading.national and not place.zip_code:
            draft.data["needs_clarification"] = "locality"
            draft.notice(
                "No locality was named: the amount is the national one, all indices 1. "
                "Name a state or locality for yours."
            )
        return [NATION], on
    rows = places.chosen(place, asked.localities)
    if not rows:
        draft.miss("that locality among the loaded indices (GPCI)")
        draft.doubt(Band.UNSURE)
        return [NATION], on
    if rows[0].release.effective_from.year != on.year:
        return _other_year(asked, rows, draft)
    return _named(rows, draft), on


NATIONAL_INSTEAD = "Shown instead is the national amount, all indices 1."
NATION = Where(None, "national, all indices 1")


def _other_year(asked: Asked, rows: list[Locality], draft: Draft) -> tuple[list[Where], date]:
    """Indices of another year are not used; where no year was asked, their own year is told."""
    year = rows[0].release.effective_from.year
    draft.miss(f"locality indices (GPCI) of {asked.on.year}; those of {year} are loaded")
    if asked.reading.year or asked.reading.day:
        if fee_schedule(asked.on, asked.reading.schedule):
            draft.notice(NATIONAL_INSTEAD)
        return [NATION], asked.on
    draft.notice(
        f"No year was named, so the amounts are those of {year}, the newest with both tables."
    )
    return _named(rows, draft), date(year, 12, 31)


def _named(rows: list[Locality], draft: Draft) -> list[Where]:
    if len(rows) > 1:
        draft.data.update(
            state=rows[0].state,
            needs_clarification="locality",
            localities=[row.number for row in rows],
        )
        draft.doubt(Band.UNSURE)
        names = "; ".join(f"{row.number} {row.name.title()}" for row in rows)
        draft.notice(f"{rows[0].state} has {len(rows)} localities; which one is meant? {names}.")
    if len(rows) > LISTED:
        draft.notice(NATIONAL_INSTEAD)
        return [NATION]
    return [Where(row, f"locality {row.number} {row.name.title()}, {row.state}") for row in rows]


def _code(asked: Asked, code: str, spots: list[Where], draft: Draft) -> None:
    dated = fee_schedule(asked.on, asked.reading.schedule)
    if dated is None:
        kind = "QP " if asked.reading.schedule == "qpp" else ""
        draft.miss(f"the {kind}fee schedule of {asked.on.year}")
        draft.data.update(code=code, year=asked.on.year, status="data_not_loaded")
        return
    if not dated.release.covers(key_of(code)):
        draft.miss(f"{code} in {dated.release}")
        return
    modifier = next(
        (each for each in asked.reading.modifiers if each in ("26", "TC", "50", "53")), ""
    )
    draft.data.update(code=code, year=asked.on.year, **({"modifier": modifier} if modifier else {}))
    for spot in spots:
        _spot(asked, code, modifier, spot, draft)
    warn(asked, dated.release, dated.outside, draft)


def _spot(asked: Asked, code: str, modifier: str, spot: Where, draft: Draft) -> None:
    both = [
        billing.fee(code, modifier, spot.locality, facility, asked.on, asked.reading.schedule)
        for facility in (False, True)
    ]
    wanted = _facility(asked, draft)
    answers = [each for each in both if wanted is None or each.facility == wanted]
    if both[0].status != FeeStatus.PRICED:
        _unpriced(asked, both[0], draft)
        return
    _identify(spot, draft)
    if wanted is None and len({each.amount for each in answers}) == 1:
        _say(asked, answers[0], spot, "in both settings", draft)
    elif wanted is None:
        for each in answers:
            _say(asked, each, spot, WORDS[each.facility], draft)
    else:
        _say(asked, answers[0], spot, WORDS[wanted], draft)
    _record(both, wanted, draft)
    _sides(asked, answers[0], draft)
    _second(asked, answers, spot, draft)


def _identify(spot: Where, draft: Draft) -> None:
    if spot.locality is None:
        draft.data["locality"] = "national"
    elif "localities" not in draft.data:
        draft.data.update(mac=spot.locality.mac, locality=spot.locality.number)


def _facility(asked: Asked, draft: Draft) -> bool | None:
    """By the words, or by the place of service; None where both are to be told."""
    if asked.reading.both_settings or not asked.reading.pos:
        return None if asked.reading.both_settings else asked.reading.facility
    row = PlaceOfService.objects.filter(code=asked.reading.pos).first()
    if row is None:
        draft.miss(f"place of service {asked.reading.pos}")
        return None
    fact = Fact(
        f"{row.code} {row.name}: {WORDS[row.is_facility]} rate",
        "Places of service",
        "own words",
        f"PlaceOfService {row.pk}",
        "",
        "place_of_service",
    )
    sentence = (
        f"Place of service {row.code} ({row.name}) is paid at the {WORDS[row.is_facility]} rate."
    )
    if all(sentence != each.text for each in draft.answer.sentences):
        draft.say(sentence, fact)
    return row.is_facility


def _unpriced(asked: Asked, answer: FeeAnswer, draft: Draft) -> None:
    draft.data["status"] = str(answer.status)
    name = f"{answer.code}-{answer.modifier}" if answer.modifier else answer.code
    if answer.value is None or answer.release is None:
        if answer.modifier and answer.release:
            claim = f"{answer.release} has no row for {name}"
            draft.say(
                f"{answer.release} has no row for {name}, so there is no amount.",
                release_fact(answer.release, claim),
            )
        else:
            no_row(asked, answer.code, draft)
        return
    status = answer.value.status
    words = f"status {status} ({STATUS.get(status, '')})"
    text = (
        "the contractor sets its price; no national amount exists"
        if status == "C"
        else "the schedule pays no amount"
    )
    draft.say(f"{name} has {words}: {text}.", fee_fact(asked, answer, words))


def _say(asked: Asked, answer: FeeAnswer, spot: Where, setting: str, draft: Draft) -> None:
    name = f"{answer.code}-{answer.modifier}" if answer.modifier else answer.code
    facts = [
        fee_fact(
            asked,
            answer,
            f"{answer.formula} = ${answer.amount}, {setting}, {spot.words}, {asked.on.year}",
        )
    ]
    if spot.locality is not None:
        facts.append(locality_fact(spot.locality))
    draft.say(f"{name} pays ${answer.amount}, {setting}, {spot.words}, in {asked.on.year}.", *facts)
    if answer.rarely:
        draft.say(
            f"CMS marks {answer.code} as rarely or never done in the {WORDS[answer.facility]} "
            "setting.",
            fee_fact(asked, answer, f"NA indicator, {WORDS[answer.facility]}"),
        )
    if answer.capped:
        formula = uncapped(answer)
        draft.data.update(formula=str(formula), cap=str(answer.amount))
        claim = f"by the formula ${formula}; by the outpatient cap ${answer.amount}"
        draft.say(
            f"The formula gives ${formula}; the outpatient cap of imaging holds it to "
            f"${answer.amount}, the lower.",
            fee_fact(asked, answer, claim),
        )


def _record(both: list[FeeAnswer], wanted: bool | None, draft: Draft) -> None:
    office, inside = both
    if "localities" in draft.data:
        amounts = draft.data.setdefault("amounts", [])
        amounts.append({"nonfacility": str(office.amount), "facility": str(inside.amount)})
        return
    draft.data.update(nonfacility=str(office.amount), facility=str(inside.amount))
    draft.data["amount"] = str(inside.amount if wanted else office.amount)


def _sides(asked: Asked, answer: FeeAnswer, draft: Draft) -> None:
    if answer.modifier != "50" or answer.value is None:
        return
    single = billing.price(answer.value, answer.locality, answer.facility, on=answer.on)
    indicator = answer.value.bilateral
    meaning = BILATERAL.get(indicator, "")
    draft.data.update(single=str(single.amount), bilat_indicator=indicator)
    rule = f"bilateral indicator {indicator} ({meaning})"
    claim = f"{rule}; one side ${single.amount}, 50 × {answer.times}"
    facts = [fee_fact(asked, answer, claim)]
    facts += [modifier_fact(row) for row in Modifier.objects.filter(code="50")]
    draft.say(
        f"One side is ${single.amount}; with {rule}, 50 makes it × {answer.times}.",
        *facts,
    )


def _second(asked: Asked, answers: list[FeeAnswer], spot: Where, draft: Draft) -> None:
    """The reduced amount of a further service, only where the indicator has a plain share."""
    if "51" not in asked.reading.modifiers or answers[0].value is None:
        return
    value = answers[0].value
    meaning = MULTIPLE.get(value.multiple, "")
    rule = f"multiple procedure indicator {value.multiple} ({meaning})"
    facts = [modifier_fact(row) for row in Modifier.objects.filter(code="51")]
    share = SECOND.get((value.multiple, value.modifier))
    draft.data.update(modifier="51", multiple_indicator=value.multiple)
    if share is None:
        draft.say(
            f"{value} has {rule}; I work no reduced amount for it.",
            fee_fact(asked, answers[0], rule),
            *facts,
        )
        return
    for each in answers:
        amount = shared(each, Decimal(share))
        draft.data[f"second_{WORDS[each.facility].replace('-', '')}"] = str(amount)
        draft.data["amount"] = draft.data["single"] = str(amount)
        draft.data["single"] = str(each.amount)
        claim = f"{rule}; as a further service × {share} = ${amount}, {WORDS[each.facility]}"
        draft.say(
            f"As a second service of the session, with {rule}, it pays ${amount}, "
            f"{WORDS[each.facility]}, {spot.words}.",
            fee_fact(asked, each, claim),
            *facts,
        )


def uncapped(answer: FeeAnswer) -> Decimal:
    """The formula's amount before the outpatient cap of imaging."""
    return _worked(answer).quantize(CENT, ROUND_HALF_UP)


def shared(answer: FeeAnswer, share: Decimal) -> Decimal:
    """A share of the amount, rounded once."""
    whole = answer.amount if answer.capped or answer.amount is None else _worked(answer)
    return ((whole or Decimal(0)) * share).quantize(CENT, ROUND_HALF_UP)


def _worked(answer: FeeAnswer) -> Decimal:
    value, place = sure(answer.value), answer.locality
    one = Decimal(1)
    work, pe, mp = (place.work, place.pe, place.mp) if place else (one, one, one)
    practice = value.pe_facility if answer.facility else value.pe_nonfacility
    return (value.work * work + practice * pe + value.mp * mp) * value.conversion_factor


def fee_fact(asked: Asked, answer: FeeAnswer, claim: str) -> Fact:
    url = asked.url(answer.code, "coverage")
    name = f"{answer.code}-{answer.modifier}" if answer.modifier else answer.code
    return release_fact(
        sure(answer.release),
        f"{name}: {claim}",
        row=f"RelativeValue {sure(answer.value).pk}",
        url=url,
    )


def locality_fact(row: Locality) -> Fact:
    name = f"{row.mac} {row.number} {row.name.title()}, {row.state}"
    claim = f"{name}: indices {row.work}, {row.pe}, {row.mp}"
    return release_fact(row.release, claim, row=f"Locality {row.pk}")
