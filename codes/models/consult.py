import base64
import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from codes.models.case import secret


def reference() -> str:
    """Sixteen letters and digits for the address of a thread, which mail servers may lower."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


class ConsultStatus(models.TextChoices):
    REVIEW = "review", _("Waits for a consultant")
    CLAIMED = "claimed", _("A consultant is reading it")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


IN_QUEUE = (ConsultStatus.REVIEW, ConsultStatus.CLAIMED)


class ConsultQuerySet(models.QuerySet["Consult"]):
    def asked_by(self, user: object) -> Self:
        return self.filter(owner=user)

    def open_for(self, user: object) -> Self:
        """What a consultant may work on: nobody's own."""
        return self.filter(status__in=IN_QUEUE).exclude(owner=user)

    def read_by(self, user: object) -> Self:
        """What a consultant may open: the queue, and what they signed."""
        return self.filter(Q(status__in=IN_QUEUE) | Q(signed_by=user)).exclude(owner=user)


class Consult(models.Model):
    """A case somebody sent, and what goes to and fro about it.

    `round` counts the owner's messages; each has one answer. `reply` is what a consultant writes
    before it is signed. Its status changes only through `codes.consult.moves`.
    """

    public_id = models.CharField(max_length=32, unique=True, default=secret, editable=False)
    reference = models.CharField(max_length=16, unique=True, default=reference, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consults")
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=ConsultStatus, default=ConsultStatus.REVIEW)
    round = models.PositiveSmallIntegerField(default=0)
    reply = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ConsultQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        permissions: ClassVar = [("sign_consult", "Can answer consults and sign")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(claimed_by=None) | Q(status=ConsultStatus.CLAIMED),
                name="consult_claimant_while_claimed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=["review", "claimed"]),
                name="consult_queue",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"Consult {self.public_id[:6]}"

    def get_absolute_url(self) -> str:
        return reverse("consult:consult", args=[self.public_id])


class Channel(models.TextChoices):
    MAIL = "mail", _("Mail")
    SITE = "site", _("Site")


class InboundStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    TAKEN = "taken", _("Taken up")
    REFUSED = "refused", _("Refused")
    DROPPED = "dropped", _("Dropped")


class Reason(models.TextChoices):
    NONE = "", _("none")
    AUTOMATIC = "automatic", _("Automatic mail, bounce or list")
    LOOP = "loop", _("Mail of our own")
    FORGED = "forged", _("The trusted server did not believe the sender")
    STRANGER = "stranger", _("No verified account")
    OTHER = "other", _("Not who began the consult")
    ALLOWANCE = "allowance", _("Allowance used up")
    CLOSED = "closed", _("The consult is closed")
    EMPTY = "empty", _("No text that can be read")


class InboundQuerySet(models.QuerySet["Inbound"]):
    def waiting(self) -> Self:
        """Oldest first, but what was tried before comes after what was not."""
        return self.filter(status=InboundStatus.WAITING).order_by("attempts", "pk")


class Inbound(models.Model):
    """One message as it came in, without identifiers; the row is there before it is acknowledged.

    `digest` is of Message-ID and sender, `recipient` an address of ours, so that a second delivery
    is the same row. Of a message that was refused no words are kept; of one that was taken up they
    stand in the consult.
    """

    digest = models.CharField(max_length=64)
    recipient = models.CharField(max_length=254)
    channel = models.CharField(max_length=4, choices=Channel, default=Channel.MAIL)
    status = models.CharField(max_length=8, choices=InboundStatus)
    reason = models.CharField(max_length=10, choices=Reason, blank=True, default=Reason.NONE)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    consult = models.ForeignKey(
        Consult, models.CASCADE, null=True, blank=True, related_name="inbound"
    )
    subject = models.CharField(max_length=120, blank=True, default="")
    text = models.TextField(blank=True, default="")
    removed = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    cut = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = InboundQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest", "recipient"], name="inbound_once"),
            models.CheckConstraint(
                condition=~Q(status=InboundStatus.WAITING) | Q(owner__isnull=False),
                name="inbound_waits_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[InboundStatus.WAITING, InboundStatus.TAKEN])
                | Q(text="", subject="", files=[]),
                name="inbound_refused_keeps_no_words",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["attempts", "id"], condition=Q(status="waiting"), name="inbound_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.get_status_display()}: {self.pk}"


class MessageKind(models.TextChoices):
    QUESTION = "question", _("Sent in")
    DRAFT = "draft", _("Draft of the software")
    ANSWER = "answer", _("Answer")


class ConsultMessage(models.Model):
    """One message of a consult. An answer by nobody is the draft as it went out."""

    consult = models.ForeignKey(Consult, models.CASCADE, related_name="messages")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=MessageKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    inbound = models.OneToOneField(
        Inbound, models.SET_NULL, null=True, blank=True, related_name="message"
    )
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consult", "round", "kind"], name="consult_one_of_a_kind_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.round}"


class ConsultMove(models.Model):
    """Who moved a consult from what to what. Only added to."""

    consult = models.ForeignKey(Consult, models.CASCADE, related_name="moves")
    old = models.CharField(max_length=10, blank=True)
    new = models.CharField(max_length=10, choices=ConsultStatus)
    what = models.CharField(max_length=80)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.old or '-'} > {self.new}"
