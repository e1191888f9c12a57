"""New postings meet the saved searches: every find is one row of the ledger."""

from datetime import datetime

from django.db import transaction

from jobs.models import Alert, Job, Match, Publication
from jobs.search import matching
from jobs.search.query import SearchQuery

BATCH = 200


@transaction.atomic
def match_batch(*, now: datetime) -> int:
    """Match the oldest publications that nobody has matched; returns how many were taken.

    All or nothing: a worker killed on the way leaves the publications to the next one, and the
    ledger's unique row makes doing it again harmless. Two workers take different publications.
    """
    waiting = Publication.objects.unmatched().order_by("pk")
    taken = list(waiting.select_for_update(skip_locked=True)[:BATCH])
    jobs = Job.objects.visible(at=now).filter(pk__in={row.job_id for row in taken})
    job_ids = list(jobs.values_list("pk", flat=True))
    if job_ids:
        _write_matches(job_ids, now=now)
    Publication.objects.filter(pk__in=[row.pk for row in taken]).update(matched_at=now)
    return len(taken)


def _write_matches(job_ids: list[int], *, now: datetime) -> None:
    """One look-up for each distinct search, however many people saved it."""
    active = Alert.objects.active()
    for query in active.order_by().values_list("query", flat=True).distinct():
        found = matching(SearchQuery.from_querystring(query), job_ids, now=now)
        if not found:
            continue
        alerts = active.filter(query=query).values_list("pk", flat=True)
        rows = [Match(alert_id=a, job_id=job, matched_at=now) for a in alerts for job in found]
        Match.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)


def match_new(*, now: datetime) -> int:
    """Match until nothing is left; returns how many publications were taken."""
    total = 0
    while taken := match_batch(now=now):
        total += taken
    return total
