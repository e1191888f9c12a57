from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from codes import lookup_index
from codes.intake.files import BadFile
from codes.intake.run import LAYOUTS, Outcome, Said, load
from codes.releases import NON_QUALIFYING, QUALIFYING, SETTINGS


class Command(BaseCommand):
    help = (
        "Load a file of CMS into the reference (docs/reference-data.md). A file is loaded as a "
        "whole or not at all; loading it again changes nothing. CPT text in it is left out, and "
        "dental codes are refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[str(kind) for kind in LAYOUTS])
        parser.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="file",
            help="as published: plain, .gz, or the .zip; of edits (ptp), all parts f1, f2, …",
        )
        parser.add_argument("--release", default="", help='its name, such as "RVU26C"')
        parser.add_argument(
            "--setting",
            default="",
            choices=[*SETTINGS, NON_QUALIFYING, QUALIFYING],
            help="whose edits, limits or fees these are",
        )
        parser.add_argument("--effective", type=date.fromisoformat, help="first day, YYYY-MM-DD")
        parser.add_argument("--until", type=date.fromisoformat, help="last day, YYYY-MM-DD")
        parser.add_argument("--again", action="store_true", help="load even what is loaded")
        parser.add_argument("--dry-run", action="store_true", help="read and count, keep nothing")

    def handle(
        self, *, kind: str, files: list[Path], again: bool, dry_run: bool, **options: Any
    ) -> None:
        said = Said(options["release"], options["setting"], options["effective"], options["until"])
        if missing := [file for file in files if not file.is_file()]:
            raise CommandError(f"{missing[0]}: no such file")
        first, *more = files
        try:
            with transaction.atomic():
                outcome = load(kind, first, said, now=timezone.now(), again=again, more=more)
                if not outcome.same:
                    lookup_index.rebuild()
                transaction.set_rollback(dry_run)
        except (BadFile, OSError) as error:
            place = getattr(error, "path", None) or first
            raise CommandError(f"{place}, {error}. Nothing was changed.") from error
        self.report(outcome, dry_run=dry_run)

    def report(self, outcome: Outcome, *, dry_run: bool) -> None:
        release = outcome.release
        if outcome.same:
            self.stdout.write(f"{release}: this file is loaded already, {outcome.rows:,} rows")
            return
        self.stdout.write(f"{release}: {outcome.rows:,} rows, from {release.effective_from}")
        for reason, number in outcome.left_out.items():
            self.stdout.write(f"left out {number:,}: {reason}")
        if outcome.texts and release.kind != "hcpcs":
            self.stdout.write(f"left out the text of {len(outcome.texts):,} codes (AMA licence)")
        if outcome.ended:
            self.stdout.write(f"{outcome.ended:,} codes ended (inferred)")
        if outcome.modifiers:
            self.stdout.write(f"{outcome.modifiers:,} modifiers added")
        if dry_run:
            self.stdout.write("A dry run: nothing was kept.")
