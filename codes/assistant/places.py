"""Where a fee is asked for: states, and the payment localities whose indices are loaded."""

import re
from dataclasses import dataclass
from datetime import date

from codes.models import Locality, ReleaseKind
from codes.releases import newest

STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA",
    "colorado": "CO", "connecticut": "CT", "delaware": "DE", "district of columbia": "DC",
    "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID", "illinois": "IL",
    "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
    "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV",
    "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY",
    "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR",
    "pennsylvania": "PA", "puerto rico": "PR", "rhode island": "RI", "south carolina": "SC",
    "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virgin islands": "VI", "virginia": "VA", "washington": "WA", "west virginia": "WV",
    "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip
# Two letters that are a state only in capitals, for they are words or modifiers as well.
ALSO_WORDS = """
    in or me ok hi la co de id ma pa al ct oh mi md ms
"""
WORDS = frozenset(ALSO_WORDS.split())
# Names people use for a locality whose row is called otherwise.
ALSO = {
    "philly": "philadelphia",
    "st louis": "st. louis",
    "saint louis": "st. louis",
    "ft lauderdale": "fort lauderdale",
    "ft worth": "fort worth",
    "poughkeepsie": "poughkpsie",
    "new york city": "nyc",
    "washington dc": "dc",
    "washington, dc": "dc",
    "d.c.": "dc",
    "la county": "los angeles",
}
# Words of locality names that name no place by themselves.
NO_PLACE_WORDS = """
    rest of metropolitan cnty cntys county suburbs surr northern southern
"""
NO_PLACE = frozenset(NO_PLACE_WORDS.split())
NUMBER = re.compile(r"\bloc(?:ality|alities|\.)?\s*(?:#|no\.?|number|code)?\s*:?\s*(\d{1,2})\b")
MAC = re.compile(r"\b(?:mac|contractor|carrier)\s*(?:#|no\.?|number)?\s*:?\s*(\d{5})\b")
ZIP = re.compile(r"\bzip(?: ?code)?s?\s*:?\s*\d{5}\b")


@dataclass(frozen=True)
class Place:
    """What a question says of a place. `names` are words of locality names that stand in it."""

    state: str = ""
    names: tuple[str, ...] = ()
    number: str = ""
    mac: str = ""
    rest: bool = False
    zip_code: bool = False

    def __bool__(self) -> bool:
        return bool(self.state or self.names or self.number or self.mac or self.zip_code)


def place_in(raw: str, mended: str, names: list[str]) -> Place:
    """`names` are those of the loaded localities; a state wins over a city of the same name."""
    text = _renamed(mended)
    number, mac = NUMBER.search(text), MAC.search(text)
    found = tuple(name for name in names if _stands(name, text))
    return Place(
        state=_state(raw, text, found),
        names=found,
        number=number[1].zfill(2) if number else "",
        mac=mac[1] if mac else "",
        rest=bool(re.search(r"\brest of\b|\boutside (?:of )?the (?:city|metro)", text)),
        zip_code=bool(ZIP.search(text)),
    )


def _renamed(text: str) -> str:
    for name, other in ALSO.items():
        text = re.sub(rf"(?<![a-z]){re.escape(name)}(?![a-z])", other, text)
    return text


def _stands(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text))


def _state(raw: str, text: str, names: tuple[str, ...]) -> str:
    for name in sorted(STATES, key=len, reverse=True):
        if _stands(name, text):
            return STATES[name]
    known = set(STATES.values())
    for found in re.finditer(r"(?<![\w-])[A-Za-z]{2}(?![\w-])", raw):
        letters = found[0]
        capital = letters.isupper() and not _is_other(letters, raw[found.end() :])
        last = not raw[found.end() :].strip(" .?!") or re.match(r"\W+20\d\d", raw[found.end() :])
        lower = letters.islower() and (letters not in WORDS or (last and letters in ("al", "oh")))
        if letters.upper() in known and (capital or lower):
            return letters.upper()
    return "DC" if "dc" in names else ""


def _is_other(letters: str, after: str) -> bool:
    """CT that is a scan, OR that is a room or a choice."""
    if letters == "CT":
        return bool(
            re.match(
                r"\s*(?:scan|of|abd|head|chest|pelvis|a/p|urogram|guid|with)", after, re.IGNORECASE
            )
        )
    return letters == "OR" and bool(
        re.match(r"\s+\d{5}|\s+(?:time|room|note)", after, re.IGNORECASE)
    )


def localities(on: date) -> list[Locality]:
    """Those of the newest release, whose year decides what they may be used for."""
    dated = newest(ReleaseKind.GPCI, on)
    if dated is None:
        return []
    return list(Locality.objects.filter(release=dated.release).select_related("release"))


def names_of(rows: list[Locality]) -> list[str]:
    """The parts of locality names that name a place: "manhattan", "san francisco"."""
    found = {part for row in rows for part in _parts(row.name)}
    return sorted(found - set(STATES) | {"nyc", "dc"} & found, key=len, reverse=True)


def _parts(name: str) -> list[str]:
    words = re.split(r"[-/(),+*\"]", name.lower())
    parts = []
    for word in words:
        kept = " ".join(each for each in word.split() if each not in NO_PLACE)
        if len(kept) > 1 and kept not in ("n nyc", "md", "va", "nj"):
            parts.append(kept)
    return parts


def chosen(place: Place, rows: list[Locality]) -> list[Locality]:
    """The localities that fit what was said, the best alone where one fits better."""
    left = [row for row in rows if _fits(row, place)]
    if place.names:
        named = [row for row in left if set(_parts(row.name)) & set(place.names)]
        left = _closest(named, place.names) or left
    if place.rest:
        left = [row for row in left if row.name.lower().startswith("rest of")] or left
    return left


def _fits(row: Locality, place: Place) -> bool:
    by_state = not place.state or row.state == place.state
    by_number = not place.number or row.number == place.number
    return by_state and by_number and (not place.mac or row.mac == place.mac)


def _closest(rows: list[Locality], names: tuple[str, ...]) -> list[Locality]:
    """A county in brackets is closer than the metropolitan area, a whole name than a part."""
    marks = {row.pk: _closeness(row, names) for row in rows}
    best = max(marks.values(), default=0)
    return [row for row in rows if marks[row.pk] == best]


def _closeness(row: Locality, names: tuple[str, ...]) -> int:
    inner = row.name.lower().partition("(")[2]
    by_county = sum(name in inner for name in names)
    whole = sum(name == row.name.lower().strip("* ") for name in names)
    return 4 * by_county + 2 * whole + len(set(_parts(row.name)) & set(names))
