import csv
import gzip
import hashlib
import json
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from codes.case import reference
from codes.case.answer import ranked
from codes.case.score import Score
from codes.models import Code
from codes.models.case import CaseSetting
from codes.screen import screen

LARGEST_CELL = 10_000_000
LOOK_UPS = 50


class Command(BaseCommand):
    help = (
        "Rank the codes of reports and compare with gold codes: recall, mean reciprocal rank, "
        "validity, tempting wrong codes, and time as a multiple of one indexed look-up."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="gold codes, one JSON object a line")
        parser.add_argument(
            "--texts",
            type=Path,
            help="the reports: CSV (or .csv.gz) with note_id and transcription; beside the file "
            "as reports.csv.gz when left out. A gold object may hold its own text instead",
        )
        parser.add_argument("--pred", type=Path, help="write the ranked codes here, JSON Lines")
        parser.add_argument("--on", type=date.fromisoformat, help="day of service, today if none")
        parser.add_argument("--misses", action="store_true", help="list what is not first")

    def handle(self, *, file: Path, on: date | None, misses: bool, **options: Any) -> None:
        day = on or timezone.localdate()
        gold = read_gold(file)
        texts = read_texts(options["texts"] or file.parent / "reports.csv.gz", gold)
        score, times, lines = Score(), [], []
        in_force = reference.in_force(day)
        reference.index()
        for each in tqdm(gold, disable=None):
            begun = time.perf_counter()
            codes = self.codes_for(texts[each["note_id"]], day)
            times.append(time.perf_counter() - begun)
            score.add(each, codes, in_force)
            lines.append(json.dumps({"note_id": each["note_id"], "ranked": codes}))
            if misses and (not codes or codes[0] not in each["primary"]):
                self.stdout.write(f"{each['note_id']}: wants {each['primary']}, has {codes[:3]}")
        if options["pred"]:
            options["pred"].write_text("\n".join([*lines, ""]), encoding="utf-8")
        for line in score.lines():
            self.stdout.write(line)
        middle, one = statistics.median(times), look_up_time()
        self.stdout.write(f"time a case        {middle / one:.0f} indexed look-ups")

    def codes_for(self, text: str, on: date) -> list[str]:
        """Screened first, as everywhere."""
        reading = ranked(screen(text).text, on=on, setting=CaseSetting.UNSTATED)
        return [each.code for each in reading.ranked[:10]]


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Raises CommandError naming file and line."""
    rows = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CommandError(str(error)) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["note_id"], row["primary"] = str(row["note_id"]), list(row["primary"])
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{path}, line {number}: no gold case ({error})") from error
        rows.append(row)
    if not rows:
        raise CommandError(f"{path} holds no case")
    return rows


def read_texts(path: Path, gold: list[dict[str, Any]]) -> dict[str, str]:
    """The text of each gold case by its note. Raises CommandError when one is absent or differs."""
    texts = {row["note_id"]: row["text"] for row in gold if "text" in row}
    if len(texts) < len(gold):
        texts |= reports(path)
    for row in gold:
        text = texts.get(row["note_id"])
        if text is None:
            raise CommandError(f"{path} holds no report {row['note_id']}")
        if "sha256" in row and hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            raise CommandError(f"{path}: report {row['note_id']} is not the labelled one")
    return texts


def reports(path: Path) -> dict[str, str]:
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    csv.field_size_limit(LARGEST_CELL)
    try:
        with opener(path, "rt", encoding="utf-8", newline="") as lines:
            return {row["note_id"]: row["transcription"] for row in csv.DictReader(lines)}
    except (OSError, KeyError, csv.Error) as error:
        raise CommandError(f"{path}: {error!r}") from error


def look_up_time() -> float:
    """The middle time of one look-up of a code by its index, in seconds."""
    times = []
    for _turn in range(LOOK_UPS):
        begun = time.perf_counter()
        Code.objects.filter(system="CPT", code="74740").first()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)
