"""The AMA's CPT files, for who has recorded a licence. Only their layout is known here.

SHORTU and MEDU: code in places 1-5, text from 7 (28 or 48 places). LONGULT: code, tab, text; some
licensees get 8 + 71 places instead. A prose heading ends at the last blank line. ConsumerDescriptor
and ClinicianDescriptor: tab-separated under headings. Source: the AMA's own published loaders.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from codes.intake.cells import is_dental
from codes.intake.files import BadFile, Line, names_in
from codes.models.licence import DescriptorKind

MEMBERS = {
    DescriptorKind.SHORT: r"^SHORTU?\.txt$",
    DescriptorKind.MEDIUM: r"^MEDU?\.txt$",
    DescriptorKind.LONG: r"^LONGU(LT)?\.txt$",
    DescriptorKind.CONSUMER: r"^ConsumerDescriptor\.txt$",
    DescriptorKind.CLINICIAN: r"^ClinicianDescriptor\.txt$",
}
CODE = re.compile(r"\d{4}[0-9AFMTU]")
CODE_HEADING, TEXTS = "CPT Code", ("Consumer Friendly Descriptor", "Clinician Descriptor")
TEXT_FROM = 6  # places before the text of SHORTU and MEDU
WIDE_TEXT_FROM = 8


@dataclass(frozen=True)
class Text:
    """One text of a code; several of one kind are told apart by their place."""

    code: str
    kind: str
    position: int
    text: str


def kind_of(file_name: str) -> DescriptorKind | None:
    """Which of the AMA's files this is, by its name."""
    for kind, pattern in MEMBERS.items():
        if re.search(pattern, file_name, re.IGNORECASE):
            return kind
    return None


def kinds_in(path: Path) -> list[DescriptorKind]:
    """The texts that a file holds, by its name, or by the names in a zip. Raises BadFile."""
    found = {kind for name in names_in(path) if (kind := kind_of(name))}
    if not found:
        raise BadFile("is none of the AMA's files of text, going by its name")
    return [kind for kind in MEMBERS if kind in found]


def read(lines: Iterator[Line], kind: DescriptorKind) -> Iterator[Text]:
    """Raises BadFile where a line below the heading is not of the layout."""
    if kind in (DescriptorKind.CONSUMER, DescriptorKind.CLINICIAN):
        yield from _headed(lines, kind)
        return
    seen = set()
    for number, line in _body(lines):
        code, text = _split(line, kind)
        _check(code, text, number, "1-5")
        if code in seen:
            raise BadFile(f"{code} stands there twice", line=number, column="1-5")
        seen.add(code)
        yield Text(code, kind, 0, text)


def _check(code: str, text: str, line: int, column: str) -> None:
    if is_dental(code):
        raise BadFile(f"{code} is a dental code, which the ADA licenses", line=line, column=column)
    if not CODE.fullmatch(code):
        raise BadFile(f"{code!r} is no CPT code", line=line, column=column)
    if not text:
        raise BadFile(f"the text of {code} is missing", line=line)


def _body(lines: Iterator[Line]) -> list[Line]:
    """What stands below the last blank line; a trailing one is none."""
    everything = list(lines)
    while everything and not everything[-1][1].strip():
        everything.pop()
    blank = [place for place, (_number, text) in enumerate(everything) if not text.strip()]
    body = everything[blank[-1] + 1 :] if blank else everything
    if not body:
        raise BadFile("is empty")
    return body


def _split(line: str, kind: DescriptorKind) -> tuple[str, str]:
    if kind == DescriptorKind.LONG:
        code, tab, text = line.partition("\t")
        if not tab:
            code, text = line[:5], line[WIDE_TEXT_FROM:]
        return code.strip(), text.strip()
    return line[:5].strip(), line[TEXT_FROM:].strip()


def _headed(lines: Iterator[Line], kind: DescriptorKind) -> Iterator[Text]:
    headings: list[str] = []
    counts: dict[str, int] = {}
    for number, line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        if not headings:
            headings = cells if CODE_HEADING in cells else []
            continue
        if not line.strip():
            continue
        if len(cells) != len(headings):
            raise BadFile(f"has {len(cells)} columns, not {len(headings)}", line=number)
        row = dict(zip(headings, cells, strict=True))
        code, text = row[CODE_HEADING], next((row[each] for each in TEXTS if each in row), "")
        _check(code, text, number, CODE_HEADING)
        yield Text(code, kind, counts.setdefault(code, 0), text)
        counts[code] += 1
    if not headings:
        raise BadFile(f"has no row of headings with {CODE_HEADING}")
