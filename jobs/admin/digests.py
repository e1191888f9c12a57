from django.contrib import admin

from accounts.moderator_admin import ReadOnlyAdmin
from jobs.models import Digest


@admin.register(Digest)
class DigestAdmin(ReadOnlyAdmin):
    """Whether alert mail goes out. What a person looks for is not shown."""

    list_display = ["pk", "to", "status", "attempts", "try_at", "sent_at", "error"]
    list_filter = ["status"]
    search_fields = ["to"]
    fields = ["to", "status", "attempts", "try_at", "sent_at", "error", "created_at"]
    ordering = ["-pk"]
    show_full_result_count = False
