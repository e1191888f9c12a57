import re
import sys
from pathlib import Path

TELLS = re.compile(r"FATAL|PANIC|ERROR|[Ee]rror\b|DiskFull|No space left")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_over(text: str) -> None:
    """Progress on one line of a terminal; nothing where there is none."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K{text}")
        sys.stdout.flush()


def telling_line(words: str) -> str:
    """The last line that tells of an error, or the last line, or nothing."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    errors = [line for line in lines if TELLS.search(line)]
    return (errors or lines or [""])[-1]


def end_of(log: Path, *, since: int = 0) -> str:
    """The last few kilobytes of a log, at most from byte `since`; nothing when it is not there."""
    try:
        with log.open("rb") as file:
            file.seek(max(since, log.stat().st_size - 8192))
            return file.read().decode(errors="replace")
    except OSError:
        return ""


def tells_of_full_disk(words: str) -> bool:
    return any(sign in words for sign in ("No space left", "DiskFull", "free disk space"))
