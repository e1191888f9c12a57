from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from accounts.moderator_admin import ModeratorAdmin
from jobs.models import (
    Credential,
    CredentialGroup,
    EmploymentType,
    ReasonCode,
    Setting,
    Software,
    State,
)


class TermAdmin(ModeratorAdmin):
    """Marks what a moderator wrote, so that loading the shipped files leaves it alone."""

    readonly_fields = ["edited_at"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.edited_at = timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(Credential)
class CredentialAdmin(TermAdmin):
    list_display = ["code", "name", "body", "level", "apprentice_of", "retired"]
    list_filter = ["body", "level", "retired"]
    list_select_related = ["apprentice_of"]
    search_fields = ["code", "name"]


@admin.register(CredentialGroup)
class CredentialGroupAdmin(TermAdmin):
    list_display = ["name", "note"]
    search_fields = ["name"]
    filter_horizontal = ["credentials"]


@admin.register(Software)
class SoftwareAdmin(TermAdmin):
    list_display = ["name", "vendor", "kind"]
    list_filter = ["kind"]
    search_fields = ["name", "vendor"]


@admin.register(Setting)
class SettingAdmin(TermAdmin):
    list_display = ["name", "short", "position"]


@admin.register(EmploymentType)
class EmploymentTypeAdmin(TermAdmin):
    list_display = ["name", "schema_org", "position"]


@admin.register(State)
class StateAdmin(TermAdmin):
    list_display = ["name", "code", "time_zone", "pay_range_required"]
    list_filter = ["pay_range_required"]
    search_fields = ["name", "code"]


@admin.register(ReasonCode)
class ReasonCodeAdmin(TermAdmin):
    list_display = ["code", "kind", "text"]
    list_filter = ["kind"]
    search_fields = ["code", "text"]
