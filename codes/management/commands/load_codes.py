from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from codes.consult.consultants import ensure_consultants
from codes.entries import BadEntry
from codes.loading import load_all


class Command(BaseCommand):
    help = (
        "Load what ships with the code reference: own words, tables, and CMS figures of the "
        "founding families. Rows that moderators edited, and whole or newer files of CMS, stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    @transaction.atomic
    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        try:
            tallies = load_all(now=timezone.now())
        except (BadEntry, OSError) as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        ensure_consultants()
        transaction.set_rollback(dry_run)
        for name, tally in tallies.items():
            self.stdout.write(f"{name}: {tally}")
