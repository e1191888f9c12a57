"""The parts of a posting that an employer fills in, one abstract model for each concept."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobs.states import Tri

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def tri(label: "StrOrPromise") -> "models.CharField[str, str]":
    return models.CharField(label, max_length=10, choices=Tri, default=Tri.NOT_STATED)


class PayBasis(models.TextChoices):
    NOT_STATED = "not_stated", _("Not stated")
    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")
    CHART = "chart", _("a chart")
    ENCOUNTER = "encounter", _("an encounter")
    RVU = "rvu", _("a work RVU")
    PROJECT = "project", _("for the project")


class PaySource(models.TextChoices):
    EMPLOYER = "employer", _("Stated by the employer")
    PARSED = "parsed", _("Read from the posting's text")


class Pay(models.Model):
    """The employer's own figure in US dollars; `hourly_…` is what it comes to, for comparing."""

    pay_basis = models.CharField(
        _("paid by"), max_length=12, choices=PayBasis, default=PayBasis.NOT_STATED
    )
    pay_min = models.DecimalField(_("from"), max_digits=10, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField(_("to"), max_digits=10, decimal_places=2, null=True, blank=True)
    bonus = models.CharField(_("bonus"), max_length=200, blank=True)
    pay_source = models.CharField(max_length=10, choices=PaySource, default=PaySource.EMPLOYER)
    hourly_min = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, editable=False
    )
    hourly_max = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pay_max__gte=F("pay_min")) | Q(pay_min=None) | Q(pay_max=None),
                name="job_pay_max_not_below_min",
            ),
            models.CheckConstraint(
                condition=(Q(pay_min__gt=0) | Q(pay_min=None))
                & (Q(pay_max__gt=0) | Q(pay_max=None)),
                name="job_pay_above_zero",
            ),
        ]


class PlaceMode(models.TextChoices):
    NOT_STATED = "not_stated", _("Not stated")
    REMOTE = "remote", _("Remote")
    HYBRID = "hybrid", _("Hybrid")
    ONSITE = "onsite", _("On site")


class StateRule(models.TextChoices):
    NOT_STATED = "not_stated", _("Not stated")
    ANY = "any", _("Any state")
    ONLY = "only", _("Only the states named")
    EXCEPT = "except", _("Any state but those named")


class Place(models.Model):
    """Where the work is done and, for remote work, where the employer may hire."""

    mode = models.CharField(
        _("place"), max_length=10, choices=PlaceMode, default=PlaceMode.NOT_STATED
    )
    state_rule = models.CharField(
        _("hires in"), max_length=10, choices=StateRule, default=StateRule.NOT_STATED
    )
    states = models.ManyToManyField("jobs.State", blank=True, related_name="+")
    onsite_days = models.PositiveSmallIntegerField(
        _("days on site a week"), null=True, blank=True, validators=[MaxValueValidator(7)]
    )
    us_only = tri(_("US residents only"))

    class Meta:
        abstract = True


class Engagement(models.TextChoices):
    NOT_STATED = "not_stated", _("Not stated")
    W2 = "w2", _("Employee (W-2)")
    CONTRACTOR = "1099", _("Independent contractor (1099)")
    CORP = "c2c", _("Through your own company (C2C)")


class Terms(models.Model):
    """How one is employed."""

    employment_types = models.ManyToManyField("jobs.EmploymentType", blank=True, related_name="+")
    engagement = models.CharField(
        _("engaged as"), max_length=10, choices=Engagement, default=Engagement.NOT_STATED
    )
    hours_per_week = models.PositiveSmallIntegerField(
        _("hours a week"), null=True, blank=True, validators=[MaxValueValidator(80)]
    )
    shift = models.CharField(_("shift"), max_length=160, blank=True)
    contract_months = models.PositiveSmallIntegerField(_("contract months"), null=True, blank=True)
    openings = models.PositiveSmallIntegerField(_("openings"), null=True, blank=True)
    requisition_id = models.CharField(_("requisition number"), max_length=60, blank=True)
    benefits = models.TextField(_("benefits"), blank=True, max_length=2000)

    class Meta:
        abstract = True


class Apprentice(models.TextChoices):
    NOT_STATED = "not_stated", _("Not stated")
    YES = "yes", _("Welcome")
    CONDITIONS = "conditions", _("With conditions")
    NO = "no", _("No")


class CodeSet(models.TextChoices):
    ICD10CM = "ICD-10-CM", "ICD-10-CM"
    ICD10PCS = "ICD-10-PCS", "ICD-10-PCS"
    CPT = "CPT", "CPT"
    HCPCS = "HCPCS", "HCPCS Level II"
    MSDRG = "MS-DRG", "MS-DRG"
    APRDRG = "APR-DRG", "APR-DRG"
    APC = "APC", "APC"
    HCC = "HCC", "HCC"


class VolumeUnit(models.TextChoices):
    CHARTS = "charts", _("charts")
    ENCOUNTERS = "encounters", _("encounters")
    REPORTS = "reports", _("reports")
    RECORDS = "records", _("records")
    ACCOUNTS = "accounts", _("accounts")
    RVUS = "rvus", _("work RVUs")


class VolumePer(models.TextChoices):
    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    WEEK = "week", _("a week")


class Work(models.Model):
    """What is coded, with what, how much of it and how well."""

    settings = models.ManyToManyField("jobs.Setting", blank=True, related_name="+")
    specialties = models.ManyToManyField("codes.Specialty", blank=True, related_name="+")
    software = models.ManyToManyField("jobs.Software", blank=True, related_name="+")
    code_sets = ArrayField(
        models.CharField(max_length=10, choices=CodeSet), default=list, blank=True
    )
    apprentice = models.CharField(
        _("apprentice credential holders"),
        max_length=10,
        choices=Apprentice,
        default=Apprentice.NOT_STATED,
    )
    apprentice_note = models.CharField(_("conditions"), max_length=200, blank=True)
    mentor = tri(_("mentor named"))
    experience_letter = tri(_("signs the experience letter"))
    years_min = models.DecimalField(
        _("years of experience at least"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(40)],
    )
    volume = models.PositiveIntegerField(_("volume expected"), null=True, blank=True)
    volume_unit = models.CharField(
        _("of"), max_length=12, choices=VolumeUnit, blank=True, default=""
    )
    volume_per = models.CharField(_("in"), max_length=6, choices=VolumePer, blank=True, default="")
    accuracy_min = models.DecimalField(
        _("accuracy at least, percent"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    ramp_up_weeks = models.PositiveSmallIntegerField(
        _("weeks to full volume"), null=True, blank=True
    )
    audit_frequency = models.CharField(_("audited"), max_length=120, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(volume=None) | (~Q(volume_unit="") & ~Q(volume_per="")),
                name="job_volume_has_unit_and_period",
            ),
        ]


class Equipment(models.TextChoices):
    NOT_STATED = "not_stated", _("Not stated")
    PROVIDED = "provided", _("Provided")
    STIPEND = "stipend", _("Your own, with money for it")
    OWN = "own", _("Your own")


class TestStage(models.TextChoices):
    NOT_STATED = "not_stated", _("Not stated")
    BEFORE = "before", _("Before the interview")
    AFTER = "after", _("After the interview")


class Hiring(models.Model):
    """The test before hire, and what the employer provides."""

    test_given = tri(_("coding test before hire"))
    test_stage = models.CharField(
        _("test comes"), max_length=10, choices=TestStage, default=TestStage.NOT_STATED
    )
    test_minutes = models.PositiveSmallIntegerField(_("test minutes"), null=True, blank=True)
    test_questions = models.PositiveSmallIntegerField(
        _("charts or questions"), null=True, blank=True
    )
    test_pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, percent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    test_open_book = tri(_("open book"))
    test_paid = tri(_("test paid"))
    test_feedback = tri(_("result and feedback given"))
    equipment = models.CharField(
        _("equipment"), max_length=10, choices=Equipment, default=Equipment.NOT_STATED
    )
    home_office = models.CharField(_("home office needs"), max_length=200, blank=True)
    dues_paid = tri(_("dues paid"))
    ceu_paid = tri(_("CEUs paid"))
    books_paid = tri(_("code books provided"))
    background_check = tri(_("background check"))

    class Meta:
        abstract = True


class ApplyMethod(models.TextChoices):
    SITE = "site", _("On this site")
    URL = "url", _("At the employer's address")
    EMAIL = "email", _("By e-mail to the employer")


class Applying(models.Model):
    apply_method = models.CharField(
        _("coders apply"), max_length=5, choices=ApplyMethod, default=ApplyMethod.SITE
    )
    apply_url = models.URLField(_("web address to apply"), max_length=500, blank=True)
    apply_email = models.EmailField(_("e-mail to apply"), blank=True)
    contact_email = models.EmailField(_("contact for moderators"), blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(apply_method=ApplyMethod.SITE)
                | (Q(apply_method=ApplyMethod.URL) & ~Q(apply_url=""))
                | (Q(apply_method=ApplyMethod.EMAIL) & ~Q(apply_email=""))
                | Q(status="draft"),
                name="job_apply_address_given",
            ),
        ]
