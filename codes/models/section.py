from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from codes.codes import RANGED, CodeSystem, span_of, text_of


class Span(models.Model):
    """A run of codes of one system, held as a half-open range of sort keys."""

    system = models.CharField(max_length=10, choices=RANGED)
    span = IntegerRangeField()

    class Meta:
        abstract = True

    @property
    def lo(self) -> str:
        return text_of(self.system, self.span.lower)

    @property
    def hi(self) -> str:
        return text_of(self.system, self.span.upper - 1)

    @property
    def text(self) -> str:
        """The run as coders write it, both ends included: "74400–74485", or one code alone."""
        return self.lo if self.lo == self.hi else f"{self.lo}–{self.hi}"

    def set_ends(self, lo: str, hi: str) -> None:
        """Take both ends, included. Raises ValueError when they are no run of the system."""
        self.span = span_of(self.system, lo, hi)


class SectionQuerySet(models.QuerySet["Section"]):
    def public(self) -> Self:
        """Sections anyone may open; CPT_PUBLIC=off hides those of CPT."""
        return self if settings.CPT_PUBLIC else self.exclude(system=CodeSystem.CPT)

    def leaves(self) -> Self:
        return self.filter(is_leaf=True)

    def holding(self, system: str, key: int) -> Self:
        return self.filter(system=system, span__contains=key)


class Section(Span):
    """A node of the range tree over CPT and HCPCS; the leaves of one system never overlap."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=160)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    is_leaf = models.BooleanField(default=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["system", "span"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="section_leaves_apart",
                expressions=[("system", RangeOperators.EQUAL), ("span", RangeOperators.OVERLAPS)],
                condition=Q(is_leaf=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Specialty(models.Model):
    """What a coder works in; the founding three lead the lists."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    short = models.CharField(_("short name"), max_length=30)
    description = models.TextField(_("description"), blank=True)
    synonyms = models.JSONField(default=list, blank=True)
    usual_credentials = models.JSONField(default=list, blank=True)
    founding = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=100)
    sections = models.ManyToManyField(Section, blank=True, related_name="specialties")
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["position", "name"]
        verbose_name_plural = _("specialties")

    def __str__(self) -> str:
        return self.name


class SpecialtyRange(Span):
    specialty = models.ForeignKey(Specialty, models.CASCADE, related_name="ranges")

    class Meta:
        ordering: ClassVar = ["system", "span"]
        indexes: ClassVar = [GistIndex(fields=["span"], name="specialty_range_span")]

    def __str__(self) -> str:
        return self.text
