"""Rows for tests: plain functions, keyword arguments, valid unless told otherwise."""

from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from codes.codes import CodeSystem, key_of, system_of
from codes.models import (
    AddOn,
    Code,
    Edit,
    EditRationale,
    FamilyLabel,
    Locality,
    RelativeValue,
    Release,
    ReleaseKind,
    Summary,
    UnitLimit,
)
from codes.models.code import EndBasis
from codes.releases import PRACTITIONER

numbers = count(1)
BY_SETTING = (ReleaseKind.PTP, ReleaseKind.MUE)


def make_release(
    kind: str,
    effective_from: date = date(2024, 7, 1),
    effective_to: date | None = date(2024, 9, 30),
    **fields: Any,
) -> Release:
    """The third quarter of 2024, for practitioners, unless told otherwise."""
    number = next(numbers)
    fields.setdefault("name", f"{kind} {number}")
    fields.setdefault("variant", PRACTITIONER if kind in BY_SETTING else "")
    fields.setdefault("sha256", f"{number:064}")
    fields.setdefault("loaded_at", timezone.now())
    return Release.objects.create(
        kind=kind, effective_from=effective_from, effective_to=effective_to, **fields
    )


def make_schedule(year: int = 2025, first_month: int = 1, **fields: Any) -> Release:
    """A fee schedule of a whole year, from its first month on."""
    return make_release(ReleaseKind.PFS, date(year, first_month, 1), date(year, 12, 31), **fields)


def make_code(code: str = "74740", system: str = "", **fields: Any) -> Code:
    system = system or system_of(code)
    if system in (CodeSystem.CPT, CodeSystem.HCPCS):
        fields.setdefault("key", key_of(code))
    if fields.get("valid_to"):
        fields.setdefault("end_basis", EndBasis.STATED)
    return Code.objects.create(system=system, code=code, **fields)


def make_summary(code: str | Code = "74740", **fields: Any) -> Summary:
    """A code in our words, and the code where it is given by its number."""
    row = code if isinstance(code, Code) else make_code(code)
    fields.setdefault("title", f"Title of {row.code}")
    fields.setdefault("act", "x-ray")
    return Summary.objects.create(code=row, **fields)


def make_value(code: str = "74740", *, release: Release, **fields: Any) -> RelativeValue:
    """A row of a fee schedule: work 1, expense 3 and 2, liability 0.1, factor 30."""
    figures = {
        "status": "A",
        "work": "1.00",
        "pe_nonfacility": "3.00",
        "pe_facility": "2.00",
        "mp": "0.10",
        "total_nonfacility": "4.10",
        "total_facility": "3.10",
        "pre_op": 0,
        "intra_op": 0,
        "post_op": 0,
        "bilateral": "0",
        "conversion_factor": "30.0000",
        "opps_nonfacility": 0,
        "opps_facility": 0,
        "opps_mp": 0,
        **fields,
    }
    return RelativeValue.objects.create(code=code, release=release, **figures)


def make_locality(*, release: Release, **fields: Any) -> Locality:
    values = {"mac": "10112", "number": "00", "state": "AL", "name": "Alabama"}
    indices = {"work": "1.000", "pe": "1.000", "mp": "1.000"}
    row = Locality.objects.create(release=release, **{**values, **indices, **fields})
    row.refresh_from_db()
    return row


def make_edit(
    column1: str = "74742",
    column2: str = "74740",
    indicator: int = 1,
    *,
    release: Release,
    rationale: str = "Standards",
    **fields: Any,
) -> Edit:
    reason, _made = EditRationale.objects.get_or_create(text=rationale)
    return Edit.objects.create(
        column1=column1,
        column2=column2,
        indicator=indicator,
        release=release,
        rationale=reason,
        **fields,
    )


def make_limit(
    code: str = "74740", units: int = 1, *, release: Release, **fields: Any
) -> UnitLimit:
    values = {"adjudication": 3, "rationale": "Clinical: Data", **fields}
    return UnitLimit.objects.create(code=code, units=units, release=release, **values)


def make_add_on(add_on: str, primary: str, edit_type: int = 1, *, release: Release) -> AddOn:
    return AddOn.objects.create(
        add_on=add_on, primary=primary, edit_type=edit_type, release=release
    )


def make_label(code: str = "74740", **fields: Any) -> FamilyLabel:
    """CMS's label of a code, in a release of its own unless told otherwise."""
    release = fields.pop("release", None) or make_release(ReleaseKind.RBCS)
    values = {"category": "Imaging", "subcategory": "Standard X-ray", **fields}
    return FamilyLabel.objects.create(code=code, release=release, **values)
