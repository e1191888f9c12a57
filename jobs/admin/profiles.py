from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.moderator_admin import MODERATE, ReadOnlyAdmin
from jobs.models import HeldCredential


@admin.register(HeldCredential)
class HeldCredentialAdmin(ReadOnlyAdmin):
    """Credentials that coders say they hold. A moderator marks those found in the public register
    of the body that grants them; more code pages open for their holder."""

    list_display = ["holder", "credential", "member_number", "since", "verified_at", "verified_by"]
    list_filter = [("verified_at", admin.EmptyFieldListFilter), "credential"]
    search_fields = ["profile__user__name", "profile__user__email"]
    list_select_related = ["profile__user", "credential", "verified_by"]
    actions = ["mark_verified", "take_back"]

    @admin.display(description=_("coder"))
    def holder(self, held: HeldCredential) -> str:
        return f"{held.profile.user.name} ({held.profile.user.email})"

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MODERATE)

    @admin.action(description=_("Mark as verified"), permissions=["moderate"])
    def mark_verified(self, request: HttpRequest, queryset: QuerySet[HeldCredential]) -> None:
        waiting = queryset.filter(verified_at=None)
        count = waiting.update(verified_at=timezone.now(), verified_by=request.user)
        self.message_user(request, _("%(count)s marked as verified.") % {"count": count})

    @admin.action(description=_("Take the mark back"), permissions=["moderate"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[HeldCredential]) -> None:
        count = queryset.update(verified_at=None, verified_by=None)
        self.message_user(request, _("%(count)s are not verified any more.") % {"count": count})
