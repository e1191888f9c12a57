import re
import sys
from pathlib import Path

TELLS = re.compile(r"FATAL|PANIC|[Ee]rror\b|No space left")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_over(text: str) -> None:
    """Progress on one line of a terminal; nothing where there is none."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K{text}")
        sys.stdout.flush()


def telling_line(log: Path, *, since: int = 0) -> str:
    """The last line that tells of an error after byte `since`, or the last line, or nothing."""
    try:
        with log.open("rb") as file:
            file.seek(max(since, log.stat().st_size - 8192))
            text = file.read().decode(errors="replace")
    except OSError:
        return ""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    errors = [line for line in lines if TELLS.search(line)]
    return (errors or lines or [""])[-1]
