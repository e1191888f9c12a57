"""Whether a posting is work in medical coding: assigning, checking, teaching or managing codes."""

import re

TITLE = re.compile(
    r"\b(?:coder|coders|coding|cdi|clinical documentation|charge (?:capture|integrity)"
    r"|risk adjustment|hcc|medical bill(?:er|ing)|certified coder|drg (?:validation|auditor))\b",
    re.IGNORECASE,
)
# Words that only the trade uses. CPT and HIM are left out alone: both mean other things too.
TRADE = {
    "code sets": re.compile(r"\bICD-?\s?(?:9|10|11)\b|\bHCPCS\b|\bOPCS\b", re.IGNORECASE),
    "CPT": re.compile(r"\bCPT(?:-4)?\b[^.]{0,60}\bcod", re.IGNORECASE),
    "bodies": re.compile(r"\bAAPC\b|\bAHIMA\b"),
    "credentials": re.compile(r"\b(?:CPC(?:-A)?|COC|CCS(?:-P)?|RHIT|RHIA|CIRCC|CRC|CCA)\b"),
    "groupers": re.compile(r"\b(?:MS-|APR-)?DRGs?\b|\bHCCs?\b"),
    "work": re.compile(
        r"\b(?:medical|clinical|diagnos\w+|procedur\w+|inpatient|outpatient)\s+cod(?:er|ers|ing)\b",
        re.IGNORECASE,
    ),
}
SOFTWARE = re.compile(
    r"\b(?:software|python|java|javascript|typescript|react|kubernetes|full[- ]?stack|devops)\b",
    re.IGNORECASE,
)


def is_coding_job(title: str, text: str) -> bool:
    """The title names the trade and the text bears it out, or the text alone is plain.

    Analysts and engineers work with coded data: without a title of the trade, the text must
    ask for one of its credentials.
    """
    signs = {name for name, pattern in TRADE.items() if pattern.search(text)}
    if not TITLE.search(title):
        return len(signs) >= 3 and bool(signs & {"bodies", "credentials"})
    return len(signs) >= (2 if SOFTWARE.search(text) else 1)
