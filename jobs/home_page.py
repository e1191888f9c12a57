"""What the front page tells of the whole board: pay by specialty, and where there are jobs."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import ceil, floor
from typing import Any

from django.urls import reverse

from codes.models import Specialty
from jobs.models import State
from jobs.search import figures
from jobs.search.figures import PayBand

ROWS = 10
# The drawing, in units of its view box: names on the left, dollars to the right, a row each.
LEFT, RIGHT, ROW, TOP, WIDTH = 120, 80, 30, 26, 540


@dataclass(frozen=True)
class Scale:
    """Dollars an hour to a place on the drawing."""

    low: int
    high: int

    def x(self, dollars: Decimal | int) -> int:
        share = (Decimal(dollars) - self.low) / (self.high - self.low)
        return LEFT + round(share * (WIDTH - LEFT - RIGHT))


def pay_plot(now: datetime) -> dict[str, Any] | None:
    """The middle half of pay of the specialties with most postings; None where none has enough."""
    bands = figures.pay_by_specialty(now)
    rows = Specialty.objects.filter(pk__in=bands).only("pk", "short", "name", "slug")
    pairs = sorted(((row, bands[row.pk]) for row in rows), key=lambda pair: -pair[1].count)[:ROWS]
    if not pairs:
        return None
    pairs.sort(key=lambda pair: -pair[1].median)
    scale = scale_of([band for _row, band in pairs])
    return {
        "width": WIDTH,
        "height": TOP + ROW * len(pairs),
        "label_x": LEFT - 12,
        "ticks": [{"x": scale.x(at), "dollars": at} for at in range(scale.low, scale.high + 1, 10)],
        "rows": [_row(row, band, place, scale) for place, (row, band) in enumerate(pairs)],
        "at": now,
    }


def scale_of(bands: list[PayBand]) -> Scale:
    """Whole tens around all bands, at least one ten wide."""
    low = floor(min(band.low for band in bands) / 10) * 10
    high = ceil(max(band.high for band in bands) / 10) * 10
    return Scale(low, max(high, low + 10))


def _row(row: Specialty, band: PayBand, place: int, scale: Scale) -> dict[str, Any]:
    left = scale.x(band.low)
    return {
        "name": row.short,
        "url": reverse("jobs:specialty", args=[row.slug]),
        "band": band,
        "y": TOP + ROW * place,
        "text_y": TOP + ROW * place + 19,
        "left": left,
        "width": max(scale.x(band.high) - left, 2),
        "median_x": scale.x(band.median),
        "bottom": TOP + ROW * place + 22,
        "after_x": scale.x(band.high) + 8,
    }


def headings(now: datetime) -> dict[str, list[dict[str, Any]]]:
    """The pages of specialties and states that have jobs, with how many."""
    return {
        "specialties": _pages("jobs:specialty", Specialty.objects, figures.specialties(now)),
        "states": _pages("jobs:state", State.objects, figures.states(now)),
    }


def _pages(name: str, rows: Any, found: dict[Any, figures.Presence]) -> list[dict[str, Any]]:
    return [
        {"name": row.name, "url": reverse(name, args=[row.slug]), "count": found[row.pk].count}
        for row in rows.filter(pk__in=found)
    ]
