"""The text of a mail that is HTML only."""

import html
import re

import nh3

AT_MOST = 1_000_000  # characters of HTML; what is behind them is not read
BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"}
CELLS = {"td", "th"}
SILENT = {"script", "style", "title"}
BLOCK = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))})>")
TAG = re.compile(r"<[^<>]*>")
BLANKS = re.compile(r"[ \t\xa0]+")


def text_of_html(source: str) -> str:
    """Lines where blocks end; comments, scripts, styles and every attribute are gone."""
    clean = nh3.clean(
        source[:AT_MOST], tags=BLOCKS | CELLS, clean_content_tags=SILENT, attributes={}
    )
    flat = BLANKS.sub(" ", re.sub(r"\s+", " ", clean))
    lines = html.unescape(TAG.sub(" ", BLOCK.sub("\n", flat))).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
