"""Guidance in Markdown to HTML: a small set of tags, codes as chips, marks of source and doubt."""

import hashlib
import html
import re
from collections.abc import Iterable

import nh3
from django.conf import settings
from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from codes.codes import CODE_PATTERN, CodeSystem
from codes.models import Code

TAGS = {"p", "ul", "ol", "li", "strong", "em", "h3", "h4", "code", "br"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
KEPT = 24 * 3600  # seconds; the key holds the words, so a change is seen at once
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
CHIP = re.compile(r"<code>([^<]{1,30})</code>")
UNCERTAIN = re.compile(r"\(uncertain\)", re.IGNORECASE)
SOURCE = re.compile(r"\[((?:RVU|PTP|MUE|AOC|RBCS|GPCI)[^\]<]{1,20})\]")


def rendered(texts: Iterable[str]) -> dict[str, SafeString]:
    """HTML for each text. Two queries at most: one to the cache, one for the codes they name."""
    keys = {text: _key(text) for text in texts}
    kept = cache.get_many(keys.values())
    missing = [text for text, key in keys.items() if key not in kept]
    if missing:
        links = _links(missing)
        made = {keys[text]: render(text, links) for text in missing}
        cache.set_many(made, KEPT)
        kept |= made
    return {text: SafeString(kept[key]) for text, key in keys.items()}


def render(text: str, links: dict[str, str]) -> str:
    """`links` maps a code to the address of its page; what is not there is a chip without one."""
    raw = MARKDOWN.render(text.replace("\0", ""))
    clean = nh3.clean(raw, tags=TAGS, attributes={}, link_rel=None)
    clean = clean.replace("<table>", '<div class="scroll"><table>')
    clean = clean.replace("</table>", "</table></div>")
    clean = CHIP.sub(lambda found: chip(found[1], links), clean)
    clean = UNCERTAIN.sub(f'<span class="doubt">{html.escape(_("uncertain"))}</span>', clean)
    return SOURCE.sub(r'<span class="source">\1</span>', clean)


def chip(text: str, links: dict[str, str]) -> str:
    if url := links.get(text):
        return f'<a class="code" href="{html.escape(url)}">{text}</a>'
    return f'<span class="code">{text}</span>'


def _links(texts: Iterable[str]) -> dict[str, str]:
    named = {code for text in texts for code in re.findall(r"`([0-9A-Z]{5})`", text)}
    return pages_of(code for code in named if CODE_PATTERN.fullmatch(code))


def pages_of(codes: Iterable[str]) -> dict[str, str]:
    """The addresses of those that have a page anyone may see."""
    rows = Code.objects.public().filter(
        system__in=(CodeSystem.CPT, CodeSystem.HCPCS), code__in=list(codes)
    )
    return {row.code: row.get_absolute_url() for row in rows}


def _key(text: str) -> str:
    digest = hashlib.blake2s(f"{settings.CPT_PUBLIC}:{text}".encode(), digest_size=16)
    return f"codes:html:1:{digest.hexdigest()}"
