"""Whether a code is in force on the day of service."""

from codes.assistant.answer import Draft, Fact
from codes.assistant.asked import Asked, day, named, release_fact, title_fact
from codes.assistant.tools.codes_said import ended_fact
from codes.assistant.tools.figures import value_fact, value_of, warn_schedule
from codes.codes import key_of
from codes.indicators import STATUS
from codes.lookup import nearest
from codes.models import Code, RelativeValue, Release, ReleaseKind
from codes.releases import fee_schedule

# Of these statuses Medicare knows the code and never takes it on a claim.
NOT_USED = frozenset("IDFGH")


def validity(asked: Asked, draft: Draft) -> None:
    for code in draft.each(asked.known[:3]):
        draft.step("validity", f"read the days of {code} and its fee schedule row")
        _one(asked, asked.rows[code], draft)
    if asked.known:
        warn_schedule(asked, draft)


def _one(asked: Asked, row: Code, draft: Draft) -> None:
    in_force = row.is_in_force(on=asked.on)
    draft.data.update(code=row.code, valid=in_force, rule="date of service decides")
    if not in_force:
        _ended(asked, row, draft)
    else:
        _in_force(asked, row, draft)
    _in_releases(asked, row, draft)


def _in_force(asked: Asked, row: Code, draft: Draft) -> None:
    value, dated = value_of(asked, row.code), fee_schedule(asked.on)
    if dated is None or not dated.release.covers(key_of(row.code)):
        draft.data["valid"] = None
        draft.miss(
            f"the fee schedule of {asked.on.year}, so the year's list cannot confirm {row.code}"
        )
        if row.valid_to:
            draft.data["valid"] = True
            draft.say(f"{row.code} had not ended on the date of service.", ended_fact(row))
        return
    if value is None:
        draft.data["valid"] = False
        fact = release_fact(dated.release, f"{dated.release} has no row for {row.code}")
        draft.say(f"{dated.release} has no row for {row.code}, so it is not in force there.", fact)
        return
    draft.data["status"] = value.status
    meaning = STATUS.get(value.status, "")
    text = f"status {value.status} ({meaning})"
    start = f"Yes: {row.code} is in {dated.release}, {text}"
    if value.status in NOT_USED:
        draft.data["valid"] = False
        start = f"No: {row.code} is listed in {dated.release} with {text}"
    draft.say(
        f"{start}. The date of service decides, not the day the claim is sent.",
        value_fact(asked, value, text),
    )


def _ended(asked: Asked, row: Code, draft: Draft) -> None:
    if row.valid_to and row.valid_to < asked.on:
        basis = row.get_end_basis_display()
        draft.say(
            f"No: {row.code} ended; its last day was {day(row.valid_to)} ({basis}).",
            ended_fact(row),
        )
    elif row.valid_from:
        claim = f"{row.text} begins on {day(row.valid_from)}"
        fact = Fact(
            claim, "List of codes", "loaded list", f"Code {row.pk}", row.get_absolute_url(), "code"
        )
        draft.say(f"Not yet: {row.code} begins on {day(row.valid_from)}.", fact)
    near = nearest(row, on=asked.on)[:4]
    if near:
        draft.data["related"] = near[0].code if len(near) == 1 else [each.code for each in near]
        told = "; ".join(named(each) for each in near)
        draft.say(
            f"Near it and in force: {told}. Which fits is for the record to say.",
            *map(title_fact, near),
        )


def _in_releases(asked: Asked, row: Code, draft: Draft) -> None:
    """In which of the loaded fee schedules the code has a row."""
    dated = fee_schedule(asked.on)
    held = RelativeValue.objects.filter(code=row.code, modifier="", release__kind=ReleaseKind.PFS)
    for value in held.select_related("release"):
        release = value.release
        if dated is not None and release == dated.release:
            continue
        draft.data[f"in_{release.name.lower().replace('rvu', '20')}"] = True
        text = f"a row in {release}"
        draft.say(f"{row.code} has {text}.", value_fact(asked, value, text))
    if not dated:
        return
    if not held.filter(release=dated.release).exists() and row.valid_to:
        _gone(dated.release, row, draft)


def _gone(release: Release, row: Code, draft: Draft) -> None:
    if not release.covers(key_of(row.code)):
        draft.miss(f"{row.code} in {release}")
        return
    fact = release_fact(release, f"{release} has no row for {row.code}")
    draft.say(f"{release} has no row for it.", fact)
