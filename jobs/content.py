"""What an employer writes in a posting: taken down as plain data, copied, and compared."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.models import CredentialRequirement, Job, JobCodeRange, JobSite, Question, content_fields
from jobs.sanitise import text_of

Snapshot = dict[str, Any]

# Computed or technical, not written by the employer.
DERIVED = frozenset({"hourly_min", "hourly_max", "pay_source"})
FIELDS = {field.name: field for field in content_fields() if field.name not in DERIVED}
TERMS = ("states", "employment_types", "settings", "specialties", "software")
PARTS = {
    "sites": gettext_lazy("places of work"),
    "code_ranges": gettext_lazy("code ranges"),
    "credentials": gettext_lazy("credentials"),
    "questions": gettext_lazy("questions to coders"),
}
# An edit of these alone goes live at once: none of them changes what a coder decides on.
IMMATERIAL = frozenset(
    {
        "audit_frequency",
        "benefits",
        "closes_at",
        "contact_email",
        "openings",
        "ramp_up_weeks",
        "requisition_id",
        "shift",
    }
)
MATERIAL = frozenset({*FIELDS, *TERMS, *PARTS}) - IMMATERIAL


def snapshot(job: Job) -> Snapshot:
    """All that is written in `job`, in types that JSON has, equal when nothing differs."""
    scalars = {name: _plain(getattr(job, name)) for name in FIELDS}
    terms = {name: sorted(str(term) for term in getattr(job, name).all()) for name in TERMS}
    return {
        **scalars,
        **terms,
        "closes_at": job.closes_at.isoformat() if job.closes_at else None,
        "sites": [
            [site.street, site.city, site.state_id, site.postal_code] for site in job.sites.all()
        ],
        "code_ranges": [f"{run.system} {run.text}" for run in job.code_ranges.all()],
        "credentials": [_requirement(group) for group in job.credential_requirements.all()],
        "questions": [
            [question.text, question.kind, question.required] for question in job.questions.all()
        ],
    }


def copy_content(source: Job, target: Job) -> None:
    """Write over the saved row `target` what is written in `source`; no dates, no status."""
    names = [*FIELDS, *DERIVED]
    for name in names:
        setattr(target, name, getattr(source, name))
    target.save(update_fields=[*names, "updated_at"])
    for name in TERMS:
        getattr(target, name).set(getattr(source, name).all())
    _copy_parts(source, target)


def diff(old: Snapshot, new: Snapshot) -> list[dict[str, str]]:
    """What differs, field by field in the order of the form, in words a person reads."""
    return [
        {"field": name, "label": label(name), "old": words(name, before), "new": words(name, after)}
        for name, before in old.items()
        if (after := new[name]) != before
    ]


def is_material(changes: Iterable[dict[str, str]]) -> bool:
    return any(change["field"] in MATERIAL for change in changes)


def label(name: str) -> str:
    if name in PARTS:
        return str(PARTS[name])
    return str(getattr(Job._meta.get_field(name), "verbose_name", name))


def words(name: str, value: Any) -> str:
    """A value of a snapshot as a person reads it; "" when nothing was written."""
    if value in (None, "", []):
        return ""
    if name == "closes_at":
        closes_at = parse_datetime(value)
        return f"{closes_at:%-d %b %Y, %H:%M %Z}" if closes_at else ""
    if name == "description":
        return text_of(value)
    if isinstance(value, list):
        return "\n".join(_line(name, item) for item in value)
    return str(dict(getattr(FIELDS[name], "flatchoices", ())).get(value, value))


def _line(name: str, item: Any) -> str:
    if name == "questions":
        text, kind, required = item
        kinds = dict(Question._meta.get_field("kind").flatchoices)
        return f"{text} ({kinds[kind]}, {_('required') if required else _('optional')})"
    if name == "credentials":
        codes, required = item
        return f"{_('Required') if required else _('Preferred')}: {_(' or ').join(codes)}"
    return ", ".join(part for part in item if part) if isinstance(item, list) else str(item)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return sorted(value) if isinstance(value, list) else value


def _requirement(group: CredentialRequirement) -> list[Any]:
    return [sorted(credential.code for credential in group.credentials.all()), group.required]


def _copy_parts(source: Job, target: Job) -> None:
    for kind in (JobSite, JobCodeRange, Question):
        _copy_rows(kind, source, target)
    target.credential_requirements.all().delete()
    for group in source.credential_requirements.all():
        copied = target.credential_requirements.create(
            required=group.required, position=group.position
        )
        copied.credentials.set(group.credentials.all())


def _copy_rows(kind: Any, source: Job, target: Job) -> None:
    rows = list(kind.objects.filter(job=source))
    kind.objects.filter(job=target).delete()
    for row in rows:
        row.pk, row.job = None, target
    kind.objects.bulk_create(rows)
