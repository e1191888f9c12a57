"""Judging a DOCX file: a ZIP archive with a Word document in it, and nothing that runs."""

import struct
import zlib
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from jobs.errors import FileRefused

ENTRIES_AT_MOST = 1000
UNPACKED_AT_MOST = 50 * 1024 * 1024
XML_AT_MOST = 1024 * 1024
ENCRYPTED = 0x1
CENTRAL_ENTRY = b"PK\x01\x02"
CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RUNS = ("vbaproject", "vbadata", "/activex/", "macroenabled", "ms-office.activex")
FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/aFChunk")
ZIP_FAULTS = (
    BadZipFile,
    DefusedXmlException,
    EOFError,
    NotImplementedError,
    OSError,
    ParseError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)


def check(file: IO[bytes]) -> None:
    """Raises FileRefused unless `file` is a sound Word document without anything that runs."""
    try:
        _check_size(file)
        with ZipFile(file) as archive:
            _check_entries(archive.infolist())
            _check_whole(archive)
            _check_parts(archive)
    except ZIP_FAULTS as error:
        raise _damaged() from error


def _check_size(file: IO[bytes]) -> None:
    """Count the entries before the archive's list of them is built in memory."""
    file.seek(0)
    if file.read().count(CENTRAL_ENTRY) > ENTRIES_AT_MOST:
        raise _bomb()


def _check_entries(entries: list[ZipInfo]) -> None:
    if len(entries) > ENTRIES_AT_MOST or sum(e.file_size for e in entries) > UNPACKED_AT_MOST:
        raise _bomb()
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names) or any(_leads_out(entry.orig_filename) for entry in entries):
        raise _damaged()
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise _damaged()
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise FileRefused(_("The file is locked with a password. Save it without one."))


def _leads_out(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return "\\" in name or "\0" in name or ":" in name or steps[0] == "" or ".." in steps


def _check_whole(archive: ZipFile) -> None:
    """Unpack everything into nothing: an entry that lies about its size fails its checksum."""
    if archive.testzip() is not None:
        raise _damaged()


def _check_parts(archive: ZipFile) -> None:
    types = [(_name(node), node.get("ContentType", "")) for node in _xml(archive, CONTENT_TYPES)]
    words = [*archive.namelist(), *(kind for _part, kind in types)]
    if any(sign in f"/{word}".lower() for word in words for sign in RUNS):
        raise FileRefused(
            _("The document holds macros or controls. Save it as DOCX without them, or as PDF.")
        )
    if not any(kind == DOCUMENT and part in archive.namelist() for part, kind in types):
        raise FileRefused(_("The file is not a Word document. Save your résumé as PDF or DOCX."))
    if any(_is_fetched(node) for node in _relations(archive)):
        raise FileRefused(
            _("The document loads parts of itself from another place. Save it as PDF.")
        )


def _name(node: Element) -> str:
    return node.get("PartName", "").removeprefix("/")


def _relations(archive: ZipFile) -> Iterator[Element]:
    for name in archive.namelist():
        if name.endswith(".rels"):
            yield from _xml(archive, name)


def _is_fetched(node: Element) -> bool:
    """A template on the writer's own disk is usual and harmless; one on a server is neither."""
    outside = node.get("TargetMode") == "External" and node.get("Type", "").endswith(FETCHED)
    return outside and not node.get("Target", "").lower().startswith("file:///")


def _xml(archive: ZipFile, name: str) -> Element:
    if name not in archive.namelist():
        raise FileRefused(_("The file is not a Word document. Save your résumé as PDF or DOCX."))
    with archive.open(name) as part:
        text = part.read(XML_AT_MOST + 1)
    if len(text) > XML_AT_MOST:
        raise _bomb()
    root: Element = fromstring(text, forbid_dtd=True)
    return root


def _damaged() -> FileRefused:
    return FileRefused(_("The file is damaged. Save it again as DOCX or PDF."))


def _bomb() -> FileRefused:
    return FileRefused(_("The file unpacks to far more than a résumé holds. Save it as PDF."))
