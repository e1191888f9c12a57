"""Content files for tests, in the shape of data/README.md."""

import json
from pathlib import Path

from codes.content_files import FamilyEntry, GuidanceFile, family_entry, read_guidance
from codes.topics import HEADINGS, PLAIN_HEADING

ENTRY = {
    "code": "74740",
    "title": "HSG: contrast films of the uterus and tubes",
    "synonyms": ["HSG", "dye test of the tubes"],
    "act": "x-ray",
    "region": "uterus",
}
HEAD = {"code": "74740", "written_on": "2026-11-25", "pairs": "58340", "compare": "74742, 76831"}
BODY = "The films show the cavity of the uterus and whether both tubes are open. " * 4


def entry(**fields: object) -> FamilyEntry:
    """One entry of a family file, as it is read."""
    return family_entry({**ENTRY, **fields}, "uterus.json, entry 1")


def put_families(folder: Path, *entries: dict[str, object], name: str = "uterus.json") -> Path:
    (folder / name).write_text(json.dumps(entries), encoding="utf-8")
    return folder


def guidance_text(*, plain: str = BODY, head: str = "", **fields: str) -> str:
    """A whole guidance file; fields of its head by name, bodies of its headings by theirs."""
    values = {name: fields.get(name, value) for name, value in HEAD.items()}
    head = head or "\n".join(f"{name}: {value}" for name, value in values.items())
    bodies = {heading: fields.get(heading, BODY) for heading in HEADINGS}
    parts = [
        f"## {heading}\n{body}\n" for heading, body in {PLAIN_HEADING: plain, **bodies}.items()
    ]
    return f"---\n{head}\n---\n" + "\n".join(parts)


def put_guidance(folder: Path, text: str = "", *, name: str = "", **fields: str) -> Path:
    name = name or f"{fields.get('code', '74740')}.md"
    path = folder / name
    path.write_text(text or guidance_text(**fields), encoding="utf-8")
    return path


def guidance_file(folder: Path, **fields: str) -> GuidanceFile:
    return read_guidance(put_guidance(folder, **fields))
