from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.errors import RuleBroken
from accounts.moderator_admin import ReadOnlyAdmin
from jobs.models import Report
from jobs.moderators import may_moderate
from jobs.services import moderation


class SettledFilter(admin.SimpleListFilter):
    title = _("settled")
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Open")), ("upheld", _("Upheld")), ("not", _("Not upheld"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "no":
                return queryset.filter(settled_at=None)
            case "upheld":
                return queryset.filter(upheld=True)
            case "not":
                return queryset.filter(upheld=False)
        return queryset


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ["pk", "posting", "reason", "note", "created_at", "settled_at", "upheld"]
    list_filter = [SettledFilter, "reason"]
    list_select_related = ["job__employer", "reason"]
    search_fields = ["job__title", "job__employer__name", "note"]
    fields = ["posting", "reason", "note", "created_at", "settled_at", "upheld"]
    ordering = ["-created_at"]
    actions = ["uphold", "dismiss"]

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)

    @admin.display(description=_("posting"))
    def posting(self, report: Report) -> SafeString:
        url = reverse("admin:jobs_job_change", args=[report.job_id])
        return format_html('<a href="{}">{}, {}</a>', url, report.job, report.job.employer)

    @admin.action(description=_("Uphold the selected reports"), permissions=["moderate"])
    def uphold(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._settle(request, queryset, upheld=True)

    @admin.action(description=_("Dismiss the selected reports"), permissions=["moderate"])
    def dismiss(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._settle(request, queryset, upheld=False)

    def _settle(self, request: Any, queryset: QuerySet[Report], *, upheld: bool) -> None:
        for report in queryset.select_related("job", "reason"):
            try:
                moderation.settle_report(
                    report=report, by=request.user, now=timezone.now(), upheld=upheld
                )
            except RuleBroken as error:
                self.message_user(request, f"{report.job}: {error}", messages.ERROR)
            else:
                self.message_user(request, _("Settled: %s") % report.job, messages.SUCCESS)
