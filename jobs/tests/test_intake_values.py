from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest

from jobs.intake import pay
from jobs.intake.formats import jsonld
from jobs.intake.raw import RawPay
from jobs.intake.values import line, markup, moment


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2026-12-20", date(2026, 12, 20)),
        ("2026-12-20T10:00:00-05:00", datetime(2026, 12, 20, 15, tzinfo=UTC)),
        (1_795_000_000_000, datetime(2026, 11, 18, 11, 6, 40, tzinfo=UTC)),
        (10**30, None),
        (-(10**18), None),
        ("9999-12-31T23:59:59-12:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("soon", None),
    ],
)
def test_moment_reads_days_and_instants_that_there_are(given, read):
    assert moment(given) == read


def test_line_and_markup_leave_out_what_no_database_keeps():
    assert line("Urology\x01 \ud800Coder\x00") == "Urology Coder"
    assert markup("<p>Codes\ud800 charts.\x08</p>") == "<p>Codes charts.</p>"


@pytest.mark.parametrize("amount", ["1e999999", "sNaN", "Infinity", 10**40])
def test_pay_from_figures_leaves_absurd_figures_unread(amount):
    read = pay.from_figures(amount, amount, "HOUR", "USD")

    assert read == RawPay(stated=read.stated)


@pytest.mark.parametrize("bad", [b"[" * 100_000, b'{"value": ' + b"1" * 5000 + b"}"])
def test_jsonld_goes_on_after_a_line_that_cannot_be_held(bad):
    lines = b"\n".join([b'{"@type": "JobPosting"}', bad, b'{"@type": "JobPosting"}'])

    records = list(jsonld.read(BytesIO(lines), Path("postings.jsonl")))

    assert [bool(record.problem) for record in records] == [False, True, False]
