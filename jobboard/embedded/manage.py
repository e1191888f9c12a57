import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from . import instance, setup
from .environment import site_environment
from .places import Places
from .processes import dying_with_parent
from .services import start_servers
from .supervisor import Supervisor

READY_WITHIN = 60.0


@contextmanager
def servers(places: Places, *, command: str) -> Iterator[dict[str, str]]:
    """The environment of running servers; they are started, and ended again, where none runs."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        with instance.claimed(places) as ours:
            if ours:
                with started(places, command=command) as env:
                    yield env
                return
        with instance.using(places) as running:
            if running is not None:
                yield {**site_environment(places, os.environ), **running.environment}
                return
        time.sleep(0.05)
    raise instance.already_running(places)


@contextmanager
def started(places: Places, *, command: str) -> Iterator[dict[str, str]]:
    with Supervisor() as supervisor:
        ours = start_servers(supervisor, places, os.environ)
        env = {**site_environment(places, os.environ), **ours}
        instance.announce(places, command=command, site=env["SITE_URL"], environment=ours)
        yield env
        with instance.closing(places):
            supervisor.stop()


def run_in_terminal(argv: list[str], *, env: Mapping[str, str], places: Places) -> int:
    """Run a program that owns the terminal: Ctrl-C is its own matter, TERM is passed on."""
    process = subprocess.Popen(
        argv, env=env, cwd=places.root, preexec_fn=dying_with_parent(signal.SIGTERM)
    )
    interrupted = signal.signal(signal.SIGINT, lambda *_: None)
    terminated = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        return process.wait()
    finally:
        signal.signal(signal.SIGINT, interrupted)
        signal.signal(signal.SIGTERM, terminated)


def manage(places: Places, words: list[str]) -> int:
    """One Django command."""
    setup.ensure(places, setup.wanted(os.environ))
    argv = [str(places.python), str(places.root / "manage.py"), *words]
    with servers(places, command=f"manage {' '.join(words[:1])}".strip()) as env:
        return run_in_terminal(argv, env=env, places=places)
