"""Words that a fraud uses and a true posting seldom does: shown to a moderator, who judges."""

import re

from jobs.links import hosts_in

_MONEY = re.compile(
    r"""\b(?:
        (?:buy|purchase|pay\ for|order)\s+(?:\w+\s+){0,3}?
        (?:equipment|laptop|computer|software|training|kit|materials)
      | (?:cashier.?s|certified|mail(?:ed)?|deposit)\s+(?:the\s+|a\s+|your\s+)?che(?:ck|que)
      | che(?:ck|que)\s+(?:will\ be\ )?(?:mailed|sent)\s+to\s+you
      | wire\s+transfer | western\s+union | money\s*gram | gift\s+cards?
      | bitcoin | crypto(?:currency)? | cash\s*app | zelle | venmo | paypal
      | (?:registration|application|processing|training|onboarding|refundable)\s+(?:fee|deposit)
      | (?:bank|routing)\s+(?:account\s+)?(?:number|details) | social\s+security\s+number | ssn
      | telegram | whats\s*app | google\s+hangouts
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)")


def money_words(text: str) -> list[str]:
    return sorted({" ".join(found.group().lower().split()) for found in _MONEY.finditer(text)})


def phone_numbers(text: str) -> list[str]:
    return sorted({found.group() for found in _PHONE.finditer(text)})


def is_doubtful(text: str) -> bool:
    return bool(money_words(text) or phone_numbers(text) or hosts_in(text))
