"""A small reference in the database for tests of the case pages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from codes.codes import key_of
from codes.content_files import families
from codes.models import (
    Case,
    Code,
    Edit,
    EditRationale,
    RelativeValue,
    Release,
    ReleaseKind,
    Summary,
    UnitLimit,
)

NAMED = ("74420", "70450", "70460", "76770", "58150")
REPORT = "PROCEDURE: Cystoscopy with left double-J stent placement.\nFINDINGS: Normal bladder."


def make_codes(*names: str) -> dict[str, Code]:
    """The codes named, or those of bladder scopes and a few others, with their words."""
    scopes = (each.code for each in families() if each.code.startswith("52"))
    wanted = names or sorted({*NAMED, *scopes})
    rows = [Code(system="CPT", code=name, key=key_of(name)) for name in wanted]
    codes = {row.code: row for row in Code.objects.bulk_create(rows)}
    Summary.objects.bulk_create(
        Summary(
            code=codes[each.code],
            title=each.title,
            synonyms=list(each.synonyms),
            **each.attributes,
        )
        for each in families()
        if each.code in codes
    )
    return codes


def make_release(kind: str, variant: str = "", **fields: Any) -> Release:
    fields.setdefault("name", f"{kind} test")
    fields.setdefault("effective_from", date(2026, 1, 1))
    fields.setdefault("loaded_at", timezone.now())
    return Release.objects.create(
        kind=kind, variant=variant, file_name="test", sha256="0" * 64, **fields
    )


def make_edit(paid: str, not_paid: str, *, indicator: int = 1) -> Edit:
    return Edit.objects.create(
        release=make_release(ReleaseKind.PTP, "practitioner"),
        column1=paid,
        column2=not_paid,
        indicator=indicator,
        rationale=EditRationale.objects.get_or_create(text="Standards of practice")[0],
    )


def make_value(code: str, *, total: str = "1.00", **fields: Any) -> RelativeValue:
    release = fields.pop("release", None) or make_release(ReleaseKind.PFS, "nonqpp")
    zero = Decimal("0.00")
    names = ("work", "pe_nonfacility", "pe_facility", "mp", "total_nonfacility", "pre_op")
    more = ("intra_op", "post_op", "opps_nonfacility", "opps_facility", "opps_mp")
    values = dict.fromkeys(names + more, zero) | {"status": "A", "conversion_factor": 33}
    return RelativeValue.objects.create(
        release=release, code=code, **{**values, "total_facility": Decimal(total), **fields}
    )


def make_limit(code: str, units: int) -> UnitLimit:
    return UnitLimit.objects.create(
        release=make_release(ReleaseKind.MUE, "practitioner"),
        code=code,
        units=units,
        adjudication=3,
    )


def make_case(*, owner: Any, shared_until: datetime | None = None, **fields: Any) -> Case:
    result = {
        "on": "2026-11-25",
        "setting": "unstated",
        "suggestions": [],
        "band": "",
        "edits": [],
        "questions": [],
        "diagnoses": [],
        "releases": [],
        "not_loaded": [],
    }
    return Case.objects.create(
        owner=owner,
        text="PROCEDURE: Cystoscopy.",
        served_on=date(2026, 11, 25),
        result=result,
        share_token="shared-token" if shared_until else None,
        shared_until=shared_until,
        **fields,
    )
