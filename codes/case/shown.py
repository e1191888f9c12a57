"""A case's answer as a page shows it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from codes.case.evidence import Segment, Span, segments
from codes.models.case import CaseSetting
from codes.screen import Removed, summary

MARKED = 5  # codes whose evidence is marked in the text; the others tell it beside themselves
BANDS = {
    "clear": gettext_lazy("The first stands well before the others."),
    "leading": gettext_lazy("The first stands somewhat before the second: read both."),
    "close": gettext_lazy("The first ones are close: the text does not decide between them."),
}


def page(result: dict[str, Any], removed: dict[str, int]) -> dict[str, Any]:
    """The context of `case/_answer.html`. `result` also holds the text that its spans count in."""
    named = likely(result)
    return {
        "result": result,
        "likely": named,
        "faint": [each for each in result["suggestions"] if each not in named],
        "faint_from": len(named) + 1,
        "on": date.fromisoformat(result["on"]),
        "removed": summary(Removed(kind, count) for kind, count in removed.items()),
        "segments": _segments(result),
        "band": BANDS.get(result["band"], ""),
        "setting": CaseSetting(result["setting"]).label,
    }


def likely(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The suggestions that more than shared words speak for; of an old case all of them."""
    return [each for each in result["suggestions"] if not each.get("faint")]


def _segments(result: dict[str, Any]) -> list[Segment]:
    marks = [
        (each["code"], [Span(span["start"], span["end"]) for span in each["evidence"]])
        for each in result["suggestions"][:MARKED]
    ]
    return segments(result["text"], marks)


def draft(result: dict[str, Any]) -> dict[str, Any]:
    """What leaves the site as data says of itself that nobody has verified it."""
    note = _("A draft by software, not verified by a coder. Nothing is selected.")
    return {"note": note, **result}
