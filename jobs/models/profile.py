from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models import Specialty
from jobs.models.vocabulary import Credential, Setting, Software, State


class Profile(models.Model):
    """What a coder says of themselves; postings are matched against it. Nothing is required."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile")
    state = models.ForeignKey(
        State,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("you live in"),
    )
    years = models.DecimalField(
        _("years of coding"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(60)],
    )
    settings = models.ManyToManyField(Setting, blank=True, related_name="+")
    software = models.ManyToManyField(Software, blank=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.user)


class HeldCredentialQuerySet(models.QuerySet["HeldCredential"]):
    def verified(self) -> Self:
        return self.filter(verified_at__isnull=False)


class HeldCredential(models.Model):
    """A credential somebody says they hold; a moderator who looked it up marks it as verified."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="held")
    credential = models.ForeignKey(Credential, models.PROTECT, related_name="+")
    since = models.PositiveSmallIntegerField(
        _("since"), null=True, blank=True, validators=[MinValueValidator(1970)]
    )

    member_number = models.CharField(
        _("member number"),
        max_length=20,
        blank=True,
        default="",
        help_text=_(
            "So that a moderator can find it in the register. A checked credential opens "
            "more code pages."
        ),
    )
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = HeldCredentialQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["credential"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile", "credential"], name="held_credential_once"),
        ]

    def __str__(self) -> str:
        return str(self.credential)


class SpecialtyYears(models.Model):
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="specialties")
    specialty = models.ForeignKey(Specialty, models.PROTECT, related_name="+")
    years = models.DecimalField(
        max_digits=3, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )

    class Meta:
        ordering: ClassVar = ["specialty"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile", "specialty"], name="specialty_years_once"),
        ]

    def __str__(self) -> str:
        return str(self.specialty)
