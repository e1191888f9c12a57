from django.contrib import admin

from accounts.moderator_admin import ReadOnlyAdmin
from codes.models import Consult, Inbound


@admin.register(Inbound)
class InboundAdmin(ReadOnlyAdmin):
    """What came in and what became of it. No words and no sender stand here."""

    list_display = ["pk", "channel", "status", "reason", "attempts", "received_at", "settled_at"]
    list_filter = ["status", "reason", "channel"]
    fields = [
        "channel",
        "status",
        "reason",
        "attempts",
        "received_at",
        "settled_at",
        "removed",
        "cut",
    ]


@admin.register(Consult)
class ConsultAdmin(ReadOnlyAdmin):
    """How far each consult is; its words are between owner and consultant."""

    list_display = [
        "public_id",
        "status",
        "round",
        "created_at",
        "due_at",
        "claimed_by",
        "signed_by",
    ]
    list_filter = ["status"]
    list_select_related = ["claimed_by", "signed_by"]
    fields = [
        "public_id",
        "status",
        "round",
        "created_at",
        "due_at",
        "claimed_by",
        "signed_by",
    ]
