"""How PostgreSQL answers each query of a page, and whether it reads postings from end to end."""

import re
from collections.abc import Sequence

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jobs.search.run import FENCED

POSTINGS_SCANNED = re.compile(r"Seq Scan on jobs_(?:job|jobsearch)\b")
FENCE, UNFENCE = FENCED.split("{}")


def scans(paths: Sequence[str]) -> list[str]:
    """The queries of these pages whose plan has a sequential scan of postings."""
    found = []
    for path in paths:
        # Nothing is kept inside a transaction, so that every query is really asked.
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            response = Client().get(path, headers={"Host": "localhost"})
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
        selects = [query["sql"] for query in asked.captured_queries]
        found += [f"{path}: {sql}" for sql in selects if _scans(sql)]
    return found


def _scans(sql: str) -> bool:
    fenced = sql.startswith(FENCE)
    bare = sql.removeprefix(FENCE).removesuffix(UNFENCE).strip() if fenced else sql
    if not bare.startswith(("SELECT", "WITH", "(SELECT")):
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        if fenced:
            cursor.execute(FENCE)
        cursor.execute("EXPLAIN " + bare)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    return bool(POSTINGS_SCANNED.search(plan))
