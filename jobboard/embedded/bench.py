"""Runs the measurements of bench/ against a web server, a database and a cache of their own."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from . import instance, setup, site
from .environment import Address, site_environment
from .errors import Stop
from .places import Places, made
from .ports import free_port
from .services import start_servers
from .supervisor import Supervisor
from .words import say


def bench(places: Places, words: list[str]) -> int:
    """Run bench/NAME.py, or all of them; each is told BENCH_URL and BENCH_DIR."""
    setup.ensure(places, setup.wanted(os.environ, tests=True))
    scripts = chosen(places, words)
    results = Places(places.root, made(places.var / "bench"))
    with instance.claimed(results) as ours:
        if not ours:
            raise Stop("Another ./dev bench runs in this checkout: wait for it, or end it.")
        own = Places(places.root, results.var / "servers")
        shutil.rmtree(own.var, ignore_errors=True)
        with Supervisor() as supervisor:
            env = start_site(supervisor, own) | {"BENCH_DIR": str(results.var)}
            failed = [script.stem for script in scripts if not runs(places, script, env)]
    say(f"Failed: {', '.join(failed)}" if failed else f"Results are in {results.var}")
    return 1 if failed else 0


def start_site(supervisor: Supervisor, own: Places) -> dict[str, str]:
    """Servers and a web server that nothing else uses, and the environment of a measurement."""
    given = {**os.environ, "PORT": str(free_port()), "EMBEDDED": "False"}
    env = {**site_environment(own, given), **start_servers(supervisor, own, given)}
    site.prepare(own, env)
    address = Address.of(given)
    local = f"http://127.0.0.1:{address.port}"
    supervisor.start(site.web(own, env, address), ready=lambda _pid: site.is_healthy(local))
    return {**env, "BENCH_URL": local, "PYTHONPATH": str(own.root)}


def chosen(places: Places, words: list[str]) -> list[Path]:
    known = {path.stem: path for path in sorted((places.root / "bench").glob("[!_]*.py"))}
    if unknown := [word for word in words if word not in known]:
        raise Stop(f"There is no bench/{unknown[0]}.py; there are: {', '.join(known) or 'none'}.")
    return [known[word] for word in words] or list(known.values())


def runs(places: Places, script: Path, env: Mapping[str, str]) -> bool:
    say(f"== {script.stem}")
    done = subprocess.run([places.python, script], env=env, cwd=places.root, check=False)
    return done.returncode == 0
