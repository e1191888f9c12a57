from typing import ClassVar

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models import Span
from jobs.models.job import Job
from jobs.models.vocabulary import Credential


class CredentialRequirement(models.Model):
    """One group of credentials of which any one will do: "CPC or CCS-P"."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="credential_requirements")
    required = models.BooleanField(default=True)
    credentials = models.ManyToManyField(Credential, related_name="requirements")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-required", "position", "pk"]

    def __str__(self) -> str:
        return " or ".join(sorted(credential.code for credential in self.credentials.all()))


class JobCodeRange(Span):
    """A run of codes that the work covers, as the employer named it."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="code_ranges")

    class Meta:
        ordering: ClassVar = ["system", "span"]
        indexes: ClassVar = [GistIndex(fields=["span"], name="job_code_range_span")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "system", "span"], name="job_code_range_once"),
        ]

    def __str__(self) -> str:
        return self.text


class QuestionKind(models.TextChoices):
    TEXT = "text", _("Text")
    YES_NO = "yes_no", _("Yes or no")


class Question(models.Model):
    """What an employer asks of each applicant."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("question"), max_length=250)
    kind = models.CharField(max_length=6, choices=QuestionKind, default=QuestionKind.TEXT)
    required = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.text
