"""Those who answer consults: their permission and their group."""

from django.contrib.auth.models import AnonymousUser, Group, Permission

from accounts.models import User

GROUP = "Consultants"
SIGN = "sign_consult"


def may_sign(user: User | AnonymousUser) -> bool:
    return user.has_perm(f"codes.{SIGN}")


def ensure_consultants() -> Group:
    """The group with its permission, made when it is missing; to be called after migrating.

    Permissions come into being after all migrations, so no migration can do this.
    """
    group, _made = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(Permission.objects.get(content_type__app_label="codes", codename=SIGN))
    return group
