"""The order in which files are handed to the processes that test."""

import pytest

# What takes seconds to start, and makes few tests take long.
SLOW = {"live_server", "celery_worker_process", "open_folder", "shipped", "shipped_figures"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, so that no process is left alone with one at the end."""
    slow = {item.path for item in items if SLOW & set(getattr(item, "fixturenames", ()))}
    items.sort(key=lambda item: item.path not in slow)
