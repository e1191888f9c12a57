from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.code import Code


class CodeReportQuerySet(models.QuerySet["CodeReport"]):
    def open(self) -> Self:
        return self.filter(handled_at=None)


class CodeReport(models.Model):
    """An error on a code page, told to the moderators."""

    code = models.ForeignKey(Code, models.CASCADE, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    where = models.CharField(_("where on the page"), max_length=12, blank=True)
    text = models.TextField(_("what is wrong"), max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    answer = models.CharField(_("what was done"), max_length=500, blank=True)

    objects = CodeReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(handled_at=None),
                name="code_report_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text[:60]}"
