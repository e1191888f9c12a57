"""Whether the slots of a report fit the attributes of a code."""

import re
from collections.abc import Iterator

from codes.case.facts import OPEN_ONLY, Facts
from codes.case.index import Entry
from codes.case.vocabulary import patterns

IMAGING = {"ct", "mri", "ct angiography", "mr angiography"}
I = re.IGNORECASE  # noqa: E741
ADD_ON = re.compile(r"^(?:each further|added to)")


def fits(entry: Entry, facts: Facts) -> Iterator[tuple[float, str]]:
    """Factors of a code's score, each with what speaks against the code where it is below 1."""
    yield from _approach(entry, facts)
    if entry.act in IMAGING and entry.contrast:
        yield from _contrast(entry, facts)
    yield from _side(entry, facts)
    yield from _number(entry, facts)
    yield from _person(entry, facts)
    yield from _needs(entry, facts)
    yield from _act(entry, facts)
    if entry.act == "unlisted":
        yield 0.25, "an unlisted code is for what no other code says"
    if ADD_ON.match(entry.extent):
        yield 0.5, "an add-on code: never by itself"
    if entry.status not in "ACRT":
        yield 0.4, "Medicare does not pay this code in the loaded schedule"


def _approach(entry: Entry, facts: Facts) -> Iterator[tuple[float, str]]:
    approach = entry.approach
    if not approach:
        return
    if approach == "transabdominal":
        vaginal = {"transvaginal", "transrectal"} & facts.approaches
        if vaginal and not re.search(r"trans-?abdominal|full bladder", facts.done, I):
            yield 0.6, "the text tells of a probe in vagina or rectum"
        return
    if approach in OPEN_ONLY:
        if not facts.is_open:
            yield 0.35, f"its approach is {approach}; the text tells of a laparoscope"
        return
    parts = approach.split(" or ") if " or " in approach else [approach]
    if not any(part in facts.approaches for part in parts if part):
        known = approach in ("external", "surface", "subcutaneous", "intravenous", "intramuscular")
        if not known:
            yield 0.35, f"its approach is {approach}; the text does not say so"


# Sequences run before the agent, told beside those after it.
PLAIN_SEQUENCES = re.compile(
    r"\b(?:T2|FLAIR|DWI|STIR|diffusion|PD)\b[^.]{0,80}\bpost[ -]|"
    r"\bT1\b[^.]{0,40}\b(?:before|pre)\b",
    I,
)


def _contrast(entry: Entry, facts: Facts) -> Iterator[tuple[float, str]]:
    wanted = entry.contrast
    if wanted in ("either", "not used", "radiotracer"):
        return
    if entry.act == "ct angiography":
        return
    said = facts.contrast or "without"
    if entry.act == "mri" and said == "with" and wanted == "without then with":
        yield (1.5 if PLAIN_SEQUENCES.search(facts.done) else 1.0), ""
        return
    if wanted == said:
        yield (1.35 if facts.contrast else 1.15), ""
    else:
        shown = facts.contrast_said or "no contrast is mentioned"
        yield (0.45 if facts.contrast else 0.7), f"it is {wanted} contrast; the text: “{shown}”"


def _side(entry: Entry, facts: Facts) -> Iterator[tuple[float, str]]:
    if entry.side == "both sides" and facts.sides in ("left", "right"):
        yield 0.5, f"it is for both sides; the text names the {facts.sides}"
    elif entry.side == "both sides" and facts.sides == "both sides":
        yield 1.25, ""
    elif entry.side == "one side" and facts.sides == "both sides":
        yield 0.9, "it is for one side; the text names both"


RANGE = re.compile(r"^(?:(\d+)-(\d+)|(\d+) or more|(\d+)) views?")


def _number(entry: Entry, facts: Facts) -> Iterator[tuple[float, str]]:
    if entry.act == "x-ray" and (found := RANGE.match(entry.number)):
        low = int(found[1] or found[3] or found[4])
        high = int(found[2] or (99 if found[3] else found[4] or low))
        if facts.views is None:
            return
        if low <= facts.views <= high:
            yield 1.3, ""
        else:
            yield 0.6, f"it is for {entry.number}; {facts.views} are told"
    elif "250 g" in entry.number:
        yield from _weight(entry, facts)
    elif entry.number.startswith(("under 14 weeks", "14 weeks")):
        yield from _weeks(entry, facts)
    elif bounds := SIZES.get(entry.number):
        yield from _size(entry, facts, bounds)


HEAVY = re.compile(r"\b(?:2[5-9]\d|[3-9]\d\d|\d{4})(?:\.\d+)? ?(?:g|gm|grams?)\b", I)

MANY_FIBROIDS = re.compile(
    r"\b(?:five|six|seven|eight|nine|ten|[5-9]|1\d)\b[^.]{0,30}(?:fibroid|myoma|leiomyoma)", I
)


def _weight(entry: Entry, facts: Facts) -> Iterator[tuple[float, str]]:
    heavy = HEAVY.search(facts.whole)
    if "over 250 g" in entry.number:
        many = entry.number.startswith("5 or more") and MANY_FIBROIDS.search(facts.done)
        if not (heavy or many):
            yield 0.8, "no weight over 250 g is stated"
    elif heavy:
        yield 0.6, f"it is for {entry.number}; the text says {heavy[0]}"


SIZES = {
    "under 0.5 cm": (0.0, 0.5),
    "0.5 to under 2 cm": (0.5, 2.0),
    "2-5 cm": (2.0, 5.01),
    "over 5 cm": (5.01, 1e9),
    "under 2.5 cm": (0.0, 2.5),
    "over 2.5 cm": (2.5, 1e9),
    "up to 2 cm": (0.0, 2.01),
    "over 2 cm": (2.01, 1e9),
    "up to 5 cm": (0.0, 5.01),
    "under 3 cm": (0.0, 3.01),
    "over 3 cm": (3.01, 1e9),
}


def _size(entry: Entry, facts: Facts, bounds: tuple[float, float]) -> Iterator[tuple[float, str]]:
    if facts.size_cm is None:
        return
    low, high = bounds
    if low <= facts.size_cm < high:
        yield 1.3, ""
    else:
        yield 0.5, f"it is for {entry.number}; the text says {facts.size_cm:g} cm"


def _weeks(entry: Entry, facts: Facts) -> Iterator[tuple[float, str]]:
    early = entry.number.startswith("under")
    if facts.weeks is None:
        return
    if (facts.weeks < 14) == early:
        yield 1.3, ""
    else:
        yield 0.4, f"it is for {entry.number}; the text says {facts.weeks} weeks"


def _person(entry: Entry, facts: Facts) -> Iterator[tuple[float, str]]:
    words = f"{entry.title} {entry.region} {entry.number} {entry.extent}".lower()
    if facts.sex == "male" and re.search(
        r"\b(?:woman|female|uter|ovar|vagina(?!lis)|pregnan)", words
    ):
        yield 0.15, "the patient is told of as a man"
    if facts.sex == "female" and re.search(
        r"\bmale\b|\bman\b|prostat|penis|testis|scrot|spermat|epididym", words
    ):
        yield 0.15, "the patient is told of as a woman"
    age = facts.age_years
    if re.search(r"newborn|28 days or younger", words) and not re.search(
        r"beyond|older than|over 28", words
    ):
        if age is not None and age > 0.1:
            yield 0.3, "it is for a newborn"
    elif re.search(r"beyond newborn|over 28 days", words) and age is not None and age < 0.08:
        yield 0.4, "it is for a child older than 28 days"


IN_WHOLE = frozenset(
    [
        "stone",
        "tumor",
        "stricture",
        "ectopic pregnancy",
        "missed abortion",
        "incomplete abortion",
        "incontinence",
        "induced abortion",
        "sterilization",
        "hydrocele",
        "varicocele",
        "vbac",
        "priapism",
        "reflux",
    ]
)


def _needs(entry: Entry, facts: Facts) -> Iterator[tuple[float, str]]:
    """What extent or purpose name and the text does not; of alternatives one is enough."""
    for value in (entry.extent, entry.purpose):
        missing = [_missing(part, facts) for part in value.lower().split(" or ")]
        if missing and all(missing):
            yield 0.45, f"the text does not speak of: {missing[0]}"
            return


def _missing(value: str, facts: Facts) -> str:
    for name, pattern in patterns("needs").items():
        if name in value and not pattern.search(facts.whole if name in IN_WHOLE else facts.done):
            return name
    return ""


NOT_SURGICAL = frozenset({"evaluation", "test", "measurement", "interpretation", "consultation"})


def _act(entry: Entry, facts: Facts) -> Iterator[tuple[float, str]]:
    pattern = patterns("acts").get(entry.act)
    if pattern is not None:
        if not pattern.search(facts.done):
            yield 0.2, f"no {entry.act} is told of as done"
    elif entry.act not in NOT_SURGICAL and not patterns("surgical")["any"].search(facts.done):
        yield 0.3, "no operation is told of as done"
    if entry.guidance == "reported here":
        yield 0.6, "guidance is reported beside the procedure it guides"
