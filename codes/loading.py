"""All that ships with the reference, from the files in `data/` to its tables."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from codes import content_store, lookup_index
from codes.codes import key_of
from codes.content_files import DATA
from codes.entries import BadEntry, Table, Tally, named, placed, read, write
from codes.intake.files import BadFile
from codes.intake.run import Said, load
from codes.intake.store import OlderRelease
from codes.models import Abbreviation, LookupRow, Modifier, PlaceOfService, Release, ReleaseKind

# File name -> its table, each with a row's natural key.
TABLES = {
    "modifiers": Table(Modifier, ("code",)),
    "places_of_service": Table(PlaceOfService, ("code",)),
    "abbreviations": Table(Abbreviation, ("short",)),
}


@transaction.atomic
def load_all(*, now: datetime, folder: Path = DATA) -> dict[str, Tally]:
    """Load what ships, or nothing. Raises BadEntry that names the file and what is wrong in it."""
    tallies = {"CMS releases": load_figures(folder / "cms", now=now)}
    tallies["retired codes"] = content_store.load_retired(folder / "retired.json")
    for name, table in TABLES.items():
        path = folder / f"{name}.json"
        tallies[name.replace("_", " ")] = write(table, read(path), path)
    tallies["summaries"] = content_store.load_families(folder / "families")
    tallies["guidance"] = content_store.load_guidance(folder / "guidance")
    if any(tally.new or tally.changed for tally in tallies.values()) or not _is_indexed():
        lookup_index.rebuild()
    return tallies


def _is_indexed() -> bool:
    return LookupRow.objects.exists()


def load_figures(folder: Path, *, now: datetime) -> Tally:
    """Load the shortened CMS files. Where the operator loaded a whole or newer file, that stays."""
    tally = Tally()
    for entry in _releases(folder):
        try:
            outcome = _load_one(folder, entry, now)
        except BadFile as error:
            raise BadEntry(f"cms/{entry['file']}, {error}") from error
        setattr(tally, outcome, getattr(tally, outcome) + 1)
    return tally


def _releases(folder: Path) -> list[dict[str, Any]]:
    with placed("cms/scope.json"):
        runs = json.loads((folder / "scope.json").read_text())
        scope = [[key_of(lo), key_of(hi)] for lo, hi in runs]
    path, found = folder / "releases.json", []
    for number, entry in enumerate(read(path), 1):
        with named(path, number, entry.get("file", "?")):
            kind, file = ReleaseKind(entry["kind"]), entry["file"]
            found.append({"kind": kind, "file": file, "scope": [] if entry.get("whole") else scope})
    return found


def _load_one(folder: Path, entry: dict[str, Any], now: datetime) -> str:
    """Which count of the tally it goes to."""
    path = folder / entry["file"]
    said = Said(scope=entry["scope"])
    with transaction.atomic():
        known = set(
            Release.objects.filter(kind=entry["kind"], scope=[]).values_list("name", "variant")
        )
        try:
            outcome = load(entry["kind"], path, said, now=now, watch=False)
        except OlderRelease:
            return "kept"
        release = outcome.release
        if release.scope and (release.name, release.variant) in known:
            transaction.set_rollback(True)
            return "kept"
    return "same" if outcome.same else "new"
