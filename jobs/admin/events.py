from django.contrib import admin

from accounts.moderator_admin import ReadOnlyAdmin
from jobs.models import ListingEvent


@admin.register(ListingEvent)
class ListingEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "job", "act", "from_status", "to_status", "actor", "by", "reason"]
    list_filter = ["act", "actor", "to_status"]
    list_select_related = ["job", "by", "reason"]
    search_fields = ["job__title", "job__public_id", "by__email", "note"]
    ordering = ["-at", "-pk"]
    show_full_result_count = False
