from django.contrib import admin

from accounts.moderator_admin import ModeratorAdmin, ReadOnlyAdmin
from jobs.models import ImportRun, Source


@admin.register(Source)
class SourceAdmin(ModeratorAdmin):
    list_display = ["name", "format", "employer", "trusted", "created_at"]
    list_filter = ["format", "trusted"]
    list_select_related = ["employer"]
    search_fields = ["name", "slug"]
    raw_id_fields = ["employer"]


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["source", "file_name", "started_at", "finished_at", "complete", "counts"]
    list_filter = ["complete"]
    list_select_related = ["source"]
