"""From a reader's batch to rows, all or none; a release is replaced as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Model

from codes.codes import CodeSystem, key_of, system_of
from codes.intake.batch import Batch, Values
from codes.intake.files import BadFile
from codes.models import Code, EditRationale, Modifier, RelativeValue, Release
from codes.models.code import EndBasis
from codes.models.tables import ModifierKind
from codes.releases import QUALIFYING


class OlderRelease(BadFile):
    """A newer release of the table is loaded, and it holds all that this one could add."""


@dataclass(frozen=True)
class Named:
    """What the release is called, once file and operator have been heard."""

    kind: str
    name: str
    variant: str
    effective_from: date
    effective_to: date | None
    released_on: date | None
    file_name: str
    sha256: str
    scope: list[list[int]]


def begin(named: Named, *, now: datetime) -> Release:
    """The release's row, emptied of the facts of an earlier load."""
    Release.objects.of(named.kind, named.variant).filter(name=named.name).delete()
    return Release.objects.create(**vars(named), loaded_at=now)


def refuse_older(named: Named) -> None:
    """Edits carry their own dates, and lists of codes say what is in force, so the newest stays."""
    loaded = Release.objects.of(named.kind, named.variant)
    newer = loaded.filter(effective_from__gt=named.effective_from).newest().first()
    if newer:
        raise OlderRelease(f"is of {named.name}, and {newer} is loaded")


def copy_facts(model: type[Model], release: Release, batch: Batch) -> int:
    """Stream the rows into the table by COPY; returns their number."""
    columns = [str(model._meta.get_field(name).column) for name in batch.columns]  # type: ignore[union-attr]
    rows = (
        _with_rationales(batch) if "rationale" in batch.columns and _is_edit(model) else batch.rows
    )
    count = _copy(model._meta.db_table, ["release_id", *columns], _prefixed(release.pk, rows))
    for act in batch.after:
        act()
    return count


def _prefixed(release: int, rows: Iterator[Values]) -> Iterator[Values]:
    for row in rows:
        yield (release, *row)


def _is_edit(model: type[Model]) -> bool:
    return model._meta.model_name == "edit"


def _with_rationales(batch: Batch) -> Iterator[Values]:
    """Rows with the number of their rationale, which is the last column, in place of its words.

    Numbers are given here and the words stored after the COPY, which lets no other statement in.
    """
    known = dict(EditRationale.objects.values_list("text", "pk"))
    return _numbered(batch, known)


def _numbered(batch: Batch, known: dict[str, int]) -> Iterator[Values]:
    new: list[EditRationale] = []
    highest = max(known.values(), default=0)
    for row in batch.rows:
        text = row[-1]
        if text not in known:
            known[text] = highest = highest + 1
            new.append(EditRationale(pk=highest, text=text))
        yield (*row[:-1], known[text])
    batch.after.append(lambda: EditRationale.objects.bulk_create(new))


def _copy(table: str, columns: list[str], rows: Iterator[Values]) -> int:
    names = ", ".join(f'"{name}"' for name in columns)
    count = 0
    with (
        connection.wrap_database_errors,  # what the rows raise is psycopg's own else
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


@transaction.atomic
def upsert_codes(system: str, release: Release, batch: Batch) -> int:
    """Write codes over those of their system; what we say of them ourselves stays."""
    fields = list(batch.columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS "
            f"SELECT {', '.join(fields)} FROM codes_code WITH NO DATA"
        )
        count = _copy("incoming", fields, batch.rows)
        cursor.execute(_merge_sql(fields), [system, release.pk])
        cursor.execute("DROP TABLE incoming")
    set_keys(system)
    return count


def _merge_sql(fields: list[str]) -> str:
    given = ", ".join(fields)
    defaults = {
        "short_text": "''",
        "long_text": "''",
        "billable": "true",
        "coverage": "''",
        "end_basis": "''",
    }
    rest = {name: value for name, value in defaults.items() if name not in fields}
    names = ", ".join([*fields, *rest])
    changed = ", ".join(f"{name} = excluded.{name}" for name in fields if name != "code")
    # Named again by a release, an inferred end was wrong.
    revived = "" if "valid_to" in fields else ", valid_to = NULL, end_basis = ''"
    changed += ", " if changed else ""
    return (
        f"INSERT INTO codes_code (system, release_id, nearest, {names}) "
        f"SELECT %s, %s, '[]', {', '.join([given, *rest.values()])} FROM incoming "
        f"ON CONFLICT (system, code) DO UPDATE SET {changed}release_id = excluded.release_id"
        f"{revived}"
    )


def set_keys(system: str) -> None:
    if system not in (CodeSystem.CPT, CodeSystem.HCPCS):
        return
    rows = list(Code.objects.filter(system=system, key=None))
    for row in rows:
        row.key = key_of(row.code)
    Code.objects.bulk_update(rows, ["key"], batch_size=2000)


def note_codes(codes: list[str], release: Release | None) -> None:
    """Make the codes that a fee schedule or a licensed file names known, without any text."""
    for system in (CodeSystem.CPT, CodeSystem.HCPCS):
        mine = [code for code in codes if system_of(code) == system]
        Code.objects.bulk_create(
            [Code(system=system, code=code, key=key_of(code), release=release) for code in mine],
            ignore_conflicts=True,
            batch_size=2000,
        )


def revive(codes: set[str], release: Release) -> int:
    """Take back ends that no file states and that lie before a schedule which names the code."""
    ended = Code.objects.filter(
        system=CodeSystem.CPT, code__in=codes, valid_to__lt=release.effective_from
    )
    return ended.exclude(end_basis=EndBasis.STATED).update(valid_to=None, end_basis="")


def end_between(older: Release, newer: Release, old: set[str], new: set[str]) -> int:
    """Note the end of codes that one year's table names and no table from a later year on does.

    No file states these ends, so each says that it was inferred. A shortened file says nothing of
    codes outside its scope, nor does the schedule of qualifying participants, which leaves
    thousands out. Returns how many ended.
    """
    if older.effective_from.year >= newer.effective_from.year or newer.variant == QUALIFYING:
        return 0
    gone = {code for code in old - new if newer.covers(key_of(code))}
    later = RelativeValue.objects.filter(
        release__effective_from__year__gte=newer.effective_from.year, code__in=gone
    )
    gone -= set(later.values_list("code", flat=True))
    last = newer.effective_from.replace(month=1, day=1) - timedelta(days=1)
    ended = Code.objects.filter(system=CodeSystem.CPT, code__in=gone, valid_to=None)
    return ended.update(valid_to=last, end_basis=EndBasis.INFERRED)


def end_missing(system: str, release: Release) -> int:
    """Note the end of codes that an earlier whole list had and this one has not.

    A list of billable codes alone says nothing of headings.
    """
    last = release.effective_from - timedelta(days=1)
    missing = Code.objects.filter(
        system=system, valid_to=None, release__effective_from__lt=release.effective_from
    )
    if not release.codes.filter(billable=False).exists():
        missing = missing.filter(billable=True)
    return missing.exclude(valid_from__gt=last).update(valid_to=last, end_basis=EndBasis.INFERRED)


def keep_modifiers(texts: dict[str, str]) -> int:
    """Add the HCPCS modifiers of a file that we have no words of our own for."""
    rows = [
        Modifier(code=code, kind=ModifierKind.HCPCS, meaning=" ".join(text.split())[:160])
        for code, text in texts.items()
    ]
    before = Modifier.objects.count()
    Modifier.objects.bulk_create(rows, ignore_conflicts=True)
    return Modifier.objects.count() - before
