"""Which release of a table speaks for a day of service."""

from dataclasses import dataclass
from datetime import date

from codes.models import Release, ReleaseKind

PRACTITIONER, OUTPATIENT = "practitioner", "outpatient"
SETTINGS = (PRACTITIONER, OUTPATIENT)
NON_QUALIFYING, QUALIFYING = "nonqpp", "qpp"


@dataclass(frozen=True)
class Dated:
    """A release, and whether the day lies outside the days it was published for."""

    release: Release
    outside: bool


def for_day(kind: str, on: date, variant: str = "") -> Dated | None:
    """The release of that day; else the nearest of its calendar year, told to lie outside."""
    return _for_day(_loaded(kind, variant), on)


def newest(kind: str, on: date, variant: str = "") -> Dated | None:
    """The newest release, for tables that carry the dates of each row and replace one another."""
    return _newest(_loaded(kind, variant), on)


def closest(kind: str, on: date, variant: str = "") -> Dated | None:
    """As `for_day`, and with none of that year the newest: for tables whose rows have no dates."""
    loaded = _loaded(kind, variant)
    return _for_day(loaded, on) or _newest(loaded, on)


def fee_schedule(on: date, variant: str = NON_QUALIFYING) -> Dated | None:
    """The fee schedule of a day. Before 2026 one schedule served every practitioner."""
    loaded = _loaded(ReleaseKind.PFS, variant, "")
    own = [release for release in loaded if release.variant == variant]
    return _for_day(own, on) or _for_day([each for each in loaded if not each.variant], on)


def _loaded(kind: str, *variants: str) -> list[Release]:
    """All releases of a table, the newest first: few rows, so one query serves every question."""
    return list(Release.objects.filter(kind=kind, variant__in=variants).newest())


def _for_day(loaded: list[Release], on: date) -> Dated | None:
    for release in loaded:
        if not _is_outside(release, on):
            return Dated(release, outside=False)
    same_year = [release for release in loaded if release.effective_from.year == on.year]
    nearest = min(same_year, key=lambda each: abs((each.effective_from - on).days), default=None)
    return Dated(nearest, outside=True) if nearest else None


def _newest(loaded: list[Release], on: date) -> Dated | None:
    return Dated(loaded[0], _is_outside(loaded[0], on)) if loaded else None


def _is_outside(release: Release, on: date) -> bool:
    ended = release.effective_to is not None and on > release.effective_to
    return ended or on < release.effective_from
