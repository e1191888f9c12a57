import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.moderator_admin import ReadOnlyAdmin
from codes.assistant.answer import from_json
from codes.assistant.talk import settle
from codes.models import Turn, Verdict


class SettledFilter(admin.SimpleListFilter):
    title = _("settled")
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Open")), ("yes", _("Settled"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("no", "yes"):
            return queryset.filter(settled_at__isnull=self.value() == "no")
        return queryset


@admin.register(Turn)
class TurnAdmin(ReadOnlyAdmin):
    """Answers that somebody found wrong, with what the assistant did. Nobody's name stands here."""

    list_display = ["question", "complaint", "asked_at", "settled_at", "settled_by"]
    list_filter = [SettledFilter]
    list_select_related = ["settled_by"]
    fields = ["question", "complaint", "context_code", "said", "trace", "asked_at", "settled_at"]
    actions = ["settled"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Turn]:
        return super().get_queryset(request).filter(verdict=Verdict.DOWN)

    @admin.display(description=_("answer"))
    def said(self, turn: Turn) -> SafeString:
        return format_html("<pre>{}</pre>", from_json(turn.answer).text)

    @admin.display(description=_("trace"))
    def trace(self, turn: Turn) -> SafeString:
        kept = {name: turn.answer.get(name) for name in ("steps", "facts", "data")}
        return format_html("<pre>{}</pre>", json.dumps(kept, indent=2, ensure_ascii=False))

    @admin.action(description=_("Mark the selected complaints as settled"), permissions=["view"])
    def settled(self, request: HttpRequest, queryset: QuerySet[Turn]) -> None:
        count = settle(turns=queryset, by=request.user, now=timezone.now())
        self.message_user(request, _("%(count)d settled.") % {"count": count})
