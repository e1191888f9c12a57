"""One set of servers per checkout: whoever starts them holds a lock, others read where they are."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from .errors import Stop
from .places import Places, made


@dataclass(frozen=True)
class Instance:
    """Servers that run now, and the environment that leads to them."""

    pid: int
    command: str
    site: str
    environment: dict[str, str]


def _locked(path: Path, how: int) -> IO[str] | None:
    file = path.open("a")
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        file.close()
        return None
    return file


@contextmanager
def claimed(places: Places) -> Iterator[bool]:
    """Hold the checkout's lock, and say whether we got it; the kernel gives it back when we die."""
    lock = _locked(made(places.var) / "servers.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
    try:
        if lock is not None:
            (places.var / "servers.json").unlink(missing_ok=True)
        yield lock is not None
    finally:
        if lock is not None:
            lock.close()


def announce(places: Places, *, command: str, site: str, environment: dict[str, str]) -> None:
    """Tell other commands of this checkout where the servers are."""
    draft = places.var / "servers.json.new"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(Instance(os.getpid(), command, site, environment)), file)
    draft.replace(places.var / "servers.json")


def current(places: Places) -> Instance | None:
    try:
        return Instance(**json.loads((places.var / "servers.json").read_text()))
    except (FileNotFoundError, ValueError):
        return None


@contextmanager
def using(places: Places) -> Iterator[Instance | None]:
    """The servers that run, or None while there are none; they stay up until this ends."""
    with (made(places.var) / "users.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield current(places)


@contextmanager
def closing(places: Places) -> Iterator[None]:
    """Wait until nobody uses the servers, and let nobody begin until they are gone."""
    with (places.var / "users.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (places.var / "servers.json").unlink(missing_ok=True)
        yield


def already_running(places: Places) -> Stop:
    running = current(places)
    if running is None:
        return Stop("Another ./dev command is starting in this checkout: wait for it, or end it.")
    where = f" at {running.site}" if running.command == "run" else f" (./dev {running.command})"
    return Stop(f"Codeward already runs in this checkout{where}, process {running.pid}.")
