"""The reference's own words as files: families/*.json and guidance/*.md (data/README.md)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from codes.entries import BadEntry, read
from codes.topics import HEADINGS, PLAIN_HEADING, Topic

DATA = Path(__file__).parent / "data"
ATTRIBUTES = (
    "act",
    "region",
    "approach",
    "contrast",
    "extent",
    "side",
    "number",
    "guidance",
    "purpose",
)
FIELDS = {"code", "title", "synonyms", *ATTRIBUTES}
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class FamilyEntry:
    """One code in our own words, and where it stands: the file and its entry, counted from 1."""

    code: str
    title: str
    synonyms: tuple[str, ...]
    attributes: dict[str, str]
    place: str

    @property
    def signature(self) -> tuple[str, ...]:
        return tuple(self.attributes[name] for name in ATTRIBUTES)


@dataclass(frozen=True)
class GuidanceFile:
    code: str
    written_on: date
    pairs: tuple[str, ...]
    compare: tuple[str, ...]
    plain: str
    sections: dict[Topic, str] = field(default_factory=dict)


def families(folder: Path = DATA / "families") -> Iterator[FamilyEntry]:
    """Raises BadEntry naming file and entry."""
    for path in sorted(folder.glob("*.json")):
        for number, entry in enumerate(read(path), 1):
            yield family_entry(entry, f"{path.name}, entry {number}")


def family_entry(entry: dict[str, object], place: str) -> FamilyEntry:
    code, title, synonyms = entry.get("code"), entry.get("title"), entry.get("synonyms", [])
    if unknown := sorted(set(entry) - FIELDS):
        raise BadEntry(f"{place} ({code}): no field {unknown[0]!r}")
    texts = [code, title, *(entry.get(name, "") for name in ATTRIBUTES)]
    if not all(isinstance(text, str) for text in texts) or not code or not title:
        raise BadEntry(f"{place} ({code}): code, title and attributes are texts")
    if not isinstance(synonyms, list) or not all(isinstance(each, str) for each in synonyms):
        raise BadEntry(f"{place} ({code}): synonyms is a list of texts")
    attributes = {name: str(entry.get(name, "")) for name in ATTRIBUTES}
    return FamilyEntry(str(code), str(title), tuple(synonyms), attributes, place)


def vocabulary(path: Path = DATA / "attributes.json") -> dict[str, list[str]]:
    """Raises BadEntry when the file is no JSON."""
    try:
        words: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadEntry(f"{path.name}: {error}") from error
    return words


def guidance(folder: Path = DATA / "guidance") -> Iterator[GuidanceFile]:
    for path in sorted(folder.glob("*.md")):
        yield read_guidance(path)


def read_guidance(path: Path) -> GuidanceFile:
    """Raises BadEntry naming the file and what is wrong with its head or its headings."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadEntry(f"{path.name}: {error}") from error
    found = FRONT_MATTER.match(text)
    if found is None:
        raise BadEntry(f"{path.name}: does not begin with a head between two lines of ---")
    head = _head(found[1], path)
    parts = HEADING.split(text[found.end() :])
    wanted = [PLAIN_HEADING, *HEADINGS]
    if parts[1::2] != wanted or parts[0].strip():
        raise BadEntry(f"{path.name}: its headings are not {', '.join(wanted)}, in this order")
    plain, *bodies = (body.strip() for body in parts[2::2])
    if head["code"] != path.stem:
        raise BadEntry(f"{path.name}: says it is about {head['code']}")
    return GuidanceFile(
        code=head["code"],
        written_on=_day(head["written_on"], path),
        pairs=_others(head, "pairs", path),
        compare=_others(head, "compare", path),
        plain=plain,
        sections=dict(zip(HEADINGS.values(), bodies, strict=True)),
    )


def _head(text: str, path: Path) -> dict[str, str]:
    lines = (line.partition(":") for line in text.splitlines())
    head = {name.strip(): value.strip() for name, _colon, value in lines}
    if set(head) != {"code", "written_on", "pairs", "compare"}:
        raise BadEntry(f"{path.name}: its head names not code, written_on, pairs and compare")
    return head


def _day(text: str, path: Path) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadEntry(f"{path.name}: written_on is no date: {text}") from error


def _others(head: dict[str, str], name: str, path: Path) -> tuple[str, ...]:
    codes = tuple(filter(None, re.split(r"[,\s]+", head[name])))
    if head["code"] in codes or len(set(codes)) < len(codes):
        raise BadEntry(f"{path.name}: {name} names not other codes, each once: {head[name]}")
    return codes
