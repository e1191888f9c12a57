"""Numbers that belong to one person, account or device, by their label or their shape."""

import re
from collections.abc import Iterator

from codes.screen.spans import Span, spans_of

ID = r"(?:numbers?|num|no|nr|ids?|identifier|identification|#)"
# What may stand between a label and its number.
TO = r"(?:[ .]*(?:is|was|of|ending|in|with|code|last|four|4|digits|card|the))*[ \t.:#=(\n-]*\Z"
# kind: (labels that need no more, labels that need the word "number" or "ID" behind them)
LABELS = {
    "ssn": (
        "ssn|ss ?#|last (?:4|four) (?:digits )?of (?:the )?social|social security|soc\\.? sec",
        "social|ss",
    ),
    "record number": (
        "mrn|mr ?#|medical record|med rec|emr|ehr|chart #|accession|patient id|pt id|fin",
        "mr|chart|patient|pt|hospital|unit|encounter|visit|case|file|specimen|order"
        "|requisition|study|report|admission"
        "|registration|record|client|episode|id",
    ),
    "member number": (
        "member id|subscriber id|hicn?|mbi|policy #|medicaid id|medicare id",
        "member|subscriber|beneficiary|insurance|policy|group|plan|health plan|medicaid"
        "|medicare|payer|claim|authorization|insured",
    ),
    "account": (
        "account|acct|iban|routing",
        "bank|card|credit card|invoice|bill|guarantor|checking",
    ),
    "license": ("licen[sc]e|npi|dea|passport|upin", "certificate|dl|lic|driver'?s|state"),
    "device": ("serial|s/n|imei|udi", "device|implant|pacemaker|generator|pump|mac"),
    "vehicle": ("vin|licen[sc]e plate|license tag", "plate|vehicle|tag"),
    "biometric": (
        "finger ?prints?|voice ?print",
        "biometric|retinal? scan|iris scan|palm print|face",
    ),
}
LABELLED = {
    kind: re.compile(
        rf"\b(?:(?:{alone})(?:[ .]*{ID}(?!\w))*|(?:{joined})'?s?[ .]*{ID}(?!\w)){TO}", re.IGNORECASE
    )
    for kind, (alone, joined) in LABELS.items()
}
# Groups behind a space only in threes and more, so that the "2" of "MRN 123456 2 days" stays.
VALUE = re.compile(
    r"[A-Za-z0-9](?<![\w.].)(?:[A-Za-z]{0,5}-?(?=\d)|(?<=\d))[\w-]{2,40}(?: \d{3,6}\b(?!-)){0,4}"
)
SHAPES = [
    ("ssn", re.compile(r"\d(?<![\w-].)\d\d[- ]\d\d[- ]\d{4}(?![\w-])")),
    ("ssn", re.compile(r"[Xx*](?<!\w.)[Xx*]{2}-[Xx*]{2}-\d{4}\b")),
    ("account", re.compile(r"\d(?<![\w-].)\d{3}(?:[ -]\d{4}){3}(?![\w-])")),
    (
        "member number",
        re.compile(
            r"[1-9](?<![\w-].)[AC-HJ-KM-NP-RT-Y][AC-HJ-KM-NP-RT-Y0-9]\d-?[AC-HJ-KM-NP-RT-Y]"
            r"[AC-HJ-KM-NP-RT-Y0-9]\d-?[AC-HJ-KM-NP-RT-Y]{2}\d\d(?![\w-])"
        ),
    ),
    (
        "vehicle",
        re.compile(
            r"[A-HJ-NPR-Z0-9](?<![\w-].)(?=[A-Z0-9]{0,15}\d)(?=\d{0,15}[A-Z])[A-HJ-NPR-Z0-9]{16}(?![\w-])"
        ),
    ),
    ("zip", re.compile(r"\d(?<![\w.-].)\d{4}-\d{4}(?![\w-])")),
    ("zip", re.compile(r"\b(?:zip|postal)(?: ?code)?[ :#is]{1,5}(\d{5})\b", re.IGNORECASE)),
    ("record number", re.compile(r"[A-Z](?<![\w-].)[A-Z]{0,3}-?\d{6,}(?![\w-])")),
    ("device", re.compile(r"\(01\)\s?\d{14}(?:\s?\(\d\d\)[\w-]{1,20}){0,4}")),
    (
        "vehicle",
        re.compile(
            r"\b(?:licen[sc]e plate|plate (?:number|no\.?|#))[ :#]{1,3}([A-Z0-9]{1,4}["
            r" -]\d[A-Z0-9]{1,5})\b",
            re.IGNORECASE,
        ),
    ),
    ("record number", re.compile(r"#\s?\d{6,}(?![\w-])")),
]
LONG = re.compile(r"\d(?<![\w.-].)\d{6,}(?!\w|-\d)")
ROUND = re.compile(r"[1-9]\d{2,3}0{4}")
UNIT = re.compile(r" ?(?:units?|iu|cells?|copies|colon|cfu|mg|mcg|ml|/|%|x ?10)", re.IGNORECASE)
DRUG = re.compile(r"\b(?:NDC|PCS|CPT|HCPCS|ICD[\w-]*|codes?)\W{0,3}\Z", re.IGNORECASE)


def find(text: str) -> Iterator[Span]:
    for kind, pattern in SHAPES:
        yield from spans_of(kind, pattern, text, pattern.groups)
    yield from _labelled(text)
    for found in LONG.finditer(text):
        if not (
            ROUND.fullmatch(found[0]) or UNIT.match(text, found.end()) or _is_code(text, found)
        ):
            yield Span(*found.span(), "record number")


def _is_code(text: str, found: re.Match[str]) -> bool:
    return DRUG.search(text, max(0, found.start() - 14), found.start()) is not None


def _labelled(text: str) -> Iterator[Span]:
    """A value of three digits or more whose label stands in the forty signs before it."""
    for found in VALUE.finditer(text):
        if sum(sign.isdigit() for sign in found[0]) >= 3:
            for kind, label in LABELLED.items():
                if label.search(text, max(0, found.start() - 40), found.start()):
                    yield Span(*found.span(), kind)
                    break
