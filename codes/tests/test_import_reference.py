from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from codes.models import (
    AddOn,
    Code,
    Descriptor,
    Edit,
    EditRationale,
    FamilyLabel,
    Locality,
    LookupRow,
    LookupWord,
    Modifier,
    RelativeValue,
    Release,
    UnitLimit,
)
from codes.tests.intake_samples import (
    SAMPLES,
    TEXT,
    Pfs,
    gpci,
    hcpcs,
    lines,
    mue,
    pfs,
    put,
    record,
    rows_in,
    tables_that_hold,
)

pytestmark = pytest.mark.django_db
FACTS = (AddOn, Edit, EditRationale, FamilyLabel, Locality, RelativeValue, UnitLimit)
WRITTEN = (*FACTS, Code, Descriptor, LookupRow, LookupWord, Modifier, Release)
EACH_KIND = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.kind)


def said(*arguments: object, **options: object) -> list[str]:
    """What the command prints, line by line."""
    out = StringIO()
    call_command("import_reference", *map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


def stored() -> dict[str, list[tuple[object, ...]]]:
    """Every row that an import may write, table by table."""
    return {model.__name__: rows_in(model) for model in WRITTEN if model.objects.exists()}


@EACH_KIND
def test_import_reference_loads_a_file_once(tmp_path, sample):
    path = put(tmp_path, sample.name, sample.good)
    first = said(sample.kind, path)
    after_one = stored()

    second = said(sample.kind, path)

    assert first != second
    assert second[0].endswith(f"this file is loaded already, {Release.objects.get().rows} rows")
    assert stored() == after_one


@EACH_KIND
def test_import_reference_again_writes_the_same_rows(tmp_path, sample):
    path = put(tmp_path, sample.name, sample.good)
    first = said(sample.kind, path)
    after_one = stored()

    second = said(sample.kind, path, again=True)

    assert (second, stored()) == (first, after_one)


@EACH_KIND
def test_import_reference_dry_run_keeps_nothing(tmp_path, sample):
    printed = said(sample.kind, put(tmp_path, sample.name, sample.good), dry_run=True)

    assert printed[-1] == "A dry run: nothing was kept."
    assert stored() == {}


@EACH_KIND
def test_import_reference_names_line_and_column_and_keeps_what_was_loaded(tmp_path, sample):
    said(sample.kind, put(tmp_path, sample.name, sample.good))
    before = stored()
    path = put(tmp_path, sample.name, sample.broken)

    with pytest.raises(CommandError) as caught:
        said(sample.kind, path)

    assert str(caught.value) == f"{path}, {sample.problem}. Nothing was changed."
    assert stored() == before


@EACH_KIND
@pytest.mark.parametrize("suffix", ["gz", "zip"])
def test_import_reference_takes_packed_files(tmp_path, sample, suffix):
    said(sample.kind, put(tmp_path, sample.name, sample.good))
    plain = {name: rows for name, rows in stored().items() if name != "Release"}
    Release.objects.all().delete()
    Code.objects.all().delete()

    said(sample.kind, put(tmp_path, f"{sample.name}.{suffix}", sample.good))

    assert {name: rows for name, rows in stored().items() if name != "Release"} == plain


def test_import_reference_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError) as caught:
        said("gpci", tmp_path / "GPCI2025.csv")

    assert str(caught.value) == f"{tmp_path}/GPCI2025.csv: no such file"


def test_import_reference_reports_what_it_left_out(tmp_path):
    path = put(tmp_path, "PPRRVU2025_Oct.csv", pfs(Pfs(), Pfs("D0120"), Pfs("d0130")))

    printed = said("pfs", path)

    assert printed == [
        "RVU25D: 1 rows, from 2025-10-01",
        "left out 2: dental codes, which the ADA licenses",
        "left out the text of 1 codes (AMA licence)",
    ]
    assert tables_that_hold(TEXT) == []


def test_import_reference_reports_ended_codes(tmp_path):
    said("pfs", put(tmp_path, "PPRRVU2025_Oct.csv", pfs(Pfs(), Pfs("74410"))))
    path = put(tmp_path, "PPRRVU2026_Jan_nonQPP.csv", pfs(Pfs(), year=2026, month="January"))

    printed = said("pfs", path)

    assert printed == [
        f"{Release.objects.get(name='RVU26A')}: 1 rows, from 2026-01-01",
        "left out the text of 1 codes (AMA licence)",
        "1 codes ended (inferred)",
    ]


def test_import_reference_reports_new_modifiers(tmp_path):
    content = hcpcs(record("A4206", "3", "A made up syringe"), record("QX", "7", "A made up case"))

    printed = said("hcpcs", put(tmp_path, "HCPC2025_OCT_ANWEB.txt", content))

    assert printed == [
        f"{Release.objects.get()}: 1 rows, from 2025-10-01",
        "1 modifiers added",
    ]


def test_import_reference_rebuilds_the_lookup(tmp_path):
    said("pfs", put(tmp_path, "PPRRVU2025_Oct.csv", pfs(Pfs(), Pfs("74410"))))

    assert LookupRow.objects.count() == 2


def test_import_reference_asks_for_what_the_file_does_not_say(tmp_path):
    path = put(tmp_path, "limits.csv", mue("74400,1,1 Line Edit,Made up rule"))

    with pytest.raises(CommandError, match=r"give --release and --effective. Nothing was changed"):
        said("mue", path)
    with pytest.raises(CommandError, match=r"give --setting, practitioner or outpatient. Nothing"):
        said("mue", path, release="MUE", effective="2025-10-01")
    printed = said("mue", path, release="MUE", effective="2025-10-01", setting="outpatient")

    release = Release.objects.get()
    assert printed == [f"{release}: 1 rows, from 2025-10-01"]
    assert (release.variant, release.effective_to) == ("outpatient", None)


def test_import_reference_lets_the_operator_name_the_release(tmp_path):
    path = put(tmp_path, "GPCI2025.csv", gpci("10112,AL,00,ALABAMA,1,0.869,0.575"))

    said("gpci", path, release="Mine", effective="2025-01-02", until="2025-12-30")

    found = Release.objects.values_list("name", "effective_from", "effective_to", "file_name")
    assert [tuple(map(str, row)) for row in found] == [
        ("Mine", "2025-01-02", "2025-12-30", "GPCI2025.csv")
    ]


def test_import_reference_replaces_a_release_as_a_whole(tmp_path):
    name = "MCR_MUE_PractitionerServices_Eff_10-01-2025.csv"
    said("mue", put(tmp_path, name, mue("74400,1,1 Line Edit,A", "74410,1,1 Line Edit,A")))

    said("mue", put(tmp_path, name, mue("74410,2,1 Line Edit,A")))

    assert rows_in(UnitLimit) == [("74410", 2, 1, "A")]
    assert Release.objects.count() == 1


def test_import_reference_refuses_a_second_file_of_a_whole_table(tmp_path):
    paths = [put(tmp_path, f"GPCI{year}.csv", gpci(f"10112,AL,0{year},A,1,1,1")) for year in (1, 2)]

    with pytest.raises(CommandError, match="is a whole: give it without a second file"):
        said("gpci", *paths)


def test_import_reference_says_where_the_table_refuses_a_row(tmp_path):
    path = put(tmp_path, "PPRRVU2025_Oct.csv", pfs(Pfs(), Pfs()))

    with pytest.raises(CommandError) as caught:
        said("pfs", path)

    assert "relative_value_once" in str(caught.value)
    assert "Row 2. Nothing was changed." in str(caught.value)
    assert stored() == {}


def test_import_reference_refuses_a_file_without_a_row(tmp_path):
    path = put(tmp_path, "rbcs_2024.csv", lines("hcpcs_code,rbcs_category,rbcs_subcategory"))

    with pytest.raises(CommandError, match=r"has no row of headings with family. Nothing"):
        said("rbcs", path)
