import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from . import instance, setup
from .environment import site_environment
from .places import Places
from .processes import dying_with_parent
from .services import start_servers
from .supervisor import Supervisor


@contextmanager
def servers(places: Places, *, command: str) -> Iterator[dict[str, str]]:
    """The environment of running servers; they are started, and ended again, where none runs."""
    with instance.claimed(places) as ours:
        if not ours:
            running = instance.awaited(places)
            with instance.using(places):
                yield {**site_environment(places, os.environ), **running.environment}
            return
        with Supervisor() as supervisor:
            started = start_servers(supervisor, places, os.environ)
            env = {**site_environment(places, os.environ), **started}
            instance.announce(places, command=command, site=env["SITE_URL"], environment=started)
            yield env
            instance.wait_for_users(places)


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
