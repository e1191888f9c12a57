"""Indeed-type XML: <source> with one <job> for each posting and place; variants are accepted.

Source: Indeed, "XML feed" and "XML job feed format". Entities and DTDs are refused.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from jobs.intake import pay, place
from jobs.intake.raw import BadFile, RawPay, RawPlace, RawPosting, Record
from jobs.intake.states import state_code
from jobs.intake.values import employment, instant, line, markup, moment
from jobs.models.parts import PlaceMode, StateRule

ROOTS = ("source", "jobs", "feed")
NAMES = {
    "referencenumber": ("referencenumber", "id", "partnerJobId"),
    "company": ("company", "company_name", "sourcename"),
    "remotetype": ("remotetype", "remote_type"),
    "url": ("url", "applyUrl", "apply_url"),
}


def read(stream: BinaryIO, path: Path) -> Iterator[Record]:
    """Reads as the file comes, and forgets each job once it is read."""
    try:
        yield from _jobs(stream, path)
    except ParseError as error:
        line_number, column = error.position
        words = str(error).partition(":")[0]
        raise BadFile(f"{path}, line {line_number}, column {column + 1}: {words}") from error
    except DefusedXmlException as error:
        raise BadFile(f"{path}: entities and document types are refused ({error})") from error


def _jobs(stream: BinaryIO, path: Path) -> Iterator[Record]:
    root: Element | None = None
    number = 0
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if root is None:
            root = element
            if root.tag not in ROOTS:
                raise BadFile(f"{path}: <{root.tag}> is not the root of such a feed")
        elif event == "end" and element.tag == "job":
            number += 1
            yield Record(f"job {number}", parse(element))
            root.clear()


def parse(job: Element) -> RawPosting:
    where = ", ".join(part for part in (_text(job, "city"), _text(job, "state")) if part)
    mode = _mode(job, where)
    rule, states = _hires(job, where, mode)
    return RawPosting(
        external_id=_text(job, "referencenumber"),
        title=_text(job, "title"),
        description=markup(job.findtext("description")),
        employer=_text(job, "company"),
        apply_url=_text(job, "url"),
        apply_email=_text(job, "email"),
        page_url=_text(job, "url"),
        posted_at=instant(_text(job, "date")),
        closes=moment(_text(job, "expirationdate")),
        employment=employment(_text(job, "jobtype").split(",")),
        pay=_pay(job),
        mode=mode,
        places=_places(job, mode),
        state_rule=rule,
        states=states,
        requisition_id=_text(job, "requisitionid"),
    )


def _text(job: Element, name: str) -> str:
    found = (line(job.findtext(tag)) for tag in NAMES.get(name, (name,)))
    return next((text for text in found if text), "")


def _mode(job: Element, where: str) -> str:
    kind = _text(job, "remotetype")
    if kind:
        return PlaceMode.HYBRID if "hybrid" in kind.lower() else PlaceMode.REMOTE
    said = place.mode_of(where, _text(job, "title"))
    return PlaceMode.ONSITE if said == PlaceMode.NOT_STATED and where else said


def _hires(job: Element, where: str, mode: str) -> tuple[str, tuple[str, ...]]:
    """A remote job's city is only where it is advertised; its state is taken as the rule."""
    if mode != PlaceMode.REMOTE:
        return StateRule.NOT_STATED, ()
    if place.is_us(_text(job, "country")) and not where:
        return StateRule.ANY, ()
    return place.states_of(_text(job, "state"))


def _places(job: Element, mode: str) -> tuple[RawPlace, ...]:
    country, state = _text(job, "country"), state_code(_text(job, "state"))
    if mode == PlaceMode.REMOTE and (not country or place.is_us(country)):
        return ()
    city = _text(job, "city")[:80]
    if not (city or state or country):
        return ()
    return (RawPlace(city, state, _text(job, "postalcode")[:10], country),)


def _pay(job: Element) -> RawPay:
    unit = _text(job, "salarytype")
    return pay.from_text(f"{_text(job, 'salary')} {unit}")
