"""One module for each format; each reads a file into records, and never stores a thing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from jobs.intake.formats import ashby, csv_file, greenhouse, indeed, jsonld, lever
from jobs.intake.raw import Record
from jobs.models import SourceFormat

Reader = Callable[[BinaryIO, Path], Iterator[Record]]

READERS: dict[str, Reader] = {
    SourceFormat.JSONLD: jsonld.read,
    SourceFormat.GREENHOUSE: greenhouse.read,
    SourceFormat.LEVER: lever.read,
    SourceFormat.ASHBY: ashby.read,
    SourceFormat.INDEED: indeed.read,
    SourceFormat.CSV: csv_file.read,
}
