"""What ships, as the tests of several modules begin with it."""

from django.utils import timezone

from codes import loading
from codes.content_files import DATA
from jobboard.testing.copied import load_once


def load_all() -> None:
    """All that ships with the reference."""
    load_once("all that ships", lambda: loading.load_all(now=timezone.now()))


def load_figures() -> None:
    """The figures of CMS that ship, without our own words."""
    load_once("figures", lambda: loading.load_figures(DATA / "cms", now=timezone.now()))
