"""What is asked of every page: valid, accessible, quiet, self-contained, and whole at any width."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

from jobboard.testing.pages import axe_violations, html_errors

WIDTHS = (1440, 768, 375)
COLOURS = ("color-contrast", "link-in-text-block")
NARROW = 320  # what 1280 pixels are at 400 %, and 640 at 200 %
# Words and controls that stand outside the page, or are cut off where nothing can be scrolled.
LOST = """
() => {
  const style = (element) => getComputedStyle(element);
  const above = (element) => element.parentElement ? [element, ...above(element.parentElement)] : [element];
  const scrolled = (element) => ["auto", "scroll"].includes(style(element).overflowX);
  const hidden = (element) => style(element).clipPath !== "none" || element.offsetWidth === 1;
  const named = (element) => `${element.tagName} ${element.className}: ${element.textContent.trim().slice(0, 60)}`;
  const speaks = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const lost = (element) => {
    const { left, right } = element.getBoundingClientRect();
    const cut = style(element).overflowX === "hidden" && style(element).textOverflow !== "ellipsis";
    return left < -1 || right > innerWidth + 1 || (cut && element.scrollWidth > element.clientWidth + 1);
  };
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("svg, select"))
    .filter((element) => speaks(element) || element.matches("input, select, textarea, img"))
    .filter((element) => lost(element) && !above(element).some((each) => scrolled(each) || hidden(each)))
    .map(named);
}
"""  # noqa: E501


@dataclass
class Watch:
    """Notes what a page complains of, and whom else it asks."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        # Chromium says so of the page itself, which is meant to be a 404 or 410.
        if message.type in {"error", "warning"} and "the server responded with" not in message.text:
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.complaints.append(f"asked {request.url}")


def barriers(page: Page) -> list[str]:
    """What axe finds on the open page at three widths, in both themes.

    The page is loaded once. Only colours differ between the themes, so that dark is asked
    about colours alone.
    """
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        found += [f"{width} light: {line}" for line in axe_violations(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{width} dark: {line}" for line in axe_violations(page, *COLOURS)]
    return found


def losses(page: Page) -> list[str]:
    """What cannot be seen, or only by scrolling sideways, on a phone and at 200 % and more."""
    found = []
    for width in (WIDTHS[-1], NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} lost: {line}" for line in page.evaluate(LOST)]
        if too_wide := page.evaluate("document.documentElement.scrollWidth - innerWidth"):
            found.append(f"{width}: {too_wide} pixels too wide")
    return found


def check(watch: Watch, path: str, *, ours: bool = True) -> None:
    """Open an address and fail with all that is wrong with it.

    The markup of a page that is not `ours`, but of Django's admin, is taken as it is.
    """
    page = watch.page
    watch.complaints.clear()
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    response = page.goto(path)
    assert response is not None
    if page.locator("[data-pane-link]").count() and page.locator("#pane").count():
        page.locator("#pane h2").first.wait_for()
    found = [*barriers(page), *watch.complaints]
    if ours:
        found += [*html_errors(response.text()), *losses(page)]
    assert not found, f"{page.url}\n" + "\n".join(found)
