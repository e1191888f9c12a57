"""The text as the rules read it: of the same length, in ASCII wherever a letter has such a form."""

import re
import unicodedata

# NUL, which PostgreSQL refuses, and signs of no width, which would hide a name from the rules.
INVISIBLE = re.compile("[\x00\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
SIGNS = dict.fromkeys("\u2018\u2019\u02bc\u2032", "'") | dict.fromkeys("\u201c\u201d", '"')


def cleaned(text: str) -> str:
    """Composed (NFC) and without invisible signs; the rest stays as it was written."""
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def shadow(text: str) -> str:
    if text.isascii():
        return text
    return text.translate({ord(sign): _plain(sign) for sign in set(text) if not sign.isascii()})


def _plain(sign: str) -> str:
    """One sign for one sign, so that places in the shadow are places in the text."""
    if sign in SIGNS:
        return SIGNS[sign]
    category = unicodedata.category(sign)
    if category == "Pd" or sign == "\u2212":
        return "-"
    if category == "Zs":
        return " "
    if (digit := unicodedata.decimal(sign, None)) is not None:
        return str(digit)
    base = unicodedata.normalize("NFKD", sign)[0]
    return base if base.isascii() and base.isalnum() else sign
