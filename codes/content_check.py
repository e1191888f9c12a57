"""What a reader of the content files would object to: gaps, clashes, codes not in force, borrowed
phrases."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from codes.content_files import ATTRIBUTES, FamilyEntry, GuidanceFile
from codes.topics import Topic

TITLE_AT_MOST = 120
LEAST = dict.fromkeys(Topic, 250)  # characters; less is a heading, not a section
NOT_APPLICABLE = "Not applicable:"
SOURCES = {"RVU26C", "RVU25D", "PTP 2024Q3", "MUE 2024Q3", "AOC 2024Q3", "RBCS 2024"}
# Turns of phrase of official descriptors; own words have no need of them.
BORROWED = re.compile(
    r"material\(s\)|\(s\)|radiological supervision and interpretation|separate procedure|"
    r"list separately|in addition to code for|with or without|any method|when performed|"
    r"each additional|real[- ]time with image documentation|unilateral or bilateral|"
    r"single or multiple|not otherwise specified|\beg,|\bie,|including\b.*\bwhen\b",
    re.IGNORECASE,
)
CODE_MENTION = re.compile(r"`(\d{4}[0-9FTU]|[A-CEGHJ-V]\d{4})`")
MARK = re.compile(r"\[([A-Z]{3,4}[^\]\n]*)\]")


def family_problems(
    entries: Iterable[FamilyEntry], words: dict[str, list[str]], in_force: set[str]
) -> Iterator[str]:
    """One sentence for each thing wrong. `in_force` are the codes that need an entry."""
    by_code: dict[str, list[FamilyEntry]] = defaultdict(list)
    same: dict[tuple[str, ...], list[FamilyEntry]] = defaultdict(list)
    titles: dict[str, list[FamilyEntry]] = defaultdict(list)
    for entry in entries:
        by_code[entry.code].append(entry)
        same[entry.signature].append(entry)
        titles[entry.title.lower()].append(entry)
        yield from _entry_problems(entry, words, in_force)
    yield from (f"{code}: has no entry" for code in sorted(in_force - set(by_code)))
    for kind, groups in (("code", by_code), ("attributes", same), ("title", titles)):
        for group in groups.values():
            if len(group) > 1:
                names = " and ".join(f"{each.code} ({each.place})" for each in group)
                yield f"{names}: share one {kind}"


def _entry_problems(
    entry: FamilyEntry, words: dict[str, list[str]], in_force: set[str]
) -> Iterator[str]:
    name = f"{entry.place} ({entry.code})"
    if entry.code not in in_force:
        yield f"{name}: is not in force in the loaded release"
    yield from _wording_problems(entry, name)
    if not entry.attributes["act"]:
        yield f"{name}: has no act"
    for attribute in ATTRIBUTES:
        value = entry.attributes[attribute]
        if value and attribute in words and value not in words[attribute]:
            yield f"{name}: {attribute} {value!r} is not in attributes.json"


def _wording_problems(entry: FamilyEntry, name: str) -> Iterator[str]:
    if len(entry.title) > TITLE_AT_MOST:
        yield f"{name}: its title is longer than {TITLE_AT_MOST} characters"
    for text in (entry.title, *entry.synonyms, *entry.attributes.values()):
        if found := BORROWED.search(text):
            yield f"{name}: {found[0]!r} is a phrase of descriptors, not ours"
    if not entry.synonyms:
        yield f"{name}: has no synonym"
    if len({each.lower() for each in entry.synonyms}) < len(entry.synonyms):
        yield f"{name}: names a synonym twice"


def guidance_problems(file: GuidanceFile, known: set[str], in_force: set[str]) -> Iterator[str]:
    """`known` are codes that any loaded file names, `in_force` those a reader may bill today."""
    name = f"{file.code}.md"
    if len(file.plain) < 200:
        yield f"{name}: its common-language text is too short to help"
    for topic, body in file.sections.items():
        if not body.startswith(NOT_APPLICABLE) and len(body) < LEAST[topic]:
            yield f"{name}: {topic.label} says next to nothing"
    everything = "\n".join([file.plain, *file.sections.values()])
    if found := BORROWED.search(everything):
        yield f"{name}: {found[0]!r} is a phrase of descriptors, not ours"
    for code in sorted({*file.pairs, *file.compare} - in_force):
        yield f"{name}: pairs or compares {code}, which is not in force"
    for code in sorted(set(CODE_MENTION.findall(everything)) - known):
        yield f"{name}: names {code}, which no loaded file knows"
    for mark in sorted(set(MARK.findall(everything)) - SOURCES):
        yield f"{name}: [{mark}] is not a source that ships"
