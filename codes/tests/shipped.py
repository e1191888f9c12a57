"""What ships, loaded once in a process; from then on its rows are copied."""

from collections.abc import Callable

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from codes import loading
from codes.content_files import DATA

Rows = dict[str, bytes]
_kept: dict[str, Rows] = {}


def load_all() -> None:
    """All that ships with the reference."""
    _load("all", lambda: loading.load_all(now=timezone.now()))


def load_figures() -> None:
    """The figures of CMS that ship, without our own words."""
    _load("figures", lambda: loading.load_figures(DATA / "cms", now=timezone.now()))


def _load(name: str, load: Callable[[], object]) -> None:
    """The tables are empty before. Loading them takes ten times as long as copying."""
    if name in _kept:
        _copy_in(_kept[name])
        return
    load()
    connection.check_constraints()
    _kept[name] = _copied_out()


def _copied_out() -> Rows:
    rows = {}
    for model in _models():
        table = model._meta.db_table
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
            if content := b"".join(copy):
                rows[table] = content
    return rows


def _copy_in(rows: Rows) -> None:
    with connection.cursor() as cursor:
        for table, content in rows.items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(content)
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _models() -> list[type[Model]]:
    return list(apps.get_app_config("codes").get_models())
