"""E-mail, web and network addresses, phone and fax numbers."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

import phonenumbers

from codes.screen.spans import Span, blanked, spans_of

# Each begins with a class of signs, which the search skips to; the look-behind keeps it linear.
AT = re.compile(
    r"@|\(at\)|\[at\]|\bat\b(?= [\w-]+(?:\.| dot )(?:com|net|org|edu)\b)", re.IGNORECASE
)
BEFORE_AT = re.compile(r"[\w.+%'-]{1,80} ?\Z")
AFTER_AT = re.compile(r" ?[\w-]+(?:(?:\.| ?\(dot\) ?| dot )[\w-]+)*")
TOP = "com|org|net|edu|gov|mil|io|app"
URL = re.compile(
    r"[hHfF](?<!\w.)(?:ttps?|HTTPS?|tps?|TPS?|Ttps?)://[^\s<>\[\]\"']+"
    r"|[wW](?<!\w.)[wW]{2}\.[^\s<>\[\]\"']+"
    rf"|[A-Za-z0-9](?<![\w.@-].)[A-Za-z0-9-]{{0,62}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,6}}\.(?:{TOP}|{TOP.upper()})\b"
    r"(?:[/?][^\s<>\[\]\"']*)?"
)
ADDRESS = re.compile(r"[0-9A-Fa-f:](?<![\w:.].)[0-9A-Fa-f:.]{2,60}(?![\w:])")
US = re.compile(
    r"[\d(+](?<![\w.-].)(?:(?<=\+)?1?[ .-]?)(?:(?<=\()\d{3}\)|\(\d{3}\)|(?<=\d)\d{2}"
    r"|\d{3})[ ./-]{0,2}\d{3}[ .-]{1,2}\d{4}"
    r"(?!\d|-\d)(?:,? {0,2}(?:x|ext\.?|extension) ?\d{1,6})?",
    re.IGNORECASE,
)
ABROAD = re.compile(r"\+(?<!\w.)\d(?:[ ().-]{0,2}\d){6,14}(?!\d)")
# Seven digits alone may be a range of doses; these are none.
SHORT = re.compile(r"\d(?<![\w.-].)(?<!\d,.)(?:(?<=5)55-\d{4}|\d\d-0\d{3})(?![\w-]|\.\d)")
SEVEN = re.compile(r"[\d(](?<![\w.-].)[\d ().-]{5,18}\d(?!\d)")
INSIDE = re.compile(r"\b(?:pager|beeper|extension|ext\.?)[ :#]{1,3}(\d{3,6})\b", re.IGNORECASE)
# Names in a network of people.
HANDLE = re.compile(
    r"@(?<!\w.)([A-Za-z_]\w{0,30}\d\w{0,10})"
    r"|\b(?:twitter|instagram|skype|facebook|tiktok|telegram|snapchat|linkedin|venmo)["
    r" :@]{1,3}([\w.-]{3,40})",
    re.IGNORECASE,
)
# 74740-74775 is a run of codes, though it could be dialled.
CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
PHONE_SAID = re.compile(
    r"\b(?:phone|telephone|tel|cell|cellular|mobile|pager|beeper|call|calls|called|calling"
    r"|callback|reached|text|ph|contact)\b"
    r"(?: (?:number|no|num|him|her|them|me|us|back|at|is|on|was|or))*[ .:#=(-]*\Z",
    re.IGNORECASE,
)
FAX_SAID = re.compile(
    r"\b(?:fax|faxed|facsimile)\b(?: (?:number|no|num|at|is|to|it))*[ .:#=(-]*\Z", re.IGNORECASE
)


def find(text: str) -> Iterator[Span]:
    yield from _emails(text)
    yield from spans_of("url", URL, text)
    yield from _network(text)
    for handle in HANDLE.finditer(text):
        yield Span(*handle.span(handle.lastindex or 0), "account")
    yield from spans_of("phone", INSIDE, text, 1)
    phones = [
        *_said(text),
        *(span for pattern in (US, ABROAD, SHORT) for span in spans_of("phone", pattern, text)),
    ]
    yield from phones
    yield from _by_library(text, phones)


def _by_library(text: str, known: list[Span]) -> Iterator[Span]:
    """Numbers in force in the United States, however they are set.

    It is slow, so it gets only what the rules here have left.
    """
    rest = blanked(text, known)
    for match in phonenumbers.PhoneNumberMatcher(rest, "US", max_tries=2_000):
        if not CODE.search(match.raw_string):
            yield Span(match.start, match.end, "phone")


def _emails(text: str) -> Iterator[Span]:
    for at in AT.finditer(text):
        before = BEFORE_AT.search(text, max(0, at.start() - 81), at.start())
        after = AFTER_AT.match(text, at.end())
        if before and after and _mailable(before[0] + "@" + after[0]):
            yield Span(before.start(), after.end(), "email")


def _mailable(found: str) -> bool:
    """A tidy address, or one broken up that still has a domain. "noted @ L45" is neither."""
    return " " not in found or re.search(r"\.[A-Za-z]{2,}$|dot\b", found.split("@")[1]) is not None


def _network(text: str) -> Iterator[Span]:
    for found in ADDRESS.finditer(text):
        written = found[0].rstrip(".")
        written = written if written.endswith("::") else written.rstrip(":")
        if written.count(".") == 3 or written.count(":") > 1:
            if re.fullmatch(r"(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}", written):
                yield Span(found.start(), found.start() + len(written), "device")
            elif _is_address(written):
                yield Span(found.start(), found.start() + len(written), "ip")


def _is_address(written: str) -> bool:
    try:
        return len(str(ip_address(written))) > 4
    except ValueError:
        return False


def _said(text: str) -> Iterator[Span]:
    """Any seven digits or more that the words before call a phone or a fax."""
    for found in SEVEN.finditer(text):
        if sum(sign.isdigit() for sign in found[0]) < 7:
            continue
        window = max(0, found.start() - 40), found.start()
        if FAX_SAID.search(text, *window):
            yield Span(*found.span(), "fax")
        elif PHONE_SAID.search(text, *window):
            yield Span(*found.span(), "phone")
