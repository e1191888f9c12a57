from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from codes.models.case import secret


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def held_by(self, *, user: object, guest: str) -> Self:
        """A person's own, and a visitor's by the number in their cookie, where there is one."""
        held = Q(owner=user) if user is not None else Q(pk=None)
        return self.filter(held | Q(owner=None, guest=guest)) if guest else self.filter(held)


class Conversation(models.Model):
    """Questions that follow one another; its holder can delete it."""

    public_id = models.CharField(max_length=32, unique=True, default=secret, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    guest = models.CharField(max_length=32, blank=True, default="")
    started_at = models.DateTimeField(auto_now_add=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-started_at"]
        indexes: ClassVar = [models.Index(fields=["guest", "started_at"], name="talk_by_guest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(owner=None) | Q(guest=""), name="conversation_has_one_holder"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id[:6]


class Verdict(models.TextChoices):
    NONE = "", _("none")
    DOWN = "down", _("not helpful")
    UP = "up", _("helpful")


class Turn(models.Model):
    """One question, screened, and the answer as it was given: sentences, facts, steps, refusals."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="turns")
    question = models.TextField(max_length=2000)
    context_code = models.CharField(max_length=8, blank=True, default="")
    answer = models.JSONField(default=dict)
    asked_at = models.DateTimeField(auto_now_add=True)
    verdict = models.CharField(max_length=4, choices=Verdict, blank=True, default=Verdict.NONE)
    complaint = models.CharField(_("what is wrong"), max_length=500, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["asked_at"],
                condition=Q(verdict="down", settled_at=None),
                name="turn_complained_of",
            ),
        ]

    def __str__(self) -> str:
        return self.question[:60]
