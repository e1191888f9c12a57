from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from jobs.intake.raw import BadFile, RawPosting, Record
from jobs.intake.values import legible

Item = dict[str, Any]


def listing(document: Any, key: str, path: Path) -> list[Any]:
    """The list under `key` of a board's answer."""
    items = document.get(key) if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise BadFile(f"{path}: holds no list “{key}”; is it another format?")
    return items


def each(items: Iterable[Any], parse: Callable[[Item], RawPosting], key: str) -> Iterator[Record]:
    """One record for each item; an item that is no object is named by its number."""
    for number, item in enumerate(items, 1):
        where = f"{key}[{number}]"
        if isinstance(item, dict):
            yield Record(where, parse(item))
        else:
            yield Record(where, problem=f"is a {type(item).__name__}, not an object")


def part(item: Any, *keys: str) -> Any:
    """item[a][b]…, or None where anything on the way is missing or no object."""
    for key in keys:
        item = item.get(key) if isinstance(item, dict) else None
    return item


def text(item: Any, *keys: str) -> str:
    value = part(item, *keys)
    return legible(value) if isinstance(value, str) else ""


def dicts(value: Any) -> list[Item]:
    """The objects of a value that may be one, a list of them, or something else."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, dict)]
