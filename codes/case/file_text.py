"""The text of an uploaded case, judged by its content; its name and declared type prove nothing."""

import io
import lzma
import subprocess
import sys
import zlib
from typing import IO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from accounts.errors import RuleBroken

BYTES_AT_MOST = 1024 * 1024
TEXT_AT_MOST = 60_000  # characters; more is no single case
ENTRIES_AT_MOST = 1000
XML_AT_MOST = 8 * 1024 * 1024
NODES_AT_MOST = 250_000
ENCRYPTED = 0x1
SECONDS = 20
DOCUMENT = "word/document.xml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_FAULTS = (
    BadZipFile,
    DefusedXmlException,
    EOFError,
    KeyError,
    MemoryError,
    NotImplementedError,
    OSError,
    ParseError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    zlib.error,
)


class FileRefused(RuleBroken):
    """An upload that holds no readable text, or more than a case holds."""


def text_of(file: IO[bytes], *, size: int) -> str:
    """Raises FileRefused with words for the person who sent it. The file is not kept."""
    if size > BYTES_AT_MOST:
        raise FileRefused(
            _("The file is larger than 1 MB. Send the report alone, without pictures.")
        )
    file.seek(0)
    raw = file.read(BYTES_AT_MOST + 1)
    text = _read(raw).strip()
    if not text:
        raise FileRefused(
            _("No text was found in the file. A scan has to be typed or read by OCR first.")
        )
    if len(text) > TEXT_AT_MOST:
        raise _too_long()
    return text


def _read(raw: bytes) -> str:
    if raw.startswith(b"PK\x03\x04"):
        return _docx(raw)
    if b"%PDF-" in raw[:1024]:
        return _pdf(raw)
    if raw.startswith(OLE_HEAD):
        raise FileRefused(
            _(
                "The file is an old Word file (.doc), or locked with a password. Save it as "
                "DOCX, PDF or text."
            )
        )
    return _plain(raw)


def _plain(raw: bytes) -> str:
    for encoding in (
        ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    ):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and sum(char < " " and char not in "\r\n\t\f" for char in text) < 5:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise FileRefused(_("The file is neither PDF nor DOCX nor text, whatever its name says."))


def _docx(raw: bytes) -> str:
    """The paragraphs of a Word document. Bombs are counted before anything is unpacked."""
    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES_AT_MOST:
                raise _too_much()
            if any(entry.flag_bits & ENCRYPTED for entry in entries):
                raise _locked()
            if DOCUMENT not in archive.namelist():
                raise FileRefused(
                    _("The file is not a Word document. Save it as DOCX, PDF or text.")
                )
            with archive.open(DOCUMENT) as part:
                xml = part.read(XML_AT_MOST + 1)
        if len(xml) > XML_AT_MOST:
            raise _too_much()
        return _paragraphs(xml)
    except ZIP_FAULTS as error:
        raise _damaged() from error


def _paragraphs(xml: bytes) -> str:
    """In one pass: paragraphs within paragraphs must not cost the square of their depth."""
    pieces, held, nodes = [], 0, 0
    for event, node in iterparse(io.BytesIO(xml), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            nodes += 1
            if nodes > NODES_AT_MOST:
                raise _too_much()
            continue
        piece = _piece(node.tag, node.text)
        pieces.append(piece)
        held += len(piece)
        if held > 2 * TEXT_AT_MOST:
            raise _too_long()
        node.clear()
    return "".join(pieces)


def _piece(tag: str, text: str | None) -> str:
    if tag == f"{WORD}t":
        return text or ""
    return {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}p": "\n"}.get(tag, "")


def _pdf(raw: bytes) -> str:
    """Read by a process of its own with bounds on time and memory, whatever the file does to it."""
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and module)
            [sys.executable, "-I", "-c", READER], input=raw, capture_output=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much() from error
    words = {2: _locked, 3: _too_much, 4: _damaged}
    if done.returncode:
        raise words.get(done.returncode, _too_much)()
    return done.stdout.decode("utf-8", "replace")


# 512 MB of memory and 10 s of processor; at most 100 pages, and little more text than a case holds.
READER = """
import io, logging, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
logging.disable(logging.CRITICAL)
from pypdf import PdfReader
try:
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        sys.exit(2)
    if len(reader.pages) > 100:
        sys.exit(3)
    left = 120000
    for page in reader.pages:
        text = page.extract_text()[:left]
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\\n")
        left -= len(text)
        if not left:
            break
except MemoryError:
    sys.exit(3)
except Exception as error:
    sys.exit(2 if "crypt" in type(error).__name__.lower() + str(error).lower() else 4)
"""


def _locked() -> FileRefused:
    return FileRefused(_("The file is locked with a password. Save it without one."))


def _damaged() -> FileRefused:
    return FileRefused(_("The file is damaged. Save it again as PDF, DOCX or text."))


def _too_long() -> FileRefused:
    return FileRefused(_("The file holds more text than one case. Send one report at a time."))


def _too_much() -> FileRefused:
    return FileRefused(_("The file unpacks to far more than a case holds, or has over 100 pages."))
