"""Imaging reports: which modality, and which region was imaged."""

import json
import re
from collections import defaultdict
from functools import lru_cache

from codes.case.facts import Facts
from codes.case.index import Index
from codes.case.rank import Candidate
from codes.case.sections import Kind
from codes.case.statements import Statement
from codes.content_files import DATA

POINTS = 17.0  # for a modality and region named together in a heading
CROSS = {"ct", "mri", "ct angiography", "mr angiography"}
PRINCIPAL = 1.3  # what the region named first gains over those after it
ALIKE = 0.7  # of the mentions of the most named region, for another to be thought of
INFERRED = 0.5  # modality or region told by signs only
OPERATED = re.compile(
    r"\b(?:incision|incised|draped|anesthesia|sutur\w+|scalpel|trocars?|forceps|cauter\w+|"
    r"resect\w+)\b",
    re.IGNORECASE,
)
GUIDED = re.compile(r"guid(?:ed|ance)|under (?:fluoro|ultrasound|ct)", re.IGNORECASE)
Found = dict[tuple[str, str], tuple[float, Statement]]


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, dict[str, dict[str, "re.Pattern[str]"]]]:
    """Patterns of `data/case/imaging.json`: modalities, their signs, regions by modality."""
    raw = json.loads((DATA / "case" / "imaging.json").read_text(encoding="utf-8"))
    flat = {
        "modalities": {"": raw["modalities"]},
        "signs": {"": raw["signs"]},
        "regions": raw["regions"],
    }
    return {
        name: {
            group: {key: re.compile(text, re.IGNORECASE) for key, text in patterns.items()}
            for group, patterns in groups.items()
        }
        for name, groups in flat.items()
    }


def is_operation(said: list[Statement]) -> bool:
    steps = " ".join(each.text for each in said if each.is_done)
    return len(OPERATED.findall(steps)) >= 3


def imaged(said: list[Statement]) -> Found:
    """The modalities and regions imaged, with their strength and the statement that says so."""
    named = _named(said)
    if max((weight for places in named.values() for weight, _each in places), default=0) < INFERRED:
        named = _by_signs(said) or named
    found: Found = {}
    for act, places in named.items():
        regions = vocabulary()["regions"].get("cross" if act in CROSS else act, {})
        _regions_beside(act, regions, places, found)
        if not any(key[0] == act for key in found):
            _regions_elsewhere(act, regions, max(weight for weight, _each in places), said, found)
    return found


def _named(said: list[Statement]) -> dict[str, list[tuple[float, Statement]]]:
    named: dict[str, list[tuple[float, Statement]]] = defaultdict(list)
    for each in said:
        if each.weight < 0.1 or not each.is_done or GUIDED.search(each.text):
            continue
        for act, pattern in vocabulary()["modalities"][""].items():
            if pattern.search(each.text):
                named[act].append((each.weight, each))
    if "pet" in named or "pet-ct" in named:
        named.pop("ct", None)
    strongest = max((w for places in named.values() for w, _s in places), default=0.0)
    if named.get("x-ray") and any(named.get(act) for act in ("ct", "mri", "ultrasound")):
        named["x-ray"] = [(w, s) for w, s in named["x-ray"] if w >= 0.75]
    return {
        act: places
        for act, places in named.items()
        if places and max(w for w, _s in places) >= 0.5 * strongest
    }


def _by_signs(said: list[Statement]) -> dict[str, list[tuple[float, Statement]]]:
    """The modality whose signs the findings hold most of, where none is named."""
    counts = {
        act: [each for each in said if pattern.search(each.text) and each.kind != Kind.HISTORY]
        for act, pattern in vocabulary()["signs"][""].items()
    }
    act = max(counts, key=lambda name: len(counts[name]))
    return {act: [(INFERRED, each) for each in counts[act]]} if len(counts[act]) > 1 else {}


def _regions_beside(
    act: str,
    regions: dict[str, "re.Pattern[str]"],
    places: list[tuple[float, Statement]],
    found: Found,
) -> None:
    for weight, each in places:
        for region, pattern in regions.items():
            if pattern.search(each.text) and weight > found.get((act, region), (0.0,))[0]:
                found[act, region] = (weight, each)
    strongest = max((found[key][0] for key in found if key[0] == act), default=0)
    for key in [key for key in found if key[0] == act and found[key][0] < 0.5 * strongest]:
        del found[key]


def _regions_elsewhere(
    act: str,
    regions: dict[str, "re.Pattern[str]"],
    weight: float,
    said: list[Statement],
    found: Found,
) -> None:
    """The region that the most statements speak of, where none stands beside the modality."""
    counts: dict[str, list[Statement]] = {}
    for region, pattern in regions.items():
        held = [
            each
            for each in said
            if each.kind not in (Kind.HISTORY, Kind.PLAN)
            for _match in pattern.finditer(each.text)
        ]
        if held:
            counts[region] = held
    best = max((len(held) for held in counts.values()), default=0)
    for region, held in counts.items():
        if len(held) >= ALIKE * best:
            found[act, region] = (weight * 0.8 * len(held) / best, held[0])


def add(index: Index, said: list[Statement], facts: Facts, found: dict[str, Candidate]) -> None:
    """Give the codes of an imaged modality and region their points; slots decide later."""
    seen = imaged(said)
    if is_operation(said):
        seen = {key: (weight * 0.3, each) for key, (weight, each) in seen.items() if weight >= 0.75}
    _combine(seen)
    order = {key: each.start + _place(key, each.text) for key, (_w, each) in seen.items()}
    first = min(order.values(), default=0)
    for entry in index.entries.values():
        key = (entry.act, entry.region)
        if key not in seen or entry.extent.startswith(("each further", "add")):
            continue
        weight, each = seen[key]
        candidate = found.setdefault(entry.code, Candidate(entry.code))
        own = POINTS * weight * (PRINCIPAL if order[key] == first else 1)
        candidate.score = 0.5 * candidate.score + own
        candidate.signs.append((each.start, each.end))


def _place(key: tuple[str, str], text: str) -> int:
    """Where in a statement its region is named: of several the first is the principal one."""
    regions = vocabulary()["regions"].get("cross" if key[0] in CROSS else key[0], {})
    found = regions[key[1]].search(text) if key[1] in regions else None
    return found.start() if found else len(text)


def _combine(seen: Found) -> None:
    """CT of abdomen and of pelvis is one code; an angiogram takes the place of the plain scan."""
    if ("ct", "abdomen") in seen and ("ct", "pelvis") in seen:
        seen.setdefault(
            ("ct", "abdomen and pelvis"),
            max(seen["ct", "abdomen"], seen["ct", "pelvis"], key=lambda each: each[0]),
        )
    if ("ct", "abdomen and pelvis") in seen:
        seen.pop(("ct", "abdomen"), None)
        seen.pop(("ct", "pelvis"), None)
    for angio, bare in (("ct angiography", "ct"), ("mr angiography", "mri")):
        for act, region in list(seen):
            if act == angio:
                for same in ((bare, region), (bare, "brain" if region == "head" else region)):
                    if (
                        same in seen
                        and seen[same][0] <= seen[act, region][0]
                        and angio == "ct angiography"
                    ):
                        seen.pop(same)
