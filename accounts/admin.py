"""People, employers, banned domains and letters, for moderators."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import BannedDomain, Employer, EmployerDomain, Letter, Member, Tier, User
from accounts.moderator_admin import MODERATE, ChangeAdmin, ReadOnlyAdmin


class Shown(admin.TabularInline):  # type: ignore[type-arg]
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm(MODERATE)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class DomainsShown(Shown):
    model = EmployerDomain
    readonly_fields = ["domain", "verified_at", "verified_by"]
    fields = [*readonly_fields]

    def get_queryset(self, request: HttpRequest) -> QuerySet[EmployerDomain]:
        return super().get_queryset(request).select_related("verified_by")


class MembersShown(Shown):
    model = Member
    readonly_fields = ["user", "role", "joined_at"]
    fields = [*readonly_fields]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        return super().get_queryset(request).select_related("user")


@admin.register(Employer)
class EmployerAdmin(ChangeAdmin):
    """A moderator sets how far an employer is trusted; what it says of itself stays its own."""

    list_display = ["name", "kind", "trust", "website", "created_at"]
    list_filter = ["trust", "kind"]
    search_fields = ["name", "website", "domains__domain"]
    fields = ["name", "slug", "kind", "website", "about", "time_zone", "trust", "created_at"]
    inlines = [DomainsShown, MembersShown]

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return [name for name in self.fields or [] if isinstance(name, str) and name != "trust"]


@admin.register(BannedDomain)
class BannedDomainAdmin(ChangeAdmin):
    """Bans are made beside a posting, which also removes what leads there; here they are lifted."""

    list_display = ["domain", "note", "banned_at", "banned_by"]
    list_select_related = ["banned_by"]
    search_fields = ["domain", "note"]
    fields = ["domain", "note", "banned_at", "banned_by"]
    readonly_fields = ["domain", "banned_at", "banned_by"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm(MODERATE)


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    """Whether mail goes out. The words are not shown: some hold secret links."""

    list_display = ["pk", "to", "key", "status", "attempts", "try_at", "sent_at", "error"]
    list_filter = ["status"]
    search_fields = ["to", "key"]
    fields = ["to", "key", "status", "attempts", "try_at", "sent_at", "error", "created_at"]
    ordering = ["-pk"]
    show_full_result_count = False


@admin.register(Tier)
class TierAdmin(ChangeAdmin):
    """How many code pages each kind of reader may open. What was opened stays open."""

    list_display = ["name", "limit", "window", "edited_at"]
    fields = ["name", "slug", "limit", "window", "edited_at"]
    readonly_fields = ["slug", "edited_at"]

    def save_model(self, request: HttpRequest, obj: Tier, form: object, change: bool) -> None:
        obj.edited_at = timezone.now()
        obj.save()


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """Accounts, by Django's own permissions: superusers, and whom they allow."""

    ordering = ["email"]
    list_display = ["email", "name", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]
    search_fields = ["email", "name"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "time_zone"]}),
        (
            _("Permissions"),
            {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})
    ]
