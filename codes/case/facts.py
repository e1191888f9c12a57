"""What a report says of the things that tell neighboring codes apart."""

import re
from dataclasses import dataclass, field

from codes.case.sections import Kind
from codes.case.statements import Statement, Status
from codes.case.vocabulary import patterns

I = re.IGNORECASE  # noqa: E741
AGENT = (
    r"isovue|omnipaque|optiray|visipaque|ultravist|oxilan|conray|hypaque|omniscan|gadolinium|"
    r"magnevist|multihance|"
    r"gadavist|prohance|ablavar|dotarem|eovist|iopamidol|iohexol|cysto-?conray|renografin|"
    r"gastrografin"
)
OPEN_ONLY = {"open", "abdominal", "flank", "retropubic", "cystotomy", "abdominal or vaginal"}
OPENED = re.compile(
    r"laparotomy|(?:flank|midline|pfannenstiel|subcostal|chevron|lumbodorsal|low transverse|"
    r"thoracoabdominal|gibson) (?:skin )?incision|"
    r"convert(?:ed)? to open|\bopen\b (?:radical|partial|simple|prostat|nephr|procedure|pyelo)|"
    r"abdominal hysterectomy|pfannenstiel|o'?connor|balfour|bookwalter|retropubic prostatectomy",
    I,
)
VIEWS = re.compile(
    r"\b(\d+|one|single|two|three|four|five|six|seven|multiple|"
    r"complete)[ -](?:or more )?(?:views?|projections?|films?|images?)\b",
    I,
)
NUMBERS = {"one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
VIEW_NAMES = [
    re.compile(pattern, I)
    for pattern in (
        r"\b(?:AP|PA|anteroposterior|posteroanterior|frontal)\b",
        r"\blateral\b(?! (?:aspect|lobe|wall|to|recess|compartment|meniscus|malleol|collateral|"
        r"epicond|condyle|femoral|masses?))",
        r"\bobliques?\b",
        r"\b(?:mortise|sunrise|merchant|skyline|tunnel|notch)\b",
        r"\b(?:frog[- ]?leg|axillary|scapular y|y[- ]view)\b",
        r"\b(?:odontoid|open[- ]mouth|swimmer'?s)\b",
    )
]
SIZE = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:-|–|to|x|by)?\s*(?:\d+(?:\.\d+)?)?\s*-?\s*(cm|centimeters?|mm|"
    r"millimeters?)\b",
    I,
)
WEEKS = re.compile(
    r"\b(\d{1,2})(?:\s*(?:-|\+|and)?\s*\d/7)?(?: and \d(?:/7)?)?[ -]*(?:weeks?\b|"
    r"wks?\b|w(?=\d))(?![ -]*(?:ago|after|later|post|history|follow))",
    I,
)
AGE = re.compile(
    r"\b(\d{1,3})(?:[- ](?:year|yr)s?[- ]?(?:old)?|[ -]?y/?o\b)|"
    r"\b(\d{1,2})[- ](month|week|day)s?[- ]old|"
    r"\b(newborn|neonate|infant)\b",
    I,
)
MALE = re.compile(
    r"\b(?:male|man|gentleman|boy|he|his|him|prostat\w*|penis|penile|scrot\w*|testi\w*)\b", I
)
FEMALE = re.compile(
    r"\b(?:female|woman|lady|girl|she|her|uter(?:us|ine)|vagin(?!alis)\w*|ovar\w*|gravida)\b", I
)


@dataclass
class Facts:
    """Slots filled from what was done. `done` and `head` are the texts the slots were read from."""

    done: str = ""
    head: str = ""
    whole: str = ""
    approaches: set[str] = field(default_factory=set)
    contrast: str = ""
    contrast_said: str = ""
    views: int | None = None
    sides: str = ""
    size_cm: float | None = None
    weeks: int | None = None
    age_years: float | None = None
    sex: str = ""
    is_open: bool = False


HEADS = {Kind.PROCEDURE, Kind.TITLE}


def facts(text: str, said: list[Statement]) -> Facts:
    done = " . ".join(each.text for each in said if each.is_done)
    head = " . ".join(each.text for each in said if each.kind in HEADS and each.is_done)
    found = Facts(done=done, head=head, whole=text)
    found.approaches = {
        name for name, pattern in patterns("approaches").items() if pattern.search(done)
    }
    found.is_open = bool(OPENED.search(done)) or "laparoscopic" not in found.approaches
    found.contrast, found.contrast_said = contrast_of(said)
    found.views = views_of(done, head)
    found.sides = sides_of(head, done)
    found.size_cm = size_of(said)
    found.weeks = weeks_of(said)
    found.age_years = age_of(text)
    found.sex = sex_of(text)
    return found


BOTH_PASSES = re.compile(
    r"\b(?:with(?:out)?|w/?o?)\s*(?:and|&|/|or|then|followed by|and then)\s*(?:with(?:out)?|"
    r"w/?o?)\b(?! oral)|pre-?\s?(?:and|&|/)\s?post-?\s?(?:contrast|gadolinium|infusion|enhance|"
    r"gado)|before and (?:after|following)|"
    r"without (?:and|followed by)|precontrast|(?:non-?contrast|unenhanced)[^.]{0,80}(?:then|and|"
    r"followed)[^.]{0,60}(?:nephrogra|excretory|after (?:iv|intravenous))|w/wo\b|(?:non-?contrast|"
    r"unenhanced)[^.]{0,60}(?:followed|then|and)[^.]{0,30}(?:contrast[- ]enhanced|"
    r"post-?contrast)|prior to and (?:after|following)",
    I,
)
WITHOUT = re.compile(
    r"without (?:the )?(?:use of |benefit of |administration of |injection of |"
    r"any )?(?:intravenous |iv |i\.v\. )?(?:contrast|gadolinium|enhancement|infusion)|"
    r"non-?\s?contrast|unenhanced|noninfused|no (?:intravenous |iv )?contrast|"
    r"contrast (?:material |agent )?(?:was|is) not|lack of (?:intravenous |iv )?contrast|"
    r"not (?:given|administered) (?:intravenous|iv) contrast|w/o contrast|uninfused|without iv",
    I,
)
WITH = re.compile(
    rf"\bwith (?:the use of |administration of )?(?:intravenous |iv |i\.v\. |\S+ )?(?:contrast|"
    rf"gadolinium|enhancement|infusion)|contrast[- ]enhanced|post-?\s?contrast|(?:\d+|ml|cc|of|"
    rf"intravenous|iv|i\.v\.|administration|following|injection|"
    rf"after)[^.]{{0,60}}\b(?:{AGENT})|(?:intravenous|iv|i\.v\.)(?: \w+)? contrast|"
    r"(?:after|following) (?:the )?(?:\w+ ){0,5}(?:contrast|gadolinium)|contrast (?:material |"
    r"agent |medium )?was (?:given|administered|injected|infused)|\d+ (?:ml|cc|"
    r"mL) of (?:\w+ ){0,3}contrast|enhanc(?:ed|ing) (?:ct|mri|axial|images)|post-?gadolinium|"
    r"infused|contrast[- ]enhancing",
    I,
)
ORAL_ONLY = re.compile(r"\b(?:oral|rectal)\b(?! and| & | or iv|/)[^.]{0,25}contrast", I)


TIERS = (
    {Kind.PROCEDURE, Kind.TITLE, Kind.TECHNIQUE, Kind.BODY},
    {Kind.FINDINGS},
)
ENHANCED = re.compile(r"\b(?:enhanc(?:ing|ement|es|ed)|post-?infusion)\b", I)


def contrast_of(said: list[Statement]) -> tuple[str, str]:
    """Contrast by vein: "with", "without", "without then with" or "", and the words that say so.

    Oral alone is without. What was planned, compared or is past does not count, and what the
    findings say counts only where heading and technique are silent.
    """
    for kinds in TIERS:
        told = [
            each
            for each in said
            if each.kind in kinds and each.status in (Status.DONE, Status.NEGATED)
        ]
        both, with_it, without_it = _contrast_words(told)
        if both or (with_it and without_it and _is_two_passes(told)):
            return "without then with", both or f"{without_it} … {with_it}"
        if with_it:
            return "with", with_it
        if without_it:
            return "without", without_it
    seen = (each for each in said if each.is_done and each.kind == Kind.FINDINGS)
    shown = next((found for each in seen if (found := _first(ENHANCED, each.text))), "")
    return ("with", shown) if shown else ("", "")


def _contrast_words(told: list[Statement]) -> tuple[str, str, str]:
    both = with_it = without_it = ""
    for each in told:
        text = each.text
        both = both or _first(BOTH_PASSES, text)
        if found := _first(WITHOUT, text):
            without_it = without_it or found
        elif each.status == Status.NEGATED:
            if re.search(r"contrast|gadolinium", text, I) and not re.search(
                r"oral|rectal|enhanc|extravas", text, I
            ):
                without_it = without_it or text.strip()
        elif (found := _first(WITH, text)) and not _is_oral_only(text):
            with_it = with_it or found
    return both, with_it, without_it


def _is_oral_only(text: str) -> bool:
    by_vein = re.search(rf"intraven|\biv\b|{AGENT}", text, I)
    return bool(ORAL_ONLY.search(text)) and not by_vein


def _is_two_passes(told: list[Statement]) -> bool:
    """A pass without and one with contrast, each told of as imaging that was done."""
    bare = any(
        re.search(r"non-?contrast|unenhanced|without (?:intravenous |iv )?contrast", each.text, I)
        for each in told
        if each.status == Status.DONE
    )
    return bare and any(
        _first(WITH, each.text) and not _is_oral_only(each.text)
        for each in told
        if each.status == Status.DONE
    )


def _first(pattern: "re.Pattern[str]", text: str) -> str:
    found = pattern.search(text)
    return found[0].strip() if found else ""


def views_of(done: str, head: str) -> int | None:
    """How many views; the heading's count before the body's, named views before nothing."""
    for text in (head, done):
        if found := VIEWS.search(text):
            word = found[1].lower()
            if word in NUMBERS or word.isdigit():
                return NUMBERS.get(word) or int(word)
    named = sum(bool(pattern.search(head) or pattern.search(done)) for pattern in VIEW_NAMES)
    return named or None


# A lone capital is a side only before the word of what is on that side.
LEFT = re.compile(r"\b(?:left|lt)\b|(?-i:\bL(?= (?:[a-z]{3}|JJ|URS|ESWL)))", I)
RIGHT = re.compile(r"\b(?:right|rt)\b|(?-i:\bR(?= (?:[a-z]{3}|JJ|URS|ESWL)))", I)


def sides_of(head: str, done: str) -> str:
    for text in (head, done[:600]):
        if re.search(
            r"\bbilateral|both (?:sides|kidneys|tubes|ovaries|testes|testicles|hips|knees|legs)\b",
            text,
            I,
        ):
            return "both sides"
        left, right = bool(LEFT.search(text)), bool(RIGHT.search(text))
        if left and right:
            return "both sides" if text is head else ""
        if left or right:
            return "left" if left else "right"
    return ""


def size_of(said: list[Statement]) -> float | None:
    """The largest size in centimeters that stands beside a tumor, lesion or stone."""
    sizes = []
    for each in said:
        if each.status in (Status.HISTORICAL, Status.FAMILY) or each.kind == Kind.HISTORY:
            continue
        if re.search(
            r"tumor|lesion|mass|stone|calcul|erythema|papill|carcinoma|growth|fibroid|cyst\b",
            each.text,
            I,
        ):
            for found in SIZE.finditer(each.text):
                value = float(found[1])
                sizes.append(value / 10 if found[2].lower().startswith("m") else value)
    return max(sizes, default=None)


def weeks_of(said: list[Statement]) -> int | None:
    weeks = [
        int(found[1])
        for each in said
        if each.status != Status.FAMILY
        for found in WEEKS.finditer(each.text)
        if 3 < int(found[1]) < 44
        and re.search(
            r"gestat|pregnan|anatomy scan|nuchal|\b(?:bpd|crl|fhr)\b|"
            r"intrauterine|fetus|fetal|iup|abortion|by (?:dates|lmp|ultrasound)|ega",
            each.text,
            I,
        )
    ]
    return weeks[0] if weeks else None


def age_of(text: str) -> float | None:
    found = AGE.search(text)
    if found is None:
        return None
    if found[1]:
        return float(found[1])
    if found[4]:
        return 0.0
    return int(found[2]) / {"month": 12, "week": 52, "day": 365}[found[3].lower()]


def sex_of(text: str) -> str:
    male, female = len(MALE.findall(text)), len(FEMALE.findall(text))
    return "" if male == female else "male" if male > female else "female"
