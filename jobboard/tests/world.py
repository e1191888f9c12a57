"""One employer with its people, a posting with an applicant, and everybody else."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Employer, Invitation, Member, User
from accounts.models.employer import Role
from accounts.tests.factories import make_employer, make_member, make_user
from codes.models import Case, Code, Consult, Conversation, Section, Turn
from codes.tests.case_rows import make_case
from jobs.models import Alert, Application, Job, Resume, ResumeKind
from jobs.states import JobStatus
from jobs.tests.factories import make_alert, make_application, make_job

ROLES = (
    "visitor",
    "coder",
    "applicant",
    "viewer",
    "recruiter",
    "owner",
    "outsider",
    "staff",
    "moderator",
)


@dataclass
class World:
    people: dict[str, User | None]
    employer: Employer
    job: Job
    draft: Job
    application: Application
    resume: Resume
    invitation: Invitation
    member: Member
    alert: Alert
    pending: Job
    case: Case
    consult: Consult
    code: Code
    section: Section
    talk: Conversation
    turn: Turn

    def path(self, template: str) -> str:
        """The address of a row of this world: "/jobs/{job.slug}/"."""
        return template.format(**vars(self))


def make_moderator() -> User:
    moderator = make_user(is_staff=True)
    moderator.user_permissions.set(Permission.objects.filter(content_type__app_label="jobs"))
    return moderator


def make_world() -> World:
    people: dict[str, User | None] = {role: make_user() for role in ROLES[1:-2]}
    applicant = people["applicant"] = make_user()
    people |= {"visitor": None, "staff": make_user(is_staff=True), "moderator": make_moderator()}
    employer = make_employer(owner=people["owner"])
    member = make_member(employer=employer, user=people["recruiter"], role=Role.RECRUITER)
    make_member(employer=employer, user=people["viewer"], role=Role.VIEWER)
    make_employer(owner=people["outsider"])
    job = make_job(employer=employer)
    talk = Conversation.objects.create(owner=applicant)
    resume = Resume.objects.create(
        owner=applicant,
        file=ContentFile(b"%PDF-1.4\n%%EOF\n", "resume"),
        name="resume.pdf",
        kind=ResumeKind.PDF,
        size=15,
    )
    return World(
        people=people,
        employer=employer,
        job=job,
        draft=make_job(employer=employer, status=JobStatus.DRAFT),
        pending=make_job(employer=employer, status=JobStatus.PENDING, submitted_at=timezone.now()),
        application=make_application(job=job, applicant=applicant, resume=resume),
        resume=resume,
        invitation=Invitation.objects.create(
            employer=employer,
            email="new@example.com",
            expires_at=timezone.now() + timedelta(days=3),
        ),
        member=member,
        alert=make_alert(user=applicant, email="applicant@example.com"),
        consult=Consult.objects.create(
            owner=applicant, created_at=timezone.now(), due_at=timezone.now()
        ),
        case=make_case(owner=applicant, shared_until=timezone.now() + timedelta(days=3)),
        code=Code.objects.create(system="CPT", code="74740", key=74740),
        section=Section.objects.create(
            slug="films", title="Films", system="CPT", span=(70010, 80000)
        ),
        talk=talk,
        turn=Turn.objects.create(conversation=talk, question="74740?", answer={}),
    )
