"""The demo postings: written in the past, by the services that would have moved them there."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from accounts.models import Employer, User
from codes.codes import span_of
from codes.entries import Entry, named, read
from codes.models import Specialty
from jobs import content, deadlines, pay
from jobs.closing_day import closing_instant, today
from jobs.demo.employers import owners
from jobs.models import (
    Credential,
    CredentialRequirement,
    EmploymentType,
    Job,
    JobCodeRange,
    JobSite,
    Publication,
    Question,
    ReasonCode,
    Setting,
    Software,
    State,
)
from jobs.models.job import PUBLIC_ID_ALPHABET
from jobs.sanitise import clean_html
from jobs.services import closing, moderation, posting
from jobs.slugs import slug_of
from jobs.states import Actor, JobStatus

# A list of the file -> the rows it names, and the column it names them by.
NAMED: dict[str, tuple[Any, str]] = {
    "employment_types": (EmploymentType, "slug"),
    "settings": (Setting, "slug"),
    "software": (Software, "slug"),
    "specialties": (Specialty, "slug"),
    "states": (State, "code"),
}
# What happens to a posting, in hours from the moment it is sent in.
REVIEWED_AFTER = timedelta(hours=19)
FILLED_BEFORE = timedelta(days=2)
# Alerts are not sent for what was public longer ago than this when the demo came.
STILL_NEWS = timedelta(days=2)


@dataclass(frozen=True)
class Scene:
    """Who acts in the demo, and when its today is."""

    now: datetime
    owners: dict[str, User]
    moderator: User

    def owner(self, job: Job) -> User:
        return self.owners[job.employer.slug]


def public_id_of(key: str) -> str:
    """A posting's public id, the same at every loading, by which a second one knows it."""
    digest = hashlib.sha256(key.encode()).digest()
    return "".join(PUBLIC_ID_ALPHABET[byte % len(PUBLIC_ID_ALPHABET)] for byte in digest[:10])


def entries(folder: Path) -> Iterator[tuple[Path, int, Entry]]:
    """Every posting of the folder with its file and its number there, counted from 1."""
    for path in sorted(folder.glob("postings-*.json")):
        for number, entry in enumerate(read(path), 1):
            yield path, number, entry


def add_postings(folder: Path, *, moderator: str, now: datetime) -> int:
    """Add the postings that are missing; returns how many. `moderator` is who let them through."""
    scene = Scene(
        now=now,
        owners=owners(folder / "employers.json"),
        moderator=User.objects.get(email=moderator),
    )
    known = set(Job.objects.values_list("public_id", flat=True))
    added: list[Job] = []
    for path, number, entry in entries(folder):
        with named(path, number, entry.get("key", "?")):
            if public_id_of(entry["key"]) not in known:
                added.append(add_posting(entry, scene, age=_age(entry, len(added))))
    no_news = Publication.objects.filter(published_at__lt=now - STILL_NEWS, job__in=added)
    no_news.update(matched_at=now)
    return len(added)


def add_posting(entry: Entry, scene: Scene, *, age: timedelta) -> Job:
    sent_at = scene.now - age - REVIEWED_AFTER
    job = write(entry, scene, sent_at=sent_at)
    posting.submit_posting(job=job, by=scene.owner(job), now=sent_at)
    if job.status == JobStatus.PENDING and entry["status"] != JobStatus.PENDING:
        _decide(job, entry, scene, at=sent_at + REVIEWED_AFTER)
    Job.objects.filter(pk=job.pk).update(created_at=sent_at - timedelta(hours=1))
    return job


def write(entry: Entry, scene: Scene, *, sent_at: datetime) -> Job:
    """The draft with all its parts, as a form would leave it."""
    employer = Employer.objects.get(slug=entry["employer"])
    plain = {name: entry[name] for name in content.FIELDS if name in entry}
    plain["description"] = clean_html("\n".join(entry["description"]))
    job = Job(
        public_id=public_id_of(entry["key"]),
        employer=employer,
        created_by=scene.owners[employer.slug],
        closes_at=_closes_at(entry, scene, employer, sent_at=sent_at),
        **plain,
    )
    job.slug = slug_of(job)
    job.hourly_min, job.hourly_max = pay.comparable(job)
    job.clean_fields()
    job.save()
    _write_lists(job, entry)
    _write_requirements(job, entry)
    return job


def _write_lists(job: Job, entry: Entry) -> None:
    for name, (model, column) in NAMED.items():
        getattr(job, name).set(_rows(model, column, entry.get(name, [])))
    for site in entry.get("sites", []):
        JobSite.objects.create(
            job=job, city=site["city"], state_id=site["state"], postal_code=site["postal_code"]
        )
    for run in entry.get("code_ranges", []):
        span = span_of(run["system"], run["lo"], run["hi"])
        JobCodeRange.objects.create(job=job, system=run["system"], span=span)
    for position, question in enumerate(entry.get("questions", [])):
        Question.objects.create(job=job, position=position, **question)


def _write_requirements(job: Job, entry: Entry) -> None:
    groups = [(True, codes) for codes in entry.get("credentials_required", [])]
    groups += [(False, [code]) for code in entry.get("credentials_preferred", [])]
    for position, (required, codes) in enumerate(groups):
        group = CredentialRequirement.objects.create(job=job, required=required, position=position)
        group.credentials.set(_rows(Credential, "code", codes))


def _rows(model: Any, column: str, wanted: list[str]) -> list[Any]:
    found = list(model.objects.filter(**{f"{column}__in": wanted}))
    if missing := set(wanted) - {getattr(row, column) for row in found}:
        raise ValueError(f"unknown {', '.join(sorted(missing))}")
    return found


def _decide(job: Job, entry: Entry, scene: Scene, *, at: datetime) -> None:
    """Bring a posting that waits to where the file says it stands."""
    if entry["status"] == JobStatus.CHANGES:
        reason = ReasonCode.objects.get(kind="changes", code=entry["reason"])
        moderation.request_changes(
            job=job, by=scene.moderator, now=at, reason=reason, note=entry["note"]
        )
        return
    moderation.publish_posting(job=job, actor=Actor.MODERATOR, by=scene.moderator, now=at)
    if entry["status"] == JobStatus.FILLED:
        posting.mark_filled(job=job, by=scene.owner(job), now=scene.now - FILLED_BEFORE)
    elif entry["status"] == JobStatus.EXPIRED and job.closes_at:
        closing.expire_posting(job=job, now=job.closes_at)
    elif entry["confirmed_days_ago"] < entry["age_days"]:
        confirmed_at = scene.now - timedelta(days=entry["confirmed_days_ago"], hours=1)
        posting.confirm_open(job=job, by=scene.owner(job), now=max(at, confirmed_at))


def _age(entry: Entry, number: int) -> timedelta:
    """The days the file says, and some hours of its own for each posting."""
    return timedelta(days=entry["age_days"], minutes=30 + number * 37 % 400)


def _closes_at(
    entry: Entry, scene: Scene, employer: Employer, *, sent_at: datetime
) -> datetime | None:
    if "closes_in_days" not in entry:
        return deadlines.default_closing(now=sent_at, zone=employer.zone)
    day = today(scene.now, employer.zone) + timedelta(days=entry["closes_in_days"])
    return closing_instant(day, employer.zone)
