"""A throw-away PostgreSQL and Valkey for one test run, started before settings are read.

A pytest plugin (see addopts). Only the first process starts servers; the processes of pytest-
xdist inherit
their addresses, and each takes a cache database of its own. A DATABASE_URL or REDIS_URL that is
set already wins.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from jobboard.embedded.errors import Stop
from jobboard.embedded.places import made
from jobboard.embedded.services import start_database, start_valkey
from jobboard.embedded.supervisor import Supervisor

ROOT = Path(__file__).resolve().parents[2]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["REDIS_URL"] = own_cache(os.environ["REDIS_URL"], worker)
        return
    folder = Path(tempfile.mkdtemp(prefix="codeward-tests-"))
    folder.chmod(0o711)  # the database's account passes through
    early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    supervisor = Supervisor().__enter__()
    early_config.add_cleanup(supervisor.stop)  # cleanups run last first
    try:
        start_missing(supervisor, folder)
    except Stop as reason:
        raise pytest.UsageError(str(reason)) from reason


def start_missing(supervisor: Supervisor, folder: Path) -> None:
    for name, start in (("DATABASE_URL", start_database), ("REDIS_URL", start_valkey)):
        if name not in os.environ:
            os.environ[name] = start(supervisor, root=ROOT, home=folder, logs=folder, durable=False)
    os.environ.setdefault("STORAGE_URL", (folder / "uploads").as_uri())
    os.environ.setdefault("STATIC_ROOT", str(made(folder / "static")))
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in our thread


def own_cache(url: str, worker: str) -> str:
    """The same server's database 1, 2, 3 … for gw0, gw1, gw2 …"""
    number = int(worker.removeprefix("gw")) % 15 + 1
    address, _, query = url.partition("?")
    if address.startswith("unix://"):
        return f"{address}?db={number}"
    return address.rstrip("/0") + f"/{number}" + (f"?{query}" if query else "")
