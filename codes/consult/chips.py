"""Plain text as a page shows it: escaped, its codes as chips that lead to their pages."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString

from codes.codes import CODE_PATTERN
from codes.markup import chip, pages_of

CODE = re.compile(rf"(?<![\w$./+&#-])({CODE_PATTERN.pattern})(?![\w/;])", re.ASCII)


def with_chips(texts: Iterable[str]) -> dict[str, SafeString]:
    """HTML for each text, in one query. The lines that hold a page's address are for mail only."""
    kept = {text: escape(_without_addresses(text)) for text in texts}
    pages = pages_of({code for text in kept.values() for code in CODE.findall(text)})
    return {text: SafeString(_chips(shown, pages)) for text, shown in kept.items()}


def _without_addresses(text: str) -> str:
    return re.sub(rf"(?m)^ *{re.escape(settings.SITE_URL)}/codes/\S+\n", "", text)


def _chips(shown: str, pages: dict[str, str]) -> str:
    return CODE.sub(lambda found: chip(found[1], pages) if found[1] in pages else found[0], shown)
