from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class ModerationSite(admin.AdminSite):
    site_header = _("Codeward moderation")
    site_title = _("Moderation")
    index_title = _("Moderation")


class ModerationConfig(AdminConfig):
    default_site = "jobboard.admin_site.ModerationSite"
