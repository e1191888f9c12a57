"""The reference as the engine reads it, kept in the process until the tables change."""

from datetime import date
from functools import lru_cache
from threading import Lock

from django.db.models import Count, Max

from codes.case.index import Entry, Index, build
from codes.codes import RANGED
from codes.content_files import ATTRIBUTES
from codes.models import Code, RelativeValue, Release, ReleaseKind, Summary
from codes.releases import NON_QUALIFYING

SYSTEMS = [system for system, _label in RANGED]
MAKING = Lock()
Stamp = tuple[object, ...]


def index() -> Index:
    """Every code with words of ours, in force or not. One query when nothing changed."""
    stamp = _stamp()
    with MAKING:
        return _made(stamp)


def in_force(on: date) -> frozenset[str]:
    """The codes that may be named for a day of service."""
    return _codes_in_force(_stamp(), on)


def _stamp() -> Stamp:
    words = Summary.objects.aggregate(
        rows=Count("pk"), last=Max("pk"), written=Max("written_on"), edited=Max("edited_at")
    )
    loaded = Release.objects.aggregate(rows=Count("pk"), last=Max("loaded_at"))
    return (*words.values(), *loaded.values())


@lru_cache(maxsize=2)
def _made(stamp: Stamp) -> Index:
    values = _values()
    rows = Summary.objects.filter(code__system__in=SYSTEMS).select_related("code")
    return build(_entry(row, values.get(row.code.code)) for row in rows.order_by("code__key"))


@lru_cache(maxsize=32)
def _codes_in_force(stamp: Stamp, on: date) -> frozenset[str]:
    rows = Code.objects.public().in_force(on=on).filter(system__in=SYSTEMS)
    return frozenset(rows.values_list("code", flat=True))


def _values() -> dict[str, tuple[str, float]]:
    """Status and facility relative value of each code in the newest fee schedule."""
    release = Release.objects.of(ReleaseKind.PFS, NON_QUALIFYING).newest().first()
    release = release or Release.objects.of(ReleaseKind.PFS).newest().first()
    rows = RelativeValue.objects.filter(release=release, modifier="")
    told = rows.values_list("code", "status", "total_facility")
    return {code: (status, float(total)) for code, status, total in told}


def _entry(row: Summary, value: tuple[str, float] | None) -> Entry:
    status, worth = value or ("A", 0.0)
    return Entry(
        code=row.code.code,
        title=row.title,
        synonyms=tuple(row.synonyms),
        attributes={name: getattr(row, name) for name in ATTRIBUTES},
        worth=worth,
        status=status,
    )
