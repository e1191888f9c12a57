"""Rows that many tests begin with: written once in a process, copied from then on."""

from collections.abc import Callable

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

Rows = dict[str, bytes]
APPS = ("accounts", "codes", "jobs")
_kept: dict[str, Rows] = {}


def load_once(name: str, load: Callable[[], object]) -> None:
    """Do what `load` does to the tables of our apps, which are empty before.

    Copying takes a tenth of the time. `name` is what is loaded: the same name, the same rows.
    """
    if name in _kept:
        _copy_in(_kept[name])
    else:
        load()
        _kept[name] = _copied_out()
    _analyze()
    # Within a transaction each test would else check all these rows again at its end.
    connection.check_constraints()


def _analyze() -> None:
    """Only our tables: those of the whole server stay locked for others until the transaction ends.

    A plain ANALYZE takes them too, and then another process waits for this one's module.
    """
    tables = ", ".join(model._meta.db_table for model in _models())
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def _models() -> list[type[Model]]:
    """Those that links between two tables are kept in as well."""
    return [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]


def _copied_out() -> Rows:
    rows = {}
    for model in _models():
        table = model._meta.db_table
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
            if content := b"".join(copy):
                rows[table] = content
    return rows


# That a row's links lead somewhere was checked when it was loaded; a superuser may say so.
TRUSTED = """
SELECT set_config('session_replication_role', %s, true)
WHERE current_setting('is_superuser') = 'on'
"""


@transaction.atomic
def _copy_in(rows: Rows) -> None:
    """Sequences went past these rows when they were loaded, and never go back.

    Numbers thus stay new in each test, as what is kept in the process relies on.
    """
    with connection.cursor() as cursor:
        cursor.execute(TRUSTED, ["replica"])
        for table, content in rows.items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(content)
        cursor.execute(TRUSTED, ["origin"])
