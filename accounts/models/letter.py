import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutgoingStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the mail server")
    DROPPED = "dropped", _("Dropped: nothing left to say")


class OutgoingQuerySet(models.QuerySet[Any]):
    def due(self, *, at: datetime) -> Self:
        return self.filter(status=OutgoingStatus.WAITING, try_at__lte=at)


class Outgoing(models.Model):
    """One mail to one address, as a row; `accounts.outgoing.deliver` turns it into mail."""

    to = models.EmailField(max_length=254)
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(max_length=10, choices=OutgoingStatus, default=OutgoingStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: Any = OutgoingQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status=OutgoingStatus.SENT, sent_at__isnull=False)
                | (~Q(status=OutgoingStatus.SENT) & Q(sent_at__isnull=True)),
                name="%(class)s_sent_at_when_sent",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["try_at"],
                condition=Q(status=OutgoingStatus.WAITING),
                name="%(class)s_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}: {self.to}"


class Letter(Outgoing):
    """A mail whose words are settled when it is posted.

    `key` names its reason ("application-move:17"), so posting the same letter again does nothing.
    """

    key = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    reply_to = models.EmailField(max_length=254, blank=True)
    forget = models.BooleanField(
        default=False, help_text=_("It holds a secret link: the words are erased once it is sent.")
    )

    class Meta(Outgoing.Meta):
        indexes: ClassVar = [
            *Outgoing.Meta.indexes,
            models.Index(
                fields=["id"], condition=Q(forget=True) & ~Q(text=""), name="letter_holds_secret"
            ),
            models.Index(
                fields=["id"], condition=Q(status=OutgoingStatus.REFUSED), name="letter_refused"
            ),
        ]
