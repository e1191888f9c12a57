"""A description as it is typed and as it is kept: plain text with "- " lists becomes our tags.

What is typed is a small part of Markdown: blank lines, "- " and "1. " lists, ## headings, *words*
and **words**. Tags in it are words like others, unless the whole text is pasted markup.
"""

import re
from collections import Counter
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from jobs.sanitise import clean_html

RULES = ["list", "heading", "emphasis", "escape", "newline"]
MARKUP = re.compile(r"\s*<(p|div|ul|ol|li|h[1-6]|br|section|article)\b", re.IGNORECASE)
# An item that is one paragraph stands without its tag, whether or not blank lines part the items.
ALONE = re.compile(
    r"<li>\s*<p>((?:(?!</?(?:p|li|ul|ol)>).)*)</p>(?:\s*(?=</li>)|(?=\s*<[uo]l>))", re.DOTALL
)
BULLETS = re.compile(r"^(\s*)[•·▪‣]\s*", re.MULTILINE)
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}

# Only stars are marks: an underscore, as in the name of a file, is a letter to the parser.
UNDERSCORE = "\ue000"
MARKS = {"strong": "**", "em": "*"}

_markdown = MarkdownIt("zero", {"breaks": True}).enable(RULES)


def to_html(text: str) -> str:
    """Read what was typed; the answer holds allowed tags only."""
    text = text.replace("\x00", "").replace("\r\n", "\n")
    return ALONE.sub(r"<li>\1", _markup(text))


def _markup(text: str) -> str:
    if MARKUP.match(text):
        return clean_html(text)
    tokens = _markdown.parse(BULLETS.sub(r"\1- ", text).replace("_", UNDERSCORE))
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
        _unnest_marks(token.children or [])
    html: str = _markdown.renderer.render(tokens, _markdown.options, {})
    html = html.replace(UNDERSCORE, "_")
    return re.sub(r"\n{2,}", "\n", clean_html(html)) if html.strip() else ""


def to_text(html: str) -> str:
    """Write kept markup as it would be typed; `to_html` makes the same markup of it."""
    printer = _Printer()
    printer.feed(html)
    printer.close()
    return printer.text()


def _unnest_marks(tokens: list[Token]) -> None:
    """Bold inside bold says nothing, and could not be written down again."""
    depth = Counter[str]()
    for token in tokens:
        if token.tag in MARKS:
            depth[token.tag] += max(token.nesting, 0)
            token.hidden = depth[token.tag] > 1
            depth[token.tag] += min(token.nesting, 0)


class _Printer(HTMLParser):
    """Collects blocks of lines; what stands in lists is moved in by its marker's width."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.line = ""
        self.opened = ""
        self.lists: list[str] = []
        self.indent = ""
        self.marker = ""
        self.heading = ""
        self.closed: tuple[int, str] | None = None

    def text(self) -> str:
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        match tag:
            case "strong" | "em":
                self.opened += MARKS[tag]
            case "br":
                self._end_line(always=True)
            case "li":
                self._start_item()
            case "ul" | "ol":
                self._start_list(tag)
            case "p" | "h3" | "h4":
                self._blank()
                self.heading = {"h3": "## ", "h4": "### "}.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "strong" | "em":
                self._close_mark(MARKS[tag])
            case "li":
                self._end_item()
            case "ul" | "ol":
                self._end_list()
            case "p" | "h3" | "h4":
                self._end_line()
                self.heading = ""

    def handle_data(self, data: str) -> None:
        words = _escape(re.sub(r"\s+", " ", data))
        if self.opened and words.strip():
            # A mark of emphasis touches its words, so the space between goes before it.
            lead = " " if words[0] == " " else ""
            words, self.opened = lead + self.opened + words.lstrip(), ""
        self.line += words

    def _close_mark(self, mark: str) -> None:
        if self.opened.endswith(mark):
            self.opened = self.opened.removesuffix(mark)
            return
        words = self.line.rstrip()
        self.line = words + mark + self.line[len(words) :]

    def _start_list(self, tag: str) -> None:
        self._end_line()
        if not self.lists:
            self._blank()
        kind = "-" if tag == "ul" else "."
        # Two lists in a row would be read as one, were their markers alike.
        if self.closed == (len(self.lists), kind):
            kind = "+" if tag == "ul" else ")"
        self.closed = None
        self.lists.append(kind)

    def _start_item(self) -> None:
        self._end_line()
        kind = self.lists[-1] if self.lists else "-"
        marker = f"1{kind} " if kind in ".)" else f"{kind} "
        self.marker += marker
        self.indent += " " * len(marker)

    def _end_item(self) -> None:
        self._end_line()
        kind = self.lists[-1] if self.lists else "-"
        self.indent = self.indent[: -(3 if kind in ".)" else 2)]
        self.marker = ""

    def _end_list(self) -> None:
        self._end_line()
        kind = self.lists.pop() if self.lists else "-"
        self.closed = (len(self.lists), kind)

    def _blank(self) -> None:
        self._end_line()
        if not self.marker:
            self.lines.append("")

    def _end_line(self, *, always: bool = False) -> None:
        words = self.line.strip()
        self.line = ""
        if not words and not always:
            return
        self.closed = None
        lead = self.indent[: len(self.indent) - len(self.marker)] + self.marker
        self.marker = ""
        self.lines.append(lead + self.heading + _escape_start(words))


def _escape(words: str) -> str:
    """Signs that would be read as marks of emphasis, and the sign that prevents it."""
    return re.sub(r"[\\*]", lambda sign: "\\" + sign[0], words)


def _escape_start(line: str) -> str:
    """Signs that would start a list, a heading or an item."""
    line = re.sub(r"^([-+]|#{1,6})(?=\s|$)", r"\\\1", line)
    return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", line)
