"""Vocabulary files: JSON lists of entries, written over a table's rows by their natural key."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db.models import Model

Entry = dict[str, Any]


class BadEntry(ValueError):
    """A file cannot be taken; the text names the file and the entry."""


@dataclass(frozen=True)
class Table:
    """Where a file's entries go.

    `links` maps a field that points to other rows to the column the file names them by.
    `parts` are entry names that are no fields; `write_parts` takes them, and tells of a change.
    """

    model: type[Model]
    key: tuple[str, ...]
    links: dict[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    write_parts: Callable[[Any, Entry], bool] | None = None


@dataclass
class Tally:
    new: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0

    def __str__(self) -> str:
        text = f"{self.new} new, {self.changed} changed, {self.same} same"
        return f"{text}, {self.kept} kept as edited here" if self.kept else text


def read(path: Path) -> list[Entry]:
    """Raises BadEntry when the file is no list of objects, OSError when it cannot be read."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except ValueError as error:
        raise BadEntry(f"{path.name}: {error}") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadEntry(f"{path.name}: not a list of objects")
    return entries


@contextmanager
def named(path: Path, number: int, name: object) -> Iterator[None]:
    """Tell of an error inside as one of the entry with this number, counted from 1."""
    with placed(f"{path.name}, entry {number} ({name})"):
        yield


@contextmanager
def placed(place: str) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise BadEntry(f"{place}: {_words(error)}") from error
    except (LookupError, TypeError, ValueError, FieldDoesNotExist, ObjectDoesNotExist) as error:
        text = f"no {error}" if isinstance(error, KeyError) else error
        raise BadEntry(f"{place}: {text}") from error


def write(table: Table, entries: Iterable[Entry], path: Path) -> Tally:
    """Make the rows what the entries say. Rows without an entry stay, and rows edited here too."""
    stored = {_key(table, vars(row)): row for row in table.model._default_manager.all()}
    tally, seen = Tally(), set()
    for number, entry in enumerate(entries, 1):
        name = " ".join(str(entry.get(part, "?")) for part in table.key)
        with named(path, number, name):
            key = _key(table, entry)
            if key in seen:
                raise ValueError("stands there twice")
            seen.add(key)
            outcome = _write_one(table, entry, stored.get(key))
        setattr(tally, outcome, getattr(tally, outcome) + 1)
    return tally


def _write_one(table: Table, entry: Entry, row: Any) -> str:
    if row is not None and getattr(row, "edited_at", None):
        return "kept"
    new, row = row is None, row if row is not None else table.model()
    single, many = _values(table, entry)
    changed = {name: value for name, value in single.items() if getattr(row, name) != value}
    if new or changed:
        for name, value in changed.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
    linked = [_link(row, name, pks) for name, pks in many.items()]
    parts = table.write_parts(row, entry) if table.write_parts else False
    if new:
        return "new"
    return "changed" if changed or any(linked) or parts else "same"


def _values(table: Table, entry: Entry) -> tuple[Entry, dict[str, set[Any]]]:
    """The columns of one entry, and the rows its lists of links name."""
    single: Entry = {}
    many: dict[str, set[Any]] = {}
    for name, value in entry.items():
        if name in table.parts:
            continue
        column = table.model._meta.get_field(name)
        if name not in table.links:
            single[name] = value
        elif column.many_to_many:
            many[name] = set(_pks(table, name, value))
        else:
            single[f"{name}_id"] = _pks(table, name, [value])[0] if value else None
    return single, many


def _pks(table: Table, name: str, wanted: list[str]) -> list[Any]:
    related: Any = table.model._meta.get_field(name).related_model
    column = table.links[name]
    found = dict(related.objects.filter(**{f"{column}__in": wanted}).values_list(column, "pk"))
    if missing := [key for key in wanted if key not in found]:
        raise ValueError(f"{name}: unknown {', '.join(map(str, missing))}")
    return [found[key] for key in wanted]


def _link(row: Any, name: str, pks: set[Any]) -> bool:
    relation = getattr(row, name)
    if set(relation.values_list("pk", flat=True)) == pks:
        return False
    relation.set(pks)
    return True


def _key(table: Table, values: Entry) -> tuple[Any, ...]:
    return tuple(values[part] for part in table.key)


def _words(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
