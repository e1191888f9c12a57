"""The reference's own words from their files to their rows; rows edited here stay as they are."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.db import transaction

from codes.codes import CodeSystem, key_of, system_of
from codes.content_check import NOT_APPLICABLE
from codes.content_files import ATTRIBUTES, DATA, FamilyEntry, GuidanceFile, families, guidance
from codes.entries import BadEntry, Entry, Tally, named, placed, read
from codes.models import Code, Guidance, Relation, RelationKind, Summary
from codes.models.code import EndBasis


@transaction.atomic
def load_retired(path: Path = DATA / "retired.json") -> Tally:
    """Codes that ended before the oldest fee schedule that ships.

    Where a file was loaded that shows their end, it stays as it was.
    """
    tally = Tally()
    for number, entry in enumerate(read(path), 1):
        with named(path, number, entry.get("code", "?")):
            _write_retired(entry, tally)
    return tally


def _write_retired(entry: Entry, tally: Tally) -> None:
    row, made = Code.objects.get_or_create(
        system=system_of(entry["code"]),
        code=entry["code"],
        defaults={
            "key": key_of(entry["code"]),
            "valid_to": date.fromisoformat(entry["valid_to"]),
            "end_basis": EndBasis.LISTED,
            "nearest": entry["nearest"],
        },
    )
    changed = row.nearest != entry["nearest"]
    if changed:
        row.nearest = entry["nearest"]
        row.save(update_fields=["nearest"])
    changed |= _write_words(row, entry)
    _count(tally, made=made, changed=changed and not made)


def _write_words(code: Code, entry: Entry) -> bool:
    """Whether the entry's words, where it has any, were new to the code."""
    if "title" not in entry:
        return False
    row = Summary.objects.filter(code=code).first() or Summary(code=code)
    words = {name: entry[name] for name in ("title", "synonyms", *ATTRIBUTES) if name in entry}
    changed = not row.edited_at and any(
        getattr(row, name) != value for name, value in words.items()
    )
    if changed:
        for name, value in words.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
    return changed


@transaction.atomic
def load_families(folder: Path = DATA / "families") -> Tally:
    """Raises BadEntry for an entry whose code no loaded release names."""
    entries = {entry.code: entry for entry in families(folder)}
    codes = _known(entries)
    if missing := sorted(set(entries) - set(codes)):
        entry = entries[missing[0]]
        raise BadEntry(f"{entry.place} ({entry.code}): no loaded release names this code")
    stored = {row.code_id: row for row in Summary.objects.filter(code__in=codes.values())}
    tally = Tally()
    fresh: list[Summary] = []
    changed: list[Summary] = []
    for entry in entries.values():
        code = codes[entry.code]
        row = stored.get(code.pk) or Summary(code=code)
        if row.edited_at:
            tally.kept += 1
        elif _fill(row, entry):
            (changed if row.pk else fresh).append(row)
    Summary.objects.bulk_create(fresh, batch_size=1000)
    Summary.objects.bulk_update(changed, ["title", "synonyms", *ATTRIBUTES], batch_size=500)
    tally.new, tally.changed = len(fresh), len(changed)
    tally.same = len(entries) - tally.new - tally.changed - tally.kept
    return tally


def _fill(row: Summary, entry: FamilyEntry) -> bool:
    """Write the entry over the row, unsaved; tells whether it said anything new."""
    values = {"title": entry.title, "synonyms": list(entry.synonyms), **entry.attributes}
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        with placed(f"{entry.place} ({entry.code})"):
            row.clean_fields(exclude=["code"])
    return bool(changed)


@transaction.atomic
def load_guidance(folder: Path = DATA / "guidance") -> Tally:
    files = list(guidance(folder))
    codes = _known({code for file in files for code in (file.code, *file.pairs, *file.compare)})
    tally = Tally()
    for file in files:
        if file.code not in codes:
            raise BadEntry(f"{file.code}.md: no loaded release names this code")
        _write_plain(file, codes[file.code], tally)
        for topic, body in file.sections.items():
            _write_section(file, codes[file.code], topic, body, tally)
        _write_relations(file, codes)
    return tally


def _write_plain(file: GuidanceFile, code: Code, tally: Tally) -> None:
    row = Summary.objects.filter(code=code).first()
    if row is not None and row.edited_at:
        tally.kept += 1
        return
    made = row is None
    row = row or Summary(code=code, title=f"Code {code.code}", act="unlisted")
    changed = row.plain != file.plain
    if made or changed:
        row.plain, row.written_on = file.plain, file.written_on
        row.save()
    _count(tally, made=made, changed=changed)


def _write_section(file: GuidanceFile, code: Code, topic: str, body: str, tally: Tally) -> None:
    row = Guidance.objects.filter(code=code, topic=topic).first()
    if row is not None and row.edited_at:
        tally.kept += 1
        return
    made = row is None
    row = row or Guidance(code=code, topic=topic)
    changed = row.body != body
    if made or changed:
        row.body, row.written_on = body, file.written_on
        row.applies = not body.startswith(NOT_APPLICABLE)
        row.save()
    _count(tally, made=made, changed=changed)


def _write_relations(file: GuidanceFile, codes: dict[str, Code]) -> None:
    code = codes[file.code]
    wanted = [
        (codes[other].pk, kind, position)
        for kind, others in ((RelationKind.PAIR, file.pairs), (RelationKind.COMPARE, file.compare))
        for position, other in enumerate(others)
        if other in codes
    ]
    rows = Relation.objects.filter(code=code)
    if sorted(rows.values_list("other", "kind", "position")) == sorted(wanted):
        return
    rows.delete()
    Relation.objects.bulk_create(
        Relation(code=code, other_id=other, kind=kind, position=position)
        for other, kind, position in wanted
    )


def _known(codes: Iterable[str]) -> dict[str, Code]:
    systems = [CodeSystem.CPT, CodeSystem.HCPCS]
    return {row.code: row for row in Code.objects.filter(system__in=systems, code__in=list(codes))}


def _count(tally: Tally, *, made: bool, changed: bool) -> None:
    if made:
        tally.new += 1
    elif changed:
        tally.changed += 1
    else:
        tally.same += 1
