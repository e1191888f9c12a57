import csv
import gzip
import io
import json
from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from codes.content_files import DATA
from codes.entries import BadEntry, Tally
from codes.intake.run import Said, load
from codes.loading import load_all, load_figures
from codes.lookup import look_up
from codes.management.commands import load_codes
from codes.models import (
    Abbreviation,
    Code,
    Edit,
    Guidance,
    LookupRow,
    LookupTerm,
    Modifier,
    PlaceOfService,
    RelativeValue,
    Release,
    Summary,
)
from codes.tests.content_samples import BODY, ENTRY, put_families, put_guidance
from codes.tests.factories import make_release

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 8, 15, 12, tzinfo=UTC)
CODES = ("58340", "74740", "74742", "76831")
PFS = "PPRRVU2026_Jul_nonQPP.csv.gz"
PTP = "ncci_ptp_practitioner_2024q3.csv"
EDITS = "column1,column2,deletion_date,modifier_indicator,rationale\n74742,74740,,1,Standards\n"
FRESH = {
    "CMS releases": Tally(new=2),
    "retired codes": Tally(new=1),
    "modifiers": Tally(new=1),
    "places of service": Tally(new=1),
    "abbreviations": Tally(new=1),
    "summaries": Tally(new=2),
    "guidance": Tally(new=6, changed=1),
}
FILES = {
    "cms/releases.json": [{"kind": "pfs", "file": PFS}, {"kind": "ptp", "file": PTP}],
    "cms/scope.json": [["58340", "58340"], ["74740", "76831"]],
    "retired.json": [{"code": "74710", "valid_to": "2023-12-31", "nearest": ["74712"]}],
    "modifiers.json": [{"code": "26", "kind": "cpt", "meaning": "the reading", "use": ""}],
    "places_of_service.json": [{"code": "11", "name": "Office", "is_facility": False}],
    "abbreviations.json": [{"short": "HSG", "meaning": "films of the tubes", "codes": ["74740"]}],
}


@pytest.fixture
def folder(tmp_path):
    """A folder like codes/data, with a few codes and one page."""
    for name in ("cms", "families", "guidance"):
        (tmp_path / name).mkdir()
    for name, content in FILES.items():
        (tmp_path / name).write_text(json.dumps(content))
    put_schedule(tmp_path / "cms" / PFS)
    (tmp_path / "cms" / PTP).write_text(EDITS)
    put_families(tmp_path / "families", ENTRY, {**ENTRY, "code": "58340", "title": "Catheter"})
    put_guidance(tmp_path / "guidance")
    return tmp_path


def put_schedule(path, codes=CODES):
    """The head of the fee schedule that ships, and its rows of these codes."""
    with gzip.open(DATA / "cms" / PFS, "rt", encoding="latin-1") as lines:
        rows = list(csv.reader(lines))
    text = io.StringIO()
    csv.writer(text).writerows([*rows[:10], *(row for row in rows if row[0] in codes)])
    path.write_bytes(gzip.compress(text.getvalue().encode()))


def edited(model, **fields):
    model.objects.filter(**fields).update(edited_at=timezone.now())


def everything():
    models = (Release, Code, Modifier, PlaceOfService, Abbreviation, Summary, Guidance, LookupRow)
    return {model.__name__: model.objects.count() for model in models}


def test_load_all_twice_changes_nothing(folder):
    first = load_all(now=NOW, folder=folder)

    second = load_all(now=NOW, folder=folder)

    assert first == FRESH
    assert second == {name: Tally(same=tally.new + tally.changed) for name, tally in FRESH.items()}


def test_load_all_makes_the_codes_findable(folder):
    load_all(now=NOW, folder=folder)

    hits = look_up("HSG", on=date(2026, 8, 15)).hits

    assert [(hit.code.code, hit.why) for hit in hits] == [
        ("74740", "abbreviation"),
        ("58340", "abbreviation"),
    ]
    assert set(LookupRow.objects.values_list("code__code", flat=True)) == {*CODES, "74710"}


def test_load_all_notes_what_a_shortened_file_covers(folder):
    load_all(now=NOW, folder=folder)

    scope = [[58340, 58340], [74740, 76831]]
    assert list(Release.objects.values_list("name", "scope")) == [
        ("RVU26C", scope),
        ("PTP 2024Q3", scope),
    ]


def test_load_all_leaves_the_index_alone_when_nothing_changed(folder):
    load_all(now=NOW, folder=folder)
    LookupTerm.objects.all().delete()

    load_all(now=NOW, folder=folder)

    assert not LookupTerm.objects.exists()


def test_load_all_writes_the_index_anew_when_words_changed(folder):
    load_all(now=NOW, folder=folder)
    put_guidance(folder / "guidance", plain=f"{BODY} Flumph.")

    load_all(now=NOW, folder=folder)

    assert [hit.why for hit in look_up("flumph", on=date(2026, 8, 15)).hits] == ["common language"]


def test_load_all_writes_the_index_anew_when_it_is_gone(folder):
    load_all(now=NOW, folder=folder)
    LookupRow.objects.all().delete()

    load_all(now=NOW, folder=folder)

    assert LookupRow.objects.count() == Code.objects.count()


def test_load_all_keeps_what_moderators_edited(folder):
    load_all(now=NOW, folder=folder)
    edited(Modifier, code="26")
    edited(PlaceOfService, code="11")
    edited(Abbreviation, short="HSG")
    edited(Summary, code__code="74740")
    edited(Guidance, topic="billing")

    tallies = load_all(now=NOW, folder=folder)

    assert tallies == {
        "CMS releases": Tally(same=2),
        "retired codes": Tally(same=1),
        "modifiers": Tally(kept=1),
        "places of service": Tally(kept=1),
        "abbreviations": Tally(kept=1),
        "summaries": Tally(same=1, kept=1),
        "guidance": Tally(same=5, kept=2),
    }


BROKEN = [
    ("modifiers.json", '[{"code": "2"}, {"meaning": ""}]', "modifiers.json, entry 1 (2): kind"),
    ("places_of_service.json", "[", "places_of_service.json: Expecting value"),
    ("abbreviations.json", '[{"short": "A", "color": 1}]', "abbreviations.json, entry 1 (A): "),
    ("retired.json", '[{"code": "x"}]', "retired.json, entry 1 (x): "),
    ("families/uterus.json", '[{"code": "74740"}]', "uterus.json, entry 1 (74740): "),
    ("guidance/74740.md", "Words.", "74740.md: does not begin"),
    (f"cms/{PTP}", EDITS.replace(",1,", ",7,"), f"cms/{PTP}, line 2, column indicator: '7' is no"),
    (f"cms/{PTP}", "", f"cms/{PTP}, "),
    ("cms/releases.json", "{}", "releases.json: not a list of objects"),
    ("cms/releases.json", '[{"kind": "x", "file": "a"}]', "releases.json, entry 1 (a): 'x' is not"),
    ("cms/releases.json", '[{"kind": "pfs"}]', "releases.json, entry 1 (?): no 'file'"),
    ("cms/scope.json", '[["1", "2"]]', "cms/scope.json: '1' is not a five-character"),
    ("cms/scope.json", "[[", "cms/scope.json: Expecting value"),
]


@pytest.mark.parametrize(("name", "text", "problem"), BROKEN)
def test_load_all_names_what_is_broken_and_changes_nothing(folder, name, text, problem):
    (folder / name).write_text(text)

    with pytest.raises(BadEntry) as caught:
        load_all(now=NOW, folder=folder)

    assert str(caught.value).startswith(problem)
    assert set(everything().values()) == {0}


def test_load_all_over_a_broken_file_leaves_what_was_loaded(folder):
    load_all(now=NOW, folder=folder)
    before = everything()
    put_families(folder / "families", {**ENTRY, "title": "New"}, {**ENTRY, "code": "99999"})

    with pytest.raises(BadEntry, match=r"uterus.json, entry 2 \(99999\)"):
        load_all(now=NOW, folder=folder)

    assert everything() == before
    assert Summary.objects.get(code__code="74740").title == ENTRY["title"]


def test_load_figures_leaves_a_whole_file_that_the_operator_loaded(folder, tmp_path):
    whole = tmp_path / "whole" / PFS
    whole.parent.mkdir()
    put_schedule(whole, codes=(*CODES, "74400"))
    release = load("pfs", whole, Said(), now=NOW, watch=False).release

    tally = load_figures(folder / "cms", now=NOW)

    assert tally == Tally(new=1, kept=1)
    assert Release.objects.get(kind="pfs") == release
    assert RelativeValue.objects.filter(code="74400", release=release).exists()


def test_load_figures_leaves_newer_edits_that_the_operator_loaded(folder):
    newer = make_release("ptp", date(2024, 10, 1), date(2024, 12, 31))

    tally = load_figures(folder / "cms", now=NOW)

    assert tally == Tally(new=1, kept=1)
    assert list(Release.objects.filter(kind="ptp")) == [newer]
    assert not Edit.objects.exists()


def test_load_figures_takes_a_file_that_changed(folder):
    load_figures(folder / "cms", now=NOW)
    (folder / "cms" / PTP).write_text(EDITS.replace(",1,", ",0,"))

    assert load_figures(folder / "cms", now=NOW) == Tally(new=1, same=1)

    assert Edit.objects.get().indicator == 0
    assert Release.objects.filter(kind="ptp").count() == 1


def test_load_figures_notes_a_file_that_ships_whole(folder):
    entries = [{"kind": "pfs", "file": PFS, "whole": True}]
    (folder / "cms" / "releases.json").write_text(json.dumps(entries))

    load_figures(folder / "cms", now=NOW)

    assert Release.objects.get().scope == []


def test_load_codes_tells_the_counts(folder, monkeypatch, capsys):
    monkeypatch.setattr(load_codes, "load_all", partial(load_all, folder=folder))

    call_command("load_codes")

    assert capsys.readouterr().out.splitlines() == [
        "CMS releases: 2 new, 0 changed, 0 same",
        "retired codes: 1 new, 0 changed, 0 same",
        "modifiers: 1 new, 0 changed, 0 same",
        "places of service: 1 new, 0 changed, 0 same",
        "abbreviations: 1 new, 0 changed, 0 same",
        "summaries: 2 new, 0 changed, 0 same",
        "guidance: 6 new, 1 changed, 0 same",
    ]
    assert Summary.objects.count() == 2


def test_load_codes_as_a_dry_run_changes_nothing(folder, monkeypatch, capsys):
    monkeypatch.setattr(load_codes, "load_all", partial(load_all, folder=folder))

    call_command("load_codes", "--dry-run")

    assert "summaries: 2 new, 0 changed, 0 same" in capsys.readouterr().out
    assert set(everything().values()) == {0}


@pytest.mark.parametrize("name", ["modifiers.json", f"cms/{PTP}"])
def test_load_codes_without_a_file_says_that_nothing_was_changed(folder, monkeypatch, name):
    (folder / name).unlink()
    monkeypatch.setattr(load_codes, "load_all", partial(load_all, folder=folder))

    with pytest.raises(CommandError, match=rf"No such file .*{name}'\. Nothing was changed\.$"):
        call_command("load_codes")

    assert set(everything().values()) == {0}
