import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Employer, User
from jobs.models.job import Job
from jobs.states import Actor, ApplicationStatus


def resume_path(resume: "Resume", filename: str) -> str:
    """A name that says nothing and cannot be guessed; the person's own stays a column."""
    return f"resumes/{secrets.token_hex(2)}/{secrets.token_urlsafe(24)}"


class ResumeKind(models.TextChoices):
    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"


class ResumeQuerySet(models.QuerySet["Resume"]):
    def readable_by(self, user: User) -> Self:
        """The owner's own, and those sent with an application to an employer of the reader."""
        sent_here = Application.objects.received_by(user).values("resume")
        return self.filter(Q(owner=user) | Q(pk__in=sent_here))

    def unused(self) -> Self:
        """Those that no employer has."""
        return self.exclude(pk__in=Application.objects.live().with_resume().values("resume"))


class Resume(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="resumes")
    file = models.FileField(upload_to=resume_path, max_length=120)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=80, choices=ResumeKind)
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ResumeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class ApplicationQuerySet(models.QuerySet["Application"]):
    def live(self) -> Self:
        return self.exclude(status=ApplicationStatus.WITHDRAWN)

    def with_resume(self) -> Self:
        return self.filter(resume__isnull=False)

    def sent_by(self, user: User) -> Self:
        return self.filter(applicant=user)

    def received_by(self, user: User) -> Self:
        """Those an employer of the reader received; a withdrawn one is the coder's own again."""
        return self.live().filter(job__employer__in=Employer.objects.read_by(user))


class Application(models.Model):
    """What a coder sent for a job. Its status changes only through `applying.move_application`."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications"
    )
    status = models.CharField(
        max_length=12, choices=ApplicationStatus, default=ApplicationStatus.SUBMITTED
    )
    message = models.TextField(_("message"), blank=True, max_length=5000)
    resume = models.ForeignKey(
        Resume, models.SET_NULL, null=True, blank=True, related_name="applications"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField()

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["job", "applicant"],
                condition=~Q(status=ApplicationStatus.WITHDRAWN),
                name="application_one_live_per_job",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["job", "status"], name="application_by_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.applicant_id} for {self.job_id}"


class Answer(models.Model):
    """An answer with the question as it stood, which an employer may later reword."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField(default=0)
    question = models.CharField(max_length=250)
    answer = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.question


class Move(models.Model):
    """One change of an application's status; `note` is for the coder."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="moves")
    from_status = models.CharField(max_length=12, choices=ApplicationStatus, blank=True)
    to_status = models.CharField(max_length=12, choices=ApplicationStatus)
    actor = models.CharField(max_length=10, choices=Actor)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("note to the coder"), blank=True, max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.from_status} → {self.to_status}"


class SavedJob(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_jobs")
    job = models.ForeignKey(Job, models.CASCADE, related_name="saves")
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-saved_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "job"], name="saved_job_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} saved {self.job_id}"
