from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.code import Code


class Licence(models.Model):
    """A licence to show CPT text of one edition; a person records it before any text is loaded."""

    edition = models.PositiveSmallIntegerField(_("edition"), unique=True)
    licensee = models.CharField(_("licensee"), max_length=160)
    number = models.CharField(_("licence number"), max_length=80)
    expires_on = models.DateField(_("last day"))
    allows_export = models.BooleanField(
        _("may leave the site"),
        default=False,
        help_text=_("in exports, the API, mail and texts sent to a language model"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-edition"]

    def __str__(self) -> str:
        return f"CPT {self.edition}, {self.licensee}"


class DescriptorKind(models.TextChoices):
    SHORT = "short", _("short")
    MEDIUM = "medium", _("medium")
    LONG = "long", _("long")
    CONSUMER = "consumer", _("consumer-friendly")
    CLINICIAN = "clinician", _("clinician")


class DescriptorQuerySet(models.QuerySet["Descriptor"]):
    def showable(self, *, on: date) -> Self:
        """Texts whose licence still runs; on the day after its last they are hidden."""
        return self.filter(licence__expires_on__gte=on)

    def exportable(self, *, on: date) -> Self:
        return self.showable(on=on).filter(licence__allows_export=True)


class Descriptor(models.Model):
    """Licensed text of a CPT code. Never shipped, exported or searched without its licence."""

    code = models.ForeignKey(Code, models.CASCADE, related_name="descriptors")
    licence = models.ForeignKey(Licence, models.CASCADE, related_name="descriptors")
    kind = models.CharField(max_length=10, choices=DescriptorKind)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()

    objects = DescriptorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code", "kind", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "licence", "kind", "position"], name="descriptor_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} {self.kind}"
