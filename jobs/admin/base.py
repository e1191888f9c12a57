"""Who may do what in the admin: moderators work there, other staff see nothing of it."""

from django.contrib import admin
from django.http import HttpRequest

from jobs.moderators import may_moderate


class ModeratorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that moderators add and change; none is deleted, for postings and records name it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may_moderate(request.user)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may_moderate(request.user)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may_moderate(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ReadOnlyAdmin(ModeratorAdmin):
    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
