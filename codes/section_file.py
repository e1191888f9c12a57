"""The files of this app: the range tree over CPT and HCPCS, and the specialties that use it."""

from itertools import pairwise
from pathlib import Path
from typing import Any

from codes.codes import span_of
from codes.entries import BadEntry, Entry, Table, Tally, named, read, write
from codes.models import Section, Specialty, SpecialtyRange

DATA = Path(__file__).parent / "data"


def load_sections(path: Path = DATA / "sections.json") -> Tally:
    """Write the tree. The file always wins: nobody edits sections here."""
    entries = [_with_span(path, number, entry) for number, entry in enumerate(read(path), 1)]
    check_tree(entries, path)
    _make_room(entries)
    return write(Table(Section, ("slug",), links={"parent": "slug"}), entries, path)


def load_specialties(path: Path = DATA / "specialties.json") -> Tally:
    table = Table(
        Specialty,
        ("slug",),
        links={"sections": "slug"},
        parts=("ranges",),
        write_parts=_write_ranges,
    )
    return write(table, read(path), path)


def check_tree(entries: list[Entry], path: Path) -> None:
    """Raises BadEntry when a section lies outside its parent, or two leaves share a code."""
    by_slug = {entry["slug"]: entry for entry in entries}
    parents = {entry["parent"] for entry in entries}
    for number, entry in enumerate(entries, 1):
        entry["is_leaf"] = entry["slug"] not in parents
        with named(path, number, entry["slug"]):
            if entry["parent"] and not _within(entry, by_slug[entry["parent"]]):
                raise ValueError(f"lies outside its parent {entry['parent']}")
    leaves = [entry for entry in entries if entry["is_leaf"]]
    leaves.sort(key=lambda entry: (entry["system"], entry["span"].lower))
    for before, after in pairwise(leaves):
        if before["system"] == after["system"] and after["span"].lower < before["span"].upper:
            raise BadEntry(f"{path.name}: {before['slug']} and {after['slug']} share codes")


def _with_span(path: Path, number: int, entry: Entry) -> Entry:
    with named(path, number, entry.get("slug", "?")):
        span = span_of(entry["system"], entry["lo"], entry["hi"])
        plain = {name: entry[name] for name in ("slug", "system", "title", "parent")}
    return {**plain, "span": span}


def _within(inner: Entry, outer: Entry) -> bool:
    a, b = inner["span"], outer["span"]
    return bool(inner["system"] == outer["system"] and b.lower <= a.lower and a.upper <= b.upper)


def _make_room(entries: list[Entry]) -> None:
    """Take from the leaves those whose range changes, so that none meets its neighbor's old one."""
    wanted = {entry["slug"]: (entry["span"], entry["is_leaf"]) for entry in entries}
    for section in Section.objects.filter(slug__in=wanted, is_leaf=True):
        if (section.span, section.is_leaf) != wanted[section.slug]:
            Section.objects.filter(pk=section.pk).update(is_leaf=False)


def _write_ranges(specialty: Any, entry: Entry) -> bool:
    spans = [
        (run["system"], span_of(run["system"], run["lo"], run["hi"])) for run in entry["ranges"]
    ]
    stored = [(run.system, run.span) for run in specialty.ranges.all()]
    if set(stored) == set(spans):
        return False
    specialty.ranges.all().delete()
    SpecialtyRange.objects.bulk_create(
        SpecialtyRange(specialty=specialty, system=system, span=span) for system, span in spans
    )
    return True
