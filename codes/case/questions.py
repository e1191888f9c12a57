"""What the text leaves open, asked of the coder, where it decides between the codes offered."""

import re
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from codes.case.facts import Facts
from codes.case.index import Entry

CONSIDERED = 6
SPLITS_BY_CONTRAST = {"ct", "mri"}


def questions(offered: Sequence[Entry], facts: Facts) -> list[str]:
    """Each open slot once, in the order of the codes that it separates."""
    near = list(offered[:CONSIDERED])
    asked = [text for ask in ASKERS if (text := ask(near, facts))]
    return list(dict.fromkeys(asked))


def _contrast(near: list[Entry], facts: Facts) -> str:
    kinds = {each.contrast for each in near if each.act in SPLITS_BY_CONTRAST}
    if facts.contrast or len(kinds) < 2:
        return ""
    return _("Was contrast given by vein? The text does not say.")


def _side(near: list[Entry], facts: Facts) -> str:
    if facts.sides or not any(each.side in ("one side", "both sides") for each in near[:2]):
        return ""
    return _("Which side, or both?")


def _views(near: list[Entry], facts: Facts) -> str:
    counted = {each.number for each in near if each.act == "x-ray" and "view" in each.number}
    if facts.views is not None or len(counted) < 2:
        return ""
    return _("How many views were taken?")


def _weight(near: list[Entry], facts: Facts) -> str:
    weighed = {each.number for each in near if "250 g" in each.number}
    if len(weighed) < 2 or re.search(r"\d+\s*(?:g\b|grams?)", facts.whole):
        return ""
    return _("What did the uterus weigh: up to 250 g, or more?")


def _size(near: list[Entry], facts: Facts) -> str:
    sizes = {each.number for each in near if each.number.endswith(" cm")}
    if facts.size_cm is not None or len(sizes) < 2:
        return ""
    return _("What size was it, in centimeters, before it was treated?")


def _care(near: list[Entry], facts: Facts) -> str:
    if not any(each.act == "delivery" for each in near[:3]):
        return ""
    return _("Who gave the care before and after the delivery: this practice or another?")


def _weeks(near: list[Entry], facts: Facts) -> str:
    aged = {each.number for each in near if "14 weeks" in each.number}
    if facts.weeks is not None or len(aged) < 2:
        return ""
    return _("How many weeks was the pregnancy?")


def _extent(near: list[Entry], facts: Facts) -> str:
    pairs = {(each.act, each.region) for each in near if each.extent == "complete"}
    both = any(each.extent == "limited" and (each.act, each.region) in pairs for each in near)
    if not both or re.search(r"\b(?:complete|limited)\b", facts.head, re.IGNORECASE):
        return ""
    return _("Was the study complete, or limited to a part?")


def _access(near: list[Entry], facts: Facts) -> str:
    kinds = {each.extent for each in near if "access" in each.extent or "existing" in each.extent}
    told = re.search(r"existing|indwelling|new(?:ly)? |exchang|punctur", facts.done, re.IGNORECASE)
    return "" if told or len(kinds) < 2 else _("Was the access new, or one that existed?")


def _route(near: list[Entry], facts: Facts) -> str:
    films = {each.code for each in near} & {"74420", "74425"}
    if len(films) < 2 or re.search(r"retrograde|antegrade|nephrostom", facts.done, re.IGNORECASE):
        return ""
    return _("Was contrast given through a ureteral catheter, or from above?")


def _guidance(near: list[Entry], facts: Facts) -> str:
    open_ = any(each.guidance == "not included" for each in near[:3])
    if not open_ or re.search(r"guid|fluoro|ultraso|\bct\b", facts.done, re.IGNORECASE):
        return ""
    return _("Was imaging guidance used, and is there a report of it?")


ASKERS: tuple[Callable[[list[Entry], Facts], str], ...] = (
    _contrast,
    _side,
    _views,
    _size,
    _weight,
    _weeks,
    _care,
    _extent,
    _access,
    _route,
    _guidance,
)
