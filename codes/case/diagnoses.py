"""ICD-10-CM codes whose words all stand in what the report found; only where they are loaded."""

from dataclasses import dataclass
from datetime import date

from codes.case.sections import Kind
from codes.case.statements import Statement, Status
from codes.case.words import terms
from codes.codes import CodeSystem
from codes.lookup import look_up
from codes.models import Release, ReleaseKind

LOOKED_AT = 5
SHOWN = 6
TOLD = {Kind.IMPRESSION, Kind.DIAGNOSIS, Kind.REASON}
LEFT_OUT = frozenset({"unspecif", "site", "part", "acquir", "other", "nec", "nos"})


@dataclass(frozen=True)
class Diagnosis:
    code: str
    title: str
    evidence: str


def diagnoses(said: list[Statement], on: date) -> tuple[str, list[Diagnosis]]:
    """The release that was searched, "" when none is loaded, and what the text supports."""
    release = Release.objects.of(ReleaseKind.ICD10CM).newest().first()
    if release is None:
        return "", []
    told = [
        each for each in said if each.kind in TOLD and each.status == Status.DONE and each.terms
    ]
    found: dict[str, Diagnosis] = {}
    for each in told[:LOOKED_AT]:
        for hit in look_up(each.text.strip(" .,;:0123456789")[:120], on=on, limit=10).hits:
            row = hit.code
            if row.system != CodeSystem.ICD10CM or not row.billable or not row.is_in_force(on=on):
                continue
            words = set(terms(row.long_text or row.short_text)) - LEFT_OUT
            if words and words <= set(each.terms):
                found.setdefault(row.text, Diagnosis(row.text, row.title, each.text.strip()))
    return str(release), list(found.values())[:SHOWN]
