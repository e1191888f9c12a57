import io
import struct
from contextlib import suppress
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest

from jobs import docx_file
from jobs.errors import FileRefused
from jobs.tests.resume_samples import MACRO_WORD, docx, relation, zipped

DAMAGED = "The file is damaged. Save it again as DOCX or PDF."
BOMB = "The file unpacks to far more than a résumé holds. Save it as PDF."
NOT_WORD = "The file is not a Word document. Save your résumé as PDF or DOCX."
MACROS = "The document holds macros or controls. Save it as DOCX without them, or as PDF."
FETCHED = "The document loads parts of itself from another place. Save it as PDF."
LOCKED = "The file is locked with a password. Save it without one."

SOUND = {
    "plain": docx(),
    "pictures": docx({"word/media/image1.png": b"\x89PNG" * 1000}),
    "a template on the writer's disk": docx(
        relation("attachedTemplate", "file:///C:\\Users\\Pat\\Normal.dotm")
    ),
    "a link": docx(relation("hyperlink", "https://example.com/")),
}


def packed_with(method: int) -> bytes:
    file = io.BytesIO(docx())
    with ZipFile(file, "a") as archive:
        archive.writestr("word/styles.xml", b"<styles/>", compress_type=method)
    return file.getvalue()


def lying_about_size() -> bytes:
    """An entry that says it holds ten bytes and holds many."""
    true = docx({"word/big.xml": b"0" * 100_000})
    return true.replace(struct.pack("<I", 100_000), struct.pack("<I", 10))


def with_flag(bit: int) -> bytes:
    """The archive with a flag set in the list of every entry."""
    data = bytearray(docx())
    start = data.find(b"PK\x01\x02")
    while start >= 0:
        data[start + 8] |= bit
        start = data.find(b"PK\x01\x02", start + 4)
    return bytes(data)


REFUSED = {
    "html in a zip": (zipped({"index.html": b"<script>"}), NOT_WORD),
    "a spreadsheet": (docx(kind="application/vnd.ms-excel.sheet.main+xml"), NOT_WORD),
    "a document that is not there": (docx(part="/word/elsewhere.xml"), NOT_WORD),
    "docm": (docx(kind=MACRO_WORD), MACROS),
    "docm renamed": (docx({"word/vbaProject.bin": b"\xd0\xcf"}), MACROS),
    "macros in capitals": (docx({"WORD/VBAPROJECT.BIN": b"\xd0\xcf"}), MACROS),
    "controls": (docx({"word/activeX/activeX1.xml": b"<ax/>"}), MACROS),
    "many entries": (docx({f"word/{n}.xml": b"" for n in range(1001)}), BOMB),
    "a long list of entries": (b"PK\x03\x04" + b"PK\x01\x02" * 1001, BOMB),
    "a bomb": (docx({"word/bomb.xml": b"0" * (51 * 1024 * 1024)}), BOMB),
    "a bomb of types": (docx(types=b"<Types>" + b" " * 1024 * 1024 + b"</Types>"), BOMB),
    "a lie about its size": (lying_about_size(), DAMAGED),
    "a way out": (docx({"../../etc/cron.d/x": b"x"}), DAMAGED),
    "an absolute path": (docx({"/etc/passwd": b"x"}), DAMAGED),
    "a drive": (docx({"C:/x.xml": b"x"}), DAMAGED),
    "backslashes": (docx({"word\\..\\..\\x.xml": b"x"}), DAMAGED),
    "cut short": (docx()[:-30], DAMAGED),
    "bzip2": (packed_with(ZIP_BZIP2), DAMAGED),
    "lzma": (packed_with(ZIP_LZMA), DAMAGED),
    "no xml": (docx(types=b"not xml"), DAMAGED),
    "entities": (docx(types=b'<!DOCTYPE x [<!ENTITY a "b">]><Types>&a;</Types>'), DAMAGED),
    "a password": (with_flag(0x1), LOCKED),
    "a template elsewhere": (
        docx(relation("attachedTemplate", "https://example.com/t.dotm")),
        FETCHED,
    ),
    "a template on a share": (docx(relation("attachedTemplate", "\\\\host\\t.dotm")), FETCHED),
    "a share as address": (docx(relation("attachedTemplate", "file://host/t.dotm")), FETCHED),
    "an object elsewhere": (docx(relation("oleObject", "http://example.com/o")), FETCHED),
}


@pytest.mark.parametrize("data", SOUND.values(), ids=SOUND)
def test_check_takes_sound_documents(data):
    docx_file.check(io.BytesIO(data))


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_check_refuses_with_words(data, words):
    with pytest.raises(FileRefused) as refused:
        docx_file.check(io.BytesIO(data))

    assert str(refused.value) == words


def test_check_refuses_the_same_name_twice():
    file = io.BytesIO(docx())
    with ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", b"<other/>")

    with pytest.raises(FileRefused, match="damaged"):
        docx_file.check(file)


@pytest.mark.parametrize("place", range(0, 900, 37))
def test_check_never_fails_otherwise_on_a_changed_file(place):
    data = bytearray(docx())
    data[place % len(data)] ^= 0xFF

    with suppress(FileRefused):
        docx_file.check(io.BytesIO(bytes(data)))
