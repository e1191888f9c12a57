from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.user import validate_time_zone


class Term(models.Model):
    """A row of an editable vocabulary; `edited_at` is set by a moderator's own change."""

    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Credential(Term):
    """What a coder may hold. An apprentice form (CPC-A) points to the full one."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    body = models.CharField(max_length=20)
    level = models.CharField(max_length=20)
    apprentice_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="apprentice_forms"
    )
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    retired = models.BooleanField(default=False)
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code


class CredentialGroup(Term):
    """Credentials that employers commonly take one for another."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    credentials = models.ManyToManyField(Credential, related_name="groups")
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Software(Term):
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    vendor = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=30)
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = _("software")

    def __str__(self) -> str:
        return self.name


class Setting(Term):
    """Where the coded work belongs: facility, professional fee, risk adjustment and so on."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=30)
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class EmploymentType(Term):
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    schema_org = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class State(Term):
    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    time_zone = models.CharField(max_length=64, validators=[validate_time_zone])
    pay_range_required = models.BooleanField(default=False)
    pay_range_note = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class ReasonKind(models.TextChoices):
    REJECT = "reject", _("Reject")
    REMOVE = "remove", _("Remove")
    CHANGES = "changes", _("Request changes")
    REPORT = "report", _("Report by a reader")
    CLOSE = "close", _("Close")


class ReasonCode(Term):
    """Why a posting was refused, removed or reported; `text` is what the employer reads."""

    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=ReasonKind)
    text = models.CharField(max_length=300)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "code"], name="reason_code_once_per_kind"),
        ]

    def __str__(self) -> str:
        return self.text
