"""The words of a posting: a small set of tags, no attributes, no links."""

import html
import re

import nh3

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "h3", "h4"}
# What other editors write, and the tag of ours that means it.
MEANING = {
    "b": "strong",
    "i": "em",
    "h1": "h3",
    "h2": "h3",
    "h5": "h4",
    "h6": "h4",
    "div": "p",
    "section": "p",
    "article": "p",
}
UNSEEN = {"script", "style", "template", "title", "noscript", "iframe", "object", "svg", "math"}

_OTHER_TAG = re.compile(rf"<(/?)({'|'.join(MEANING)})(?=[\s/>])[^>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?:!--|/?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>)", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|li|ul|ol|h3|h4|strong|em)>(?:\s|&nbsp;|<br>)*</\1>")
_BREAK = re.compile(r"<br>|</(?:p|li|h3|h4)>")
_ITEM = re.compile(r"^\s*[-*•]\s+")


def clean_html(text: str) -> str:
    """The words in our tags only. Text without tags is set in paragraphs and lists.

    Cleaning what was cleaned changes nothing.
    """
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not _ANY_TAG.search(text):
        return _set_plain(html.unescape(text))
    text = _OTHER_TAG.sub(lambda tag: f"<{tag[1]}{MEANING[tag[2].lower()]}>", text)
    cleaned = nh3.clean(
        text, tags=TAGS, clean_content_tags=UNSEEN, attributes={}, link_rel=None
    ).strip()
    while (thinner := _EMPTY.sub("", cleaned)) != cleaned:
        cleaned = thinner
    return cleaned.strip()


def text_of(markup: str) -> str:
    """The bare words, a line for each paragraph, item and break."""
    lines = html.unescape(nh3.clean(_BREAK.sub("\n", markup), tags=set())).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _set_plain(text: str) -> str:
    blocks = re.split(r"\n\s*\n", text)
    return "\n".join(_set_block(block) for block in blocks if block.strip())


def _set_block(block: str) -> str:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if all(_ITEM.match(line) for line in lines):
        items = [f"<li>{_escaped(_ITEM.sub('', line))}</li>" for line in lines]
        return f"<ul>{''.join(items)}</ul>"
    return f"<p>{'<br>'.join(_escaped(line) for line in lines)}</p>"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
