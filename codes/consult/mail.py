"""Reads a message, however badly it is made: headers, text and attached files."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError, InvalidBase64LengthDefect
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from typing import TypeAlias

from django.utils.translation import gettext as _

from accounts.errors import RuleBroken
from codes.case.file_text import text_of
from codes.consult.file_names import safe_name
from codes.consult.html_text import text_of_html

PARTS_AT_MOST = 100
DEEPEST = 20
FILES_READ = 3
# What is left of files in a message that is made wrongly: no words of a person.
ENCODED = re.compile(r"[A-Za-z0-9+/=]{60,}|^M[!-`]{60}$", re.MULTILINE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
QUOTE_ENDS = "===== Write above this line ====="

Mail: TypeAlias = "Message[str, str]"


@dataclass(frozen=True)
class File:
    """An attached file: the safe part of its name, and why it was not read ("" if it was)."""

    name: str
    why: str = ""
    text: str = ""


def parsed(raw: bytes) -> Mail:
    """Never fails: of what is nested beyond measure the headers remain."""
    try:
        return message_from_bytes(raw)
    except (RecursionError, ValueError, LookupError, AssertionError):
        return BytesHeaderParser().parsebytes(raw)


def header(message: Mail, name: str) -> str:
    """A header in letters on one line; empty when it cannot be decoded, as it may hide a name."""
    try:
        value = str(make_header(decode_header(message.get(name, ""))))
    except (HeaderParseError, LookupError, ValueError):
        return ""
    return " ".join(clean(value).split())


def clean(text: str) -> str:
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def body(message: Mail) -> tuple[str, list[File]]:
    """What was written, without what it quotes, and the attached files in their order."""
    leaves = list(_leaves(message))[:PARTS_AT_MOST]
    plain = [_text(part) for part in leaves if _is_body(part, "text/plain")]
    text = "\n\n".join(each for each in plain if each.strip())
    if not text:
        pages = [_text(part) for part in leaves if _is_body(part, "text/html")]
        text = "\n\n".join(text_of_html(page) for page in pages)
    return _unquoted(ENCODED.sub("", text)), _files(leaves)


def _leaves(part: Mail, depth: int = 0) -> Iterator[Mail]:
    """Parts without parts; a forwarded message counts as one, and is not opened."""
    children = part.get_payload()
    if not isinstance(children, list) or part.get_content_maintype() == "message":
        yield part
    elif depth < DEEPEST:
        for child in children:
            if isinstance(child, Message):
                yield from _leaves(child, depth + 1)


def _is_body(part: Mail, kind: str) -> bool:
    attached = part.get_content_disposition() == "attachment" or _file_name(part)
    return part.get_content_type() == kind and not attached


def _bytes(part: Mail) -> bytes:
    """Empty when what stands there is not in the encoding it claims."""
    found = part.get_payload(decode=True)
    broken = any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects)
    return found if isinstance(found, bytes) and not broken else b""


def _text(part: Mail) -> str:
    raw = _bytes(part)
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return clean(raw.decode(charset))
        except (LookupError, ValueError):
            continue
    return clean(raw.decode("cp1252", "replace"))


def _unquoted(text: str) -> str:
    """Without the lines of ours that it answers, and what is marked as quoted."""
    above = text.split(QUOTE_ENDS, 1)[0]
    lines = [line for line in above.split("\n") if not line.lstrip().startswith(">")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _files(leaves: list[Mail]) -> list[File]:
    found: list[File] = []
    for part in leaves:
        if _is_body(part, "text/plain") or _is_body(part, "text/html"):
            continue
        read = sum(1 for each in found if each.text)
        found.append(_file(part, number=len(found) + 1, full=read >= FILES_READ))
    return found


def _file(part: Mail, *, number: int, full: bool) -> File:
    name = safe_name(_file_name(part), number)
    raw = b"" if full else _bytes(part)
    if not _readable(part, raw):
        return File(name, _("only PDF, DOCX and text are read, and three files at most"))
    try:
        return File(name, "", ENCODED.sub("", clean(text_of(io.BytesIO(raw), size=len(raw)))))
    except RuleBroken as error:
        return File(name, str(error))


def _readable(part: Mail, raw: bytes) -> bool:
    known = raw.startswith(b"PK\x03\x04") or b"%PDF-" in raw[:1024]
    return bool(raw) and (known or part.get_content_type() == "text/plain")


def _file_name(part: Mail) -> str:
    try:
        return part.get_filename("") or ""
    except (LookupError, ValueError, TypeError):
        return "?"
