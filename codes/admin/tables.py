from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from accounts.moderator_admin import ModeratorAdmin
from codes.models import Abbreviation, Modifier, PlaceOfService


class TableAdmin(ModeratorAdmin):
    """Marks what a moderator wrote, so that loading the shipped files leaves it alone."""

    readonly_fields = ["edited_at"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.edited_at = timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(Modifier)
class ModifierAdmin(TableAdmin):
    list_display = ["code", "kind", "meaning", "bypasses_edits"]
    list_filter = ["kind", "bypasses_edits"]
    search_fields = ["code", "meaning"]


@admin.register(PlaceOfService)
class PlaceOfServiceAdmin(TableAdmin):
    list_display = ["code", "name", "is_facility"]
    search_fields = ["code", "name"]


@admin.register(Abbreviation)
class AbbreviationAdmin(TableAdmin):
    list_display = ["short", "meaning", "codes"]
    search_fields = ["short", "meaning"]
