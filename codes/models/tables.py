"""Small tables that coders look things up in; the files in `data/` fill them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.texts import validate_texts


class ModifierKind(models.TextChoices):
    CPT = "cpt", "CPT"
    HCPCS = "hcpcs", "HCPCS Level II"


class Modifier(models.Model):
    code = models.CharField(_("modifier"), max_length=2, unique=True)
    kind = models.CharField(max_length=5, choices=ModifierKind)
    meaning = models.CharField(_("in our words"), max_length=160)
    use = models.TextField(_("when"), blank=True, default="")
    bypasses_edits = models.BooleanField(_("may bypass an edit of indicator 1"), default=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code


class PlaceOfService(models.Model):
    code = models.CharField(_("place of service"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_facility = models.BooleanField(_("paid at the facility rate"), default=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name_plural = _("places of service")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Abbreviation(models.Model):
    """What coders write short, and the words or codes it stands for."""

    short = models.CharField(_("abbreviation"), max_length=30, unique=True)
    meaning = models.CharField(_("stands for"), max_length=160)
    codes = models.JSONField(default=list, blank=True, validators=[validate_texts])
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["short"]

    def __str__(self) -> str:
        return self.short
