"""The words of the filters: what a slug in a query string stands for, read in one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from codes.models import Specialty
from jobs.models import Credential, EmploymentType, Setting, State
from jobs.search.kept import kept


@dataclass(frozen=True)
class Term:
    """One choice of a filter: `key` in the query string, `pk` in the search row."""

    key: str
    pk: str
    label: str


@dataclass(frozen=True)
class Vocabulary:
    """The choices of each filter in the order in which lists show them."""

    kinds: Mapping[str, Mapping[str, Term]]

    def of(self, kind: str) -> Mapping[str, Term]:
        return self.kinds.get(kind, {})

    def label(self, kind: str, key: str) -> str:
        term = self.of(kind).get(key)
        return term.label if term else key

    def pks(self, kind: str, keys: tuple[str, ...]) -> list[int]:
        """The primary keys behind `keys`; -1, which no row has, for one that is known no more."""
        known = self.of(kind)
        return [int(known[key].pk) if key in known else -1 for key in keys]


def load() -> Vocabulary:
    return kept("vocabulary", read, None)


def read() -> Vocabulary:
    parts = [
        _rows("specialty", Specialty.objects, "slug", "name", "position"),
        _rows("credential", Credential.objects, "code", "code", Value(0)),
        _rows("setting", Setting.objects, "slug", "name", "position"),
        _rows("type", EmploymentType.objects, "slug", "name", "position"),
        _rows("state", State.objects, "code", "name", Value(0)),
    ]
    kinds: dict[str, dict[str, Term]] = {}
    for row in parts[0].union(*parts[1:], all=True).order_by("kind", "place", "label"):
        kinds.setdefault(row["kind"], {})[row["key"]] = Term(
            row["key"], row["id_text"], row["label"]
        )
    return Vocabulary(kinds)


def _rows(kind: str, rows: Any, key: str, label: str, place: Any) -> QuerySet[Any, Any]:
    wide = CharField(max_length=120)
    columns = {
        "kind": Value(kind, output_field=wide),
        "key": Cast(F(key), wide),
        "id_text": Cast(F("pk"), wide),
        "label": Cast(F(label), wide),
        "place": Cast(F(place) if isinstance(place, str) else place, wide),
    }
    found: QuerySet[Any, Any] = rows.order_by().annotate(**columns).values(*columns)
    return found
