"""The virtual environment: made once, then left alone until a requirements file changes."""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .errors import Stop
from .places import Places, made
from .processes import dying_with_parent, run_briefly
from .words import say, say_over, telling_line, tells_of_full_disk

QUIETLY = ("--no-input", "--progress-bar", "off", "--disable-pip-version-check")
NO_VENV = (
    "This Python has no venv module: install it "
    "(on Debian and Ubuntu: apt-get install python3-venv)."
)


@dataclass(frozen=True)
class Part:
    """One requirements file; an optional one may have no build for this machine."""

    name: str
    file: str
    optional: bool = False


RUNTIME = Part("what the board needs", "requirements.txt")
EMBEDDED = Part("the embedded servers", "requirements/embedded.txt", optional=True)
TEST = Part("what the tests need", "requirements/test.txt")


def wanted(environ: Mapping[str, str], *, tests: bool = False) -> list[Part]:
    external = "DATABASE_URL" in environ and "REDIS_URL" in environ
    return [RUNTIME, *([] if external else [EMBEDDED]), *([TEST] if tests else [])]


def ensure(places: Places, parts: list[Part]) -> None:
    """Make `.venv` hold exactly these parts; two commands at once wait for one another."""
    if all(_stamp(places, part).exists() for part in parts) and places.python.exists():
        return
    with (made(places.var) / "setup.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _ensure_environment(places)
        for part in parts:
            if not _stamp(places, part).exists():
                _install(places, part)


def _stamp(places: Places, part: Part) -> Path:
    content = (places.root / part.file).read_bytes()
    name = Path(part.file).stem
    return places.root / ".venv" / f"installed-{name}-{hashlib.sha256(content).hexdigest()[:16]}"


def _ensure_environment(places: Places) -> None:
    folder = places.root / ".venv"
    if places.python.exists() and any(
        (folder / "lib").glob("python3*/site-packages/pip/__init__.py")
    ):
        return
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise Stop(NO_VENV)
    say(f"Making .venv with Python {sys.version.split()[0]}")
    made_it = run_briefly([sys.executable, "-m", "venv", "--clear", folder])
    if made_it.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        if "ensurepip" in made_it.stdout:
            raise Stop(NO_VENV)
        raise Stop(_why(made_it.stdout, "The virtual environment could not be made"))


def _install(places: Places, part: Part) -> None:
    total = len(re.findall(r"^[\w.-]+==", (places.root / part.file).read_text(), re.MULTILINE))
    say(f"Installing {part.name}: {total} packages")
    log = places.logs / "setup.log"
    if _pip(places, part, log=log, total=total) == 0:
        for old in (places.root / ".venv").glob(f"installed-{Path(part.file).stem}-*"):
            old.unlink()
        _stamp(places, part).touch()
        return
    words = log.read_text(errors="replace")
    if part.optional and "No matching distribution" in words:
        say("They have no build for this machine; looking for PostgreSQL and Valkey or Redis.")
        return
    raise Stop(_why(words, f"pip could not install {part.name}") + f" Log: {log}")


def _pip(places: Places, part: Part, *, log: Path, total: int) -> int:
    # The files name all that is needed; left to itself, pip asks for `coverage[toml]` beside the
    # pinned `coverage` and takes it for an unpinned package as soon as a newer one is out.
    argv: list[str | Path] = [places.python, "-m", "pip", "install", "--no-deps"]
    argv += ["--require-hashes", "-r", places.root / part.file, *QUIETLY]
    if part.optional:
        argv += ["--only-binary", ":all:"]
    pip = subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        preexec_fn=dying_with_parent(signal.SIGTERM),
    )
    with pip, log.open("w") as out:
        try:
            _follow(pip.stdout or (), out, total=total)
        except BaseException:
            pip.terminate()
            raise
    return pip.returncode


def _follow(lines: Iterable[str], out: IO[str], *, total: int) -> None:
    done = 0
    for line in lines:
        out.write(line)
        if line.startswith(("Collecting", "Requirement already")):
            done += 1
            say_over(f"  {done} of {total}: {line.split()[1]}")
        elif line.startswith("Installing collected"):
            say_over("  unpacking")
    say_over("")


def _why(words: str, what: str) -> str:
    if tells_of_full_disk(words):
        return f"{what}: the disk is full."
    return f"{what}: {telling_line(words) or 'no reason given'}."
