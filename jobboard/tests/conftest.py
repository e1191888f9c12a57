import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from jobboard.testing.copied import load_once
from jobboard.testing.smtp import SmtpSink
from jobboard.tests.people import PostOffice
from jobs.moderators import ensure_moderators
from jobs.vocabulary import load_all


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Callable[[str], Path]]:
    """Makes folders every account may pass through, unlike pytest's own, and with short paths."""
    made: list[Path] = []

    def make(name: str) -> Path:
        folder = Path(tempfile.mkdtemp(prefix=f"cw-{name[:8]}-")).resolve()
        folder.chmod(0o711)
        made.append(folder)
        return folder

    yield make
    for folder in made:
        for note in folder.rglob("elsewhere"):
            shutil.rmtree(note.read_text(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder(open_folder: Callable[[str], Path]) -> Path:
    return open_folder("test")


@pytest.fixture
def newcomer(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """newcomer() opens a browser of one person's own, in which no script may fail."""
    opened: list[BrowserContext] = []
    errors: list[str] = []

    def arrive(**options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        return page

    yield arrive
    for context in opened:
        context.close()
    assert errors == []


@pytest.fixture
def post_office(smtp_sink: SmtpSink) -> PostOffice:
    return PostOffice(smtp_sink)


@pytest.fixture
def vocabulary(transactional_db: None) -> None:
    """The lists that ship: states, credentials, specialties, reasons and the rest."""
    load_once("vocabulary", load_all)
    ensure_moderators()
