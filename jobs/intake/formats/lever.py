"""Lever postings: the bare array of GET /v0/postings/{site}?mode=json.

Source: lever/postings-api README.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from jobs.intake import pay, place
from jobs.intake.files import json_of
from jobs.intake.formats.common import Item, dicts, each, part, text
from jobs.intake.raw import BadFile, RawPay, RawPlace, RawPosting, Record
from jobs.intake.values import employment, instant, line, markup
from jobs.models.parts import PlaceMode

MODES = {
    "remote": PlaceMode.REMOTE,
    "hybrid": PlaceMode.HYBRID,
    "on-site": PlaceMode.ONSITE,
    "onsite": PlaceMode.ONSITE,
}


def read(stream: BinaryIO, path: Path) -> Iterator[Record]:
    document = json_of(stream, path)
    if isinstance(document, dict) and "hostedUrl" in document:
        document = [document]
    if not isinstance(document, list):
        raise BadFile(f"{path}: holds no array of postings; is it another format?")
    return each(document, parse, "posting ")


def parse(item: Item) -> RawPosting:
    where = _locations(item)
    mode = MODES.get(text(item, "workplaceType").lower()) or place.mode_of(where)
    rule, states = place.hires_in(mode, where)
    return RawPosting(
        external_id=line(item.get("id")),
        title=line(item.get("text")),
        description=_description(item),
        apply_url=text(item, "applyUrl") or text(item, "hostedUrl"),
        page_url=text(item, "hostedUrl"),
        posted_at=instant(item.get("createdAt")),
        employment=employment(part(item, "categories", "commitment")),
        pay=_pay(item),
        mode=mode,
        places=_places(item, where, mode),
        state_rule=rule,
        states=states,
    )


def _locations(item: Item) -> str:
    every = part(item, "categories", "allLocations")
    names = every if isinstance(every, list) and every else [part(item, "categories", "location")]
    return "; ".join(line(name) for name in names if isinstance(name, str))


def _places(item: Item, where: str, mode: str) -> tuple[RawPlace, ...]:
    country = text(item, "country")
    if country and not place.is_us(country):
        return (RawPlace(country=country),)
    return () if mode == PlaceMode.REMOTE else place.places_of(where)


def _description(item: Item) -> str:
    """Opening, the lists with their headings, and the closing words make up the whole text."""
    parts = [text(item, "description") or text(item, "descriptionPlain")]
    parts += [
        f"<h3>{text(block, 'text')}</h3><ul>{text(block, 'content')}</ul>"
        for block in dicts(item.get("lists"))
    ]
    parts.append(text(item, "additional") or text(item, "additionalPlain"))
    return "\n".join(markup(each) for each in parts if each.strip())


def _pay(item: Item) -> RawPay:
    span: Any = item.get("salaryRange")
    if isinstance(span, dict):
        unit, currency = text(span, "interval"), text(span, "currency")
        return pay.from_figures(span.get("min"), span.get("max"), unit, currency)
    return pay.from_text(text(item, "salaryDescriptionPlain"))
