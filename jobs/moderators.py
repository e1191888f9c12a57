"""The group of those who decide on postings."""

from django.contrib.auth.models import Group, Permission

from jobs.job_mail import MODERATE

GROUP = "Moderators"


def ensure_moderators() -> Group:
    """The group with its permission, made when it is missing; to be called after migrating.

    Permissions come into being after all migrations, so no migration can do this.
    """
    group, _made = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(Permission.objects.get(content_type__app_label="jobs", codename=MODERATE))
    return group
