"""Rows for tests: plain functions, keyword arguments, valid unless told otherwise."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Employer, User
from accounts.tests.factories import make_employer, make_user, numbers
from codes.codes import system_of
from codes.models import Specialty
from jobs.models import (
    Alert,
    Application,
    Cadence,
    Credential,
    CredentialRequirement,
    EmploymentType,
    Job,
    JobCodeRange,
    JobSite,
    Profile,
    Question,
    ReasonCode,
    Resume,
    ResumeKind,
    Setting,
    State,
)
from jobs.moderators import ensure_moderators
from jobs.search import document
from jobs.states import JobStatus
from jobs.tests.resume_samples import pdf


def make_job(*, employer: Employer | None = None, indexed: bool = True, **fields: Any) -> Job:
    """A job that is visible now and found by search, unless `fields` say otherwise."""
    now = timezone.now()
    number = next(numbers)
    fields.setdefault("status", JobStatus.PUBLISHED)
    fields.setdefault("title", f"Urology Coder {number}")
    fields.setdefault("slug", f"urology-coder-{number}")
    fields.setdefault("description", "<p>Codes cystoscopies and stone cases.</p>")
    if fields["status"] == JobStatus.PUBLISHED:
        fields.setdefault("published_at", now - timedelta(days=1))
        fields.setdefault("first_published_at", fields["published_at"])
        fields.setdefault("closes_at", now + timedelta(days=20))
    job = Job.objects.create(employer=employer or make_employer(), **fields)
    if indexed and job.status == JobStatus.PUBLISHED:
        document.write(job)
    return job


def make_application(
    *, job: Job | None = None, applicant: User | None = None, **fields: Any
) -> Application:
    fields.setdefault("moved_at", timezone.now())
    return Application.objects.create(
        job=job or make_job(), applicant=applicant or make_user(), **fields
    )


def make_resume(*, owner: User | None = None, data: bytes = b"", **fields: Any) -> Resume:
    fields.setdefault("name", "resume.pdf")
    fields.setdefault("kind", ResumeKind.PDF)
    data = data or pdf()
    return Resume.objects.create(
        owner=owner or make_user(), file=ContentFile(data, "x"), size=len(data), **fields
    )


def make_question(job: Job, text: str = "Which encoder do you use?", **fields: Any) -> Question:
    return Question.objects.create(job=job, text=text, **fields)


def make_state(code: str = "OH", name: str = "Ohio", **fields: Any) -> State:
    fields.setdefault("slug", name.lower().replace(" ", "-"))
    fields.setdefault("time_zone", "America/New_York")
    return State.objects.get_or_create(code=code, defaults={"name": name, **fields})[0]


def make_credential(code: str = "CPC", **fields: Any) -> Credential:
    values = {"name": code, "body": "AAPC", "level": "core", **fields}
    return Credential.objects.get_or_create(code=code, defaults=values)[0]


def make_setting(slug: str = "profee", name: str = "Professional fee") -> Setting:
    return Setting.objects.get_or_create(slug=slug, defaults={"name": name, "short": name})[0]


def make_employment_type(
    slug: str = "full-time", name: str = "Full time", schema_org: str = "FULL_TIME"
) -> EmploymentType:
    values = {"name": name, "schema_org": schema_org}
    return EmploymentType.objects.get_or_create(slug=slug, defaults=values)[0]


def make_specialty(slug: str = "urology", name: str = "Urology", **fields: Any) -> Specialty:
    values = {"name": name, "short": name, **fields}
    return Specialty.objects.get_or_create(slug=slug, defaults=values)[0]


def require_credentials(job: Job, *codes: str, required: bool = True) -> CredentialRequirement:
    """One any-of group: any of these codes will do."""
    group = CredentialRequirement.objects.create(job=job, required=required)
    group.credentials.set([make_credential(code) for code in codes])
    return group


def make_site(job: Job, *, city: str = "Dayton", state: State | None = None) -> JobSite:
    return JobSite.objects.create(job=job, city=city, state=state or make_state())


def add_code_range(job: Job, lo: str, hi: str | None = None) -> JobCodeRange:
    run = JobCodeRange(job=job, system=system_of(lo))
    run.set_ends(lo, hi or lo)
    run.save()
    return run


def make_profile(*, user: User | None = None, **fields: Any) -> Profile:
    return Profile.objects.create(user=user or make_user(), **fields)


def make_alert(**fields: Any) -> Alert:
    """A confirmed alert that was due a minute ago."""
    now = timezone.now()
    fields.setdefault("email", f"reader{next(numbers)}@example.com")
    fields.setdefault("query", "q=urology")
    fields.setdefault("cadence", Cadence.INSTANT)
    fields.setdefault("confirmed_at", now)
    fields.setdefault("next_digest_at", now - timedelta(minutes=1))
    return Alert.objects.create(**fields)


def make_moderator(**fields: Any) -> User:
    """Staff in the group of those who decide on postings."""
    moderator = make_user(is_staff=True, **fields)
    moderator.groups.add(ensure_moderators())
    return moderator


def make_reason(kind: str = "reject", code: str = "not-coding") -> ReasonCode:
    values = {"text": f"Reason {code}."}
    return ReasonCode.objects.get_or_create(kind=kind, code=code, defaults=values)[0]
