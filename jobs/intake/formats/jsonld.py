"""schema.org JobPosting: one object a line, an array, a @graph, or a page with such scripts.

Source: schema.org/JobPosting and Google's structured data guide for it.
"""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from jobs.intake import pay, place
from jobs.intake.files import lines_of, text_of
from jobs.intake.formats.common import Item, dicts, part, text
from jobs.intake.raw import BadFile, RawPay, RawPlace, RawPosting, Record
from jobs.intake.states import state_code
from jobs.intake.values import employment, instant, line, markup, moment
from jobs.models.parts import PlaceMode, StateRule

SCRIPT = re.compile(
    r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL
)


def read(stream: BinaryIO, path: Path) -> Iterator[Record]:
    """An object a line is read as it comes; a line that is no JSON is reported and passed."""
    lines = lines_of(stream)
    first = next(lines, None)
    if first is None:
        raise BadFile(f"{path}: the file is empty")
    if _is_object(first[1]):
        return _read_lines(chain([first], lines))
    rest = b"".join(raw for _number, raw in lines)
    return _read_whole(first[1] + rest, path)


def _is_object(raw: bytes) -> bool:
    try:
        return isinstance(json.loads(raw), dict)
    except (ValueError, RecursionError):
        return False


def _read_lines(lines: Iterator[tuple[int, bytes]]) -> Iterator[Record]:
    for number, raw in lines:
        where = f"line {number}"
        try:
            document = json.loads(raw)
        except json.JSONDecodeError as error:
            yield Record(where, problem=f"column {error.colno}: no valid JSON ({error.msg})")
        except UnicodeDecodeError as error:
            yield Record(where, problem=f"column {error.start + 1}: not UTF-8 text")
        except (ValueError, RecursionError) as error:
            yield Record(where, problem=f"no JSON that can be read ({error})")
        else:
            yield from _postings(document, where)


def _read_whole(raw: bytes, path: Path) -> Iterator[Record]:
    content = text_of(BytesIO(raw), path)
    blocks = SCRIPT.findall(content) or [content]
    for number, block in enumerate(blocks, 1):
        try:
            document = json.loads(block)
        except json.JSONDecodeError as error:
            where = f"{path}, line {error.lineno}, column {error.colno}"
            raise BadFile(f"{where}: no valid JSON ({error.msg})") from error
        except (ValueError, RecursionError) as error:
            raise BadFile(f"{path}: no JSON that can be read ({error})") from error
        yield from _postings(document, f"block {number}")


def _postings(document: Any, where: str) -> Iterator[Record]:
    found = list(_job_postings(document))
    if not found:
        yield Record(where, problem="holds no JobPosting")
    for number, item in enumerate(found, 1):
        yield Record(where if len(found) == 1 else f"{where}, posting {number}", parse(item))


def _job_postings(document: Any) -> Iterator[Item]:
    for item in dicts(document):
        kinds = item.get("@type")
        if "JobPosting" in (kinds if isinstance(kinds, list) else [kinds]):
            yield item
        else:
            yield from _job_postings(item.get("@graph") or item.get("itemListElement") or [])
            yield from _job_postings(item.get("item") or [])


def parse(item: Item) -> RawPosting:
    places = tuple(_place(each) for each in dicts(item.get("jobLocation")))
    rule, states, abroad = _applicants(item)
    url = text(item, "url")
    return RawPosting(
        external_id=_identifier(item) or url,
        title=line(item.get("title")),
        description=markup(item.get("description")),
        employer=_employer(item),
        employer_url=text(item, "hiringOrganization", "sameAs"),
        apply_url=url,
        page_url=url,
        posted_at=instant(item.get("datePosted")),
        closes=moment(item.get("validThrough")),
        employment=employment(item.get("employmentType")),
        pay=_pay(item.get("baseSalary")),
        mode=_mode(item, places),
        places=places or tuple(RawPlace(country=country) for country in abroad),
        state_rule=rule,
        states=states,
        benefits=line(item.get("jobBenefits")),
    )


def _mode(item: Item, places: tuple[RawPlace, ...]) -> str:
    kinds = item.get("jobLocationType")
    if "TELECOMMUTE" in (kinds if isinstance(kinds, list) else [kinds]):
        return PlaceMode.REMOTE
    said = place.mode_of(line(item.get("title")))
    return said if said != PlaceMode.NOT_STATED or not places else PlaceMode.ONSITE


def _identifier(item: Item) -> str:
    value = part(item, "identifier", "value") or item.get("identifier") or item.get("@id")
    return line(str(value)) if isinstance(value, str | int) else ""


def _employer(item: Item) -> str:
    organization = item.get("hiringOrganization")
    return line(organization if isinstance(organization, str) else text(organization, "name"))


def _place(item: Item) -> RawPlace:
    address = item.get("address")
    if isinstance(address, str):
        return next(iter(place.places_of(address)), RawPlace(city=line(address)[:80]))
    country = part(address, "addressCountry")
    return RawPlace(
        city=line(text(address, "addressLocality"))[:80],
        state=state_code(text(address, "addressRegion")),
        postal_code=line(text(address, "postalCode"))[:10],
        country=country if isinstance(country, str) else text(country, "name"),
    )


def _applicants(item: Item) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Rule, states and foreign countries of applicantLocationRequirements."""
    names = [text(each, "name") for each in dicts(item.get("applicantLocationRequirements"))]
    states = [state_code(name.split(",")[0]) for name in names]
    if found := tuple(dict.fromkeys(state for state in states if state)):
        return StateRule.ONLY, found, ()
    if any(place.is_us(name) for name in names):
        return StateRule.ANY, (), ()
    return StateRule.NOT_STATED, (), tuple(names)


def _pay(salary: Any) -> RawPay:
    if isinstance(salary, str):
        return pay.from_text(salary)
    value = part(salary, "value")
    if not isinstance(value, dict):
        return pay.from_figures(value, value, text(salary, "unitText"), text(salary, "currency"))
    single = value.get("value")
    lo, hi = value.get("minValue", single), value.get("maxValue", single)
    return pay.from_figures(lo, hi, text(value, "unitText"), text(salary, "currency"))
