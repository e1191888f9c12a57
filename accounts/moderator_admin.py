"""Who may do what in the admin: moderators work there, other staff see nothing of it."""

from django.contrib import admin
from django.http import HttpRequest

# Held by those who decide on postings; `jobs` defines it.
MODERATE = "jobs.moderate_job"


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that moderators read; none is deleted, for postings and records name it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MODERATE)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm(MODERATE)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ChangeAdmin(ReadOnlyAdmin):
    """Rows that others make, and moderators change."""

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm(MODERATE)


class ModeratorAdmin(ChangeAdmin):
    """Rows that moderators add and change."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm(MODERATE)
