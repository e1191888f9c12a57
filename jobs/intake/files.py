"""Opening what people hand in: plain or gzipped, judged by content, with progress by bytes."""

import gzip
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from jobs.intake.raw import BadFile

GZIP = b"\x1f\x8b"


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, "Progress"]]:
    """The file's unpacked bytes, and how far through the file they have been read."""
    try:
        with path.open("rb") as raw:
            progress = Progress(raw, path.stat().st_size)
            packed = raw.read(2) == GZIP
            raw.seek(0)
            if packed:
                with gzip.open(raw) as unpacked:
                    yield unpacked, progress  # type: ignore[misc]
            else:
                yield raw, progress
    except (OSError, EOFError) as error:
        raise BadFile(f"{path}: {error}") from error


class Progress:
    """Bytes of the file read so far, out of all."""

    def __init__(self, raw: IO[bytes], total: int) -> None:
        self.raw, self.total = raw, total

    def done(self) -> int:
        return self.raw.tell()


def text_of(stream: BinaryIO, path: Path) -> str:
    try:
        return stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}, byte {error.start + 1}: not UTF-8 text") from error


def json_of(stream: BinaryIO, path: Path) -> Any:
    try:
        return json.loads(text_of(stream, path))
    except json.JSONDecodeError as error:
        where = f"{path}, line {error.lineno}, column {error.colno}"
        raise BadFile(f"{where}: no valid JSON ({error.msg})") from error
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{path}: no JSON that can be read ({error})") from error


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that hold something."""
    for number, raw in enumerate(stream, 1):
        if raw.strip():
            yield number, raw


@contextmanager
def text_stream(stream: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """The stream as text, line ends untouched; the stream itself stays its opener's."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        yield text
    finally:
        text.detach()
