"""Why a posting that can be read is not taken, in the order in which people ask."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from jobs.closing_day import closing_instant
from jobs.intake.place import is_us
from jobs.intake.raw import RawPosting
from jobs.intake.relevance import is_coding_job
from jobs.sanitise import text_of

REASONS = {
    "unreadable": "could not be read",
    "no-id": "has no identifier of its own",
    "repeated": "has an identifier that stood in the file before",
    "unlisted": "is not offered to the public",
    "no-title": "has no title",
    "no-text": "has no description",
    "outside-us": "is outside the United States",
    "not-coding": "is no work in medical coding",
    "closed": "has closed",
    "no-employer": "names no employer",
    "no-way-to-apply": "gives no address to apply at",
    "refused-before": "was rejected, removed, withdrawn or filled here",
    "breaks-rule": "breaks a rule of the board",
}


def closing_of(raw: RawPosting, *, zone: ZoneInfo) -> datetime | None:
    """The closing instant; a bare day lasts to its end in the employer's zone."""
    if isinstance(raw.closes, datetime):
        return raw.closes
    return closing_instant(raw.closes, zone) if isinstance(raw.closes, date) else None


def refusal(raw: RawPosting, *, now: datetime, has_employer: bool) -> str:
    """The key in REASONS, or "" for a posting that may be taken.

    A day-only closing is judged in the last zone of the country, so that none closes early.
    """
    closes_at = closing_of(raw, zone=ZoneInfo("Pacific/Honolulu"))
    checks = {
        "no-id": not raw.external_id,
        "unlisted": not raw.listed,
        "no-title": not raw.title,
        "no-text": not text_of(raw.description),
        "outside-us": _abroad(raw),
        "not-coding": not is_coding_job(raw.title, text_of(raw.description)),
        "closed": bool(closes_at and closes_at <= now),
        "no-employer": not (raw.employer or has_employer),
        "no-way-to-apply": not (raw.apply_url or raw.apply_email),
    }
    return next((reason for reason, holds in checks.items() if holds), "")


def _abroad(raw: RawPosting) -> bool:
    """Every place it names lies in another country."""
    stated = [place for place in raw.places if place.country or place.state]
    return bool(stated) and not any(place.state or is_us(place.country) for place in stated)
