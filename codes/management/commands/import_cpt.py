from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from codes import lookup_index
from codes.intake import cpt, licensed
from codes.intake.files import BadFile
from codes.models import Code, DescriptorKind, Licence


class Command(BaseCommand):
    help = (
        "Load the AMA's files of CPT text for a licence recorded in the admin. Texts of the same "
        "edition and kind are replaced, all of them or none; the file names say the kind."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help="SHORTU.txt, …, or the .zip")
        parser.add_argument("--edition", type=int, required=True, help="the year, such as 2026")
        parser.add_argument("--dry-run", action="store_true", help="read and count, keep nothing")

    @transaction.atomic
    def handle(self, *, files: list[Path], edition: int, dry_run: bool, **options: Any) -> None:
        try:
            licence = licensed.running_licence(edition, on=timezone.localdate())
        except licensed.NoLicence as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        known, taken = Code.objects.count(), set[DescriptorKind]()
        for file in files:
            self.take(file, licence, taken)
        if new := Code.objects.count() - known:
            lookup_index.rebuild()
            self.stdout.write(f"{new:,} codes made known")
        transaction.set_rollback(dry_run)
        if dry_run:
            self.stdout.write("A dry run: nothing was kept.")

    def take(self, file: Path, licence: Licence, taken: set[DescriptorKind]) -> None:
        """Load the texts of one file and add their kinds to `taken`."""
        place = str(file)
        try:
            for kind in cpt.kinds_in(file):
                place = f"{file} ({kind.label})"
                if kind in taken:
                    raise BadFile("holds texts of a kind that a file before it holds")
                taken.add(kind)
                count = licensed.replace_texts(file, kind, licence)
                self.stdout.write(f"CPT {licence.edition}, {kind.label}: {count:,} texts")
        except (BadFile, OSError) as error:
            raise CommandError(f"{place}, {error}. Nothing was changed.") from error
