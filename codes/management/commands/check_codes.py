import csv
import gzip
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codes.content_check import family_problems, guidance_problems
from codes.content_files import DATA, families, guidance, vocabulary
from codes.entries import BadEntry

PFS = DATA / "cms" / "PPRRVU2026_Jul_nonQPP.csv.gz"
FAMILIES = (("50010", "55899"), ("56405", "59899"), ("70010", "79999"))


class Command(BaseCommand):
    help = (
        "Check the reference's own files for gaps, clashes, codes not in force and borrowed "
        "phrases. Needs no database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "only", nargs="*", help="tell only of problems that hold one of these words"
        )

    def handle(self, *, only: list[str], **options: Any) -> None:
        try:
            problems = list(self.problems())
        except (BadEntry, OSError) as error:
            raise CommandError(str(error)) from error
        told = [each for each in problems if not only or any(word in each for word in only)]
        for problem in told:
            self.stdout.write(problem)
        if told:
            raise CommandError(f"{len(told):,} problems")
        self.stdout.write("No problem found.")

    def problems(self) -> list[str]:
        listed = codes_of(PFS)
        wanted = {code for code in listed if any(lo <= code <= hi for lo, hi in FAMILIES)}
        entries = list(families())
        wanted |= {entry.code for entry in entries} & listed  # neighbors of the founding families
        found = list(family_problems(entries, vocabulary(), wanted))
        for file in guidance():
            found += guidance_problems(file, listed | {file.code}, listed)
        return found


def codes_of(path: Path) -> set[str]:
    """The five-digit codes of a relative value file, from its first column."""
    with gzip.open(path, "rt", encoding="latin-1") as lines:
        return {row[0] for row in csv.reader(lines) if row and row[0][:5].isdigit()}
