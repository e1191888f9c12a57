import os
from pathlib import Path

from . import chromium, setup
from .manage import run_in_terminal
from .places import Places


def run_suite(places: Places, words: list[str]) -> int:
    """The suite; several processes for all of it, one when files are named."""
    setup.ensure(places, setup.wanted(os.environ, tests=True))
    env = {
        **os.environ,
        "CHROMIUM": str(chromium.find(places, os.environ)),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    named = any(Path(word.split("::")[0]).exists() for word in words)
    chosen = any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in words)
    # A file stays in one process, which then loads what its tests share once.
    several = ["-n", str(os.cpu_count() or 2), "--dist", "loadfile", "--no-loadscope-reorder"]
    processes = [] if named or chosen else several
    argv = [str(places.python), "-m", "pytest", *processes, *words]
    return run_in_terminal(argv, env=env, places=places)
