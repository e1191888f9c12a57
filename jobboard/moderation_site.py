"""The admin, where moderators work: its first page is what waits for them."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs import moderators


class ModerationSite(admin.AdminSite):
    site_header = _("Codeward moderation")
    site_title = _("Moderation")
    index_title = _("Moderation")
    index_template = "admin/moderation.html"
    enable_nav_sidebar = False

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        may = moderators.may_moderate(request.user)
        waiting = moderators.waiting(now=timezone.now()) if may else None
        return super().index(request, {"waiting": waiting, **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The site's own log-in, with its rate limits and second factor."""
        return secure_admin_login(super().login)(request, extra_context)
