from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from jobs.models import Job
from jobs.search import document


class Command(BaseCommand):
    help = (
        "Write the search rows of all live postings anew, as after a change of what such a row "
        "holds or of the names in the vocabularies. Search goes on meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        total = Job.objects.visible(at=now).count()
        if dry_run:
            self.stdout.write(f"{total:,} live postings")
            return
        written = 0
        with tqdm(total=total, disable=None) as bar:
            for count in document.rewrite_all(now=now):
                written += count
                bar.update(count)
        self.stdout.write(f"{written:,} search rows written")
