"""What one question says by itself: codes, modifiers, day, setting, place, and what it wants."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dateutil.parser import ParserError
from dateutil.parser import parse as parse_date

from codes.assistant.cues import Intent, intents_in, mended
from codes.assistant.places import STATES, Place, place_in
from codes.releases import NON_QUALIFYING, OUTPATIENT, PRACTITIONER, QUALIFYING

AT_MOST = 2000
FIVE = r"(?:\d{4}[0-9AFMTU]|[A-CEGHJ-MP-V]\d{4})"
CODE = re.compile(rf"(?<![\w$.#])(?:CPT|HCPCS)?({FIVE})(?=x\d|[^\w]|_|$)(?![.]\d)", re.ASCII)
LOOKALIKE = re.compile(
    r"(?<![\w$.#-])(?=[0-9OILSBoils]*[OILSBoils])(?=(?:\D*\d){3})[0-9OILSBoils]{5}(?!\w)"
)
DIGITS = str.maketrans("OILSBoils", "011580115")
MALFORMED = re.compile(
    r"(?<![\w$.,/#-])(?:\d{6,7}|\d{5}(?!x\d)[a-z]{1,3})(?![\w,/-])|\b(?:cpt"
    r"|code) (\d{1,4})(?![\w/-])"
)
NO_CODE = re.compile(
    r"\b(?:mac|contractor|carrier|zip(?: ?code)?|npi|claim)\s*(?:#|no\.?|number)?\s*:?\s*$"
)
DIAGNOSIS = re.compile(r"(?<![\w-])[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})(?!\w)", re.IGNORECASE)

UNITS = (
    r"(?!\s*(?:days?|units?|times|years?|yrs?|months?|weeks?|wks?|hours?|min|mm|cm|ml|mg"
    r"|percent|%|views?|patients?|y/?o|or more|lines)\b|\d|\.\d|%)"
)
# By themselves these are modifiers and nothing else; the rest need a word or a code before them.
ALONE = re.compile(r"(?<![\w-])(TC|XE|XP|XS|XU|LT|RT)(?![\w-])", re.IGNORECASE)
NAMED = re.compile(
    r"\bmod(?:ifier)?s?\b[^\w]{0,3}((?:(?:the |of |is "
    r"|like )?[0-9A-Z]{2}\b[^\w]{0,3}(?:(?:or|and|vs|versus|with|from)\b\s*)?)+)",
    re.IGNORECASE,
)
AFTER_CODE = re.compile(rf"{FIVE}((?:\s*[-/.,+ ]\s*[0-9A-Z]{{2}}(?![\w]){UNITS})+)", re.ASCII)
NUMBER = re.compile(
    rf"(?<![\w$.#/:-])(\d\d)(?![\w:/-]){UNITS}|(?<=[-/])(\d\d)(?![\w:/-])"
    rf"|(?<![\w$.#/:-])(\d\d)(?=/(?:tc|26|59|x[epsu])\b)",
    re.IGNORECASE,
)
NO_NUMBER = re.compile(
    r"\b(?:loc(?:ality|\.)?|pos|place of service|age|aged|under|over|before|after|than|to"
    r"|until|within|by|up to|at|q|mac|day|page|line)\s*(?:#|no\.?|number|code)?\s*:?\s*$"
    r"|\d$",
    re.IGNORECASE,
)
NUMBER_MODIFIERS = """
    22 24 25 26 50 51 52 53 54 55 56 57 58 59 62 66 73 74 76 77 78 79 80 81 82 91
"""
NUMBERS = frozenset(NUMBER_MODIFIERS.split())

ISO = re.compile(r"\b(?:19|20)\d\d-\d{1,2}-\d{1,2}\b")
SLASHED = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/(?:19|20)?\d\d(?![\d/])")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
WORDED = re.compile(
    rf"\b(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{{1,2}} {MONTH},? (?:19|20)\d\d)\b"
)
MONTHLY = re.compile(rf"\b({MONTH}),? (?:of )?((?:19|20)\d\d)\b")
QUARTER = re.compile(
    r"\bq([1-4])(?: of)? ?(20\d\d)\b|\b(20\d\d) ?q([1-4])\b|\bquarter ([1-4])(?: of)? (20\d\d)\b"
)
YEAR = re.compile(r"(?<![\d$.,/-])((?:19|20)\d\d)(?![\d.,]*\d|[-/]\d|[afmtu]\b)")
SERVED = re.compile(
    r"\b(?:dos|date of service|served|done|performed|surgery|biopsy|was|on)\b[^.;]{0,20}$"
)
NOT_SERVED = re.compile(r"\b(?:dob|born|birth\w*|b\.)\W{0,12}$")

OFFICE = re.compile(
    r"\bnon-?\s?fac\w*|\boffice\b|\bfree-?standing\b|\bimaging center\b|\bclinic\b"
    r"|\bidtf\b|\bour own (?:suite|equipment)\b"
)
FACILITY = re.compile(
    r"(?<!non)(?<!non-)(?<!non )\bfac(?:ility|ilities)?\b|\bhospitals?\b|\binpatient\b"
    r"|\basc\b|\bsurgery center\b|\bemergency\b|\bhopd\b|\bsnf\b"
)
BOTH = re.compile(
    r"\bboth (?:settings|places|rates)\b|\b(?:facility (?:and|vs\.?|versus"
    r"|or) non-?\s?fac\w*|non-?\s?fac\w* (?:and|vs\.?|versus|or) fac\w*|office (?:and"
    r"|vs\.?|versus|or) (?:hospital|facility))"
)
POS = re.compile(r"\b(?:pos|place of service)\s*:?\s*(\d{1,2})\b")
HOSPITAL_CLAIM = re.compile(
    r"\b(?:outpatient|outpt) hosp(?:ital)?\b|\bhosp(?:ital)? (?:outpatient|outpt)\b"
    r"|\bhospital'?s? (?:own )?claim\b"
    r"|\bhopd\b|\bub-?04\b|\bopps\b|\bfacility claim\b|\b(?:outpatient|outpt) (?:edit|mue|table"
    r"|setting|ncci|side)"
)
PROFESSIONAL = re.compile(
    r"\bpractitioner\b|\bprofee\b|\bphysician(?:'s)? (?:side|claim|edit)|\bcms-?1500\b"
    r"|\bprofessional claim\b"
)
READING = re.compile(
    r"\b(?:only|just|for|with) (?:the )?(?:read\w*|interp\w*)\b|\bread\w* only\b"
    r"|\binterp\w* only\b|\bprof(?:essional)? (?:component|part|piece|side|only|fee)\b"
    r"|\b(?:only|just) (?:the )?prof\w*\b|\breading (?:part|side|fee|portion)\b"
    r"|\bpc only\b"
)
EQUIPMENT = re.compile(
    r"\btech(?:nical)? (?:component|part|piece|side|only|fee|portion)\b|\b(?:only"
    r"|just) (?:the )?(?:technical|equipment)\b|\bequipment (?:part|side|only)\b"
)
BOTH_SIDES = re.compile(
    r"\bbilateral\w*\b|\bboth sides\b|\bboth (?:kidneys|ureters|tubes|ovaries|testes|testicles)\b"
)
NATIONAL = re.compile(
    r"\bnational\w*\b|\bno locality\b|\bwithout (?:a )?locality\b|\bgpci ?(?:of )?1\b"
    r"|\b(?:entire|whole) (?:us|country)\b"
)
QP = re.compile(r"\bqp\b|\bqualifying (?:apm )?participants?\b")
NOT_QP = re.compile(r"\bnon-?\s?q(?:p|ualifying)\b")


@dataclass(frozen=True)
class Reading:
    """`day` and `year` are None where the question names none; `pos` is a place of service."""

    text: str
    codes: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    no_day: str = ""
    meant: tuple[tuple[str, str], ...] = ()
    malformed: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    intents: tuple[Intent, ...] = ()
    day: date | None = None
    year: int | None = None
    years: tuple[int, ...] = ()
    facility: bool | None = None
    both_settings: bool = False
    pos: str = ""
    setting: str = ""
    place: Place = field(default_factory=Place)
    national: bool = False
    schedule: str = NON_QUALIFYING

    def as_json(self) -> dict[str, Any]:
        """What a later turn needs; no word of the question but codes and places of the table."""
        return {
            "codes": list(self.codes),
            "modifiers": list(self.modifiers),
            "intents": [str(each) for each in self.intents],
            "day": self.day.isoformat() if self.day else None,
            "year": self.year,
            "facility": self.facility,
            "setting": self.setting,
            "national": self.national,
            "place": vars(self.place) if self.place else None,
        }


def from_json(stored: dict[str, Any]) -> Reading:
    place = stored.get("place") or {}
    return Reading(
        text="",
        codes=tuple(stored.get("codes", ())),
        modifiers=tuple(stored.get("modifiers", ())),
        intents=tuple(Intent(each) for each in stored.get("intents", ())),
        day=date.fromisoformat(stored["day"]) if stored.get("day") else None,
        year=stored.get("year"),
        facility=stored.get("facility"),
        setting=stored.get("setting", ""),
        national=stored.get("national", False),
        place=Place(**{**place, "names": tuple(place.get("names", ()))}) if place else Place(),
    )


def read(raw: str, screened: str, *, names: list[str], modifiers: frozenset[str]) -> Reading:
    """`raw` gives the day and the place, which the screen takes out; all else is read screened.

    `names` are those of the loaded localities, `modifiers` the modifiers we know.
    """
    typed = screened[:AT_MOST]
    text = mended(typed, list(STATES))
    pos = POS.search(text)
    dated = mended(raw[:AT_MOST], [])
    day, year = _day(dated)
    codes = codes_in(typed)
    found = modifiers_in(typed, text, modifiers, bool(codes))
    return Reading(
        text=text,
        codes=codes,
        modifiers=found,
        meant=tuple((each, each.translate(DIGITS)) for each in LOOKALIKE.findall(typed)),
        malformed=tuple(each[0] for each in MALFORMED.finditer(text) if _is_malformed(each)),
        diagnoses=tuple(each.upper() for each in DIAGNOSIS.findall(typed)),
        intents=tuple(intents_in(text)),
        no_day=_no_day(dated),
        day=day,
        year=year,
        years=tuple(dict.fromkeys(int(each) for each in YEAR.findall(text))),
        facility=_facility(text),
        both_settings=bool(BOTH.search(text)),
        pos=pos[1].zfill(2) if pos else "",
        setting=_setting(text),
        place=place_in(raw[:AT_MOST], mended(raw[:AT_MOST], list(STATES)), names),
        national=bool(NATIONAL.search(text)),
        schedule=QUALIFYING if QP.search(NOT_QP.sub("", text)) else NON_QUALIFYING,
    )


def codes_in(text: str) -> tuple[str, ...]:
    """Five-character codes in their order; numbers of contractors and ZIP codes are none."""
    upper = re.sub(r"\b([a-z])(\d{4})\b", lambda found: found[0].upper(), text)
    upper = re.sub(r"\bcpt(?=\d{4})", "CPT", upper, flags=re.IGNORECASE)
    found = [
        match[1]
        for match in CODE.finditer(upper)
        if not NO_CODE.search(upper[: match.start()].lower())
    ]
    return tuple(dict.fromkeys(found))


def _is_malformed(found: re.Match[str]) -> bool:
    return not (found[1] and re.fullmatch(r"(?:19|20)\d\d", found[1]))


def modifiers_in(typed: str, text: str, known: frozenset[str], has_code: bool) -> tuple[str, ...]:
    found: list[str] = []
    for run in NAMED.finditer(text):
        found += [
            each.upper()
            for each in re.findall(r"\b[0-9a-z]{2}\b", run[1])
            if each not in ("or", "vs", "is", "of")
        ]
    for run in AFTER_CODE.finditer(typed):
        found += _run(run[1], known)
    found += [each.upper() for each in ALONE.findall(typed)]
    has_word = has_code or re.search(r"\bmod(?:ifier)?s?\b|\b(?:add|append|use)\b", text) or found
    numbers = [
        match for match in NUMBER.finditer(text) if not NO_NUMBER.search(text[: match.start()])
    ]
    plain = [next(filter(None, match.groups())) for match in numbers]
    if has_word or len(set(plain) & NUMBERS) > 1:
        found += [each for each in plain if each in NUMBERS]
    found += _meant(text)
    return tuple(each for each in dict.fromkeys(found) if each in known)


def _run(text: str, known: frozenset[str]) -> list[str]:
    """Modifiers straight after a code, until something else: "-26 LT"."""
    run = []
    for each in re.findall(r"[0-9A-Z]{2}", text):
        if each not in known or (each.isalpha() and each in STATES.values() and each != "TC"):
            break
        run.append(each)
    return run


def _meant(text: str) -> list[str]:
    """Modifiers said in words."""
    pairs = ((READING, "26"), (EQUIPMENT, "TC"), (BOTH_SIDES, "50"))
    return [modifier for pattern, modifier in pairs if pattern.search(text)]


def _day(text: str) -> tuple[date | None, int | None]:
    days = [day for pattern in (ISO, SLASHED, WORDED) for day in _days(pattern, text)]
    if days:
        return days[0], days[0].year
    if found := QUARTER.search(text):
        quarter = int(found[1] or found[4] or found[5])
        year = int(found[2] or found[3] or found[6])
        return date(year, 3 * quarter - 2, 15), year
    if found := MONTHLY.search(text):
        return _parsed(f"15 {found[1]} {found[2]}"), int(found[2])
    years = [int(each) for each in YEAR.findall(text)]
    return None, years[0] if years else None


def _days(pattern: re.Pattern[str], text: str) -> list[date]:
    """Days of birth are no days of service."""
    served = [m for m in pattern.finditer(text) if not NOT_SERVED.search(text[: m.start()])]
    return [day for match in served if (day := _parsed(match[0]))]


def _no_day(text: str) -> str:
    """What is written as a day and is none, as 31 Feb 2024; "" where there is nothing such."""
    found = (match for pattern in (ISO, SLASHED, WORDED) for match in pattern.finditer(text))
    return next(
        (
            each[0]
            for each in found
            if not NOT_SERVED.search(text[: each.start()]) and _parsed(each[0]) is None
        ),
        "",
    )


def _parsed(text: str) -> date | None:
    try:
        return parse_date(text).date()
    except (ParserError, OverflowError):
        return None


def _facility(text: str) -> bool | None:
    if BOTH.search(text):
        return None
    if OFFICE.search(text):
        return False
    return True if FACILITY.search(text) else None


def _setting(text: str) -> str:
    if HOSPITAL_CLAIM.search(text):
        return OUTPATIENT
    return PRACTITIONER if PROFESSIONAL.search(text) else ""
