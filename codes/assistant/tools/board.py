"""What the board holds: open jobs that need a code, and credentials usual in a specialty."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.module_loading import import_string

from codes import standing
from codes.assistant.answer import Draft, Fact
from codes.assistant.asked import Asked, day
from codes.models import Code, Specialty


def jobs(asked: Asked, draft: Draft) -> None:
    if narrowed(asked):
        _narrowed(asked, draft)
        return
    for code in asked.known[:1]:
        draft.step("jobs", f"counted open postings that need {code}")
        row, now = asked.rows[code], timezone.now()
        found = import_string(f"{settings.CODE_JOBS}.for_code")(
            row, standing.specialties_of(row, standing.path_of(row)), reader=_reader(asked), now=now
        )
        count, near = found["jobs_by_range"], found["jobs_by_specialty"]
        fact = _fact(f"{count} by code, {near} by specialty", found["jobs_url"], asked)
        draft.data.update(jobs_by_range=count, jobs_by_specialty=near)
        draft.say(
            f"Open postings that name {code} or a range with it: {count}.",
            fact,
            _code_fact(asked, code),
        )
        draft.say(f"Open postings in its specialties alone: {near}.", fact)
    if not asked.known:
        _by_specialty(asked, draft)


REMOTE = re.compile(r"\bremote\w*\b|\bwork from home\b|\bwfh\b|\btelecommut\w+|\bfrom home\b")


def narrowed(asked: Asked) -> bool:
    """Whether the question says where the work may be done."""
    return bool(asked.reading.place.state or REMOTE.search(asked.reading.text))


def _narrowed(asked: Asked, draft: Draft) -> None:
    state, remote = asked.reading.place.state, bool(REMOTE.search(asked.reading.text))
    code = next(iter(asked.known), "")
    named = [] if code else specialties(asked)[:1]
    count, url = import_string(f"{settings.CODE_JOBS}.how_many")(
        code=code,
        specialty=named[0].slug if named else "",
        state=state,
        remote=remote,
        now=timezone.now(),
    )
    what = f"for {code}" if code else f"in {named[0].name}" if named else "of every specialty"
    where = f"{', remote' if remote else ''}{f', open to {state}' if state else ''}"
    draft.step("jobs", f"counted open postings {what}{where}")
    draft.data.update(jobs_total=count, state=state, remote=remote)
    facts = [_fact(f"{what}{where}: {count}", url, asked)]
    facts += [_code_fact(asked, code)] if code else []
    draft.say(f"Open postings {what}{where}: {count}.", *facts)


def _reader(asked: Asked) -> Any:
    """Who reads decides nothing of the count; the board asks for a reader all the same."""
    return asked.reader or AnonymousUser()


def _code_fact(asked: Asked, code: str) -> Fact:
    row = asked.rows[code]
    return Fact(
        f"Code {code}",
        "List of codes",
        "loaded list",
        f"Code {row.pk}",
        row.get_absolute_url(),
        "code",
    )


def _by_specialty(asked: Asked, draft: Draft) -> None:
    found = specialties(asked)
    if not found:
        draft.miss("postings for that: name a code or a specialty, or search the jobs")
    for row in found[:2]:
        draft.step("jobs", f"counted open postings in {row.name}")
        told = import_string(f"{settings.CODE_JOBS}.for_specialty")(
            row, reader=_reader(asked), now=timezone.now()
        )
        total = told["jobs_total"]
        draft.data.update(specialty=row.slug, jobs_total=total)
        fact = _fact(f"{row.name}: {total}", told.get("jobs_url") or "", asked)
        draft.say(f"Open postings in {row.name}: {total}.", fact)


def _fact(claim: str, url: str, asked: Asked) -> Fact:
    return Fact(claim, "Open postings", f"on {day(asked.today)}", "jobs of the board", url, "jobs")


def credentials(asked: Asked, draft: Draft) -> None:
    found = specialties(asked)
    draft.step("credentials", "read the credentials usual in the specialty")
    for row in found[:2]:
        if not row.usual_credentials:
            continue
        listed = ", ".join(row.usual_credentials)
        draft.data.update(specialty=row.slug, credentials=row.usual_credentials)
        fact = Fact(
            f"{row.name}: {listed}",
            "Specialties",
            "own list",
            f"Specialty {row.pk}",
            f"/codes/specialty/{row.slug}/",
            "specialty",
        )
        draft.say(f"Employers in {row.name} usually ask for {listed}.", fact)
    if not found:
        draft.miss("credentials for that: name a specialty or a code")


def specialties(asked: Asked) -> list[Specialty]:
    """Those named in words, else those of the code."""
    text = asked.reading.text
    rows = list(Specialty.objects.all())
    named = [
        row
        for row in rows
        if any(_stands(word, text) for word in (row.name, row.short, *row.synonyms))
    ]
    if named:
        return sorted(
            named,
            key=lambda row: (
                -max(len(w) for w in (row.name, row.short, *row.synonyms) if _stands(w, text))
            ),
        )
    return [each for code in asked.known[:1] for each in _of(asked.rows[code])]


def _stands(word: str, text: str) -> bool:
    return len(word) > 2 and bool(re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text))


def _of(row: Code) -> list[Specialty]:
    return list(standing.specialties_of(row, standing.path_of(row)))
