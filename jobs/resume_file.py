"""What an uploaded résumé is, judged by its content; its name and declared type prove nothing."""

import re
import unicodedata
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from jobs import docx_file
from jobs.errors import FileRefused
from jobs.models import ResumeKind

PDF_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,64}%PDF-[12]\.\d")
PDF_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
ZIP_HEAD = b"PK\x03\x04"
OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TAIL = 2048
NAME_AT_MOST = 150
EXTENSIONS = {ResumeKind.PDF: ".pdf", ResumeKind.DOCX: ".docx"}
NOT_IN_NAMES = frozenset('/\\:*?"<>|;%')


def judge(file: IO[bytes], *, size: int) -> ResumeKind:
    """The kind of a sound résumé. Raises FileRefused with words for the person who sent it."""
    if size > settings.RESUME_MAX_BYTES:
        raise FileRefused(too_large_text())
    file.seek(0)
    head = file.read(1024)
    kind = _check(file, head, size)
    file.seek(0)
    return kind


def _check(file: IO[bytes], head: bytes, size: int) -> ResumeKind:
    if head.startswith(ZIP_HEAD):
        docx_file.check(file)
        return ResumeKind.DOCX
    if PDF_HEAD.match(head):
        _check_pdf(file, size)
        return ResumeKind.PDF
    raise FileRefused(_what_else(head))


def _check_pdf(file: IO[bytes], size: int) -> None:
    """The end must be there and point into the file: an upload cut short has none."""
    file.seek(max(0, size - TAIL))
    ends = PDF_END.findall(file.read(TAIL))
    if not ends or int(ends[-1]) >= size:
        raise FileRefused(_("The PDF is incomplete or damaged. Save it again as PDF."))


def _what_else(head: bytes) -> str:
    if not head.strip(b"\0\t\n\r "):
        return _("The file is empty.")
    if head.startswith(OLE_HEAD):
        return _(
            "The file is an old Word file (.doc), or locked with a password. "
            "Save it as DOCX or PDF, without one."
        )
    return _("The file is neither PDF nor DOCX, whatever its name says. Save it as one of them.")


def too_large_text() -> str:
    megabytes = settings.RESUME_MAX_BYTES // (1024 * 1024)
    return _("The file is larger than %(size)s MB. Save it smaller, without large pictures.") % {
        "size": megabytes
    }


def shown_name(raw: str, kind: ResumeKind) -> str:
    """The person's own name for the file, safe to show and to save under, with the true ending."""
    ending = EXTENSIONS[kind]
    last = unicodedata.normalize("NFC", raw.replace("\\", "/").rsplit("/", 1)[-1])
    stem = last[: -len(ending)] if last.lower().endswith(ending) else last
    kept = " ".join("".join(_shown(char) for char in stem).split()).strip(". ")
    return (kept or "resume")[: NAME_AT_MOST - len(ending)] + ending


def _shown(char: str) -> str:
    """Nothing for what is not seen: control characters, and marks that turn text around."""
    if char.isspace():
        return " "
    return "" if unicodedata.category(char).startswith("C") or char in NOT_IN_NAMES else char
