"""Files in the layouts of CMS with made-up words, as many codes as the real ones have."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import islice, product
from pathlib import Path
from typing import Any

from codes.intake.pfs import NUMBERS, PLACES

CPT, HCPCS, CM, PCS = 11_000, 8_700, 74_000, 23_000
COMMON = (
    "right left unspecified displaced nondisplaced open closed fracture shaft neck femur radius "
    "wound hand foot shoulder knee hip initial subsequent sequela encounter infection chronic "
    "acute kidney bladder ureter urethra uterus ovary tube lung heart artery vein supply device "
    "drug injection tablet solution brace orthosis wheelchair dressing catheter "
    "stent graft biopsy"
)
WORDS = COMMON.split()
ENDINGS = ("ritis", "plasty", "osis")
RARE = [f"{a}{b}{c}" for a, b, c in product("bdfglmnprst", "aeiou", ENDINGS)]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def make(folder: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Kind, file, and what to say of it to the importer."""
    rng = random.Random(7)
    effective = {"effective_from": date(2026, 10, 1)}
    for kind, name, lines in (
        ("pfs", "PPRRVU26_TEST.txt", fee_schedule()),
        ("hcpcs", "HCPC2026_TEST.txt", hcpcs(rng)),
        ("icd10cm", "icd10cm_order_2027.txt", order(rng, diagnoses())),
        ("icd10pcs", "icd10pcs_order_2027.txt", order(rng, procedures())),
    ):
        path = folder / name
        path.write_text("\n".join(lines) + "\n")
        yield kind, path, {"name": f"BENCH {kind}", **effective}


def fee_schedule() -> Iterator[str]:
    """The fixed-width relative value file, its text column empty."""
    yield "HDR A FILE MADE FOR MEASURING"
    for number in islice(range(100, 99_999, 9), CPT):
        values = dict.fromkeys(NUMBERS, "1.00") | {"code": f"{number:05d}", "status": "A"}
        yield placed(values, PLACES)


def placed(values: dict[str, str], places: dict[str, tuple[int, int]]) -> str:
    """One record, each value at the end of its places."""
    record = [" "] * 200
    for name, value in values.items():
        first, last = places[name]
        record[first - 1 : last] = value.rjust(last - first + 1)[-(last - first + 1) :]
    return "".join(record)


def hcpcs(rng: random.Random) -> Iterator[str]:
    for letter, digits in islice(product("ABCEGJKLMQV", range(0, 10_000, 12)), HCPCS):
        text = sentence(rng)
        record = f"{letter}{digits:04d}".ljust(5) + "00100" + "3"
        record += text[:80].ljust(80) + text[:28].ljust(28)
        record = record.ljust(229) + "D"
        yield record.ljust(268) + "2000010120000101" + " " * 8 + "N" + " " * 27


def order(rng: random.Random, codes: Iterator[str]) -> Iterator[str]:
    for number, code in enumerate(codes, 1):
        text = sentence(rng)
        yield f"{number:05d} {code:<7} 1 {text[:60]:<60} {text}"


def diagnoses() -> Iterator[str]:
    codes = (
        f"{letter}{tens:02d}{rest}{more}"
        for letter, tens, rest, more in product(
            "ABCDEFGHIJKLMNOPQRSTVWXYZ", range(0, 100, 3), "0123456789", "0123456789"
        )
    )
    return islice(codes, CM)


def procedures() -> Iterator[str]:
    codes = ("".join(each) for each in product("0", ALPHABET, ALPHABET, "0123", "0347", "ZD", "ZX"))
    return islice(codes, PCS)


def sentence(rng: random.Random) -> str:
    return " ".join([*rng.choices(WORDS, k=6), rng.choice(RARE), *rng.choices(WORDS, k=2)])
