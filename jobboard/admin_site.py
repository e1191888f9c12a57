from django.contrib.admin.apps import AdminConfig


class ModerationConfig(AdminConfig):
    default_site = "jobboard.moderation_site.ModerationSite"
