"""What hangs on a demo person: profile, saved jobs, alerts, applications, rights."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from codes.consult.consultants import ensure_consultants
from codes.entries import Entry, named, read
from codes.models import Specialty
from jobs.alerts import create_alert
from jobs.demo.postings import public_id_of
from jobs.models import (
    Answer,
    Application,
    Credential,
    HeldCredential,
    Job,
    Move,
    Profile,
    Resume,
    ResumeKind,
    SavedJob,
    Setting,
    Software,
    SpecialtyYears,
)
from jobs.moderators import ensure_moderators
from jobs.search.query import SearchQuery
from jobs.states import Actor, ApplicationStatus


def furnish(path: Path, emails: set[str], *, now: datetime) -> None:
    """Give the people with these addresses what the file says is theirs."""
    for number, entry in enumerate(read(path), 1):
        if entry["email"] not in emails:
            continue
        with named(path, number, entry["email"]):
            user = User.objects.get(email=entry["email"])
            if "moderates" in entry:
                _let_moderate(user)
            if "answers_consults" in entry:
                user.groups.add(ensure_consultants())
            if "profile" in entry:
                _write_profile(user, entry["profile"])
            _fill_desk(user, entry, folder=path.parent, now=now)


def _let_moderate(user: User) -> None:
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.add(ensure_moderators())


def _write_profile(user: User, said: Entry) -> None:
    profile, _made = Profile.objects.update_or_create(
        user=user, defaults={"state_id": said["state"], "years": said["years"]}
    )
    profile.settings.set(Setting.objects.filter(slug__in=said["settings"]))
    profile.software.set(Software.objects.filter(slug__in=said["software"]))
    for held in said["held"]:
        credential = Credential.objects.get(code=held["credential"])
        HeldCredential.objects.create(profile=profile, credential=credential, since=held["since"])
    for known in said["specialties"]:
        specialty = Specialty.objects.get(slug=known["specialty"])
        SpecialtyYears.objects.create(profile=profile, specialty=specialty, years=known["years"])


def _fill_desk(user: User, entry: Entry, *, folder: Path, now: datetime) -> None:
    for key in entry.get("saved", []):
        SavedJob.objects.create(user=user, job=_job(key))
    for alert in entry.get("alerts", []):
        create_alert(
            query=SearchQuery.from_querystring(alert["query"]),
            email=user.email,
            cadence=alert["cadence"],
            time_zone=user.time_zone,
            user=user,
            now=now,
        )
    resume = _resume(user, folder / entry["resume"]) if "resume" in entry else None
    for application in entry.get("applications", []):
        _apply(user, application, resume=resume, now=now)


def _job(key: str) -> Job:
    return Job.objects.get(public_id=public_id_of(key))


def _resume(user: User, path: Path) -> Resume:
    data = path.read_bytes()
    return Resume.objects.create(
        owner=user,
        file=ContentFile(data, name=path.name),
        name=path.name,
        kind=ResumeKind.PDF,
        size=len(data),
    )


def _apply(user: User, said: Entry, *, resume: Resume | None, now: datetime) -> None:
    """An application of some days ago and each move since then, without the mails of those days."""
    job = _job(said["job"])
    sent_at = now - timedelta(days=said["days_ago"])
    application = Application.objects.create(
        job=job, applicant=user, message=said["message"], resume=resume, moved_at=sent_at
    )
    for position, (question, answer) in enumerate(
        zip(job.questions.all(), said["answers"], strict=True)
    ):
        Answer.objects.create(
            application=application, position=position, question=question.text, answer=answer
        )
    _note(application, "", ApplicationStatus.SUBMITTED, Actor.APPLICANT, by=user, at=sent_at)
    for move in said["moves"]:
        at = now - timedelta(days=move["days_ago"])
        by = job.created_by
        _note(
            application,
            application.status,
            move["to"],
            Actor.EMPLOYER,
            by=by,
            at=at,
            note=move["note"],
        )
        application.status, application.moved_at = move["to"], at
    application.created_at = sent_at
    application.save(update_fields=["status", "moved_at", "created_at"])


def _note(application: Application, old: str, new: str, actor: Actor, **rest: Any) -> None:
    Move.objects.create(
        application=application, from_status=old, to_status=new, actor=actor, **rest
    )
