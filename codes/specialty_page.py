"""What the page of a specialty shows of the reference: its tree of sections and its codes."""

from typing import Any

from django.conf import settings
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from codes.codes import CodeSystem
from codes.models import Code, Section, Specialty

WRITTEN_SHOWN = 24


def context(specialty: Specialty) -> dict[str, Any]:
    """A constant number of queries, whatever the specialty holds."""
    return {
        "specialty": specialty,
        "tree": tree(specialty),
        "written": written(specialty),
        "ranges": [run for run in specialty.ranges.all() if _is_public(run.system)],
    }


def tree(specialty: Specialty) -> list[Section]:
    """The specialty's sections in order, each with its depth below the widest and its codes."""
    rows = specialty.sections.public().annotate(code_count=code_count())
    found = sorted(rows, key=lambda each: (each.system, each.span.lower, -each.span.upper))
    for row in found:
        row.depth = sum(_holds(other, row) for other in found if other is not row)  # type: ignore[attr-defined]
    return found


def _is_public(system: str) -> bool:
    return settings.CPT_PUBLIC or system != CodeSystem.CPT


def _holds(outer: Section, inner: Section) -> bool:
    a, b = outer.span, inner.span
    return outer.system == inner.system and a.lower <= b.lower and b.upper <= a.upper


def code_count(span: str = "span") -> Coalesce:
    """Annotates how many codes still in force stand in a row's span."""
    codes = Code.objects.filter(
        system=OuterRef("system"),
        key__gte=OuterRef(f"{span}__startswith"),
        key__lt=OuterRef(f"{span}__endswith"),
        valid_to=None,
    )
    counted = codes.order_by().values("system").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def written(specialty: Specialty) -> list[Code]:
    """Codes of the specialty whose page is written in full."""
    rows = Code.objects.public().with_words().filter(guidance__isnull=False).distinct()
    rows = rows.annotate(place=F("key")).order_by("place")
    spans = [run.span for run in specialty.ranges.all()]
    mine = [row for row in rows if any(row.key in range(s.lower, s.upper) for s in spans)]
    return mine[:WRITTEN_SHOWN]
