"""One set of servers per checkout: whoever starts them holds a lock, others read where they are."""

import fcntl
import json
import os
import time
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


def awaited(places: Places, *, within: float = 60.0) -> Instance:
    """The servers another command of this checkout is starting or has started."""
    deadline = time.monotonic() + within
    while (found := current(places)) is None:
        if time.monotonic() > deadline:
            raise Stop(
                "Another ./dev command starts servers in this checkout and does not get ready."
            )
        time.sleep(0.05)
    return found


@contextmanager
def using(places: Places) -> Iterator[None]:
    """Held while a command uses servers that another may stop."""
    with (made(places.var) / "users.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def wait_for_users(places: Places) -> None:
    with (places.var / "users.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
