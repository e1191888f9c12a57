"""What of a message may be kept: text and file names without identifiers."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from codes.case.file_text import TEXT_AT_MOST
from codes.consult import mail
from codes.screen import Screened, screen

# Read beyond the limit, so that the screen sees whole what the limit would cut in two.
MARGIN = 1000
SUBJECT_AT_MOST = 120


@dataclass(frozen=True)
class Words:
    """Screened words, what was taken out by kind, and the files with why each was not read."""

    subject: str = ""
    text: str = ""
    removed: dict[str, int] = field(default_factory=dict)
    files: list[dict[str, str]] = field(default_factory=list)
    cut: bool = False


def words_of_mail(message: mail.Mail) -> Words:
    text, files = mail.body(message)
    whole = "\n\n".join([text, *(each.text for each in files if each.text)]).strip()
    named = [{"name": each.name, "why": each.why} for each in files]
    return words(subject=mail.header(message, "Subject"), text=whole, files=named)


def words(*, subject: str, text: str, files: list[dict[str, str]] | None = None) -> Words:
    title, body = (
        screen(mail.clean(subject)[:250]),
        screen(mail.clean(text)[: TEXT_AT_MOST + MARGIN]),
    )
    return Words(
        subject=" ".join(title.text.split())[:SUBJECT_AT_MOST],
        text=body.text[:TEXT_AT_MOST].strip(),
        removed=_counts(title, body),
        files=files or [],
        cut=len(text) > TEXT_AT_MOST,
    )


def _counts(*screened: Screened) -> dict[str, int]:
    total = Counter[str]()
    for each in screened:
        total.update(each.counts)
    return dict(total)


def fields(found: Words) -> dict[str, Any]:
    """The fields of an Inbound row."""
    return vars(found)
