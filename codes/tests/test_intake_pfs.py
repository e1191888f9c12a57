from datetime import date

import pytest

from codes.intake.files import BadFile
from codes.models import Code, RelativeValue, Release
from codes.tests.intake_samples import (
    TEXT,
    Pfs,
    lines,
    pfs,
    pfs_fixed,
    put,
    read_in,
    rows_in,
    tables_that_hold,
)

pytestmark = pytest.mark.django_db
RVU25D = {"name": "RVU25D", "effective_from": date(2025, 10, 1)}
SCOPE = [[70000, 79999]]


def load_pfs(folder, year, *codes, month="October", variant="", **said):
    """A schedule of these codes, under a name that CMS gives such a file."""
    content = pfs(*map(Pfs, codes), year=year, month=month)
    return read_in("pfs", put(folder, f"PPRRVU{year}_{month[:3]}{variant}.csv", content), **said)


def refusal(path, **said):
    with pytest.raises(BadFile) as caught:
        read_in("pfs", path, **said)
    return str(caught.value)


def ends():
    """The codes that ended, each with its last day and how we know."""
    rows = Code.objects.exclude(valid_to=None).values_list("code", "valid_to", "end_basis")
    return [(code, str(last), basis) for code, last, basis in rows]


@pytest.mark.parametrize(("year", "factor"), [(2025, "32.3465"), (2026, "33.4009")])
def test_pfs_reads_each_column_by_its_heading(tmp_path, year, factor):
    content = pfs(Pfs("74400", "TC", factor=factor), year=year)

    read_in("pfs", put(tmp_path, "PPRRVU.csv", content))

    row = RelativeValue.objects.values().get()
    assert {
        name: str(value) for name, value in row.items() if name not in ("id", "release_id")
    } == {
        "code": "74400",
        "modifier": "TC",
        "status": "A",
        "work": "0.49",
        "pe_nonfacility": "3.44",
        "pe_facility": "3.44",
        "mp": "0.04",
        "total_nonfacility": "3.97",
        "total_facility": "3.97",
        "na_nonfacility": "False",
        "na_facility": "True",
        "pctc": "1",
        "global_days": "XXX",
        "pre_op": "0.10",
        "intra_op": "0.80",
        "post_op": "0.10",
        "multiple": "4",
        "bilateral": "0",
        "assistant": "1",
        "co_surgeons": "2",
        "team": "9",
        "endo_base": "45378",
        "conversion_factor": factor,
        "supervision": "09",
        "imaging_family": "88",
        "opps_nonfacility": "5.64",
        "opps_facility": "5.65",
        "opps_mp": "0.05",
    }


def test_pfs_reads_the_fixed_width_twin_alike(tmp_path):
    rows = Pfs(), Pfs(modifier="26"), Pfs("G0105", work="12.34")
    read_in("pfs", put(tmp_path, "PPRRVU2025_Oct.csv", pfs(*rows)))
    delimited = rows_in(RelativeValue)
    Release.objects.all().delete()

    path = put(tmp_path, "PPRRVU2025_Oct.txt", pfs_fixed(*rows, Pfs("D0120")))
    outcome = read_in("pfs", path, **RVU25D)

    assert rows_in(RelativeValue) == delimited
    assert outcome.left_out == {"dental codes, which the ADA licenses": 1}


def test_pfs_fixed_width_names_line_and_column(tmp_path):
    path = put(tmp_path, "PPRRVU2025_Oct.txt", pfs_fixed(Pfs(), Pfs(work="ten")))

    assert refusal(path, **RVU25D) == "line 4, column work: 'ten' is no number"


def test_pfs_fixed_width_does_not_say_its_release(tmp_path):
    path = put(tmp_path, "PPRRVU2025_Oct.txt", pfs_fixed(Pfs()))

    assert refusal(path) == ("does not say which release it is: give --release and --effective")


@pytest.mark.parametrize(
    ("month", "year", "name", "begins", "ends_on"),
    [
        ("January", 2026, "RVU26A", date(2026, 1, 1), date(2026, 3, 31)),
        ("April", 2026, "RVU26B", date(2026, 4, 1), date(2026, 6, 30)),
        ("July", 2026, "RVU26C", date(2026, 7, 1), date(2026, 9, 30)),
        ("October", 2025, "RVU25D", date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_pfs_release_is_named_by_the_title(tmp_path, month, year, name, begins, ends_on):
    release = load_pfs(tmp_path, year, "74400", month=month).release

    told = (release.name, release.effective_from, release.effective_to, release.released_on)
    assert told == (name, begins, ends_on, date(year, 9, 11))


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("PPRRVU2025_Oct.csv", ""),
        ("PPRRVU2026_Jul_nonQPP.csv", "nonqpp"),
        ("PPRRVU2026_Jul_QPP.csv", "qpp"),
    ],
)
def test_pfs_variant_is_told_by_the_file_name(tmp_path, name, variant):
    assert read_in("pfs", put(tmp_path, name, pfs(Pfs()))).release.variant == variant


def test_pfs_keeps_both_schedules_of_a_quarter(tmp_path):
    load_pfs(tmp_path, 2026, "74400", "74410", variant="_nonQPP")
    load_pfs(tmp_path, 2026, "74400", variant="_QPP")

    found = Release.objects.order_by("variant").values_list("name", "variant", "rows")
    assert list(found) == [("RVU26D", "nonqpp", 2), ("RVU26D", "qpp", 1)]


def test_pfs_text_of_the_ama_is_kept_nowhere(tmp_path):
    outcome = load_pfs(tmp_path, 2025, "74400", "G0105")

    assert outcome.texts == {"74400": TEXT, "G0105": TEXT}
    assert tables_that_hold(TEXT) == []


def test_pfs_makes_codes_known_without_text_and_refuses_dental_ones(tmp_path):
    outcome = load_pfs(tmp_path, 2025, "74400", "0042T", "G0105", "D0120")

    found = Code.objects.values_list("system", "code", "short_text", "long_text")
    assert sorted(found) == [
        ("CPT", "0042T", "", ""),
        ("CPT", "74400", "", ""),
        ("HCPCS", "G0105", "", ""),
    ]
    assert outcome.left_out == {"dental codes, which the ADA licenses": 1}


def test_pfs_passes_the_placeholders_of_cms(tmp_path):
    outcome = load_pfs(tmp_path, 2026, "74400", "GXXX1")

    assert outcome.rows == Code.objects.count() == 1
    assert outcome.left_out == {"placeholders of CMS, which are no codes": 1}


def test_pfs_needs_each_heading(tmp_path):
    content = pfs(Pfs()).replace(",CONV,", ",CONF,")

    assert refusal(put(tmp_path, "a.csv", content)) == (
        "line 10: no column is headed 'CONV FACTOR'"
    )


@pytest.mark.parametrize("content", [lines("a,b"), lines(*["notice"] * 50)])
def test_pfs_needs_its_heading_row(tmp_path, content):
    assert refusal(put(tmp_path, "a.csv", content)) == (
        "has no row of headings that begins with HCPCS"
    )


def test_pfs_without_texts_or_a_known_quarter_needs_a_name(tmp_path):
    content = pfs(Pfs(), month="Made").replace("DESCRIPTION", "NOTHING")
    path = put(tmp_path, "PPRRVU2025.csv", content)

    assert refusal(path).startswith("does not say which release it is")
    assert not read_in("pfs", path, **RVU25D).texts


def test_pfs_names_the_line_of_a_wrong_release_day(tmp_path):
    content = pfs(Pfs()).replace("RELEASED 09/11/2025", "RELEASED 13/11/2025")

    assert refusal(put(tmp_path, "a.csv", content)) == (
        "line 5, column RELEASED: '13/11/2025' is no day"
    )


def test_pfs_without_a_row_is_refused(tmp_path):
    assert refusal(put(tmp_path, "a.csv", pfs())) == "holds no row"


def test_pfs_ends_codes_that_a_later_year_leaves_out(tmp_path):
    load_pfs(tmp_path, 2025, "74400", "74410", "G0105")

    outcome = load_pfs(tmp_path, 2026, "74400", variant="_nonQPP")

    assert ends() == [("74410", "2025-12-31", "inferred")]
    assert outcome.ended == 1


def test_pfs_ends_codes_whichever_year_is_loaded_first(tmp_path):
    load_pfs(tmp_path, 2026, "74400", month="July")

    load_pfs(tmp_path, 2025, "74400", "74410")

    assert ends() == [("74410", "2025-12-31", "inferred")]


def test_pfs_ends_only_codes_within_the_scope_of_a_shortened_file(tmp_path):
    load_pfs(tmp_path, 2025, "74410", "99213")

    load_pfs(tmp_path, 2026, "74400", scope=SCOPE)

    assert ends() == [("74410", "2025-12-31", "inferred")]


def test_pfs_ends_no_code_within_a_year(tmp_path):
    load_pfs(tmp_path, 2025, "74400", "74410", month="January")
    load_pfs(tmp_path, 2025, "74400", month="October")

    assert ends() == []


def test_pfs_of_qualifying_participants_ends_no_code(tmp_path):
    load_pfs(tmp_path, 2025, "74400", "74410")

    load_pfs(tmp_path, 2026, "74400", variant="_QPP")

    assert ends() == []


def test_pfs_revives_a_code_that_a_later_schedule_names(tmp_path):
    load_pfs(tmp_path, 2024, "74400", "74410")
    load_pfs(tmp_path, 2025, "74400")
    assert ends() == [("74410", "2024-12-31", "inferred")]

    load_pfs(tmp_path, 2026, "74400", "74410")

    assert ends() == []


def test_pfs_does_not_end_a_code_that_a_later_schedule_names(tmp_path):
    load_pfs(tmp_path, 2024, "74400", "74410")
    load_pfs(tmp_path, 2026, "74400", "74410")

    load_pfs(tmp_path, 2025, "74400")

    assert ends() == []


def test_pfs_leaves_stated_ends_alone(tmp_path):
    Code.objects.create(system="CPT", code="74400", valid_to=date(2020, 12, 31), end_basis="stated")

    load_pfs(tmp_path, 2025, "74400")

    assert ends() == [("74400", "2020-12-31", "stated")]
