"""Every address of the site, walked out of the URL configuration."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Door:
    name: str
    route: str
    view: Any

    @property
    def is_open(self) -> bool:
        """Whether LoginRequiredMiddleware lets visitors pass."""
        return not getattr(self.view, "login_required", True)


def doors() -> list[Door]:
    return list(_walk(get_resolver().url_patterns))


def _walk(patterns: Any, space: str = "", route: str = "") -> Iterator[Door]:
    for pattern in patterns:
        path = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, path)
        elif isinstance(pattern, URLPattern):
            yield Door(f"{space}{pattern.name}", path, pattern.callback)
