import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from codes.assistant import measure
from codes.content_files import DATA


class Command(BaseCommand):
    help = (
        "Ask the assistant questions whose answers are known, and print how well it does. Reads "
        "JSON lines or a JSON list; without a file, the questions that ship."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="questions with their answers")
        parser.add_argument("--pred", type=Path, help="write each answer here, as JSON lines")
        parser.add_argument("--misses", action="store_true", help="print what was wrong")

    def handle(
        self, *args: Any, files: list[Path], pred: Path | None, misses: bool, **options: Any
    ) -> None:
        questions = read_all(files or sorted((DATA / "questions").glob("*.json")))
        today = timezone.localdate()
        look_up = measure.one_look_up()
        rows = [measure.mark(question, today=today) for question in questions]
        if pred:
            lines = [json.dumps(measure.prediction(row), default=str) for row in rows]
            pred.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for row in rows if misses else ():
            self._tell(row)
        for line in measure.report(rows, look_up):
            self.stdout.write(line)

    def _tell(self, row: measure.Marked) -> None:
        for wrong in row.wrong:
            self.stdout.write(f"{row.question['qid']} ({row.type}): {wrong}")
        if row.missing_cites:
            self.stdout.write(f"{row.question['qid']} cites no {', '.join(row.missing_cites)}")


def read_all(paths: list[Path]) -> list[measure.Question]:
    """Raises CommandError that names the file and the line."""
    questions: list[measure.Question] = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        questions += _parsed(path, text)
    if not questions:
        raise CommandError("No questions were found.")
    return questions


def _parsed(path: Path, text: str) -> list[measure.Question]:
    if text.lstrip().startswith("["):
        found: list[measure.Question] = _json(path, 1, text)
        return found
    lines = enumerate(text.splitlines(), 1)
    return [_json(path, number, line) for number, line in lines if line.strip()]


def _json(path: Path, number: int, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise CommandError(f"{path}, line {number}: {error}") from error
