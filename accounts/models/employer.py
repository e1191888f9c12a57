import secrets
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User, validate_time_zone


class EmployerKind(models.TextChoices):
    HEALTH_SYSTEM = "health-system", _("Hospital or health system")
    PRACTICE = "practice", _("Physician practice")
    IMAGING = "imaging", _("Imaging group")
    ASC = "asc", _("Surgery center")
    PAYER = "payer", _("Payer")
    HOME_HEALTH = "home-health", _("Home health or hospice")
    FEDERAL = "federal", _("Government")
    VENDOR = "vendor", _("Coding or billing service")
    STAFFING = "staffing", _("Staffing firm")


class EmployerTrust(models.TextChoices):
    """How much a moderator relies on an employer; it orders the queue and never skips it."""

    NEW = "new", _("New")
    KNOWN = "known", _("Known")
    WATCHED = "watched", _("Watched")
    BANNED = "banned", _("Banned")


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    RECRUITER = "recruiter", _("Recruiter")
    VIEWER = "viewer", _("Viewer")


# Who may write postings and decide on applicants; a viewer reads.
EDITING_ROLES = (Role.OWNER, Role.RECRUITER)


class EmployerQuerySet(models.QuerySet["Employer"]):
    def read_by(self, user: User) -> Self:
        return self.filter(members__user=user)

    def edited_by(self, user: User) -> Self:
        return self.filter(members__user=user, members__role__in=EDITING_ROLES)

    def owned_by(self, user: User) -> Self:
        return self.filter(members__user=user, members__role=Role.OWNER)

    def with_verified(self) -> Self:
        """Annotates `first_verified`, so that a list of cards asks once."""
        verified = EmployerDomain.objects.verified().filter(employer=models.OuterRef("pk"))
        first = models.Subquery(verified.order_by("verified_at", "pk").values("domain")[:1])
        return self.annotate(first_verified=Coalesce(first, models.Value("")))


class Employer(models.Model):
    """An organisation that hires; people act for it as members."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=EmployerKind)
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about"), blank=True, max_length=4000)
    city = models.CharField(_("city"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="America/New_York", validators=[validate_time_zone]
    )
    trust = models.CharField(max_length=10, choices=EmployerTrust, default=EmployerTrust.NEW)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def verified_domain(self) -> str:
        """The domain at which a member first proved an address; "" when none did."""
        annotated: str | None = getattr(self, "first_verified", None)
        if annotated is not None:
            return annotated
        proven = [(row.verified_at, row.pk, row.domain) for row in self.domains.all()]
        return min((row for row in proven if row[0]), default=(None, 0, ""))[2]

    @property
    def is_verified(self) -> bool:
        return bool(self.verified_domain)


class EmployerDomainQuerySet(models.QuerySet["EmployerDomain"]):
    def verified(self) -> Self:
        return self.filter(verified_at__isnull=False)


class EmployerDomain(models.Model):
    """A mail domain an employer claims; it counts once a member's address there is verified."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = EmployerDomainQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("domain"),
                condition=Q(verified_at__isnull=False),
                name="employer_domain_verified_once",
            ),
            models.UniqueConstraint(
                fields=["employer", "domain"], name="employer_domain_claimed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class BannedDomain(models.Model):
    """No employer may post, and no posting may link, from this domain or below it."""

    domain = models.CharField(max_length=253)
    note = models.CharField(max_length=250, blank=True)
    banned_at = models.DateTimeField(auto_now_add=True)
    banned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("domain"), name="banned_domain_once"),
        ]

    def __str__(self) -> str:
        return self.domain


class Member(models.Model):
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employer", "user"], name="member_once_per_employer"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


def invitation_token() -> str:
    return secrets.token_urlsafe(24)


class Invitation(models.Model):
    """An address asked to join an employer; the link in the mail is the proof of the address."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(max_length=10, choices=Role, default=Role.RECRUITER)
    token = models.CharField(max_length=64, unique=True, default=invitation_token)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "employer",
                Lower("email"),
                condition=Q(accepted_at__isnull=True),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.email
