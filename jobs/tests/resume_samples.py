"""Small résumé files, true and disguised, made here byte by byte."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT = b"<?xml version='1.0'?><document><body>Pat Coder, CPC</body></document>"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 2000
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000


def pdf(*, size: int = 0, head: bytes = b"%PDF-1.7\n", end: bytes | None = None) -> bytes:
    """A PDF of one empty page, padded by a comment to `size` bytes when that is given."""
    body = head + b"1 0 obj <</Type /Catalog>> endobj\n%"
    tail = b"\nxref\n0 1\n0000000000 65535 f \ntrailer <</Root 1 0 R>>\n"
    tail += b"startxref\n10\n%%EOF\n" if end is None else end
    return body + b"x" * max(0, size - len(body) - len(tail)) + tail


def docx(
    parts: dict[str, bytes] | None = None,
    *,
    kind: str = WORD,
    part: str = "/word/document.xml",
    types: bytes | None = None,
) -> bytes:
    """A Word document; `parts` adds to its entries or replaces them."""
    types = (
        types
        or (
            '<?xml version="1.0"?>'
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="{part}" ContentType="{kind}"/></Types>'
        ).encode()
    )
    entries = {"[Content_Types].xml": types, "word/document.xml": DOCUMENT, **(parts or {})}
    return zipped(entries)


def zipped(entries: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def relation(kind: str, target: str) -> dict[str, bytes]:
    """The entry of a part that is fetched from `target`."""
    text = (
        '<?xml version="1.0"?><Relationships>'
        f'<Relationship Id="rId1" Type="{RELATIONS}/{kind}" Target="{target}"'
        ' TargetMode="External"/></Relationships>'
    )
    return {"word/_rels/settings.xml.rels": text.encode()}
