"""Those who decide on postings: their permission, their group, and what waits for them."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db.models import Count, Q

from accounts.models import Letter, OutgoingStatus, User
from codes.models import CodeReport, Turn, Verdict
from jobs.models import Job, Report

GROUP = "Moderators"
MODERATE = "moderate_job"
# A posting that waits longer stands out in the queue.
LONG_WAIT = timedelta(days=2)


def may_moderate(user: User | AnonymousUser) -> bool:
    return user.has_perm(f"jobs.{MODERATE}")


def addresses() -> list[str]:
    """The mail addresses of all staff who may decide."""
    staff = User.objects.filter(is_staff=True, is_active=True)
    may = Q(is_superuser=True) | Q(groups__permissions__codename=MODERATE)
    return sorted(set(staff.filter(may).values_list("email", flat=True)))


def ensure_moderators() -> Group:
    """The group with its permission, made when it is missing; to be called after migrating.

    Permissions come into being after all migrations, so no migration can do this.
    """
    group, _made = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(Permission.objects.get(content_type__app_label="jobs", codename=MODERATE))
    return group


def waiting(*, now: datetime) -> dict[str, int]:
    """How much there is to decide, in five queries."""
    queue = Job.objects.in_review().aggregate(
        postings=Count("pk", Q(revision_of=None)),
        edits=Count("pk", Q(revision_of__isnull=False)),
        long=Count("pk", Q(submitted_at__lt=now - LONG_WAIT)),
    )
    reports = Report.objects.filter(settled_at=None).count()
    errors = CodeReport.objects.open().count()
    complaints = Turn.objects.filter(verdict=Verdict.DOWN, settled_at=None).count()
    refused = Letter.objects.filter(status=OutgoingStatus.REFUSED).count()
    return {
        **queue,
        "reports": reports,
        "refused": refused,
        "errors": errors,
        "complaints": complaints,
    }
