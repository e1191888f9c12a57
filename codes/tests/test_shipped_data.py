"""What ships: complete, of one piece, and without a word that is not ours to ship."""

import csv
import gzip
import re
from collections import Counter
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from codes.codes import CODE_PATTERN, CodeSystem, key_of, system_of
from codes.content_files import ATTRIBUTES, DATA
from codes.loading import load_all
from codes.management.commands.check_codes import PFS
from codes.models import Abbreviation, Code, Guidance, Modifier, Section, Summary
from codes.section_file import load_sections
from codes.topics import Topic

pytestmark = pytest.mark.django_db

WHOLE = settings.BASE_DIR.parent / "shared" / "data" / "cms" / PFS.name
ON = date(2026, 8, 15)
THEIR_TEXT = re.compile(r"(\w+[ _])?desc(ription|riptor)?s?", re.IGNORECASE)


def rows_of(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="latin-1", newline="") as lines:
        return list(csv.reader(lines))


def text_columns(path):
    """What stands below each heading that speaks of a description."""
    rows = rows_of(path)
    heads = [
        (line, column)
        for line, row in enumerate(rows[:12])
        for column, cell in enumerate(row)
        if THEIR_TEXT.fullmatch(cell.strip())
    ]
    return [
        {row[column] for row in rows[line + 1 :] if len(row) > column} for line, column in heads
    ]


def test_check_codes_finds_no_problem(capsys):
    call_command("check_codes")

    assert capsys.readouterr().out == "No problem found.\n"


def test_no_shipped_file_of_cms_holds_a_description():
    found = {path.name: text_columns(path) for path in sorted((DATA / "cms").glob("*.csv*"))}

    assert {name: texts for name, texts in found.items() if texts} == {
        "PPRRVU2025_Oct.csv.gz": [{""}],
        "PPRRVU2026_Jul_nonQPP.csv.gz": [{""}],
    }


@pytest.mark.parametrize(
    "path",
    [
        PFS,
        pytest.param(WHOLE, marks=pytest.mark.skipif(not WHOLE.exists(), reason="needs ../shared")),
    ],
    ids=["shipped", "whole"],
)
def test_every_code_of_the_schedule_falls_in_one_leaf(path):
    load_sections()
    codes = {row[0] for row in rows_of(path) if row and CODE_PATTERN.fullmatch(row[0])}

    held = Counter(
        (leaf.system, key)
        for leaf in Section.objects.leaves()
        for key in range(leaf.span.lower, leaf.span.upper)
    )

    assert [code for code in codes if held[system_of(code), key_of(code)] != 1] == []


@pytest.mark.usefixtures("shipped")
def test_no_two_codes_in_force_share_all_attributes():
    in_force = Summary.objects.filter(code__in=Code.objects.in_force(on=ON))
    attributes = Counter(in_force.exclude(act="unlisted").values_list(*ATTRIBUTES))

    assert [values for values, number in attributes.items() if number > 1] == []


@pytest.mark.usefixtures("shipped")
def test_every_page_has_all_topics():
    topics = Counter(Guidance.objects.values_list("code__code", flat=True))

    assert set(topics.values()) == {len(Topic)}


@pytest.mark.usefixtures("shipped")
def test_no_shipped_cpt_code_has_text_of_cms():
    rows = Code.objects.filter(system=CodeSystem.CPT)

    assert set(rows.values_list("short_text", "long_text")) == {("", "")}


@pytest.mark.usefixtures("shipped")
def test_every_abbreviation_leads_to_codes_that_are_known():
    wanted = {code for row in Abbreviation.objects.all() for code in row.codes}

    known = set(Code.objects.filter(code__in=wanted).values_list("code", flat=True))

    assert wanted - known == set()


@pytest.mark.usefixtures("shipped")
def test_load_all_again_changes_nothing_and_keeps_what_was_edited():
    Summary.objects.filter(code__code="74740").update(title="Ours", edited_at=timezone.now())
    Guidance.objects.filter(code__code="74740", topic=Topic.BILLING).update(
        body="Ours", edited_at=timezone.now()
    )
    Modifier.objects.filter(code="26").update(meaning="Ours", edited_at=timezone.now())

    tallies = load_all(now=timezone.now())

    assert {(tally.new, tally.changed) for tally in tallies.values()} == {(0, 0)}
    assert {name: tally.kept for name, tally in tallies.items() if tally.kept} == {
        "modifiers": 1,
        "summaries": 1,
        "guidance": 2,
    }
    row = Code.objects.get(code="74740")
    assert (row.title, row.guidance.get(topic=Topic.BILLING).body) == ("Ours", "Ours")
