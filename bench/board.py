"""Search and posting pages with 10,000 live postings, under load, beside the empty view.

The figures to go by are ratios: the rate of each page over that of the empty view (robots.txt: the
whole stack, no query), taken in turns in one run. A search in a row marked "anew" is one by age,
whose answer is never kept: it shows what the search itself costs under load.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobboard.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import _plans, _postings  # noqa: E402
from bench._load import Load, load  # noqa: E402
from jobs.models import Job  # noqa: E402

POSTINGS = 10_000
EMPTY = "/robots.txt"
REQUESTS_EMPTY, REQUESTS = 800, 200
PLANS_OF_EACH = 4
SEARCHES = {
    "browse": ["/jobs/", "/jobs/?page=2", "/jobs/?page=40", "/jobs/?sort=pay"],
    "remote + state": [f"/jobs/?mode=remote&state={code}" for code in ("OH", "TX", "CA", "NY")],
    "specialty + credential + state + pay": [
        f"/jobs/?specialty={slug}&credential=CPC&credential=CCS&state=OH&pay=25"
        for slug in ("urology", "radiology", "cardiology")
    ],
    "common words": ["/jobs/?q=medical+coding", "/jobs/?q=claims+review", "/jobs/?q=team+quality"],
    "words + remote + credential": [
        f"/jobs/?q={word}&mode=remote&credential=CPC" for word in ("cystoscopy", "angiogram")
    ],
    "rare words": ["/jobs/?q=dermoectomy", "/jobs/?q=cardiolysis", "/jobs/?q=thoracostent"],
    "a code": ["/jobs/?q=74740", "/jobs/?code=52000-52010", "/jobs/?q=74410+coder"],
    "word half typed": ["/jobs/?q=urol", "/jobs/?q=senior+cod", "/jobs/?q=cysto"],
}
PAGES = {
    "front page": ["/"],
    "specialty and state pages": ["/jobs/specialty/urology/", "/jobs/state/ohio/"],
    "feed": ["/jobs/feed.atom?specialty=urology"],
}
EXPLAINED_ONLY = ["/sitemap-landing.xml", "/sitemap-jobs.xml"]


def main() -> int:
    url, results = os.environ["BENCH_URL"], Path(os.environ["BENCH_DIR"])
    made = _postings.make(POSTINGS, now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"{made:,} postings made; {POSTINGS:,} live")
    rows = classes()
    explained = [path for paths in rows.values() for path in paths[:PLANS_OF_EACH]]
    scanned = _plans.scans([*explained, *EXPLAINED_ONLY])
    measured = {name: measure(url, paths) for name, paths in rows.items()}
    report(measured)
    content = {name: asdict(each) | {"ratio": ratio} for name, (each, ratio) in measured.items()}
    (results / "board.json").write_text(
        json.dumps({"postings": POSTINGS, "scans": scanned, "classes": content}, indent=2)
    )
    for query in scanned:
        print(f"Sequential scan of postings: {query}")
    return 1 if scanned else 0


def classes() -> dict[str, list[str]]:
    slugs = Job.objects.visible().order_by("public_id").values_list("slug", flat=True)[:200]
    rows = {"posting": [f"/jobs/{slug}/" for slug in slugs], **PAGES}
    for name, paths in SEARCHES.items():
        rows[name] = paths
        rows[f"{name}, anew"] = [f"{path}{'&' if '?' in path else '?'}within=30" for path in paths]
    return rows


def measure(url: str, paths: list[str]) -> tuple[Load, float]:
    """The load of a class, and its rate over that of the empty view just before."""
    load(url, paths[:20], requests=40)
    empty = load(url, [EMPTY], requests=REQUESTS_EMPTY)
    found = load(url, paths, requests=REQUESTS)
    return found, found.rate / empty.rate


def report(measured: dict[str, tuple[Load, float]]) -> None:
    print(f"{'':<44}{'ratio':>7}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}{'KB':>7}")
    for name, (each, ratio) in measured.items():
        times = f"{each.rate:10.0f}{each.p50:9.1f}{each.p95:9.1f}{each.bytes / 1000:7.1f}"
        print(f"{name:<44}{ratio:7.3f}{times}")


if __name__ == "__main__":
    sys.exit(main())
