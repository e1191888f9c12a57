"""Dates but their years, and ages over 89.

The year of a date may stay, unless it is that of somebody's birth ninety years ago.
"""

import re
from collections.abc import Iterator

from django.utils import timezone

from codes.screen.spans import Span, spans_of

NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
MONTH = rf"(?:{NAMES})(?![a-z])\.?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
ORDINAL = rf"{DAY}(?:st|nd|rd|th)?"
NUMBER = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:19|20)\d\d"
FREE = r"(?=\d)(?<![\w/.-])"  # begins with a digit that nothing is joined to
DONE = r"(?![\w/]|[.-]\d)"
# Group 1 is the year, of four digits or two.
DATES = [
    re.compile(rf"{FREE}{NUMBER}(?P<s>[/-]){DAY}(?P=s)({YEAR}|\d\d){DONE}"),
    re.compile(rf"{FREE}{NUMBER}\.{DAY}\.({YEAR}){DONE}"),
    re.compile(rf"{FREE}{DAY}(?P<s>[/.-]){NUMBER}(?P=s)({YEAR}){DONE}"),
    re.compile(
        rf"{FREE}({YEAR})(?P<s>[/.-]){NUMBER}(?P=s){DAY}(?:[T"
        rf" ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?Z?)?{DONE}"
    ),
    re.compile(rf"{FREE}({YEAR})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T?\d{{4,6}}Z?)?{DONE}"),
    re.compile(rf"{FREE}{NUMBER}[/-]({YEAR}){DONE}"),
    re.compile(
        rf"(?=[JFMASOND])\b{MONTH},? {{0,2}}-?(?:the )?{ORDINAL}(?!\w|[./]\d)(?: ?(?:-|to|and"
        rf"|or|&|through) ?{ORDINAL}(?!\w))?"
        rf"(?:(?:,? {{0,2}}|-|,? of )({YEAR}|'\d\d)\b)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{FREE}{ORDINAL}(?: (?:day )?of)?[ /.-]?{MONTH}(?:(?:,? {{0,2}}|[/-])({YEAR}"
        rf"|(?<=[/A-Za-z-]|['])\d\d|'\d\d)\b)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?=[JFMASOND])\b{MONTH}(?:,? {{1,2}}(?:of )?|[/-])({YEAR}|'\d\d)\b", re.IGNORECASE
    ),
]
# With words that tell a date from a fraction, or a month from a verb or a name.
CUED = re.compile(
    r"\b(?:on|since|dated?|until|till|through|thru|dos|of service|seen|admitted|discharged"
    r"|dob|born|lmp|edd|edc|visit"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    rf"(?: the|:)? {{0,2}}((?!(\d+)/\2\b)(?!1/[234]\b"
    rf"|[23]/[34]\b){NUMBER}/{DAY})(?![\w/.-]\d|\w|-| ?(?:strength|pain|scale|inch|cm|mm))",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(
    rf"\b(?:in|since|of|by|from|until|late|early|mid|on|through|dx|~)"
    rf" ((?:{NUMBER}/(?:[4-9]\d)|(?:0[1-9]|1[0-2])/\d\d))(?![\w/-]|\.\d| ?(?:strength|pain|mm|cm))"
)
LONG_MONTHS = "January|February|July|September|October|November|December"
ALONE = re.compile(rf"(?=[JFSOND])\b(?:{LONG_MONTHS}|{LONG_MONTHS.upper()})\b")
HOLIDAY = re.compile(
    r"\b(?:Christmas(?: Eve| Day)?|Thanksgiving|Halloween|New Year'?s?(?: Eve| Day)?|Labor Day"
    r"|Memorial Day|Independence Day|Valentine'?s Day|Mother'?s Day|Father'?s Day)\b"
)
AFTER = re.compile(
    r"\b(?:in|since|of|by|last|this|next|early|late|mid|until|till|through|from|during"
    r"|before|after|between|past|and) "
    r"(March|April|May|June|August|APRIL|JUNE|AUGUST)\b"
)
BORN = re.compile(
    r"\b(?:born|birth|dob|yob|d\.o\.b\.)(?: (?:in|on|year|date|is|of))*[: ]{1,3}((?:18|19)\d\d)\b",
    re.IGNORECASE,
)
# A number from 90 to 129; the age of a tooth or a fetus is in other units.
OLD = r"[91](?<![\w./-].)(?<!\d,.)(?:(?<=9)\d|(?<=1)[0-2]\d)(?!\d|[./]\d)"
AGE = re.compile(
    rf"{OLD}(?:[ -]?(?:years?|yrs?)[ -]?(?:olds?|of[ -]age|young)\b|[ -]?y[./]?o\b\.?|["
    rf" -]?yrs?\b(?! ?ago)"
    r"|(?= (?:male|female|man|woman|lady|gentleman|m|f)\b(?! ?[.:]?\d)))",
    re.IGNORECASE,
)
AGED = re.compile(
    rf"\b(?:age|aged|turned|birthday)(?: of| is| was)?[: ]{{1,2}}({OLD})(?![\w%]|-\d|"
    rf" ?(?:days|weeks|months|minutes|degrees|mm|cm|mg))",
    re.IGNORECASE,
)
SPELT = re.compile(
    r"\bninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?[ -]years?[ -]olds?\b"
    r"|\b(?:one|a) hundred(?: and \w+)?[ -]years?[ -]olds?\b|\bnonagenarian\b|\bcentenarian\b"
    r"|\b(?:mid[ -]|early |late )?(?:90s|nineties)\b(?=.{0,20}(?:age|old|year))|\b(?<=his"
    r" )90s\b|\b(?<=her )90s\b",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    this_year = timezone.localdate().year
    for pattern in DATES:
        for found in pattern.finditer(text):
            written = next((part for part in found.groups() if part and part[-1].isdigit()), "")
            yield Span(*found.span(), "date", _kept(written, this_year))
    for pattern in (CUED, MONTH_YEAR, AFTER):
        yield from spans_of("date", pattern, text, 1)
    yield from spans_of("date", ALONE, text)
    yield from spans_of("date", HOLIDAY, text)
    for found in BORN.finditer(text):
        if not _kept(found[1], this_year):
            yield Span(*found.span(1), "date")
    yield from spans_of("age 90+", AGE, text)
    yield from spans_of("age 90+", AGED, text, 1)
    yield from spans_of("age 90+", SPELT, text)


def _kept(written: str, this_year: int) -> str:
    """The year in four digits; none where it would tell an age over 89."""
    year = int(written.strip("'") or 0)
    if len(written) in (2, 3):
        year += 2000 if year <= this_year % 100 + 1 else 1900
    return str(year) if year > this_year - 90 else ""
