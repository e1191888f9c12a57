from collections.abc import Iterator

import pytest
from django.core.cache import cache

pytest_plugins = [
    "jobboard.testing.order",
    "jobboard.testing.pages",
    "jobboard.testing.smtp",
    "jobboard.testing.workers",
]


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Rate limits, cached pages and queued tasks end with the test that made them."""
    yield
    cache.clear()
