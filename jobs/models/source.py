from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Employer


class SourceFormat(models.TextChoices):
    JSONLD = "jsonld", _("schema.org JobPosting")
    GREENHOUSE = "greenhouse", "Greenhouse"
    LEVER = "lever", "Lever"
    ASHBY = "ashby", "Ashby"
    INDEED = "indeed", _("Indeed-type XML")
    CSV = "csv", "CSV"


class Source(models.Model):
    """Where imported postings come from. Only a trusted source publishes without review."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    format = models.CharField(max_length=12, choices=SourceFormat)
    employer = models.ForeignKey(
        Employer,
        models.PROTECT,
        null=True,
        blank=True,
        help_text=_("All its postings are this employer's; else each names its own."),
    )
    trusted = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One reading of a source: what it held, what became of it, whether it was complete."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="runs")
    file_name = models.CharField(max_length=250)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    complete = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"
