"""Small checkouts for tests of `./dev`: the real tool over a site of a few lines, so that a start
takes a second."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from jobboard.embedded.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
CELERY = """\
import os
from celery import Celery
socket = os.environ["REDIS_URL"].removeprefix("unix://").partition("?")[0]
app = Celery(broker=f"redis+socket://{socket}")
"""
WSGI = """\
import os
import psycopg

def application(environ, start_response):
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS visits (at timestamptz DEFAULT now())")
        connection.execute("INSERT INTO visits DEFAULT VALUES")
        visits = connection.execute("SELECT count(*) FROM visits").fetchone()[0]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(visits).encode()]
"""
MANAGE = """\
import os, socket, sys, psycopg
if sys.argv[1] == "receive_mail":
    host, port = os.environ["CONSULT_LISTEN"].split(":")
    with socket.create_server((host, int(port))) as server:
        while True:
            server.accept()[0].close()
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print(connection.execute(sys.argv[1]).fetchone()[0])
"""


def make_checkout(root: Path) -> Path:
    package = root / "jobboard"
    shutil.copytree(
        ROOT / "jobboard" / "embedded",
        package / "embedded",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copytree(ROOT / "requirements", root / "requirements")
    for name in ("dev", "requirements.txt"):
        shutil.copy2(ROOT / name, root / name)
    (root / ".venv").symlink_to(sys.prefix)
    (root / "manage.py").write_text(MANAGE)
    files = {
        "settings": "",
        "__init__": "from jobboard.celery import app",
        "celery": CELERY,
        "prepare": "",
        "wsgi": WSGI,
    }
    for name, text in files.items():
        (package / f"{name}.py").write_text(text)
    return root


def clean_environment(**changes: str) -> dict[str, str]:
    """This process's environment without what the test run itself set."""
    ours = ("_URL", "STATIC_ROOT", "SECRET_KEY", "DJANGO_", "PYTEST_", "CELERY", "PORT", "VAR_DIR")
    kept = {
        key: value for key, value in os.environ.items() if not any(word in key for word in ours)
    }
    return {**kept, "COVERAGE_PROCESS_START": "", **changes}


def dev(checkout: Path, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
    argv: list[str | Path] = [sys.executable, checkout / "dev", *words]
    return subprocess.run(
        argv,
        env=clean_environment(**env),
        cwd="/",
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )


@dataclass
class Running:
    process: "subprocess.Popen[str]"
    checkout: Path
    port: int
    output: Path

    def said(self) -> str:
        return self.output.read_text()

    def wait_for(self, words: str, within: float = 40.0) -> str:
        deadline = time.monotonic() + within
        while words not in (said := self.said()):
            assert self.process.poll() is None, f"./dev run ended:\n{said}"
            assert time.monotonic() < deadline, f"./dev run never said {words!r}:\n{said}"
            time.sleep(0.02)
        return said

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(30)


@contextmanager
def running(
    checkout: Path, *, port: int | None = None, within: float = 40.0, **env: str
) -> Iterator[Running]:
    """`./dev run` of a checkout, ready to serve."""
    port = port or free_port()
    output = checkout.with_name(f"{checkout.name}-{port}.txt")
    with output.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, checkout / "dev", "run"],
            env=clean_environment(PORT=str(port), **env),
            cwd="/",
            text=True,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    site = Running(process, checkout, port, output)
    try:
        site.wait_for("Ctrl-C ends everything", within)
        yield site
    finally:
        if process.poll() is None:
            site.end()


def processes_of(*folders: Path) -> list[str]:
    """The programs that work in these folders; each of ours has its current directory in its
    checkout's places."""
    found = []
    for process in psutil.process_iter(["cwd", "name", "status"]):
        cwd = process.info["cwd"]
        if cwd and any(Path(cwd).is_relative_to(folder) for folder in folders):
            found.append(process.info["name"])
    return sorted(found)


def wait_until_gone(*folders: Path, within: float = 10.0) -> None:
    deadline = time.monotonic() + within
    while left := processes_of(*folders):
        assert time.monotonic() < deadline, f"still running: {left}"
        time.sleep(0.05)
