"""Files as CMS and the AMA publish them: plain, gzipped or zipped; lines counted from 1."""

import csv
import gzip
import hashlib
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal

from tqdm import tqdm

Line = tuple[int, str]
Row = tuple[int, list[str]]
CHUNK = 1 << 20
LINE_AT_MOST = 1 << 16  # bytes; CMS's longest lines are some hundreds
# What the standard library raises for archives that are broken, locked or of unknown methods.
UNREADABLE = (
    EOFError,
    NotImplementedError,
    RuntimeError,
    gzip.BadGzipFile,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
)
BAR_EVERY = 2000  # lines
LOCKED = 1  # the flag of a zip member that needs a password


class BadFile(ValueError):
    """A file cannot be taken; the text names file, line and column, counted from 1."""

    def __init__(self, what: str, *, line: int = 0, column: "str | int" = "") -> None:
        super().__init__(what)
        self.what, self.line, self.column = what, line, column
        self.path: Path | None = None  # set by lines_of

    def __str__(self) -> str:
        places = [f"line {self.line}" if self.line else ""]
        places += [f"column {self.column}" if self.column else ""]
        return ", ".join(filter(None, places)) + (": " if self.line else "") + self.what


def digest(path: Path) -> str:
    """SHA-256 of the file as it lies there."""
    found = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def names_in(path: Path) -> list[str]:
    """The file's own name, without the .gz; of a zip, the names of the files in it."""
    if path.suffix.lower() != ".zip":
        return [path.name.removesuffix(".gz")]
    try:
        with zipfile.ZipFile(path) as archive:
            return [Path(name).name for name in archive.namelist() if not name.endswith("/")]
    except zipfile.BadZipFile as error:
        raise BadFile("is no zip file that can be read") from error


@contextmanager
def lines_of(path: Path, *, member: str = "", watch: bool = True) -> Iterator[Iterator[Line]]:
    """The file's lines with their numbers, without their ends.

    In a zip, `member` is a pattern that one of its files fits. Bytes that are no UTF-8 are read as
    Windows-1252, as CMS writes. Raises BadFile, OSError. A BadFile raised over the lines leaves
    with the path.
    """
    total = path.stat().st_size
    bar = tqdm(total=total, unit="B", unit_scale=True, disable=None if watch else True)
    try:
        with path.open("rb") as raw, bar, _unpacked(path, raw, member) as content:
            yield _watched(_decoded(content), raw, bar)
    except BadFile as error:
        error.path = error.path or path
        raise


def _watched(lines: Iterator[Line], raw: IO[bytes], bar: "tqdm[Any]") -> Iterator[Line]:
    for number, line in lines:
        yield number, line
        if number % BAR_EVERY == 0:
            bar.update(raw.tell() - bar.n)


@contextmanager
def _unpacked(path: Path, source: IO[bytes], member: str) -> Iterator[IO[bytes]]:
    if path.suffix.lower() == ".gz":
        with gzip.GzipFile(fileobj=source) as content:
            yield content  # type: ignore[misc]
    elif path.suffix.lower() == ".zip":
        try:
            with (
                zipfile.ZipFile(source) as archive,
                archive.open(_member(archive, member)) as content,
            ):
                yield content
        except zipfile.BadZipFile as error:
            raise BadFile("is no zip file that can be read") from error
    else:
        yield source


def _member(archive: zipfile.ZipFile, pattern: str) -> str:
    names = [name for name in archive.namelist() if not name.endswith("/")]
    fitting = [name for name in names if re.search(pattern, Path(name).name, re.IGNORECASE)]
    if len(fitting) != 1:
        raise BadFile(
            f"holds {len(fitting) or 'no'} files of this kind among {', '.join(names[:12])}; "
            "unpack it and name one"
        )
    if archive.getinfo(fitting[0]).flag_bits & LOCKED:
        raise BadFile(f"needs a password for {fitting[0]}; unpack it first")
    return fitting[0]


def _decoded(content: IO[bytes]) -> Iterator[Line]:
    number = 0
    try:
        while line := content.readline(LINE_AT_MOST + 1):
            number += 1
            if len(line) > LINE_AT_MOST:
                raise BadFile(f"is longer than {LINE_AT_MOST:,} bytes", line=number)
            yield number, _text(line, number).rstrip("\r\n")
    except UNREADABLE as error:
        raise BadFile(f"cannot be unpacked: {error}", line=number + 1) from error
    if not number:
        raise BadFile("is empty")


def _text(line: bytes, number: int) -> str:
    if b"\0" in line:
        raise BadFile("holds a NUL byte, so it is no text file", line=number)
    try:
        return line.decode("utf-8-sig" if line.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def rows_of(lines: Iterator[Line], delimiter: str = ",") -> Iterator[Row]:
    """Records of a delimited file, each with the number of the line it ends on.

    Tab-separated files quote nothing. Elsewhere a quote that is never closed is an error.
    """
    last = 0
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL

    def texts() -> Iterator[str]:
        nonlocal last
        for number, text in lines:
            last = number
            yield text + "\n"

    reader = csv.reader(texts(), delimiter=delimiter, quoting=quoting, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFile(str(error), line=last) from error
        yield last, row
