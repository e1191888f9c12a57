"""What many tests begin with: the same rows each time, and nothing others wait for."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from accounts.models import User
from accounts.tests.factories import make_user
from jobboard.testing import copied

pytestmark = pytest.mark.django_db
LOCKED = """
SELECT count(*) FROM pg_locks
WHERE pid = pg_backend_pid() AND database = 0 AND mode = 'ShareUpdateExclusiveLock'
"""


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(copied, "_kept", {})


@contextmanager
def undone():
    """As a module's rows are: they end with it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_load_once_loads_once_and_writes_the_same_rows_again():
    loaded, found = [], []

    for _module in range(3):
        with undone():
            copied.load_once("one person", lambda: loaded.append(make_user()))
            found.append(list(User.objects.values()))

    assert found == [list(map(values_of, loaded))] * 3


def values_of(user):
    return {field.attname: getattr(user, field.attname) for field in User._meta.concrete_fields}


def test_load_once_lets_no_number_be_given_twice():
    given = []

    for _module in range(3):
        with undone():
            copied.load_once("one person", make_user)
            given.append(make_user().pk)

    assert given == [given[0], given[0] + 1, given[0] + 2]


def test_load_once_leaves_no_row_to_be_checked_at_the_end_of_each_test():
    for _module in range(2):
        with undone():
            copied.load_once("one person", make_user)

            with connection.cursor() as cursor:  # refused while checks are pending
                cursor.execute("ALTER TABLE account_emailaddress ADD COLUMN extra int")
                cursor.execute("ALTER TABLE accounts_user ADD COLUMN extra int")


def test_load_once_locks_nothing_that_other_databases_share():
    copied.load_once("one person", make_user)

    with connection.cursor() as cursor:
        cursor.execute(LOCKED)
        assert cursor.fetchone() == (0,)
