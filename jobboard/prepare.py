"""Brings a site up to date before it serves, in one process: `python -m jobboard.prepare`."""

import hashlib
import os
import re
import sys
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


def said_by(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def news(said: str) -> str:
    """What a load command said, without the lines that say nothing changed."""
    return "".join(line for line in said.splitlines(keepends=True) if tells_of_change(line))


def tells_of_change(line: str) -> bool:
    counts = re.findall(r"(\d[\d,]*) (\w+)", line)
    return not counts or any(number != "0" for number, what in counts if what != "same")


def prepare() -> None:
    applied = said_by("migrate", "--noinput").count("... OK")
    if applied:
        sys.stdout.write(f"Database brought up to date: {applied} migrations\n")
    known = get_commands()
    for command in ["load_vocabulary", "load_codes", *(["load_demo"] if settings.EMBEDDED else [])]:
        if command in known:
            sys.stdout.write(news(said_by(command)))
    collect_static()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobboard.settings")
    django.setup()
    prepare()
