from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReleaseKind(models.TextChoices):
    PFS = "pfs", _("Physician fee schedule relative values")
    GPCI = "gpci", _("Geographic practice cost indices")
    PTP = "ptp", _("NCCI procedure-to-procedure edits")
    MUE = "mue", _("NCCI medically unlikely edits")
    ADD_ON = "addon", _("NCCI add-on codes")
    RBCS = "rbcs", _("Restructured BETOS classification")
    HCPCS = "hcpcs", _("HCPCS Level II")
    ICD10CM = "icd10cm", _("ICD-10-CM")
    ICD10PCS = "icd10pcs", _("ICD-10-PCS")


# How a variant reads beside the name; a setting reads as itself.
VARIANTS = {"nonqpp": "(non-QP)", "qpp": "(QP)"}


class ReleaseQuerySet(models.QuerySet["Release"]):
    def of(self, kind: str, variant: str = "") -> Self:
        return self.filter(kind=kind, variant=variant)

    def newest(self) -> Self:
        return self.order_by("-effective_from", "-released_on", "-pk")


class Release(models.Model):
    """One publication of one table, which every fact in it names.

    `variant` is the setting of an edit or unit limit (practitioner, outpatient), or which of the
    two fee schedules of 2026 and later this is (nonqpp, qpp). `scope` lists the runs of codes that
    a shortened file covers, as pairs of sort keys, both included; empty for a whole file. Days are
    calendar days of service, both included.
    """

    kind = models.CharField(max_length=10, choices=ReleaseKind)
    name = models.CharField(max_length=40)
    variant = models.CharField(max_length=15, blank=True, default="")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)
    scope = models.JSONField(default=list, blank=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0)
    loaded_at = models.DateTimeField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["kind", "-effective_from", "variant"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "name", "variant"], name="release_once"),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                name="release_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {VARIANTS.get(self.variant, self.variant)}".strip()

    def covers(self, *keys: int) -> bool:
        """Whether the file spoke of codes with these sort keys, whatever it said."""
        runs = self.scope
        return not runs or all(any(lo <= key <= hi for lo, hi in runs) for key in keys)
