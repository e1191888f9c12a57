"""A case's answer as plain text, for a mail and for the consultant who edits it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from codes.case.shown import likely
from codes.models import CaseSetting

BANDS = {
    "clear": _("The first stands clearly before the second."),
    "leading": _("The first stands somewhat before the second."),
    "close": _("The first ones are close: read what speaks for and against each."),
}
SHOWN = 5  # a mail is read on a phone; the row keeps all


def written(answer: dict[str, Any]) -> str:
    return "\n".join(_lines(answer)).strip()


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    yield from _basis(answer)
    if not answer["suggestions"]:
        yield _(
            "No procedure that the reference knows was found in the text. No code is suggested."
        )
    for number, each in enumerate(likely(answer)[:SHOWN], 1):
        yield from _suggestion(number, each)
    yield from _listed(_("Edits between them"), _edits(answer))
    yield from _listed(_("The text leaves open"), answer["questions"])
    named = [
        f"{each['code']} {each['title']}: “{each['evidence']}”" for each in answer["diagnoses"]
    ]
    yield from _listed(_("Diagnoses the text supports"), named)
    yield from _listed(_("Rests on"), answer["releases"])
    yield from _listed(_("Not loaded"), answer["not_loaded"])


def _basis(answer: dict[str, Any]) -> Iterator[str]:
    day = date.fromisoformat(answer["on"])
    yield _("Date of service: %(day)s (the day it came in). Setting: %(setting)s.") % {
        "day": f"{day.day} {day:%b %Y}",
        "setting": CaseSetting(answer["setting"]).label,
    }
    if answer["band"]:
        yield BANDS[answer["band"]]
    yield ""


def _suggestion(number: int, each: dict[str, Any]) -> Iterator[str]:
    yield f"{number}. {each['code']}  {each['title']}"
    yield f"   {settings.SITE_URL}{each['url']}"
    if each["evidence"]:
        told = dict.fromkeys(" ".join(span["text"].split()) for span in each["evidence"])
        yield f"   {_('In the text')}: {'; '.join(f'“{words}”' for words in told)}"
    for label, lines in ((_("For"), each["why"]), (_("Against"), each["against"])):
        if lines:
            yield f"   {label}: {'; '.join(lines)}"
    for check in each["checks"]:
        source = check["source"] or _("no source loaded")
        yield f"   - {check['text']} [{source}]"
    if each["paired"]:
        beside = ", ".join(f"{other['code']} {other['title']}" for other in each["paired"])
        yield f"   {_('Often reported beside it')}: {beside}"
    yield ""


def _edits(answer: dict[str, Any]) -> list[str]:
    shown = {each["code"] for each in likely(answer)[:SHOWN]}
    among = [each for each in answer["edits"] if {each["paid"], each["not_paid"]} <= shown]
    return [_edit(each) for each in among]


def _edit(each: dict[str, Any]) -> str:
    outside = _(", the day lies outside it") if each["outside"] else ""
    return f"{each['paid']} / {each['not_paid']}: {each['words']} [{each['source']}{outside}]"


def _listed(heading: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{heading}:"
        yield from (f"- {line}" for line in lines)
        yield ""
