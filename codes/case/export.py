"""A case's answer as files."""

import csv
import json
from typing import Any

from django.http import HttpResponse

from codes.case.shown import draft

HEADER = [
    "rank",
    "code",
    "title",
    "evidence",
    "why",
    "against",
    "checks",
    "paired",
    "on",
    "setting",
]
RUNS = ("=", "+", "-", "@", "\t", "\r")


def as_json(result: dict[str, Any]) -> HttpResponse:
    body = json.dumps(draft(result), indent=1, ensure_ascii=False)
    return _file(body, "application/json", "case.json")


def as_csv(result: dict[str, Any]) -> HttpResponse:
    """One line a code. A cell that a spreadsheet would run as a formula is shown as text."""
    response = _file("", "text/csv; charset=utf-8", "case.csv")
    writer = csv.writer(response)
    writer.writerow(HEADER)
    for rank, each in enumerate(result["suggestions"], 1):
        told = [f"{check['text']} [{check['source'] or 'not loaded'}]" for check in each["checks"]]
        evidence = [span["text"] for span in each["evidence"]]
        cells = [
            str(rank),
            each["code"],
            each["title"],
            *("; ".join(parts) for parts in (evidence, each["why"], each["against"], told)),
            " ".join(pair["code"] for pair in each["paired"]),
            result["on"],
            result["setting"],
        ]
        writer.writerow(_safe(cell) for cell in cells)
    return response


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RUNS) else cell


def _file(body: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
