from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from tqdm import tqdm

from accounts.models import Employer
from jobs.intake.judge import REASONS
from jobs.intake.raw import BadFile
from jobs.intake.run import KEPT, Tally, Watcher, import_file
from jobs.models import Source, SourceFormat


class Command(BaseCommand):
    help = (
        "Read postings from a file of a public format. New postings wait for a moderator unless "
        "the source is trusted (set in the admin). Reading a file again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=SourceFormat.values, required=True)
        parser.add_argument(
            "--source", help="slug of the source; made from the file's name if unset"
        )
        parser.add_argument("--employer", help="slug of the employer whose postings these all are")
        parser.add_argument(
            "--complete",
            action="store_true",
            help="the file holds all of the source's postings: close those it no longer holds",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and count, keep nothing")

    def handle(self, *, file: Path, complete: bool, dry_run: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"{file}: no such file")
        with tqdm(total=file.stat().st_size, unit="B", unit_scale=True, disable=None) as bar:
            if dry_run:
                with transaction.atomic():
                    tally = self.read(file, complete, _onto(bar), options)
                    transaction.set_rollback(True)
            else:
                tally = self.read(file, complete, _onto(bar), options)
        self.report(tally, dry_run=dry_run)

    def read(self, file: Path, complete: bool, watch: Watcher, options: dict[str, Any]) -> Tally:
        source = self.source(file, **options)
        try:
            return import_file(
                source=source, path=file, complete=complete, now=timezone.now(), watch=watch
            )
        except BadFile as error:
            raise CommandError(f"{error}. What was stored before this stays.") from error

    def source(self, file: Path, **options: Any) -> Source:
        """The source to read, made when it is new. Raises CommandError when it does not fit."""
        slug = options["source"] or slugify(f"{options['format']}-{file.name.split('.')[0]}")[:60]
        defaults = {"name": slug, "format": options["format"], "employer": _employer(options)}
        source = Source.objects.get_or_create(slug=slug, defaults=defaults)[0]
        if source.format != options["format"]:
            raise CommandError(f"Source {slug} has the format {source.format}.")
        return source

    def report(self, tally: Tally, *, dry_run: bool) -> None:
        counts = ", ".join(f"{outcome} {tally.outcomes[outcome]:,}" for outcome in KEPT)
        self.stdout.write(f"read {tally.read:,} postings")
        self.stdout.write(f"kept {tally.kept:,} ({counts})")
        self.stdout.write(f"refused {sum(tally.refused.values()):,}")
        for reason, number in tally.refused.items():
            self.stdout.write(f"  {number:>8,}  {REASONS[reason]}")
            for example in tally.examples[reason]:
                self.stdout.write(f"            {example[:110]}")
        if tally.closed:
            self.stdout.write(f"closed {tally.closed:,} that the source no longer lists")
        if tally.not_closed:
            self.stdout.write(f"closed none: {tally.not_closed}")
        if dry_run:
            self.stdout.write("A dry run: nothing was kept.")


def _employer(options: dict[str, Any]) -> Employer | None:
    if not options["employer"]:
        return None
    employer = Employer.objects.filter(slug=options["employer"]).first()
    if employer is None:
        raise CommandError(f"No employer has the slug {options['employer']}.")
    return employer


def _onto(bar: "tqdm[Any]") -> Watcher:
    def watch(done: int, total: int) -> None:
        bar.update(done - bar.n)

    return watch
