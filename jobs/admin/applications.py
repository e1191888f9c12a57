from django.contrib import admin

from accounts.moderator_admin import ReadOnlyAdmin
from jobs.models import Application


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    """That a coder applied, and how far it got; what the coder sent is not for moderators."""

    list_display = ["pk", "job", "status", "created_at", "moved_at"]
    list_filter = ["status"]
    list_select_related = ["job"]
    search_fields = ["job__title", "job__public_id"]
    fields = ["job", "status", "created_at", "moved_at"]
    show_full_result_count = False
