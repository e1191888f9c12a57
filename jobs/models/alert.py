import secrets
from datetime import datetime
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Outgoing
from accounts.models.user import validate_time_zone
from jobs.models.job import Job


class Cadence(models.TextChoices):
    INSTANT = "instant", _("As they come, gathered every 15 minutes")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week, on Monday")


def alert_token() -> str:
    return secrets.token_urlsafe(24)


class AlertQuerySet(models.QuerySet["Alert"]):
    def active(self) -> Self:
        return self.filter(confirmed_at__isnull=False, ended_at=None)

    def due(self, *, at: datetime) -> Self:
        return self.active().filter(next_digest_at__lte=at)


class Alert(models.Model):
    """A saved search of a person or a confirmed address. `query` is the canonical query string."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="alerts"
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    query = models.CharField(max_length=2000)
    cadence = models.CharField(_("how often"), max_length=8, choices=Cadence, default=Cadence.DAILY)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="America/New_York", validators=[validate_time_zone]
    )
    token = models.CharField(max_length=40, unique=True, default=alert_token, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    next_digest_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.functions.Lower("email"),
                "query",
                condition=Q(ended_at=None),
                name="alert_once_per_address_and_search",
            ),
            models.CheckConstraint(condition=~Q(query=""), name="alert_has_a_filter"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_digest_at"],
                condition=Q(ended_at=None, confirmed_at__isnull=False),
                name="alert_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.query}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Digest(Outgoing):
    """One mail to one address with what its due alerts found; written when it is sent.

    Delivery asks `visible()` again, and drops the mail when nothing is left to say.
    """

    def __str__(self) -> str:
        return f"digest {self.pk} to {self.to}"


class Match(models.Model):
    """The ledger: this alert has found this job, once and for all."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="matches")
    job = models.ForeignKey(Job, models.CASCADE, related_name="matches")
    matched_at = models.DateTimeField()
    digest = models.ForeignKey(
        Digest, models.SET_NULL, null=True, blank=True, related_name="matches"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "job"], name="match_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["alert"], condition=Q(digest=None), name="match_undelivered"),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} found {self.job_id}"
