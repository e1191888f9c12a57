"""Addresses as sources give them: a page of ours leads there, so what is none is left out."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.web_address import WebAddressField
from jobs.intake.raw import RawPosting
from jobs.intake.values import legible

LONGEST, LONGEST_SITE, LONGEST_MAIL = 500, 200, 254


def checked(raw: RawPosting) -> RawPosting:
    return replace(
        raw,
        external_id=legible(raw.external_id),
        apply_url=web_address(raw.apply_url),
        page_url=web_address(raw.page_url),
        employer_url=web_address(raw.employer_url, longest=LONGEST_SITE),
        apply_email=mail_address(raw.apply_email),
    )


def web_address(text: str, *, longest: int = LONGEST) -> str:
    """The address with its scheme; "" when it is none, or too long to be kept whole."""
    try:
        return str(WebAddressField(required=False, max_length=longest).clean(text))
    except ValidationError:
        return ""


def mail_address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= LONGEST_MAIL else ""
