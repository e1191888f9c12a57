from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from codes.entries import BadEntry
from jobs.moderators import ensure_moderators
from jobs.vocabulary import load_all


class Command(BaseCommand):
    help = (
        "Load the vocabularies from the files in the repository. Rows that moderators added or "
        "edited stay as they are; code sections have no editor and always follow the file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    @transaction.atomic
    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        try:
            tallies = load_all()
        except (BadEntry, OSError) as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        ensure_moderators()
        transaction.set_rollback(dry_run)
        for name, tally in tallies.items():
            self.stdout.write(f"{name.replace('_', ' ')}: {tally}")
