"""One reading of one file of one source, from the first record to the closing of what is gone."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from accounts.errors import RuleBroken
from jobs.intake.addresses import checked
from jobs.intake.files import opened
from jobs.intake.formats import READERS
from jobs.intake.judge import REASONS, refusal
from jobs.intake.raw import RawPosting, Record
from jobs.intake.states import state_codes
from jobs.intake.store import store
from jobs.models import ImportRun, Job, Source
from jobs.services import closing
from jobs.states import JobStatus

UNSEEN_FOR = timedelta(hours=48)
# A complete file that holds less than this share of the last complete one is not believed.
SHRUNK_BELOW = 0.5
EXAMPLES = 3
KEPT = ("new", "changed", "same")

Watcher = Callable[[int, int], None]


@dataclass
class Tally:
    """What became of the records; `examples` names the first few of each refusal."""

    read: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    closed: int = 0
    not_closed: str = ""

    def refuse(self, reason: str, example: str) -> None:
        self.outcomes[reason] += 1
        self.examples.setdefault(reason, [])
        if len(self.examples[reason]) < EXAMPLES:
            self.examples[reason].append(example)

    @property
    def kept(self) -> int:
        return sum(self.outcomes[outcome] for outcome in KEPT)

    @property
    def refused(self) -> dict[str, int]:
        return {reason: self.outcomes[reason] for reason in REASONS if self.outcomes[reason]}

    def as_counts(self) -> dict[str, object]:
        kept = {outcome: self.outcomes[outcome] for outcome in KEPT}
        return {"read": self.read, **kept, "refused": self.refused, "closed": self.closed}


def import_file(
    *, source: Source, path: Path, complete: bool, now: datetime, watch: Watcher
) -> Tally:
    """Read a file into the board, one transaction a posting, so that a run may be repeated.

    `watch` is told bytes done and bytes in all. Raises BadFile when the file cannot be read to
    its end; what was stored before stays, and nothing is closed.
    """
    run = ImportRun.objects.create(source=source, file_name=path.name[:250], started_at=now)
    state_codes.cache_clear()
    tally = Tally()
    for record in _records(source, path, watch):
        _take(record, source=source, tally=tally, now=now)
    if complete:
        _close_unseen(source, tally, now=now)
    run.complete = complete and not tally.not_closed
    run.counts, run.finished_at = tally.as_counts(), now
    run.save(update_fields=["complete", "counts", "finished_at"])
    return tally


def _records(source: Source, path: Path, watch: Watcher) -> Iterator[Record]:
    with opened(path) as (stream, progress):
        for record in READERS[source.format](stream, path):
            yield record
            watch(progress.done(), progress.total)


def _take(record: Record, *, source: Source, tally: Tally, now: datetime) -> None:
    tally.read += 1
    if record.posting is None:
        tally.refuse("unreadable", f"{record.where}: {record.problem}")
        return
    raw = checked(record.posting)
    example = f"{record.where}: {raw.title}"
    reason = _refusal(raw, source=source, tally=tally, now=now)
    if raw.external_id:
        tally.seen.add(raw.external_id[:200])
    if reason:
        tally.refuse(reason, example)
        return
    try:
        outcome = store(source=source, raw=raw, now=now)
    except RuleBroken as error:
        tally.refuse("breaks-rule", f"{example}: {error}")
        return
    if outcome in KEPT:
        tally.outcomes[outcome] += 1
    else:
        tally.refuse(outcome, example)


def _refusal(raw: RawPosting, *, source: Source, tally: Tally, now: datetime) -> str:
    if raw.external_id and raw.external_id[:200] in tally.seen:
        return "repeated"
    return refusal(raw, now=now, has_employer=source.employer_id is not None)


def _close_unseen(source: Source, tally: Tally, *, now: datetime) -> None:
    """Close what a complete file no longer holds; says why not when the file is doubtful."""
    tally.not_closed = _doubt(source, tally)
    if tally.not_closed:
        return
    gone = Job.objects.filter(
        source=source,
        status__in=[JobStatus.PUBLISHED, JobStatus.PENDING],
        last_seen_at__lte=now - UNSEEN_FOR,
    ).exclude(external_id__in=tally.seen)
    for job in gone.originals():
        closing.expire_posting(job=job, now=now, note="No longer listed at its source.")
        tally.closed += 1


def _doubt(source: Source, tally: Tally) -> str:
    if not tally.seen:
        return "the file holds no postings"
    if tally.outcomes["unreadable"]:
        return "parts of the file could not be read"
    last = source.runs.filter(complete=True).first()
    before = int(last.counts.get("read", 0)) if last else 0
    if tally.read < before * SHRUNK_BELOW:
        return f"the file holds {tally.read:,} postings, where the last held {before:,}"
    return ""
