import secrets
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def secret() -> str:
    return secrets.token_urlsafe(16)


class CaseSetting(models.TextChoices):
    UNSTATED = "unstated", _("Not stated")
    OFFICE = "office", _("Office or own imaging suite")
    FACILITY = "facility", _("Hospital or surgery center, professional claim")
    HOSPITAL = "hospital", _("Hospital's own claim")


class CaseQuerySet(models.QuerySet["Case"]):
    def kept_by(self, user: object) -> Self:
        return self.filter(owner=user)

    def shared(self, *, at: datetime) -> Self:
        return self.filter(shared_until__gt=at)


class Case(models.Model):
    """A case's text that somebody kept, without identifiers, and what the software made of it.

    `text` was screened before it came here. `removed` counts what the screen took out, by kind.
    `result` is the answer as it was shown, with the releases it rests on.
    """

    public_id = models.CharField(max_length=32, unique=True, default=secret, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cases")
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"))
    setting = models.CharField(max_length=10, choices=CaseSetting, default=CaseSetting.UNSTATED)
    served_on = models.DateField(_("date of service"))
    removed = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    share_token = models.CharField(max_length=32, unique=True, null=True, blank=True)
    shared_until = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(share_token=None, shared_until=None)
                | Q(share_token__isnull=False, shared_until__isnull=False),
                name="case_share_has_token_and_end",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Case {self.public_id[:6]}"

    def get_absolute_url(self) -> str:
        return reverse("case:kept", args=[self.public_id])
