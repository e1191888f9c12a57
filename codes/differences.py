"""What tells a code from another, by the attributes of both."""

from dataclasses import dataclass
from typing import Any

from codes.content_files import ATTRIBUTES
from codes.models import Summary


@dataclass(frozen=True)
class Difference:
    """One attribute and its value in each code; "" where the code does not turn on it."""

    label: Any
    values: tuple[str, ...]

    @property
    def is_shared(self) -> bool:
        return len(set(self.values)) == 1


def attributes(summary: Summary) -> list[tuple[Any, str]]:
    """The attributes that a code turns on, with their labels."""
    named = ((label(name), getattr(summary, name)) for name in ATTRIBUTES)
    return [(name, value) for name, value in named if value]


def differences(*summaries: Summary) -> list[Difference]:
    """The attributes on which the codes differ, in their order."""
    rows = (
        Difference(label(name), tuple(getattr(each, name) for each in summaries))
        for name in ATTRIBUTES
    )
    return [row for row in rows if not row.is_shared]


def label(name: str) -> Any:
    return Summary._meta.get_field(name).verbose_name  # type: ignore[union-attr]
