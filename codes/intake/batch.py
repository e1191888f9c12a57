"""What a reader makes of a file: rows for one table, and what it told of itself on the way."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from codes.intake.files import BadFile

Values = tuple[Any, ...]


@dataclass
class Told:
    """What a file says of its own release, where it does; the operator's words win over it."""

    name: str = ""
    variant: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    released_on: date | None = None


@dataclass
class Batch:
    """`columns` name what each of `rows` holds. `left_out` counts what was refused, by reason.

    `texts` are words that stand beside: licensed descriptors, or modifiers of HCPCS. Rows are
    read as they are taken, so `told`, `left_out` and `texts` are whole only after the last; what
    is in `after` is done then.
    """

    columns: tuple[str, ...]
    rows: Iterator[Values]
    told: Told = field(default_factory=Told)
    left_out: Counter[str] = field(default_factory=Counter)
    texts: dict[str, str] = field(default_factory=dict)
    after: list[Callable[[], object]] = field(default_factory=list)


def once(rows: Iterator[tuple[int, Values]]) -> Iterator[Values]:
    """Rows without the numbers of their lines. Raises BadFile where a first value comes again."""
    seen: set[object] = set()
    for line, row in rows:
        if row[0] in seen:
            raise BadFile(f"{row[0]} stands there twice", line=line, column=1)
        seen.add(row[0])
        yield row
