"""One file of CMS into its table: read, named as a release, and stored as a whole or not at all."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, transaction

from codes.codes import CodeSystem
from codes.intake import gpci, hcpcs, icd10, ncci, pfs, rbcs, store
from codes.intake.batch import Batch, Values
from codes.intake.files import BadFile, Line, digest, lines_of
from codes.models import (
    AddOn,
    Edit,
    FamilyLabel,
    Locality,
    RelativeValue,
    Release,
    ReleaseKind,
    UnitLimit,
)
from codes.releases import SETTINGS

Reader = Callable[[Iterator[Line], str], Batch]


@dataclass(frozen=True)
class Layout:
    """How a kind of file is read, and the table its facts go to; code lists have a system."""

    read: Reader
    member: str
    model: Any = None
    system: str = ""
    by_setting: bool = False
    in_parts: bool = False
    replaces: bool = False


LAYOUTS = {
    ReleaseKind.PFS: Layout(pfs.read, pfs.MEMBER, RelativeValue),
    ReleaseKind.GPCI: Layout(gpci.read, gpci.MEMBER, Locality),
    ReleaseKind.PTP: Layout(
        ncci.read_edits, ncci.EDIT_MEMBER, Edit, by_setting=True, in_parts=True, replaces=True
    ),
    ReleaseKind.MUE: Layout(ncci.read_units, ncci.UNIT_MEMBER, UnitLimit, by_setting=True),
    ReleaseKind.ADD_ON: Layout(ncci.read_add_ons, ncci.ADD_ON_MEMBER, AddOn),
    ReleaseKind.RBCS: Layout(rbcs.read, rbcs.MEMBER, FamilyLabel),
    ReleaseKind.HCPCS: Layout(hcpcs.read, hcpcs.MEMBER, system=CodeSystem.HCPCS),
    ReleaseKind.ICD10CM: Layout(icd10.read_cm, icd10.CM_MEMBER, system=CodeSystem.ICD10CM),
    ReleaseKind.ICD10PCS: Layout(icd10.read_pcs, icd10.PCS_MEMBER, system=CodeSystem.ICD10PCS),
}


@dataclass(frozen=True)
class Said:
    """What the operator says of a file; it wins over what the file says."""

    name: str = ""
    variant: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    scope: list[list[int]] = field(default_factory=list)


@dataclass
class Outcome:
    """What a load did. `same` tells that this very file was loaded before, so nothing was."""

    release: Release
    rows: int
    same: bool = False
    ended: int = 0
    modifiers: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    texts: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def load(
    kind: str,
    path: Path,
    said: Said,
    *,
    now: datetime,
    watch: bool = True,
    again: bool = False,
    more: Sequence[Path] = (),
) -> Outcome:
    """Load one file, all of it or nothing. Raises BadFile, OSError.

    `more` are the other parts of a table of edits. A file that was loaded before is not read
    again, unless `again`.
    """
    layout, sha = LAYOUTS[ReleaseKind(kind)], _sha(path, *more)
    if more and not layout.in_parts:
        raise BadFile("is a whole: give it without a second file")
    if not again and (loaded := Release.objects.filter(kind=kind, sha256=sha).first()):
        return Outcome(loaded, loaded.rows, same=True)
    with lines_of(path, member=layout.member, watch=watch) as lines:
        batch = layout.read(lines, path.name)
        first = next(batch.rows, None)
        if first is None:
            raise BadFile("holds no row")
        batch.rows = chain([first], batch.rows, _of_parts(more, layout, batch, watch=watch))
        named = _named(kind, layout, batch, said, path, sha)
        if layout.replaces or layout.system:
            store.refuse_older(named)
        release = store.begin(named, now=now)
        outcome = _store(layout, release, batch)
    release.rows = outcome.rows
    release.save(update_fields=["rows"])
    if layout.replaces:
        Release.objects.of(kind, named.variant).exclude(pk=release.pk).delete()
    return outcome


def _sha(*paths: Path) -> str:
    """One digest for all parts, whatever their order."""
    found = sorted(digest(path) for path in paths)
    if len(set(found)) < len(found):
        raise BadFile("is given twice")
    return found[0] if len(found) == 1 else sha256("".join(found).encode()).hexdigest()


def _of_parts(
    paths: Sequence[Path], layout: Layout, batch: Batch, *, watch: bool
) -> Iterator[Values]:
    """The rows of the parts that follow the first; what they leave out is added to its count."""
    for path in paths:
        with lines_of(path, member=layout.member, watch=watch) as lines:
            part = layout.read(lines, path.name)
            if part.told != batch.told:
                raise BadFile("is a part of another release, going by its name")
            yield from part.rows
            batch.left_out.update(part.left_out)


def _named(
    kind: str, layout: Layout, batch: Batch, said: Said, path: Path, sha: str
) -> store.Named:
    told = batch.told
    name, begins = said.name or told.name, said.effective_from or told.effective_from
    variant = said.variant or told.variant
    if not name or begins is None:
        raise BadFile("does not say which release it is: give --release and --effective")
    if layout.by_setting and variant not in SETTINGS:
        raise BadFile(f"does not say its setting: give --setting, {' or '.join(SETTINGS)}")
    return store.Named(
        kind=kind,
        name=name,
        variant=variant,
        effective_from=begins,
        effective_to=said.effective_to or (told.effective_to if not said.effective_from else None),
        released_on=told.released_on,
        file_name=path.name[:200],
        sha256=sha,
        scope=said.scope,
    )


def _store(layout: Layout, release: Release, batch: Batch) -> Outcome:
    try:
        if layout.system:
            rows = store.upsert_codes(layout.system, release, batch)
        else:
            rows = store.copy_facts(layout.model, release, batch)
    except (DataError, IntegrityError) as error:
        raise BadFile(f"has a row that the table refuses: {_reason(error)}") from error
    outcome = Outcome(release, rows, left_out=batch.left_out, texts=batch.texts)
    if layout.system:
        outcome.ended = store.end_missing(layout.system, release)
        if layout.system == CodeSystem.HCPCS:
            outcome.modifiers = store.keep_modifiers(batch.texts)
    elif release.kind == ReleaseKind.PFS:
        outcome.ended = _note_codes(release)
    return outcome


def _reason(error: Exception) -> str:
    """The database's own words, on one line. COPY counts the rows of figures, not the lines."""
    words = " ".join(str(error).split())
    return re.sub(r"CONTEXT: COPY \w+, line", "Row", words)[:300]


def _note_codes(release: Release) -> int:
    """Make the schedule's codes known, and compare it with those of other years."""
    mine = _codes_of(release)
    store.note_codes(sorted(mine), release)
    store.revive(mine, release)
    ended = 0
    for other in Release.objects.filter(kind=ReleaseKind.PFS).exclude(pk=release.pk):
        theirs = _codes_of(other)
        ended += store.end_between(other, release, theirs, mine)
        ended += store.end_between(release, other, mine, theirs)
    return ended


def _codes_of(release: Release) -> set[str]:
    rows = RelativeValue.objects.filter(release=release)
    return set(rows.values_list("code", flat=True).distinct())
