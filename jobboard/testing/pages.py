"""What browser tests and page tests share: a browser, accessibility and validity as readable
failures."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import html5lib
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# No sandbox, because Chromium refuses one as root; no calls home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Colours are those after a transition, not those on the way.
RUN_AXE = """async (asked) => {
  const still = new CSSStyleSheet();
  still.replaceSync("*, ::before, ::after { transition: none !important; }");
  document.adoptedStyleSheets = [still];
  return (await axe.run(asked)).violations;
}"""
NO_BROWSER = "Browser tests need CHROMIUM, which ./dev test finds or gets."


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert program, NO_BROWSER
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()  # those of this thread while Playwright's loop runs in it


@pytest.fixture
def context(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A browser profile of this test's own, in which "/" is the live server."""
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which an uncaught script error or a console error fails the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == [], "scripts failed on the page"


def axe_violations(page: Page, *rules: str) -> list[str]:
    """One line for each element that breaks an accessibility rule: rule, element, what to do.

    All rules but the experimental ones are asked, or only `rules`.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"]}
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    violations = page.evaluate(RUN_AXE, {**options, **only})
    return [
        f"{violation['id']}: {node['html'][:160]} — {' '.join(node['failureSummary'].split())}"
        for violation in violations
        for node in violation["nodes"]
    ]


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """axe(page) fails with every violation in words."""

    def check(page: Page) -> None:
        violations = axe_violations(page)
        assert not violations, f"{page.url}\n" + "\n".join(violations)

    return check


def html_errors(html: str | bytes) -> list[str]:
    """What a strict HTML parser objects to, with line and column."""
    text = html.decode() if isinstance(html, bytes) else html
    parser = html5lib.HTMLParser()
    parser.parse(text)
    lines = ["", *text.splitlines(), ""]
    return [
        f"line {line}: {code} {data or ''}: {lines[min(line, len(lines) - 1)].strip()[:120]}"
        for (line, _column), code, data in parser.errors
    ] + duplicate_ids(text)


def duplicate_ids(text: str) -> list[str]:
    document = html5lib.parse(text, namespaceHTMLElements=False)
    ids = [name for element in document.iter() if (name := element.get("id"))]
    return [f"id {name!r} stands twice" for name in sorted(set(ids)) if ids.count(name) > 1]


@pytest.fixture(scope="session")
def html_validity() -> Callable[[str | bytes], None]:
    """html_validity(response.content) fails with every parse error in words."""

    def check(html: str | bytes) -> None:
        errors = html_errors(html)
        assert not errors, "\n".join(errors)

    return check
