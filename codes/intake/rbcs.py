"""RBCS: CMS's own labels of codes, free to show (data.cms.gov)."""

import re
from collections.abc import Iterator
from datetime import date

from codes.intake.batch import Batch, Told, Values
from codes.intake.cells import Cells, is_dental
from codes.intake.files import Line, rows_of
from codes.intake.table import table

MEMBER = r"RBCS.*\.csv$"
YEAR = re.compile(r"(20\d\d)")


def read(lines: Iterator[Line], file_name: str) -> Batch:
    told = Told()
    if found := YEAR.search(file_name):
        told.name, told.effective_from = f"RBCS {found[1]}", date(int(found[1]), 1, 1)
    batch = Batch(("code", "category", "subcategory", "family", "ended_on"), iter(()), told)
    names = {
        "code": ["hcpcs_cd", "hcpcs_code"],
        "category": ["rbcs_cat_desc", "rbcs_category"],
        "subcategory": ["rbcs_subcat_desc", "rbcs_subcategory"],
        "family": ["rbcs_family_desc", "rbcs_family"],
        "ended_on": ["hcpcs_cd_end_dt", "hcpcs_date_ended"],
    }
    batch.rows = _labels(table(rows_of(lines), names, optional=("ended_on",)), batch)
    return batch


def _labels(rows: Iterator[Cells], batch: Batch) -> Iterator[Values]:
    """One row a code: where it was reassigned, the file lists it again, and the last one counts."""
    kept: dict[str, Values] = {}
    for row in rows:
        code = row.code("code")
        if is_dental(code):
            batch.left_out["dental codes, which the ADA licenses"] += 1
            continue
        if code in kept:
            batch.left_out["earlier labels of a code"] += 1
        family = "" if row["family"] == "No RBCS Family" else row["family"]
        kept[code] = (code, row["category"], row["subcategory"], family, row.day("ended_on"))
    yield from kept.values()
