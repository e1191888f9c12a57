"""Ashby job board: the answer of GET /posting-api/job-board/{name}?includeCompensation=true.

Source: Ashby, "Public job posting API".
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from jobs.intake import pay, place
from jobs.intake.files import json_of
from jobs.intake.formats.common import Item, dicts, each, listing, part, text
from jobs.intake.raw import RawPay, RawPlace, RawPosting, Record
from jobs.intake.states import state_code
from jobs.intake.values import employment, instant, line, markup
from jobs.models.parts import PlaceMode

MODES = {
    "remote": PlaceMode.REMOTE,
    "hybrid": PlaceMode.HYBRID,
    "onsite": PlaceMode.ONSITE,
}


def read(stream: BinaryIO, path: Path) -> Iterator[Record]:
    return each(listing(json_of(stream, path), "jobs", path), parse, "jobs")


def parse(item: Item) -> RawPosting:
    where = _locations(item)
    mode = _mode(item, where)
    rule, states = place.hires_in(mode, where)
    url = text(item, "jobUrl")
    return RawPosting(
        external_id=line(item.get("id")) or url,
        title=line(item.get("title")),
        description=markup(text(item, "descriptionHtml") or text(item, "descriptionPlain")),
        apply_url=text(item, "applyUrl") or url,
        page_url=url,
        posted_at=instant(item.get("publishedAt")),
        employment=employment(item.get("employmentType")),
        pay=_pay(item),
        mode=mode,
        places=_places(item, where, mode),
        state_rule=rule,
        states=states,
        listed=item.get("isListed") is not False,
    )


def _locations(item: Item) -> str:
    others = [text(each, "location") for each in dicts(item.get("secondaryLocations"))]
    return "; ".join(line(name) for name in [text(item, "location"), *others] if name)


def _mode(item: Item, where: str) -> str:
    stated = MODES.get(text(item, "workplaceType").lower())
    if stated:
        return stated
    return PlaceMode.REMOTE if item.get("isRemote") is True else place.mode_of(where)


def _places(item: Item, where: str, mode: str) -> tuple[RawPlace, ...]:
    holders = [item, *dicts(item.get("secondaryLocations"))]
    found = [_address(holder.get("address")) for holder in holders]
    abroad = [each for each in found if each and each.country and not place.is_us(each.country)]
    if abroad:
        return tuple(each for each in found if each)
    if mode == PlaceMode.REMOTE:
        return ()
    cities = tuple(each for each in found if each and each.city and each.state)
    return cities or place.places_of(where)


def _address(address: Any) -> RawPlace | None:
    address = part(address, "postalAddress") or address
    if not isinstance(address, dict):
        return None
    return RawPlace(
        city=line(text(address, "addressLocality"))[:80],
        state=state_code(text(address, "addressRegion")),
        postal_code=line(text(address, "postalCode"))[:10],
        country=text(address, "addressCountry"),
    )


def _pay(item: Item) -> RawPay:
    """The first salary of the first tier; `compensation` stands in the job, parts may be null."""
    for tier in dicts(part(item, "compensation", "compensationTiers")):
        for component in dicts(tier.get("components")):
            if component.get("compensationType") in ("Salary", None):
                return _component(component)
    summary = text(item, "compensation", "scrapeableCompensationSalarySummary")
    return pay.from_text(summary or text(item, "compensation", "compensationTierSummary"))


def _component(component: Item) -> RawPay:
    return pay.from_figures(
        component.get("minValue"),
        component.get("maxValue"),
        text(component, "interval"),
        text(component, "currencyCode"),
    )
