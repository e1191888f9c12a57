"""What a moderator reads on the page of one posting."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from jobs import content
from jobs.admin.decisions import BanForm, DecisionForm, seen_mark, verbs_for
from jobs.models import Job, ListingEvent, Report
from jobs.moderators import LONG_WAIT
from jobs.services import merging
from jobs.states import JobStatus, Tri
from jobs.trust import signals_of
from jobs.word_diff import word_diff

__all__ = ["as_pk", "context", "postings", "seen_mark"]


def postings() -> QuerySet[Job]:
    return Job.objects.select_related("employer", "source").prefetch_related("employer__domains")


def as_pk(text: str) -> int:
    if not text.isdecimal():
        raise Http404
    return int(text)


def context(job: Job, *, now: datetime, bound: DecisionForm | None = None) -> dict[str, Any]:
    """All of the page; `bound` is a decision that was refused, with what was typed."""
    live = postings().get(pk=job.revision_of_id) if job.revision_of_id else None
    long_ago = job.submitted_at is not None and now - job.submitted_at > LONG_WAIT
    return {
        "job": job,
        "live": live,
        "signals": signals_of([job], now=now)[job.pk],
        "changes": changes(job, live) if live else [],
        "forms": decision_forms(job, bound),
        "ban_form": BanForm(jobs=[job]),
        "seen": seen_mark(job),
        "waits_long": job.status == JobStatus.PENDING and long_ago,
        "events": history(job, live),
        "reports": Report.objects.filter(job=live or job).select_related("reason"),
        "fields": written(job),
    }


def decision_forms(job: Job, bound: DecisionForm | None) -> list[DecisionForm]:
    forms = [DecisionForm(verb=verb) for verb in verbs_for(job)]
    return [bound if bound and bound.verb == form.verb else form for form in forms]


def changes(job: Job, live: Job) -> list[dict[str, Any]]:
    """What an edit changes, with the words that go and come. One taken in keeps its record."""
    if job.status == JobStatus.MERGED:
        recorded = job.events.filter(to_status=JobStatus.MERGED).first()
        found = list(recorded.diff) if recorded else []
    else:
        found = merging.changes_of(job, live)
    return [
        {
            **change,
            "material": content.is_material([change]),
            "pieces": word_diff(change["old"], change["new"]),
        }
        for change in found
    ]


def history(job: Job, live: Job | None) -> QuerySet[ListingEvent]:
    about = [job.pk, live.pk] if live else [job.pk]
    return ListingEvent.objects.filter(job__in=about).select_related("by", "reason")


def written(job: Job) -> list[tuple[str, str]]:
    """Every field that was filled in, also those that coders are not shown."""
    fields = content.snapshot(job).items()
    found = [
        (name, content.words(name, value)) for name, value in fields if value != Tri.NOT_STATED
    ]
    return [(content.label(name), text) for name, text in found if text]
