"""Codes that a question names and the loaded data does not know, or knows as ended."""

from codes.assistant.answer import Band, Draft, Fact
from codes.assistant.asked import Asked, day, named, release_fact, rows_of, title_fact
from codes.codes import CODE_PATTERN, key_of, text_of
from codes.models import Code, Release, ReleaseKind
from codes.releases import fee_schedule


def unknown(asked: Asked, draft: Draft) -> None:
    """Say of each code without a row that it has none, and of what covers it."""
    for code in asked.codes:
        if code not in asked.rows:
            _one(code, asked, draft)
    for typed, meant in asked.reading.meant:
        if typed not in asked.codes:
            _meant(typed, meant, asked, draft)
    if asked.reading.malformed:
        _malformed(draft)


def _one(code: str, asked: Asked, draft: Draft) -> None:
    draft.step("validity", f"looked for {code} in the list of codes and the fee schedule")
    release = _covering(code, asked)
    draft.data.update({"code": code, "found": False, "suggest": []})
    draft.doubt(Band.UNSURE)
    if release is None:
        draft.miss(f"{code}: no loaded release covers it, so I can say nothing of it")
        return
    scope = f"which covers {_scope(release)}" if release.scope else "which is loaded whole"
    fact = release_fact(release, f"{release}, {scope}, has no row for {code}")
    draft.say(f"{code} is not in the loaded data: {release} covers it and has no row for it.", fact)


def _covering(code: str, asked: Asked) -> Release | None:
    """The newest fee schedule that speaks of the code; a row there without a Code is none."""
    rows = Release.objects.filter(kind=ReleaseKind.PFS).newest()
    dated = fee_schedule(asked.on)
    first = [dated.release] if dated else []
    return next((each for each in [*first, *rows] if _covers(each, code)), None)


def _covers(release: Release, code: str) -> bool:
    return bool(CODE_PATTERN.fullmatch(code)) and release.covers(key_of(code))


def _scope(release: Release) -> str:
    runs = [(text_of("CPT", lo), text_of("CPT", hi)) for lo, hi in release.scope]
    return ", ".join(lo if lo == hi else f"{lo} to {hi}" for lo, hi in runs)


def _meant(typed: str, meant: str, asked: Asked, draft: Draft) -> None:
    draft.step("look-up", f"read {typed} as a typing error")
    rows = rows_of([meant])
    draft.data.update({"code": typed.upper(), "found": False, "suggest": [meant] if rows else []})
    draft.doubt(Band.UNSURE)
    if row := rows.get(meant):
        fact = title_fact(row)
        draft.say(f"Did you mean {named(row)}, with digits and no letter?", fact)
    dated = fee_schedule(asked.on)
    if dated is None:
        draft.miss(f"{typed.upper()}: no such code in any loaded release")
        return
    claim = f"{dated.release} has no row for {typed.upper()}"
    draft.say(f"{claim}, nor has any other loaded list.", release_fact(dated.release, claim))


def _malformed(draft: Draft) -> None:
    """A number that is no code is not repeated: it may be somebody's."""
    draft.data.update({"found": False, "suggest": []})
    draft.doubt(Band.UNSURE)
    draft.miss("a number in the question is no code: CPT and HCPCS codes have five characters")


def ended(asked: Asked, draft: Draft) -> None:
    """Warn of codes that are not in force on the day of service."""
    for code in asked.known:
        row = asked.rows[code]
        if not row.is_in_force(on=asked.on) and row.valid_to:
            draft.say(
                f"{code} is not in force on the date of service: its last day was "
                f"{day(row.valid_to)}.",
                ended_fact(row),
            )


def ended_fact(row: Code) -> Fact:
    last = day(row.valid_to) if row.valid_to else "an unknown day"
    claim = f"{row.text} ended on {last}, {row.get_end_basis_display()}"
    return Fact(
        claim, "List of codes", "loaded list", f"Code {row.pk}", row.get_absolute_url(), "code"
    )
