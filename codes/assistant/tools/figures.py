"""Components, global days, unit limits, add-ons: one row of a table each."""

from dataclasses import replace

from codes import billing
from codes.assistant.answer import Band, Draft, Fact
from codes.assistant.asked import Asked, day, release_fact, span_claim, sure, vintage
from codes.assistant.tools.codes_said import ended_fact
from codes.assistant.tools.pairs import day_fact
from codes.codes import key_of
from codes.indicators import GLOBAL_DAYS, PCTC, STATUS, SUPERVISION
from codes.models import RelativeValue, Release
from codes.releases import fee_schedule

MAI = {
    1: "each claim line",
    2: "each day of service and absolute (policy)",
    3: "each day of service and open to appeal (clinical)",
}
PARTS = {"": "the whole service", "26": "26", "TC": "TC", "53": "53"}


def value_of(asked: Asked, code: str, modifier: str = "") -> RelativeValue | None:
    """The row of the day's fee schedule; None where the release or the row is not loaded."""
    dated = fee_schedule(asked.on, asked.reading.schedule)
    if dated is None:
        return None
    rows = RelativeValue.objects.filter(release=dated.release, code=code, modifier=modifier)
    return rows.select_related("release").first()


def value_fact(asked: Asked, value: RelativeValue, claim: str) -> Fact:
    """`claim` says which of the row's values are used."""
    url = asked.url(value.code, "billing")
    return release_fact(
        value.release, f"{value}: {claim}", row=f"RelativeValue {value.pk}", url=url
    )


def schedule_or_miss(asked: Asked, code: str, draft: Draft) -> Release | None:
    """The day's release when it speaks of the code; says what is missing and its vintage."""
    dated = fee_schedule(asked.on, asked.reading.schedule)
    if dated is None:
        draft.miss(f"the fee schedule of {asked.on.year} (PFS relative values)")
        return None
    if not dated.release.covers(key_of(code)):
        draft.miss(f"{code} in {dated.release}")
        return None
    return dated.release


def warn(asked: Asked, release: Release, outside: bool, draft: Draft) -> None:
    """Say that the day lies outside the release."""
    told = vintage(release, asked.on, outside=outside)
    if told:
        draft.doubt(Band.MATCHED)
    if told and not any(told in each.text for each in draft.answer.sentences):
        draft.say(f"{told}.", span_claim(release), day_fact(asked))


def warn_schedule(asked: Asked, draft: Draft) -> None:
    dated = fee_schedule(asked.on, asked.reading.schedule)
    if dated is not None:
        warn(asked, dated.release, dated.outside, draft)


def component(asked: Asked, draft: Draft) -> None:
    for code in draft.each(asked.known[:2]):
        draft.step("component", f"read the rows of {code} in the fee schedule")
        if schedule_or_miss(asked, code, draft) is None:
            continue
        _dated, rows = billing.components(code, asked.on, asked.reading.schedule)
        if not rows:
            no_row(asked, code, draft)
            continue
        _component(asked, rows, draft)
    warn_schedule(asked, draft)


def no_row(asked: Asked, code: str, draft: Draft) -> None:
    """No row in the day's schedule, which is told with the code's end where that is known."""
    release = schedule_or_miss(asked, code, draft)
    if release is None:
        return
    fact = release_fact(release, f"{release} has no row for {code}", url=asked.url(code))
    row = asked.rows.get(code)
    draft.say(f"{release} has no row for {code}.", fact)
    if row is not None and row.valid_to:
        draft.say(f"Its last day was {day(row.valid_to)}.", ended_fact(row))


def _component(asked: Asked, rows: list[RelativeValue], draft: Draft) -> None:
    whole = rows[0]
    by = {row.modifier: row for row in rows}
    draft.data.update(
        code=whole.code,
        year=whole.release.effective_from.year,
        pctc=whole.pctc,
        total_global=_total(by.get("")),
        total_26=_total(by.get("26")),
        total_tc=_total(by.get("TC")),
        status={row.modifier or "global": row.status for row in rows},
    )
    meaning = PCTC.get(whole.pctc, "")
    fact = value_fact(asked, whole, f"PC/TC indicator {whole.pctc}, {meaning}")
    draft.say(f"{whole.code} has PC/TC indicator {whole.pctc}: {meaning}.", fact)
    for row in rows:
        _say_part(asked, row, draft)
    if whole.pctc == "1":
        _who_bills(asked, whole, draft)
    elif not ({"26", "TC"} & set(by)):
        draft.say(
            f"{whole.code} has no rows for 26 or TC.", value_fact(asked, whole, "no 26 or TC rows")
        )
    if "supervis" in asked.reading.text:
        _supervision(asked, by.get("TC", whole), draft)


def _total(row: RelativeValue | None) -> str | None:
    return str(row.total_nonfacility) if row else None


def _say_part(asked: Asked, row: RelativeValue, draft: Draft) -> None:
    part = PARTS.get(row.modifier, row.modifier)
    name = row.code if not row.modifier else f"{row.code}-{row.modifier}"
    status = f"status {row.status} ({STATUS.get(row.status, '')})"
    if row.status == "C":
        draft.say(
            f"{name} is priced by the contractor: it has no national relative values.",
            value_fact(asked, row, f"{status}, {part}"),
        )
        return
    totals = f"work {row.work}, total {row.total_nonfacility} non-facility"
    totals += f", {row.total_facility} facility"
    if row.total_nonfacility == row.total_facility:
        totals = f"work {row.work}, total {row.total_nonfacility} in both settings"
    text = f"relative values {totals}; {status}"
    draft.say(f"{name}: {text}.", value_fact(asked, row, text))


def _who_bills(asked: Asked, whole: RelativeValue, draft: Draft) -> None:
    draft.data["line"] = "global"
    rule = (
        "whoever supplies both the equipment and the reading on one day bills one line without "
        "a modifier; who only reads adds 26, who only owns the equipment adds TC"
    )
    fact = value_fact(asked, whole, f"PC/TC indicator {whole.pctc}; rule of CMS: {rule}")
    draft.say(f"{rule[0].upper()}{rule[1:]}.", fact)


def _supervision(asked: Asked, row: RelativeValue, draft: Draft) -> None:
    meaning = SUPERVISION.get(row.supervision, "special")
    text = f"supervision of the technical part {row.supervision} ({meaning})"
    draft.say(f"{row.code} has {text}.", value_fact(asked, row, text))


def conversion(asked: Asked, draft: Draft) -> None:
    """The conversion factor of the day's fee schedule, read from any of its rows."""
    dated = fee_schedule(asked.on, asked.reading.schedule)
    row = RelativeValue.objects.filter(release=dated.release).first() if dated else None
    if row is None or dated is None:
        draft.miss(f"the fee schedule of {asked.on.year}")
        return
    claim = f"conversion factor {row.conversion_factor}"
    fact = release_fact(dated.release, claim, row=f"RelativeValue {row.pk}")
    draft.data.update(year=asked.on.year, conversion_factor=str(row.conversion_factor))
    draft.say(f"The {claim} stands in {dated.release}.", fact)
    warn_schedule(asked, draft)


def global_days(asked: Asked, draft: Draft) -> None:
    for code in draft.each(asked.known[:3]):
        draft.step("global days", f"read the global period of {code}")
        if schedule_or_miss(asked, code, draft) is None:
            continue
        value = value_of(asked, code)
        if value is None:
            no_row(asked, code, draft)
            continue
        meaning = str(GLOBAL_DAYS.get(value.global_days, "not explained"))
        draft.data.update(code=code, global_days=value.global_days)
        text = f"global days {value.global_days}: {meaning}"
        draft.say(f"{code} has {text}.", value_fact(asked, value, text))
    warn_schedule(asked, draft)


def units(asked: Asked, draft: Draft) -> None:
    for code in draft.each(asked.known[:3]):
        draft.step("units", f"read the unit limit of {code}, {asked.setting}")
        answer = billing.units(code, asked.on, asked.setting)
        if answer.release is None:
            draft.miss(f"unit limits (MUE) for {code}, {asked.setting}")
            continue
        _units(asked, answer, draft)
        warn(asked, answer.release, answer.outside, draft)


def _units(asked: Asked, answer: billing.UnitsAnswer, draft: Draft) -> None:
    release = sure(answer.release)
    limit, url = answer.limit, asked.url(answer.code, "billing")
    draft.data.update(code=answer.code, found=limit is not None)
    if limit is None:
        draft.doubt(Band.MATCHED)
        fact = release_fact(release, f"No row for {answer.code}", url=url)
        draft.say(
            f"{release} publishes no unit limit for {answer.code}; some limits are "
            "confidential, so that is not “no limit”.",
            fact,
        )
        return
    draft.data.update(units=limit.units, mai=limit.adjudication)
    meaning = MAI[limit.adjudication]
    claim = f"{limit.code}: {limit.units}, adjudication indicator {limit.adjudication}"
    claim += f" ({meaning}); {limit.rationale}"
    fact = release_fact(release, claim, row=f"UnitLimit {limit.pk}", url=url)
    unit = "unit" if limit.units == 1 else "units"
    draft.say(
        f"The limit of {limit.code} is {limit.units} {unit}, {answer.setting}; its adjudication "
        f"indicator is {limit.adjudication}, {meaning}.",
        fact,
    )
    draft.say(f"The reason CMS gives: {limit.rationale}.", fact)
    if limit.units == 1:
        _sides(asked, answer.code, draft)


def _sides(asked: Asked, code: str, draft: Draft) -> None:
    """How both sides are reported where the limit is one unit; of another year if need be."""
    value = value_of(asked, code) or value_of(replace(asked, on=asked.today), code)
    if value is None or value.bilateral not in ("1", "2"):
        return
    claim = f"bilateral indicator {value.bilateral}"
    if value.bilateral == "2":
        text = f"{code} already counts both sides (bilateral indicator 2): no second unit is due."
    else:
        draft.data["use"] = "50 on one line"
        claim += "; 50 on one line with 1 unit"
        text = f"Both sides of {code} go on one line with 50 and 1 unit (bilateral indicator 1)."
    draft.say(text, value_fact(asked, value, claim))


def add_on(asked: Asked, draft: Draft) -> None:
    found = [billing.add_ons(code, asked.on) for code in asked.known[:4]]
    first = next((each for each in found if each.is_add_on), found[0] if found else None)
    if first is None:
        return
    draft.step("add-on", f"read the add-on table for {first.code}")
    if first.release is None:
        draft.miss(f"add-on codes for {first.code}")
        return
    others = [each.code for each in found if each is not first]
    _add_on(asked, first, others, draft)
    warn(asked, first.release, first.outside, draft)


def _add_on(asked: Asked, answer: billing.AddOnAnswer, others: list[str], draft: Draft) -> None:
    release = sure(answer.release)
    code, url = answer.code, asked.url(answer.code, "billing")
    if not answer.is_add_on:
        _primary(asked, answer, draft)
        return
    listed = ", ".join(answer.primaries)
    claim = f"{code} is an add-on code" + (f"; primary codes: {listed}" if listed else "")
    claim += "; the contractor decides beside which" if answer.contractor_decides else ""
    claim += f"; edit type {', '.join(str(each) for each in answer.edit_types)}"
    fact = release_fact(release, claim, row=f"AddOn rows of {code}", url=url)
    draft.data.update(
        add_on=code,
        primaries=list(answer.primaries),
        contractor_decides=answer.contractor_decides,
        edit_types=[str(each) for each in answer.edit_types],
    )
    if answer.contractor_decides:
        draft.say(f"{code} is an add-on code, and the contractor decides beside which codes.", fact)
    if listed:
        draft.say(
            f"{code} is an add-on code and stands only beside a primary code: {listed}.", fact
        )
    for other in others:
        goes = other in answer.primaries
        draft.data[f"with_{other}"] = goes
        word = "is" if goes else "is not"
        claim = f"{other} {word} listed as a primary code of {code}"
        draft.say(
            f"{other} {word} one of its listed primary codes.",
            fact,
            release_fact(release, claim, url=url),
        )


def _primary(asked: Asked, answer: billing.AddOnAnswer, draft: Draft) -> None:
    release = sure(answer.release)
    code, listed = answer.code, ", ".join(answer.add_ons)
    claim = f"{code} is not listed as an add-on code"
    claim += f"; it takes the add-on codes {listed}" if listed else ""
    fact = release_fact(release, claim, url=asked.url(code, "billing"))
    draft.data.update(code=code, is_add_on=False, primaries=[], add_ons=list(answer.add_ons))
    draft.say(f"{code} is not an add-on code in {release}.", fact)
    if listed:
        draft.say(f"It may take the add-on codes {listed}.", fact)
