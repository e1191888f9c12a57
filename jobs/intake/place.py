"""Places in free text: "Dayton, OH 45402", "Remote - US", "Remote (Ohio, Michigan)"."""

import re

from jobs.intake.raw import RawPlace
from jobs.intake.states import state_code
from jobs.intake.values import line
from jobs.models.parts import PlaceMode, StateRule

REMOTE = re.compile(
    r"\b(?:fully |100 ?% )?(?:remote|telecommute|work from home|wfh)\b", re.IGNORECASE
)
HYBRID = re.compile(r"\bhybrid\b", re.IGNORECASE)
US = frozenset({"US", "USA", "U.S.", "U.S.A.", "UNITED STATES", "UNITED STATES OF AMERICA"})
CITY_STATE = re.compile(
    r"(?P<city>[^,]+),\s*(?P<state>[A-Za-z. ]+?)(?:\s+(?P<zip>\d{5}(?:-\d{4})?))?"
)
NATIONWIDE = re.compile(r"\b(?:nationwide|anywhere|US|USA|united states)\b", re.IGNORECASE)


def is_us(country: str) -> bool:
    return country.strip().upper() in US


def mode_of(*texts: str) -> str:
    """Remote or hybrid when a text says so; a place named is no proof of work on site."""
    words = " ".join(texts)
    if HYBRID.search(words):
        return PlaceMode.HYBRID
    return PlaceMode.REMOTE if REMOTE.search(words) else PlaceMode.NOT_STATED


def places_of(text: str) -> tuple[RawPlace, ...]:
    """The places a line names, parted by ";", "|" or " or "; what is none is left out."""
    parts = re.split(r"[;|]| or |\n", REMOTE.sub("", line(text)))
    return tuple(place for part in parts if (place := _place(part.strip(" ,-–()/"))))


def _place(text: str) -> RawPlace | None:
    text = re.sub(r",?\s*(?:USA?|United States)\.?$", "", text, flags=re.IGNORECASE).strip()
    found = CITY_STATE.fullmatch(text)
    if found and (state := state_code(found["state"])):
        return RawPlace(found["city"].strip()[:80], state, found["zip"] or "", "US")
    if state := state_code(text):
        return RawPlace(state=state, country="US")
    return None


def states_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Where a remote posting hires, as far as its place line says: rule and states."""
    inside = re.split(r"[;|,/()]| or | and ", REMOTE.sub(" ", line(text)))
    codes = tuple(dict.fromkeys(code for part in inside if (code := state_code(part.strip(" -–")))))
    if codes:
        return StateRule.ONLY, codes
    return (StateRule.ANY, ()) if NATIONWIDE.search(text) else (StateRule.NOT_STATED, ())


def hires_in(mode: str, text: str) -> tuple[str, tuple[str, ...]]:
    """Rule and states of a posting; only remote work is done where the line says."""
    return states_of(text) if mode == PlaceMode.REMOTE else (StateRule.NOT_STATED, ())
