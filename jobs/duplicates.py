"""Postings that say nearly the same. A moderator is warned; nothing is refused or merged.

Compared are runs of three words: of all runs in either text, the share that stands in both.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from jobs.models import Job, JobSearch
from jobs.sanitise import text_of
from jobs.states import JobStatus

ALIKE = 0.6
RUN = 3
# Too short a text is like many others.
FEWEST_RUNS = 20
# An employer's own withdrawn posting is not among them: posting it again is no offence.
COMPARED = (JobStatus.PENDING, JobStatus.PUBLISHED, JobStatus.REJECTED, JobStatus.REMOVED)
AT_MOST = 300

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Alike:
    job: Job
    share: float


def alike(jobs: Sequence[Job]) -> dict[int, list[Alike]]:
    """For each job the other postings like it, the most alike first; few queries for any number."""
    others = [(other, runs_of(other)) for other in _candidates(jobs)]
    return {job.pk: _compare(job, others) for job in jobs}


def runs_of(job: Job) -> Runs:
    words = re.findall(r"[a-z0-9]+", text_of(job.description).lower())
    return frozenset(tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def share(one: Runs, other: Runs) -> float:
    if min(len(one), len(other)) < FEWEST_RUNS:
        return 0.0
    return len(one & other) / len(one | other)


def _compare(job: Job, others: Iterable[tuple[Job, Runs]]) -> list[Alike]:
    own = runs_of(job)
    kin = {job.pk, job.revision_of_id}
    found = [
        Alike(other, ratio)
        for other, runs in others
        if other.pk not in kin
        and other.revision_of_id not in kin - {None}
        and (ratio := share(own, runs)) >= ALIKE
    ]
    return sorted(found, key=lambda pair: -pair.share)


def _candidates(jobs: Sequence[Job]) -> list[Job]:
    """Postings of the same employers, with like titles, waiting, or once refused."""
    if not jobs:
        return []
    titles = reduce(or_, (SearchQuery(job.title, config="english") for job in jobs))
    like_titles = JobSearch.objects.filter(words=titles)
    near = (
        Q(employer__in={job.employer_id for job in jobs})
        | Q(pk__in=list(like_titles.values_list("pk", flat=True)[:AT_MOST]))
        | Q(status__in=(JobStatus.PENDING, JobStatus.REJECTED, JobStatus.REMOVED))
    )
    found = Job.objects.filter(near, status__in=COMPARED).select_related("employer")
    return list(found.order_by("-pk")[:AT_MOST])
