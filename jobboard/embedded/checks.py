"""The gate: everything that can be known without running the site. All checks run; each failure
is named."""

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from . import setup
from .environment import production_like
from .errors import Stop
from .places import Places, made
from .services import start_database
from .supervisor import Supervisor
from .words import say

Words = list[str | Path]
PINS = "jobboard/tests/test_embedded_requirements.py"


def check(places: Places, words: list[str]) -> int:
    if words:
        raise Stop(f"./dev check takes no {words[0]!r}.")
    setup.ensure(places, setup.wanted(os.environ, tests=True))
    with Supervisor() as supervisor, tempfile.TemporaryDirectory(prefix="codeward-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        env = environment(places, supervisor, home)
        failed = [
            name for name, argv in checks(places).items() if not passes(places, name, argv, env)
        ]
        pins: Words = [places.python, "-m", "pytest", "-q", PINS]
        if not passes(places, "requirements", pins, os.environ):
            failed.append("requirements")
        supervisor.stop()
    say(f"Failed: {', '.join(failed)}" if failed else "All checks passed")
    return 1 if failed else 0


def environment(places: Places, supervisor: Supervisor, home: Path) -> dict[str, str]:
    """A production server's settings over a database of its own, which the migration check
    reads."""
    ours = {
        **production_like(),
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "EMAIL_URL": "smtp+tls://mail.example:587",
        "STORAGE_URL": home.as_uri(),
        "STATIC_ROOT": str(made(home / "static")),
        "PYTHONWARNINGS": "error::RuntimeWarning",
    }
    url = os.environ.get("DATABASE_URL") or start_database(
        supervisor, root=places.root, home=home, logs=home, durable=False
    )
    return {**os.environ, **ours, "DATABASE_URL": url}


def checks(places: Places) -> dict[str, Words]:
    python: Words = [places.python, "-m"]
    manage: Words = [places.python, "manage.py"]
    templates = sorted(places.root.glob("templates/**/*.html"))
    code = [path for path in source_files(places) if "/migrations/" not in str(path)]
    return {
        "format": [*python, "ruff", "format", "--check", "."],
        "lint": [*python, "ruff", "check", "."],
        "types": [*python, "mypy", "."],
        "templates": [
            places.python.with_name("djade"),
            "--target-version",
            "5.2",
            "--check",
            *templates,
        ],
        "django-upgrade": [*python, "django_upgrade", "--target-version", "5.2", "--check", *code],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "deploy": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
    }


def source_files(places: Places) -> list[Path]:
    folders = ("accounts", "codes", "jobs", "jobboard")
    return sorted(path for folder in folders for path in places.root.glob(f"{folder}/**/*.py"))


def passes(places: Places, name: str, argv: Words, env: Mapping[str, str]) -> bool:
    say(f"== {name}")
    return subprocess.run(argv, env=env, cwd=places.root, check=False).returncode == 0
