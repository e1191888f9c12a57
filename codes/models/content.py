from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.code import Code
from codes.models.texts import validate_texts
from codes.topics import Topic


class Written(models.Model):
    """Our own words: when they were written, and who read them over; the file does not name one."""

    written_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewed_on = models.DateField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Summary(Written):
    """A code in our own words: title, synonyms, and what tells it from its neighbors."""

    code = models.OneToOneField(Code, models.CASCADE, related_name="summary")
    title = models.CharField(_("title"), max_length=120)
    synonyms = models.JSONField(default=list, blank=True, validators=[validate_texts])
    plain = models.TextField(_("in common language"), blank=True, default="")
    act = models.CharField(_("act"), max_length=60)
    region = models.CharField(_("region"), max_length=120, blank=True, default="")
    approach = models.CharField(_("approach"), max_length=60, blank=True, default="")
    contrast = models.CharField(_("contrast"), max_length=60, blank=True, default="")
    extent = models.CharField(_("extent"), max_length=160, blank=True, default="")
    side = models.CharField(_("side"), max_length=60, blank=True, default="")
    number = models.CharField(_("number or size"), max_length=120, blank=True, default="")
    guidance = models.CharField(_("guidance"), max_length=60, blank=True, default="")
    purpose = models.CharField(_("purpose"), max_length=160, blank=True, default="")

    class Meta:
        verbose_name_plural = _("summaries")

    def __str__(self) -> str:
        return self.title


class Guidance(Written):
    """What one gated section of one code says, in Markdown.

    A section that `applies` not keeps its place and says why.
    """

    code = models.ForeignKey(Code, models.CASCADE, related_name="guidance")
    topic = models.CharField(max_length=12, choices=Topic)
    body = models.TextField(_("text"))
    applies = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["code", "topic"]
        verbose_name_plural = _("guidance")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "topic"], name="guidance_once_per_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_topic_display()}"


class RelationKind(models.TextChoices):
    PAIR = "pair", _("reported beside it")
    COMPARE = "compare", _("taken for it")


class Relation(models.Model):
    """Another code that a code's page speaks of."""

    code = models.ForeignKey(Code, models.CASCADE, related_name="relations")
    other = models.ForeignKey(Code, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=7, choices=RelationKind)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["kind", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "other", "kind"], name="relation_once"),
            models.CheckConstraint(
                condition=~models.Q(code=models.F("other")), name="relation_to_another_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} {self.kind} {self.other_id}"
