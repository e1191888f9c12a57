"""A description as it is typed and as it is kept: plain text with "- " lists becomes our tags.

What is typed is a small part of Markdown: blank lines, "- " and "1. " lists, ## headings, *words*
and **words**. Tags in it are words like others, unless the whole text is pasted markup.
"""

import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from jobs.sanitise import clean_html

RULES = ["list", "heading", "emphasis", "escape", "newline"]
MARKUP = re.compile(r"\s*<(p|div|ul|ol|li|h[1-6]|br|section|article)\b", re.IGNORECASE)
BULLETS = re.compile(r"^(\s*)[•·▪‣]\s*", re.MULTILINE)
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}

MARKS = {"strong": "**", "em": "*"}

_markdown = MarkdownIt("zero", {"breaks": True}).enable(RULES)


def to_html(text: str) -> str:
    """Read what was typed; the answer holds allowed tags only."""
    text = text.replace("\x00", "").replace("\r\n", "\n")
    if MARKUP.match(text):
        return clean_html(text)
    tokens = _markdown.parse(BULLETS.sub(r"\1- ", text))
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
    _close_up(tokens)
    html: str = _markdown.renderer.render(tokens, _markdown.options, {})
    return re.sub(r"\n{2,}", "\n", clean_html(html)) if html.strip() else ""


def to_text(html: str) -> str:
    """Write kept markup as it would be typed; `to_html` makes the same markup of it."""
    printer = _Printer()
    printer.feed(html)
    printer.close()
    return printer.text()


def _close_up(tokens: list[Token]) -> None:
    """An item that is one paragraph stands without its tag, whether blank lines part the items."""
    for before, opening, _inline, closing, after in zip(
        tokens, tokens[1:], tokens[2:], tokens[3:], tokens[4:], strict=False
    ):
        alone = after.type in {"list_item_close", "bullet_list_open", "ordered_list_open"}
        if before.type == "list_item_open" and opening.type == "paragraph_open" and alone:
            opening.hidden = closing.hidden = True


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
        self.last_list = ""

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
                self.last_list = ""

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
        # Two lists in a row would be read as one, were their markers alike.
        again = self.last_list and not self.lists and self.lines and self.last_list[0] == tag[0]
        kind = {"ul": "-", "ol": "."}[tag]
        if again and self.last_list[-1] == kind:
            kind = {"-": "+", ".": ")"}[kind]
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
        self.last_list = ("o" if kind in ".)" else "u") + kind

    def _blank(self) -> None:
        self._end_line()
        if not self.marker:
            self.lines.append("")

    def _end_line(self, *, always: bool = False) -> None:
        words = self.line.strip()
        self.line = ""
        if not words and not always:
            return
        lead = self.indent[: len(self.indent) - len(self.marker)] + self.marker
        self.marker = ""
        self.lines.append(lead + self.heading + _escape_start(words))


def _escape(words: str) -> str:
    """Signs that would be read as marks of emphasis, and the sign that prevents it."""
    words = re.sub(r"[\\*]", lambda sign: "\\" + sign[0], words)
    return re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", words)


def _escape_start(line: str) -> str:
    """Signs that would start a list, a heading or an item."""
    line = re.sub(r"^([-+]|#{1,6})(?=\s|$)", r"\\\1", line)
    return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", line)
