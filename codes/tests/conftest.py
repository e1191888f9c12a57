from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from codes.tests.shipped import load_all, load_figures


@contextmanager
def _while_it_lasts(load: Callable[[], object]) -> Iterator[None]:
    """Rows that the tests of a module share: each test's own changes end with it, these later."""
    with transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker) -> Iterator[None]:
    """All that ships with the reference."""
    with (
        django_db_blocker.unblock(),
        _while_it_lasts(load_all),
    ):
        yield


@pytest.fixture(scope="module")
def shipped_figures(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The figures of CMS that ship, without our own words."""
    with (
        django_db_blocker.unblock(),
        _while_it_lasts(load_figures),
    ):
        yield
