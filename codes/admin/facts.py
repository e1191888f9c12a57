from django.contrib import admin

from accounts.moderator_admin import ReadOnlyAdmin
from codes.models import Release


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    """Which files are loaded; they come by `import_reference` and go when a newer one comes."""

    list_display = ["name", "kind", "variant", "effective_from", "effective_to", "rows", "whole"]
    list_display += ["loaded_at"]
    list_filter = ["kind"]

    @admin.display(boolean=True)
    def whole(self, release: Release) -> bool:
        return not release.scope
