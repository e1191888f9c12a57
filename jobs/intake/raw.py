"""What every format is read into, before anything is judged or stored."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from jobs.models.parts import PayBasis, PlaceMode, StateRule


class BadFile(Exception):
    """The file as a whole cannot be read; the text names it, and line and column where known."""


@dataclass(frozen=True)
class RawPay:
    """US dollars; `stated` keeps the source's own words for it."""

    basis: str = PayBasis.NOT_STATED
    lo: Decimal | None = None
    hi: Decimal | None = None
    stated: str = ""


@dataclass(frozen=True)
class RawPlace:
    """`state` is a two-letter code or ""; `country` as the source wrote it."""

    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True)
class RawPosting:
    """One posting of a source. `closes` is an instant, or a day in the employer's zone."""

    external_id: str
    title: str
    description: str
    employer: str = ""
    employer_url: str = ""
    apply_url: str = ""
    apply_email: str = ""
    page_url: str = ""
    posted_at: datetime | None = None
    closes: datetime | date | None = None
    employment: tuple[str, ...] = ()
    pay: RawPay = RawPay()
    mode: str = PlaceMode.NOT_STATED
    places: tuple[RawPlace, ...] = ()
    state_rule: str = StateRule.NOT_STATED
    states: tuple[str, ...] = ()
    benefits: str = ""
    requisition_id: str = ""
    listed: bool = True


@dataclass(frozen=True)
class Record:
    """One entry of a file: a posting, or why it could not be read. `where` is for people."""

    where: str
    posting: RawPosting | None = None
    problem: str = ""
    done: float = field(default=0.0, compare=False)
