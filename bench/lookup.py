"""Look-up over a full load, beside an indexed read by primary key in the same run.

Where no real files are at hand, files in their layouts are made: 11,000 CPT numbers without words,
8,700 HCPCS codes, 97,000 ICD-10-CM and ICD-10-PCS codes. The importers load them. The figure to go
by is the ratio: the median time of a look-up over that of `Code.objects.get(pk=…)`.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobboard.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import _code_files  # noqa: E402
from codes import lookup_index  # noqa: E402
from codes.intake.run import Said, load  # noqa: E402
from codes.lookup import look_up  # noqa: E402
from codes.models import Code  # noqa: E402

AT_MOST = 20.0
ROUNDS = 40
SCANS = ("Seq Scan on codes_code", "Seq Scan on codes_lookuprow", "Seq Scan on codes_lookupterm")
CLASSES = {
    "a code": ["74740", "74740-26", "74740 TC", "J9030"],
    "a diagnosis": ["N97.1", "N201"],
    "a range": ["74400-74485", "74710-74775"],
    "an abbreviation": ["HSG", "IVP", "VCUG", "SIS"],
    "words": ["dye test of the tubes", "kidney stone laser", "prostate biopsy"],
    "common words": ["kidney", "fracture", "right"],
    "words of diagnoses": ["displaced fracture of shaft", "open wound left hand"],
    "a typo": ["hysterosalpingogramm", "cystoscpy", "urethrl strictur"],
    "nothing": ["zzzz qqqq", "99999"],
}
TYPED = {"code half typed": ["747", "5200"], "word half typed": ["hyst", "cysto", "fract"]}


def main() -> int:
    fill()
    rows = {name: measure(name, texts, typing=False) for name, texts in CLASSES.items()}
    rows |= {name: measure(name, texts, typing=True) for name, texts in TYPED.items()}
    scans = [plan for texts in CLASSES.values() for text in texts for plan in scanned(text)]
    report(rows, scans)
    slow = [name for name, row in rows.items() if row["ratio"] > AT_MOST]
    for name in slow:
        print(f"Over {AT_MOST:g} reads by primary key: {name}")
    return 1 if slow or scans else 0


def fill() -> None:
    now = timezone.now()
    with tempfile.TemporaryDirectory() as folder:
        for kind, path, said in _code_files.make(Path(folder)):
            began = time.perf_counter()
            outcome = load(kind, path, Said(**said), now=now, watch=False)
            print(f"{kind}: {outcome.rows:,} rows in {time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    print(f"index: {lookup_index.rebuild():,} codes in {time.perf_counter() - began:.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def measure(name: str, texts: list[str], *, typing: bool) -> dict[str, float]:
    """Medians in milliseconds, a look-up and a read by primary key in turns."""
    on, pks = timezone.localdate(), list(Code.objects.values_list("pk", flat=True)[:1000:7])
    looks, reads = [], []
    for place in range(ROUNDS):
        text, pk = texts[place % len(texts)], pks[place % len(pks)]
        looks.append(timed(partial(look_up, text, on=on, typing=typing)))
        reads.append(timed(partial(Code.objects.get, pk=pk)))
    look, read = statistics.median(looks), statistics.median(reads)
    return {
        "ms": look,
        "p95": sorted(looks)[int(ROUNDS * 0.95) - 1],
        "read": read,
        "ratio": look / read,
    }


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def scanned(text: str) -> list[str]:
    """The statements of a look-up whose plan reads a large table from end to end."""
    with CaptureQueriesContext(connection) as asked:
        look_up(text, on=timezone.localdate())
    found = []
    for query in asked.captured_queries:
        if not query["sql"].startswith("SELECT"):
            continue
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + query["sql"])
            plan = "\n".join(line for (line,) in cursor.fetchall())
        found += [f"{text}: {each}\n{query['sql']}" for each in SCANS if each in plan]
    return found


def report(rows: dict[str, dict[str, float]], scans: list[str]) -> None:
    print(f"{'':<24}{'ratio':>7}{'ms':>8}{'p95':>8}{'read ms':>9}")
    for name, row in rows.items():
        print(f"{name:<24}{row['ratio']:7.1f}{row['ms']:8.2f}{row['p95']:8.2f}{row['read']:9.3f}")
    for scan in scans:
        print(f"Sequential scan: {scan}")
    path = Path(os.environ["BENCH_DIR"], "lookup.json")
    path.write_text(json.dumps({"classes": rows, "scans": scans}, indent=2))


if __name__ == "__main__":
    sys.exit(main())
