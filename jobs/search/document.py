"""The search row of a posting: written in the transaction that changes what the row tells."""

from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from jobs.models import Job, JobSearch, State
from jobs.models.parts import PlaceMode, StateRule

CONFIG = "english"


def write(job: Job) -> None:
    """Insert the posting's search row, or replace it."""
    row = JobSearch(job=job, **facts(job), **vectors(job))
    columns = [field.name for field in JobSearch._meta.concrete_fields if not field.primary_key]
    JobSearch.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["job"], update_fields=columns
    )


def delete(job_id: int) -> None:
    JobSearch.objects.filter(job_id=job_id).delete()


def facts(job: Job) -> dict[str, Any]:
    """What the filters and facets compare. The day of posting is the first one: renewing a
    posting does not make it new.
    """
    hires_in = states_hired_in(job)
    return {
        "posted_at": job.first_published_at or job.published_at,
        "closes_at": job.closes_at,
        "employer_id": job.employer_id,
        "specialties": keys(job.specialties),
        "credentials": credential_keys(job),
        "settings": keys(job.settings),
        "employment_types": keys(job.employment_types),
        "hires_in": sorted(hires_in),
        "states_not_stated": not hires_in,
        "mode": job.mode,
        "apprentice": job.apprentice,
        "years_min": job.years_min,
        "hourly_min": job.hourly_min,
        "hourly_max": job.hourly_max,
    }


def keys(relation: Any) -> list[int]:
    return sorted(row.pk for row in relation.all())


def credential_keys(job: Job) -> list[int]:
    groups = job.credential_requirements.all()
    return sorted({row.pk for group in groups for row in group.credentials.all()})


def states_hired_in(job: Job) -> set[str]:
    """The states in which the employer hires; empty when the posting does not tell.

    Work at a place is done by who lives near it; remote work by who the employer's rule names.
    """
    named = {state.code for state in job.states.all()}
    sites = {site.state_id for site in job.sites.all()}
    if job.mode in {PlaceMode.ONSITE, PlaceMode.HYBRID}:
        return sites | named if job.state_rule == StateRule.ONLY else sites
    match job.state_rule:
        case StateRule.ANY:
            return all_states()
        case StateRule.ONLY:
            return named
        case StateRule.EXCEPT:
            return all_states() - named
    return set() if job.mode == PlaceMode.REMOTE else sites


def all_states() -> set[str]:
    return set(State.objects.values_list("pk", flat=True))


def vectors(job: Job) -> dict[str, Any]:
    """The words of a posting as lexemes; PostgreSQL's parser itself skips tags and entities."""
    parts = [
        vector(job.title, "A"),
        vector(" ".join(terms(job)), "B"),
        vector(job.description, "C"),
    ]
    return {"title_words": vector(job.title, "A"), "words": reduce(add, parts)}


def vector(text: str, weight: str) -> Any:
    # A stop word takes a place, so that no phrase runs from one part into the next.
    return SearchVector(Value(f"the {text}"), config=CONFIG, weight=weight)


def terms(job: Job) -> list[str]:
    """Names a coder may type that need not stand in the text."""
    credentials = {
        name
        for group in job.credential_requirements.all()
        for credential in group.credentials.all()
        for name in (credential.code, credential.name)
    }
    ranges = [end for run in job.code_ranges.all() for end in (run.lo, run.hi)]
    specialties = [specialty.name for specialty in job.specialties.all()]
    return [job.employer.name, *specialties, *sorted(credentials), *ranges]
