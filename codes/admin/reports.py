from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.moderator_admin import ChangeAdmin
from codes.models import CodeReport


class HandledFilter(admin.SimpleListFilter):
    title = _("handled")
    parameter_name = "handled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Open")), ("yes", _("Handled"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("no", "yes"):
            return queryset.filter(handled_at__isnull=self.value() == "no")
        return queryset


@admin.register(CodeReport)
class CodeReportAdmin(ChangeAdmin):
    """What readers say is wrong on a code page. Saying what was done closes the report."""

    list_display = ["code", "where", "text", "created_at", "handled_at", "handled_by"]
    list_filter = [HandledFilter]
    list_select_related = ["code", "handled_by"]
    fields = ["code", "where", "text", "by", "created_at", "answer", "handled_at", "handled_by"]
    readonly_fields = ["code", "where", "text", "by", "created_at", "handled_at", "handled_by"]

    def view_on_site(self, report: CodeReport) -> str:
        return report.code.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if obj.answer and not obj.handled_at:
            obj.handled_at, obj.handled_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)
