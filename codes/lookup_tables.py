"""Looking up a modifier or a place of service, which are no codes of their own."""

import re
from dataclasses import dataclass

from codes.models import Modifier, PlaceOfService

MODIFIER = re.compile(r"(?:(?:modifiers?|mod)[ .:#-]*|-)?([0-9A-Z]{2})", re.IGNORECASE)
PLACE = re.compile(r"(?:pos|place of service)[ .:#-]*(\d{2})", re.IGNORECASE)


@dataclass(frozen=True)
class Beside:
    """What the small tables hold of what was typed."""

    modifiers: tuple[Modifier, ...] = ()
    places: tuple[PlaceOfService, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.modifiers or self.places)


def look_up(text: str, named: tuple[str, ...] = ()) -> Beside:
    """`named` are modifiers that stood behind a code. One query at most for each table."""
    wanted = set(named)
    if found := MODIFIER.fullmatch(text.strip()):
        wanted.add(found[1].upper())
    place = PLACE.fullmatch(text.strip())
    return Beside(
        tuple(Modifier.objects.filter(code__in=wanted)) if wanted else (),
        tuple(PlaceOfService.objects.filter(code=place[1])) if place else (),
    )
