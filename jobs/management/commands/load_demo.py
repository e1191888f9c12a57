from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from codes.entries import BadEntry
from jobboard.env import env
from jobs import demo


class Command(BaseCommand):
    help = (
        "Add invented employers, postings and people, with dates counted back from today. The "
        "people log in with the password in DEMO_PASSWORD. What is there already stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="also outside embedded mode")

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        if not settings.EMBEDDED and not force:
            raise CommandError(
                "This is no board to try. Give --force to add demo data all the same."
            )
        try:
            added = demo.load(now=timezone.now(), password=env("DEMO_PASSWORD"))
        except (BadEntry, OSError, ImproperlyConfigured) as error:
            raise CommandError(f"{error} Nothing was added.") from error
        counts = ", ".join(f"{count} {name}" for name, count in added.items())
        self.stdout.write(f"demo: {counts} added")
