"""The programs of the site itself: web server, worker, beat."""

import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from .environment import Address
from .errors import Stop
from .places import Places
from .ports import answers
from .processes import run_briefly
from .supervisor import Program
from .words import telling_line, tells_of_full_disk

WEB_WORKERS, WEB_THREADS, TASK_PROCESSES = 2, 4, 2


def prepare(places: Places, env: Mapping[str, str]) -> str:
    """Migrate, load, collect; returns what was said, raises Stop with the reason when it fails."""
    done = run_briefly([places.python, "-m", "jobboard.prepare"], env=env, cwd=places.root)
    log = places.logs / "prepare.log"
    log.write_text(done.stdout)
    if done.returncode:
        if tells_of_full_disk(done.stdout):
            raise Stop(f"The disk is full: the site could not be prepared. Log: {log}")
        raise Stop(f"The site could not be prepared: {telling_line(done.stdout)} Log: {log}")
    return done.stdout.strip()


def web(places: Places, env: Mapping[str, str], address: Address) -> Program:
    memory = Path("/dev/shm")  # noqa: S108 (gunicorn makes its own file in it)
    options = {
        "bind": address.bind,
        "worker-class": "gthread",
        "workers": str(WEB_WORKERS),
        "threads": str(WEB_THREADS),
        "worker-tmp-dir": str(memory if memory.is_dir() else tempfile.gettempdir()),
        "graceful-timeout": "5",
        "access-logfile": str(places.logs / "access.log"),
    }
    words = [word for key, value in options.items() for word in (f"--{key}", value)]
    return _python(
        places,
        env,
        "web server",
        "web.log",
        "gunicorn",
        "--preload",
        "--no-control-socket",
        *words,
        "jobboard.wsgi",
    )


def worker(places: Places, env: Mapping[str, str]) -> Program:
    words = ["worker", "--loglevel", "INFO", "--concurrency", str(TASK_PROCESSES)]
    quiet = ["--without-gossip", "--without-mingle"]
    return _python(
        places, env, "task worker", "worker.log", "celery", "-A", "jobboard", *words, *quiet
    )


def beat(places: Places, env: Mapping[str, str]) -> Program:
    words = [
        "beat",
        "--loglevel",
        "INFO",
        "--pidfile=",
        "--schedule",
        str(places.var / "beat-schedule"),
    ]
    return _python(places, env, "task clock", "beat.log", "celery", "-A", "jobboard", *words)


def listener(places: Places, env: Mapping[str, str]) -> Program:
    """Takes the mail of consults at CONSULT_LISTEN."""
    words = [str(places.root / "manage.py"), "receive_mail"]
    argv: list[str | Path] = [places.python, *words]
    log = places.logs / "consults.log"
    return Program("mail listener", argv, log, env=env, cwd=places.root, layer=1)


def is_listening(env: Mapping[str, str]) -> Callable[[int], bool]:
    host, _colon, port = env["CONSULT_LISTEN"].rpartition(":")
    return lambda _pid: port.isdecimal() and answers(int(port), host.strip("[]"))


def _python(places: Places, env: Mapping[str, str], name: str, log: str, *words: str) -> Program:
    argv: list[str | Path] = [places.python, "-m", *words]
    return Program(name, argv, places.logs / log, env=env, cwd=places.root, layer=1)


def is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:  # noqa: S310 (our own)
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
