"""Figures that CMS publishes; each row names the release it stands in, and none is inferred."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q

from codes.models.release import Release


def rvu() -> "models.DecimalField[Decimal | int | str, Decimal]":
    return models.DecimalField(max_digits=8, decimal_places=2)


class Fact(models.Model):
    release = models.ForeignKey(Release, models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class RelativeValue(Fact):
    """One row of the fee schedule: a code, and one of its components.

    Figures are relative value units; `opps_…` are those to which the outpatient cap holds imaging.
    `na_…` marks a setting in which the service is rarely or never done.
    """

    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True, default="")
    status = models.CharField(max_length=1)
    work = rvu()
    pe_nonfacility = rvu()
    pe_facility = rvu()
    mp = rvu()
    total_nonfacility = rvu()
    total_facility = rvu()
    na_nonfacility = models.BooleanField(default=False)
    na_facility = models.BooleanField(default=False)
    pctc = models.CharField(max_length=1, blank=True)
    global_days = models.CharField(max_length=3, blank=True)
    pre_op = models.DecimalField(max_digits=4, decimal_places=2)
    intra_op = models.DecimalField(max_digits=4, decimal_places=2)
    post_op = models.DecimalField(max_digits=4, decimal_places=2)
    multiple = models.CharField(max_length=1, blank=True)
    bilateral = models.CharField(max_length=1, blank=True)
    assistant = models.CharField(max_length=1, blank=True)
    co_surgeons = models.CharField(max_length=1, blank=True)
    team = models.CharField(max_length=1, blank=True)
    endo_base = models.CharField(max_length=5, blank=True)
    conversion_factor = models.DecimalField(max_digits=8, decimal_places=4)
    supervision = models.CharField(max_length=2, blank=True)
    imaging_family = models.CharField(max_length=2, blank=True)
    opps_nonfacility = rvu()
    opps_facility = rvu()
    opps_mp = rvu()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "release", "modifier"], name="relative_value_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}-{self.modifier}" if self.modifier else self.code


class Locality(Fact):
    """A payment locality and its three indices. Its number means nothing without the contractor."""

    mac = models.CharField(max_length=5)
    number = models.CharField(max_length=2)
    state = models.CharField(max_length=2)
    name = models.CharField(max_length=120)
    work = models.DecimalField(max_digits=6, decimal_places=3)
    pe = models.DecimalField(max_digits=6, decimal_places=3)
    mp = models.DecimalField(max_digits=6, decimal_places=3)

    class Meta:
        ordering: ClassVar = ["state", "number"]
        verbose_name_plural = "localities"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "mac", "number"], name="locality_once"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.number} {self.name}"


class EditRationale(models.Model):
    text = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.text


class Edit(Fact):
    """An NCCI pair: the first column is paid, the second is not.

    The indicator is 0 (never bypassed), 1 (bypassed when truly distinct) or 9 (never in force).
    A day that the file does not give is null.
    """

    column1 = models.CharField(max_length=5)
    column2 = models.CharField(max_length=5)
    indicator = models.PositiveSmallIntegerField()
    effective_on = models.DateField(null=True)
    deleted_on = models.DateField(null=True)
    before_1996 = models.BooleanField(default=False)
    rationale = models.ForeignKey(EditRationale, models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["column1", "column2"], name="edit_by_pair"),
            models.Index(fields=["column2"], name="edit_by_second"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(indicator__in=(0, 1, 9)), name="edit_indicator"),
        ]

    def __str__(self) -> str:
        return f"{self.column1} > {self.column2} ({self.indicator})"


class UnitLimit(Fact):
    """Units of one code beyond which a claim is stopped.

    Adjudication: 1 each line, 2 each day and absolute, 3 each day and open to appeal. Some limits
    are confidential, so a code without a row is not without limit.
    """

    code = models.CharField(max_length=5)
    units = models.PositiveIntegerField()
    adjudication = models.PositiveSmallIntegerField()
    rationale = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "release"], name="unit_limit_once"),
            models.CheckConstraint(
                condition=Q(adjudication__in=(1, 2, 3)), name="unit_limit_adjudication"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.units}"


CONTRACTOR_DECIDES = "CCCCC"


class AddOn(Fact):
    """An add-on code and one primary code it may stand beside; CCCCC: the contractor decides."""

    primary = models.CharField(max_length=5)
    add_on = models.CharField(max_length=5)
    edit_type = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["add_on", "primary", "release"], name="add_on_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["primary"], name="add_on_by_primary")]

    def __str__(self) -> str:
        return f"{self.add_on} + {self.primary}"


class FamilyLabel(Fact):
    """CMS's own label of a code (RBCS): free to show, and no descriptor."""

    code = models.CharField(max_length=5)
    category = models.CharField(max_length=60)
    subcategory = models.CharField(max_length=80)
    family = models.CharField(max_length=120, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "release"], name="family_label_once"),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.subcategory}"
