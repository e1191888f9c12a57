from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.moderator_admin import MODERATE
from codes.models import Licence


@admin.register(Licence)
class LicenceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Moderators read it. Django's own permissions change it: who records one answers for it."""

    list_display = ["edition", "licensee", "number", "expires_on", "allows_export", "recorded_by"]
    readonly_fields = ["recorded_by", "recorded_at"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MODERATE) or super().has_view_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.recorded_by = request.user
        super().save_model(request, obj, form, change)
