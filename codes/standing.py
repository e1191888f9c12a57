"""Where a code stands: its sections, its CMS label, the specialties that use it, its neighbors."""

from django.db.models import Q, QuerySet

from codes.codes import RANGED
from codes.models import Code, FamilyLabel, Release, ReleaseKind, Section, Specialty

SYSTEMS_WITH_SECTIONS = {system for system, _label in RANGED}


def path_of(code: Code) -> list[Section]:
    """The sections that hold the code, the widest first; its last is the leaf."""
    if code.system not in SYSTEMS_WITH_SECTIONS or code.key is None:
        return []
    return _widest_first(Section.objects.holding(code.system, code.key))


def around(section: Section) -> list[Section]:
    """The sections that a section lies in, the widest first."""
    held = Section.objects.filter(system=section.system, span__contains=section.span)
    return _widest_first(held.exclude(pk=section.pk))


def _widest_first(sections: "QuerySet[Section]") -> list[Section]:
    return sorted(sections, key=lambda each: each.span.lower - each.span.upper)


def specialties_of(code: Code, path: list[Section]) -> "QuerySet[Specialty]":
    """By their own ranges, or by a section of the code."""
    if code.key is None:
        return Specialty.objects.none()
    by_range = Q(ranges__system=code.system, ranges__span__contains=code.key)
    return Specialty.objects.filter(by_range | Q(sections__in=path)).distinct()


def label_of(code: Code) -> FamilyLabel | None:
    release = Release.objects.of(ReleaseKind.RBCS).newest().first()
    if release is None:
        return None
    rows = FamilyLabel.objects.filter(release=release, code=code.code)
    return rows.select_related("release").first()


def neighbors(code: Code) -> tuple[Code | None, Code | None]:
    """The codes before and after in the same system, ended ones too."""
    rows = Code.objects.public().filter(system=code.system)
    name = "key" if code.key is not None else "code"
    value = getattr(code, name)
    before = rows.filter(**{f"{name}__lt": value}).order_by(f"-{name}").first()
    after = rows.filter(**{f"{name}__gt": value}).order_by(name).first()
    return before, after


def codes_of(section: Section) -> "QuerySet[Code]":
    rows = Code.objects.public().with_words().filter(system=section.system)
    return rows.filter(key__gte=section.span.lower, key__lt=section.span.upper).order_by("key")
