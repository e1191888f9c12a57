"""A delimited table whose heading row stands below notices, under one of several names."""

from collections.abc import Iterator, Mapping, Sequence

from codes.intake.cells import Cells
from codes.intake.files import BadFile, Row

MOST_NOTICES = 40


def table(
    rows: Iterator[Row], names: Mapping[str, Sequence[str]], *, optional: Sequence[str] = ()
) -> Iterator[Cells]:
    """The rows below the first that holds all of `names`, each of which has several spellings.

    Spellings are compared in lower case with single blanks; one that ends in * is a beginning. Of
    several that a row holds, the one named first counts.
    Raises BadFile that names the heading no early row has.
    """
    missing: list[str] = list(names)
    for line, row in rows:
        headings = _headings(row, names)
        lacking = [name for name in names if name not in headings and name not in optional]
        if not lacking:
            yield from _below(rows, headings)
            return
        missing = min(missing, lacking, key=len)
        if line > MOST_NOTICES:
            break
    raise BadFile(f"has no row of headings with {', '.join(missing)}")


def _below(rows: Iterator[Row], headings: dict[str, int]) -> Iterator[Cells]:
    for line, row in rows:
        if any(cell.strip() for cell in row):
            yield Cells(line, headings, row)


def _headings(row: list[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    cells = [" ".join(cell.split()).lower() for cell in row]
    found = {}
    for name, spellings in names.items():
        place = next(filter(None, (_place(cells, each) for each in spellings)), None)
        if place:
            found[name] = place - 1
    return found


def _place(cells: list[str], spelling: str) -> int:
    """Where the heading stands, counted from 1; 0 for nowhere."""
    for place, cell in enumerate(cells, 1):
        if cell == spelling or (spelling.endswith("*") and cell.startswith(spelling[:-1])):
            return place
    return 0
