"""Brings a site up to date before it serves, in one process: `python -m jobboard.prepare`."""

import hashlib
import os
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands


def static_signature() -> str:
    """Changes when a static file comes, goes or changes, or is stored another way."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            full = Path(storage.path(path))
            digest.update(f"{full}:{full.stat().st_mtime_ns}:{full.stat().st_size}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    note = Path(settings.STATIC_ROOT, ".collected")
    signature = static_signature()
    if note.exists() and note.read_text() == signature:
        return
    call_command("collectstatic", "--noinput", "--clear", verbosity=0)
    note.write_text(signature)


def prepare() -> None:
    changes = StringIO()
    call_command("migrate", "--noinput", stdout=changes)
    applied = changes.getvalue().count("... OK") or changes.getvalue().count(" OK\n")
    if applied:
        print(f"Database brought up to date: {applied} migrations")  # noqa: T201
    known = get_commands()
    for command in ["load_vocabulary", *(["load_demo"] if settings.EMBEDDED else [])]:
        if command in known:
            call_command(command)
    collect_static()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobboard.settings")
    django.setup()
    prepare()
