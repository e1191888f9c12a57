"""Single values as sources write them, read into ours; what cannot be read stays unstated."""

import html
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from dateutil import parser as dates

from jobs.description_text import to_html
from jobs.sanitise import clean_html

ESCAPED = re.compile(r"&(?:amp;)*lt;/?[a-z]", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
DAY_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}|[A-Z][a-z]+\.? \d{1,2}, \d{4}|\d{1,2}/\d{1,2}/\d{4}")
SPACE = re.compile(r"\s+")
# Control characters, and the halves of characters that JSON can name and no database keeps.
ILLEGIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")

EMPLOYMENT = {
    "fulltime": "full-time",
    "permanent": "full-time",
    "regular": "full-time",
    "parttime": "part-time",
    "contract": "contract",
    "contractor": "contract",
    "temporary": "temporary",
    "temp": "temporary",
    "perdiem": "per-diem",
    "prn": "per-diem",
    "intern": "intern",
    "internship": "intern",
}


def legible(text: str) -> str:
    return ILLEGIBLE.sub("", text)


def line(value: Any) -> str:
    """One line of plain text: entities read, tags gone, white space folded."""
    text = html.unescape(value) if isinstance(value, str) else ""
    return SPACE.sub(" ", legible(TAG.sub(" ", text))).strip()


def markup(value: Any) -> str:
    """A description in our tags, whatever the source wrote: HTML, escaped HTML, Markdown, text.

    Sources escape HTML once or twice on the way; it is read until its tags show.
    """
    text = legible(value) if isinstance(value, str) else ""
    while not TAG.search(text) and ESCAPED.search(text):
        text = html.unescape(text)
    return clean_html(text) if TAG.search(text) else to_html(html.unescape(text))


def moment(value: Any) -> datetime | date | None:
    """An instant, or a day where the source gives no time of day; None when it is no date.

    A time without a zone is read as UTC; a whole number is milliseconds since 1970.
    """
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000, UTC)
        text = line(value)
        found = dates.isoparse(text) if text[:4].isdigit() else dates.parse(text)
        if DAY_ONLY.fullmatch(text):
            return found.date()
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def instant(value: Any) -> datetime | None:
    """The same as an instant; a bare day begins at midnight UTC."""
    found = moment(value)
    if found is None or isinstance(found, datetime):
        return found
    return datetime(found.year, found.month, found.day, tzinfo=UTC)


def employment(values: Any) -> tuple[str, ...]:
    """Slugs of employment types, each once, in the order given: "FULL_TIME", "Full Time" …"""
    given: Iterable[Any] = values if isinstance(values, list | tuple) else [values]
    words = (re.sub(r"[^a-z]", "", line(value).lower()) for value in given)
    return tuple(dict.fromkeys(EMPLOYMENT[word] for word in words if word in EMPLOYMENT))
