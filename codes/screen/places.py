"""Addresses, and places smaller than a state."""

import re
from collections.abc import Iterator

from codes.screen.name_lists import NEVER, among, eponyms, given, words
from codes.screen.name_words import WORD
from codes.screen.spans import Span, spans_of

STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE"
    " NV NH NJ NM NY NC ND OH OK OR"
    " PA RI SC SD TN TX UT VT VA WA WV WI WY PR"
).replace(" ", "|")
FULL_STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida"
    "|Georgia|Hawaii|Idaho|Illinois"
    "|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan"
    "|Minnesota|Mississippi|Missouri"
    "|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina"
    "|North Dakota|Ohio|Oklahoma"
    "|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah"
    "|Vermont|Virginia|Washington"
    "|West Virginia|Wisconsin|Wyoming"
)
WAY = (
    r"Street|STREET|Avenue|AVENUE|Ave|AVE|Road|ROAD|Rd|RD|Boulevard|BOULEVARD|Blvd|BLVD"
    r"|Lane|LANE|Ln|LN|Drive|DRIVE|Dr"
    r"|Court|COURT|Ct|Circle|CIRCLE|Cir|Terrace|TERRACE|Ter|Place|Pl|Parkway|PARKWAY|Pkwy"
    r"|PKWY|Highway|HIGHWAY|Hwy|HWY"
    r"|Trail|TRAIL|Trl|Square|SQUARE|Sq|Way|Turnpike|Pike|Loop|Alley|Plaza|PLAZA|St|ST(?!"
    r" (?:segment|SEGMENT|depr|elev|chang|DEPR|ELEV|CHANG|wave|WAVE))"
)
# Lengths are bounded wherever a run of letters could otherwise be begun at each of them.
CITY = r"[A-Z][A-Za-z'.-]{1,30}(?: [A-Z][A-Za-z'.-]{1,30}){0,2}"
TOWN = r"(?:(?:St|Ft|Mt)\. )?[A-Z][a-z]{1,30}(?:[ -][A-Z][a-z]{1,30}){0,2}\b"
UNIT = r"(?:Apt|APT|Apartment|Suite|SUITE|Ste|STE|Unit|UNIT|#)\.? ?#?[\dA-Z][\w-]{0,5}"
TAIL = (
    rf"(?:,? ?{UNIT})?(?:[,\n] ?{CITY})?(?:,? (?:{STATES}|{FULL_STATES})\b)?(?:,?"
    rf" \d{{5}}(?:-\d{{4}})?(?!\d))?"
)
STREET = re.compile(
    rf"\d(?<![\w./-].)\d{{0,5}}[A-Z]?(?:-\d{{1,4}})? (?:[NSEW]\.? |North |South |East |West"
    rf" |[NS][EW] )?"
    rf"(?:(?:[A-Z][A-Za-z'.-]{{0,30}}|\d{{1,3}}(?:st|nd|rd|th|ST|ND|RD|TH)) ){{1,4}}"
    rf"(?:{WAY})\b\.?{TAIL}"
)
SMALL_STREET = re.compile(
    r"\d(?<![\w./-].)\d{0,5} (?!(?:of|the|a|an|on|in|to|way|from|down|blocks?)"
    r" )(?:[A-Za-z][a-z'-]{2,30} ){1,3}"
    r"(?:street|avenue|ave|boulevard|blvd|road|lane|drive|court)\b(?! (?:pressure|line|through))"
)
BOX = re.compile(rf"[Pp](?<!\w.)\.? ?[Oo]\.? ?(?:Box|BOX|box) ?#?\d{{1,7}}{TAIL}")
ROOM = re.compile(
    r"\b(?:(?:Apt|APT|Apartment)\.? ?#?\d{1,5}|(?:Suite|SUITE|Ste)\.? ?#?\d{2,5})[A-Z]?\b"
)
LABEL = re.compile(
    r"\b(?:(?:home|mailing|street|work|billing|current|patient)(?:'s)? )?address(?:"
    r" is)?[:=] ?(?!none|unknown|same)([^\n;,\x1f]{3,60}(?:,[^\n;,.\x1f]{2,30}){0,3})",
    re.IGNORECASE,
)
CITY_STATE = re.compile(
    rf"[A-Z](?<![\w'.-].)((?<=[A-Z])[A-Za-z'.-]{{1,30}}(?:"
    rf" [A-Z][A-Za-z'.-]{{1,30}}){{0,2}}), (?:(?:{STATES})|(?:{FULL_STATES}))\b(?:,?"
    rf" (\d{{5}})(?!\d))?"
)
DOUBTFUL = among(
    "AL AR CO CT DE DO HI ID IN LA MA MD ME MO MS MT NC ND NE OH OK OR PA PR SC SD VA WA"
)
FROM = re.compile(r"\b(?:in|from|of|near|at|to)\s\Z")
CITY_LABEL = re.compile(
    r"\b(?:city|town|county|hometown|birthplace|place of birth)[:=] ?([A-Z][\w'-]{1,30}(?:"
    r" [A-Z][\w'-]{1,30}){0,2})",
    re.IGNORECASE,
)
LIVES = re.compile(
    r"\b(?:liv(?:es|ed|ing)|resid(?:es|ed|ing)|resident|born|raised|grew up|moved"
    r"|relocated|native|homeless|incarcerated|"
    r"visiting|vacationing|traveled|travelled|is from|comes from|originally from|employed"
    r"|works|working|airlifted"
    rf"|lives alone)(?: with \w+ \w+)?(?: (?:in|at|of|from|to|near|outside|back)){{0,2}} ({TOWN})"
)
HOUSE = re.compile(
    r"(?=[A-Z])\b((?:(?:[A-Z][\w'&.-]{0,30}|of|the) ){1,5})(?:Hospital|HOSPITAL|Medical"
    r" Center|MEDICAL CENTER|Clinic|CLINIC|Health System|Healthcare"
    r"|Nursing Home|Rehabilitation Center|Surgery Center|University|UNIVERSITY|County"
    r"|COUNTY|Elementary School|High School|Penitentiary|Imaging Center)\b"
)
KNOWN = among(
    "general memorial regional community children childrens women womens university"
    " veterans county st saint va abcd abc xyz"
    " hospital clinic medical center state city national college academy our an in on by"
    " to at from and or dr"
) | {state.lower() for state in FULL_STATES.split("|")}


def find(text: str) -> Iterator[Span]:
    for pattern in (STREET, SMALL_STREET, BOX, ROOM):
        yield from spans_of("address", pattern, text)
    yield from spans_of("address", LABEL, text, 1)
    yield from spans_of("place", CITY_LABEL, text, 1)
    yield from _cities(text)
    for found in HOUSE.finditer(text):
        if not _common(found[1]) or _saintly(found):
            yield Span(*found.span(), "place")
    for found in LIVES.finditer(text):
        if not _common(found[1], besides=frozenset()):
            yield Span(*found.span(1), "place")


def _cities(text: str) -> Iterator[Span]:
    for found in CITY_STATE.finditer(text):
        if _common(text[found.start() : found.end(1)]) or _is_doubtful(text, found):
            continue
        yield Span(found.start(), found.end(1), "place")
        if found[2]:
            yield Span(*found.span(2), "zip")


def _is_doubtful(text: str, found: re.Match[str]) -> bool:
    """Jane Doe, MD and Contin, CT: a state by its letters needs a ZIP code or an "in" besides."""
    if found[2] is not None or found[0][-2:] not in DOUBTFUL:
        return False
    return FROM.search(text, max(0, found.start() - 8), found.start()) is None


def _saintly(found: re.Match[str]) -> bool:
    """Mercy Hospital: a name that is a word as well. Before "Clinic" it is a word."""
    if found[0].rsplit(maxsplit=1)[-1].lower() == "clinic":
        return False
    keys = {word.lower() for word in WORD.findall(found[1])}
    return bool((keys - NEVER - KNOWN) & given())


def _common(place: str, *, besides: frozenset[str] | None = None) -> bool:
    """Whether all its words are words of their own, or eponyms: "Urology Clinic" tells no place."""
    known = eponyms() if besides is None else besides
    return all(_usual(word, known) for word in WORD.findall(place))


def _usual(word: str, besides: frozenset[str]) -> bool:
    key = word.lower().replace("'", "")
    if len(key) < 3 or word.title() in FULL_STATES:
        return True
    return any(key in those for those in (KNOWN, NEVER, words(), besides))
