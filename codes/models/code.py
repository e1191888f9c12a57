from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from codes.codes import CodeSystem
from codes.models.release import Release


class EndBasis(models.TextChoices):
    """How we know that a code ended."""

    STATED = "stated", _("stated by the file")
    INFERRED = "inferred", _("inferred: in one year's file and not in the next")
    LISTED = "listed", _("from our own list of ended codes")


class CodeQuerySet(models.QuerySet["Code"]):
    def public(self) -> Self:
        """Codes whose pages anyone may open; CPT_PUBLIC=off hides those of CPT."""
        return self if settings.CPT_PUBLIC else self.exclude(system=CodeSystem.CPT)

    def in_force(self, *, on: date) -> Self:
        begun = self.filter(Q(valid_from=None) | Q(valid_from__lte=on))
        return begun.filter(Q(valid_to=None) | Q(valid_to__gte=on))

    def with_words(self) -> Self:
        return self.select_related("summary")


class Code(models.Model):
    """One code of one system. What a licence covers is no part of it: see Descriptor.

    `code` has no dot. `key` is the sort key of CPT and HCPCS codes. `valid_to` is the last day in
    force. The public texts are those of CMS for HCPCS Level II and ICD-10; CPT has none.
    """

    system = models.CharField(max_length=10, choices=CodeSystem)
    code = models.CharField(max_length=8)
    key = models.IntegerField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    end_basis = models.CharField(max_length=10, choices=EndBasis, blank=True, default="")
    nearest = models.JSONField(default=list, blank=True)
    short_text = models.CharField(max_length=120, blank=True, default="")
    long_text = models.TextField(blank=True, default="")
    billable = models.BooleanField(default=True)
    coverage = models.CharField(max_length=1, blank=True, default="")
    release = models.ForeignKey(
        Release, models.SET_NULL, null=True, blank=True, related_name="codes"
    )

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["system", "key", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system", "code"], name="code_once_per_system"),
            models.CheckConstraint(
                condition=~Q(system=CodeSystem.CPT) | Q(short_text="", long_text=""),
                name="code_cpt_text_lives_apart",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="code_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None, end_basis="") | (~Q(valid_to=None) & ~Q(end_basis="")),
                name="code_end_has_basis",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["system", "key"], name="code_by_key"),
            models.Index(fields=["code"], name="code_by_code", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("codes:code", args=[CodeSystem(self.system).slug, self.text])

    @property
    def text(self) -> str:
        """As coders write it: ICD-10-CM with its dot."""
        if self.system == CodeSystem.ICD10CM and len(self.code) > 3:
            return f"{self.code[:3]}.{self.code[3:]}"
        return self.code

    @property
    def title(self) -> str:
        """Our own title, or the public text of CMS; "" for a CPT code without words of ours."""
        summary = getattr(self, "summary", None)
        return summary.title if summary else self.long_text or self.short_text

    def is_in_force(self, *, on: date) -> bool:
        """The same rule as `CodeQuerySet.in_force`, for a row already in hand."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or self.valid_to >= on)
