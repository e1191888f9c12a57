"""Greenhouse job board: the answer of GET /v1/boards/{token}/jobs?content=true, or one job.

Source: Greenhouse Job Board API documentation, "List jobs" and "Retrieve a job".
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from jobs.intake import pay, place
from jobs.intake.files import json_of
from jobs.intake.formats.common import Item, dicts, each, listing, text
from jobs.intake.raw import RawPay, RawPosting, Record
from jobs.intake.values import instant, line, markup
from jobs.models.parts import PlaceMode


def read(stream: BinaryIO, path: Path) -> Iterator[Record]:
    document = json_of(stream, path)
    single = isinstance(document, dict) and "jobs" not in document and "absolute_url" in document
    jobs = [document] if single else listing(document, "jobs", path)
    return each(jobs, parse, "jobs")


def parse(item: Item) -> RawPosting:
    where = line(text(item, "location", "name"))
    mode = place.mode_of(where, line(item.get("title")))
    rule, states = place.hires_in(mode, where)
    url = text(item, "absolute_url")
    return RawPosting(
        external_id=str(item.get("id") or ""),
        title=line(item.get("title")),
        description=markup(item.get("content")),
        employer=line(item.get("company_name")),
        apply_url=url,
        page_url=url,
        posted_at=instant(item.get("first_published") or item.get("updated_at")),
        closes=instant(item.get("application_deadline")),
        pay=_pay(item),
        mode=mode,
        places=() if mode == PlaceMode.REMOTE else place.places_of(where),
        state_rule=rule,
        states=states,
        requisition_id=line(item.get("requisition_id")),
        # A post without a job behind it gathers people for later ("prospect post").
        listed="internal_job_id" not in item or item["internal_job_id"] is not None,
    )


def _pay(item: Item) -> RawPay:
    """The first dollar range; Greenhouse gives cents and no unit, so size tells hour from year."""
    for span in dicts(item.get("pay_input_ranges")):
        lo, hi = _dollars(span.get("min_cents")), _dollars(span.get("max_cents"))
        if span.get("currency_type") == "USD" and (lo or hi):
            return pay.from_text(f"${lo or hi:.2f} - ${hi or lo:.2f}")
    return RawPay()


def _dollars(cents: Any) -> float:
    return cents / 100 if isinstance(cents, int | float) else 0
