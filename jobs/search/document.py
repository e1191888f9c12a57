"""The search row of a posting: written in the transaction that changes what the row tells."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.contrib.postgres.search import (
    SearchVector,
    SearchVectorCombinable,
    SearchVectorField,
)
from django.db import transaction
from django.db.models import Func, Value

from codes.codes import CODE_PATTERN
from jobs.eligibility import requirements_of
from jobs.models import Job, JobSearch, State
from jobs.models.parts import PlaceMode, StateRule
from jobs.search import hires

# What `row` reads, for a caller who loads many postings.
RELATED = (
    "employer",
    "specialties",
    "settings",
    "employment_types",
    "states",
    "sites",
    "code_ranges",
    "credential_requirements__credentials",
)
BATCH = 500
RANGE_IN_TEXT = re.compile(rf"\b({CODE_PATTERN.pattern})\s?[-–]\s?(?={CODE_PATTERN.pattern}\b)")


def write(job: Job) -> None:
    """Insert the posting's search row, or replace it."""
    write_many([job])


def write_many(jobs: Iterable[Job]) -> None:
    names = dict(State.objects.values_list("pk", "name"))
    rows = [row(job, names=names) for job in jobs]
    columns = [field.name for field in JobSearch._meta.concrete_fields if not field.primary_key]
    JobSearch.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["job"], update_fields=columns
    )


def delete(job_id: int) -> None:
    JobSearch.objects.filter(job_id=job_id).delete()


def rewrite_all(*, now: datetime) -> Iterator[int]:
    """Drop the rows of postings that are not visible and write the others anew, a batch at a time;
    yields how many are written.
    """
    visible = Job.objects.visible(at=now)
    JobSearch.objects.exclude(job__in=visible).delete()
    pks = list(visible.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        yield _rewrite(pks[start : start + BATCH], now=now)


@transaction.atomic
def _rewrite(pks: list[int], *, now: datetime) -> int:
    """The postings are locked, so that the row of one that changes meanwhile is not undone."""
    jobs = Job.objects.visible(at=now).filter(pk__in=pks).order_by("pk")
    locked = list(jobs.select_for_update().prefetch_related(*RELATED))
    write_many(locked)
    return len(locked)


def row(job: Job, *, names: dict[str, str]) -> JobSearch:
    """The day of posting is the first one, for renewing a posting does not make it new."""
    hires_in = states_hired_in(job, everywhere=set(names))
    terms = head(job, names=names)
    asked = requirements_of(job)
    return JobSearch(  # type: ignore[misc]  # a live posting has both dates
        job=job,
        posted_at=job.first_published_at or job.published_at,
        closes_at=job.closes_at,
        employer_id=job.employer_id,
        specialties=keys(job.specialties.all()),
        credentials=keys(credentials(job)),
        settings=keys(job.settings.all()),
        employment_types=keys(job.employment_types.all()),
        hires_in=sorted(hires_in),
        states_not_stated=not hires_in,
        mode=job.mode,
        apprentice=job.apprentice,
        years_min=job.years_min,
        credential_rule=hires.credential_rule(asked),
        home_rule=hires.home_rule(asked),
        hourly_min=job.hourly_min,
        hourly_max=job.hourly_min if job.hourly_max is None else job.hourly_max,
        title_words=vector([job.title], "A"),
        head_words=terms,
        words=terms + vector([job.description], "C"),
    )


def keys(rows: Iterable[Any]) -> list[int]:
    return sorted({row.pk for row in rows})


def credentials(job: Job) -> list[Any]:
    groups = job.credential_requirements.all()
    return list(chain.from_iterable(group.credentials.all() for group in groups))


def states_hired_in(job: Job, *, everywhere: set[str]) -> set[str]:
    """The states in which the employer hires; empty when the posting does not tell.

    Work at a place is done by who lives near it; remote work by who the employer's rule names.
    """
    named = {state.code for state in job.states.all()}
    sites = {site.state_id for site in job.sites.all()}
    if job.mode in {PlaceMode.ONSITE, PlaceMode.HYBRID}:
        return sites | named if job.state_rule == StateRule.ONLY else sites
    match job.state_rule:
        case StateRule.ANY:
            return everywhere
        case StateRule.ONLY:
            return named
        case StateRule.EXCEPT:
            return everywhere - named
    return set() if job.mode == PlaceMode.REMOTE else sites


class Unplaced(SearchVectorCombinable, Func):
    """Lexemes without their places, so that no phrase and no weight is found in them."""

    function = "strip"
    output_field = SearchVectorField()


def head(job: Job, *, names: dict[str, str]) -> Any:
    """The title as weight A, and as B the names a coder may type that the text need not hold.

    Both are kept unstemmed too, for a word half typed may have a stem of its own.
    """
    ranges = [end for run in job.code_ranges.all() for end in (run.lo, run.hi)]
    specialties = [specialty.name for specialty in job.specialties.all()]
    held = {name for each in credentials(job) for name in (each.code, each.name)}
    facts = [*_kind_of_work(job), *_place(job, names=names)]
    terms = [job.employer.name, *specialties, *sorted(held), *ranges, *facts]
    plain = SearchVector(Value(" ".join([job.title, *terms])), config="simple")
    return vector([job.title], "A") + vector(terms, "B") + Unplaced(plain)


def _kind_of_work(job: Job) -> Iterator[str]:
    for setting in job.settings.all():
        yield from (setting.name, setting.short)
        # Its short name is also written as two words.
        if setting.slug == "profee":
            yield "Pro fee"
    yield from (each.name for each in job.employment_types.all())


def _place(job: Job, *, names: dict[str, str]) -> Iterator[str]:
    """States by name alone: "MD" and "VA" mean other things to coders."""
    if job.mode != PlaceMode.NOT_STATED:
        yield str(PlaceMode(job.mode).label)
    for site in job.sites.all():
        yield from (site.city, names[site.state_id])
    if job.state_rule == StateRule.ONLY:
        yield from (state.name for state in job.states.all())


def vector(texts: list[str], weight: str) -> Any:
    """Lexemes of texts; PostgreSQL's parser itself skips tags and entities.

    The stop words take places, so that no phrase runs from one text into the next; and a range
    of codes is parted, so that its hyphen does not make its end a negative number.
    """
    together = "".join(f"the {text} " for text in texts)
    return SearchVector(Value(RANGE_IN_TEXT.sub(r"\1 ", together)), config="english", weight=weight)
