"""Our own words, which moderators correct; what they wrote is not written over by the files."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.moderator_admin import ChangeAdmin, ReadOnlyAdmin
from codes import lookup_index
from codes.content_files import ATTRIBUTES
from codes.models import Code, Guidance, Summary


class WordsAdmin(ChangeAdmin):
    """Who names themselves as the reviewer is dated; any change marks the row as edited here."""

    readonly_fields = ["code", "written_on", "reviewed_on", "edited_at"]
    list_select_related = ["code"]

    def view_on_site(self, obj: Any) -> str:
        return str(obj.code.get_absolute_url())

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "reviewed_by":
            kwargs["queryset"] = User.objects.filter(is_staff=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        now = timezone.now()
        obj.edited_at = now
        if "reviewed_by" in form.changed_data:
            obj.reviewed_on = timezone.localdate(now) if obj.reviewed_by else None
        super().save_model(request, obj, form, change)


@admin.register(Summary)
class SummaryAdmin(WordsAdmin):
    list_display = ["code", "title", "reviewed_by", "edited_at"]
    search_fields = ["code__code", "title"]
    fields = ["code", "title", "synonyms", "plain", *ATTRIBUTES, "reviewed_by"]
    fields += ["reviewed_on", "written_on", "edited_at"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        lookup_index.renew(obj.code)


@admin.register(Guidance)
class GuidanceAdmin(WordsAdmin):
    list_display = ["code", "topic", "applies", "reviewed_by", "edited_at"]
    list_filter = ["topic", "applies"]
    search_fields = ["code__code"]
    fields = ["code", "topic", "body", "applies", "reviewed_by", "reviewed_on"]
    fields += ["written_on", "edited_at"]
    readonly_fields = ["code", "topic", "written_on", "reviewed_on", "edited_at"]


@admin.register(Code)
class CodeAdmin(ReadOnlyAdmin):
    list_display = ["text", "system", "title", "valid_from", "valid_to", "release"]
    list_filter = ["system"]
    search_fields = ["code"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Code]:
        return super().get_queryset(request).select_related("summary", "release")
