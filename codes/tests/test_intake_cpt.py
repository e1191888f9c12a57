from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from codes.intake import cpt
from codes.intake.files import BadFile
from codes.models import Code, Descriptor, Licence, LookupRow
from codes.models.licence import DescriptorKind
from codes.tests.intake_samples import (
    TEXT,
    clinician_texts,
    consumer_texts,
    lines,
    long_texts,
    put,
    short_texts,
    tables_that_hold,
    zipped,
)

pytestmark = pytest.mark.django_db
ROW, OTHER = ("74400", TEXT), ("0042T", "Made up too")
SHORT, LONG = DescriptorKind.SHORT, DescriptorKind.LONG


def make_licence(edition=2026, **fields):
    fields.setdefault("expires_on", timezone.localdate())
    return Licence.objects.create(edition=edition, licensee="Coders", number="1", **fields)


def said(*files, edition=2026, **options):
    """What the command prints, line by line."""
    out = StringIO()
    call_command("import_cpt", *map(str, files), edition=edition, stdout=out, **options)
    return out.getvalue().splitlines()


def refusal(*files, **options):
    with pytest.raises(CommandError) as caught:
        said(*files, **options)
    return str(caught.value)


def texts(**fields):
    found = Descriptor.objects.filter(**fields).order_by("kind", "code__code", "position")
    return list(found.values_list("kind", "code__code", "position", "text"))


def read(content, kind):
    return [(text.code, text.position, text.text) for text in cpt.read(numbered(content), kind)]


def numbered(content):
    text = content if isinstance(content, str) else content.decode("cp1252")
    return iter(enumerate(text.splitlines(), 1))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SHORTU.txt", "short"),
        ("medu.TXT", "medium"),
        ("LONGULT.txt", "long"),
        ("LONGU.txt", "long"),
        ("ConsumerDescriptor.txt", "consumer"),
        ("ClinicianDescriptor.txt", "clinician"),
        ("MODUL.txt", None),
    ],
)
def test_kind_of_a_file_is_told_by_its_name(name, kind):
    assert cpt.kind_of(name) == kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (short_texts(ROW, OTHER), "short"),
        (short_texts(ROW, OTHER), "medium"),
        (long_texts(ROW, OTHER), "long"),
        (lines(*(f"{code}   {text}" for code, text in (ROW, OTHER))), "long"),
        (consumer_texts(ROW, OTHER), "consumer"),
        (clinician_texts(ROW, OTHER), "clinician"),
        (clinician_texts(ROW, OTHER) + "\r\n", "clinician"),
        (short_texts(ROW, OTHER) + b"\r\n", "short"),
    ],
)
def test_read_takes_each_layout(content, kind):
    assert read(content, kind) == [("74400", 0, TEXT), ("0042T", 0, "Made up too")]


def test_read_keeps_several_clinician_texts_of_a_code_apart():
    content = clinician_texts(ROW, OTHER, ("74400", "Second"))

    assert read(content, "clinician") == [
        ("74400", 0, TEXT),
        ("0042T", 0, "Made up too"),
        ("74400", 1, "Second"),
    ]


@pytest.mark.parametrize(
    ("content", "kind", "problem"),
    [
        (short_texts(ROW, ROW), "short", "line 5, column 1-5: 74400 stands there twice"),
        (short_texts(("7440", TEXT)), "short", "line 4, column 1-5: '7440' is no CPT code"),
        (short_texts(("G0105", TEXT)), "short", "line 4, column 1-5: 'G0105' is no CPT code"),
        (long_texts(("74400", "")), "long", "line 4: the text of 74400 is missing"),
        (
            long_texts(("D0120", TEXT)),
            "long",
            "line 4, column 1-5: D0120 is a dental code, which the ADA licenses",
        ),
        (
            clinician_texts(("D0120", TEXT)),
            "clinician",
            "line 2, column CPT Code: D0120 is a dental code, which the ADA licenses",
        ),
        (consumer_texts(("74400", "")), "consumer", "line 5: the text of 74400 is missing"),
        (consumer_texts(("74400", "A\tB")), "consumer", "line 5: has 4 columns, not 3"),
        (lines("a", "b"), "consumer", "has no row of headings with CPT Code"),
        (lines("", ""), "short", "is empty"),
    ],
)
def test_read_names_line_and_column(content, kind, problem):
    with pytest.raises(BadFile) as caught:
        read(content, kind)

    assert str(caught.value) == problem


def test_import_cpt_twice_keeps_the_same_rows(tmp_path):
    make_licence()
    path = put(tmp_path, "SHORTU.txt", short_texts(ROW, OTHER))

    first, once = said(path), texts()
    second = said(path)

    assert first == ["CPT 2026, short: 2 texts", "2 codes made known"]
    assert second == ["CPT 2026, short: 2 texts"]
    assert texts() == once == [("short", "0042T", 0, "Made up too"), ("short", "74400", 0, TEXT)]


def test_import_cpt_keeps_text_out_of_every_other_table(tmp_path):
    make_licence()

    said(put(tmp_path, "LONGULT.txt", long_texts(ROW)))

    assert tables_that_hold(TEXT) == ["codes_descriptor"]
    found = Code.objects.values_list("system", "code", "key", "short_text", "long_text")
    assert list(found) == [("CPT", "74400", 74400, "", "")]
    assert LookupRow.objects.count() == 1


def test_code_of_cpt_cannot_hold_text():
    with pytest.raises(IntegrityError, match="code_cpt_text_lives_apart"):
        Code.objects.create(system="CPT", code="74400", short_text=TEXT)


def test_import_cpt_replaces_the_kinds_given_of_its_edition_only(tmp_path):
    make_licence(2025)
    make_licence(2026)
    for edition in (2025, 2026):
        said(put(tmp_path, "SHORTU.txt", short_texts(ROW)), edition=edition)
        said(put(tmp_path, "LONGULT.txt", long_texts(ROW)), edition=edition)

    said(put(tmp_path, "SHORTU.txt", short_texts(OTHER)))

    assert texts(licence__edition=2025) == [("long", "74400", 0, TEXT), ("short", "74400", 0, TEXT)]
    assert texts(licence__edition=2026) == [
        ("long", "74400", 0, TEXT),
        ("short", "0042T", 0, "Made up too"),
    ]


def test_import_cpt_leaves_a_known_code_as_it_is(tmp_path):
    make_licence()
    Code.objects.create(
        system="CPT", code="74400", key=74400, valid_to=date(2025, 12, 31), end_basis="inferred"
    )

    printed = said(put(tmp_path, "SHORTU.txt", short_texts(ROW)))

    assert printed == ["CPT 2026, short: 1 texts"]
    assert Code.objects.get().valid_to == date(2025, 12, 31)


@pytest.mark.parametrize("name", ["texts.zip", "TEXTS.ZIP"])
def test_import_cpt_takes_all_that_a_zip_holds(tmp_path, name):
    make_licence()
    members = {
        "CPT/SHORTU.txt": short_texts(ROW),
        "CPT/LONGULT.txt": long_texts(ROW),
        "CPT/ConsumerDescriptor.txt": consumer_texts(ROW),
        "CPT/MODUL.txt": "Made up",
    }

    printed = said(zipped(tmp_path / name, members))

    assert printed[:-1] == [
        "CPT 2026, short: 1 texts",
        "CPT 2026, long: 1 texts",
        "CPT 2026, consumer-friendly: 1 texts",
    ]
    assert [row[0] for row in texts()] == ["consumer", "long", "short"]


def test_import_cpt_takes_gzip_and_several_files(tmp_path):
    make_licence()
    paths = [
        put(tmp_path, "MEDU.txt.gz", short_texts(ROW)),
        put(tmp_path, "ClinicianDescriptor.txt", clinician_texts(ROW, ROW)),
    ]

    said(*paths)

    assert texts() == [
        ("clinician", "74400", 0, TEXT),
        ("clinician", "74400", 1, TEXT),
        ("medium", "74400", 0, TEXT),
    ]


def test_import_cpt_dry_run_keeps_nothing(tmp_path):
    make_licence()

    printed = said(put(tmp_path, "SHORTU.txt", short_texts(ROW)), dry_run=True)

    assert printed[-1] == "A dry run: nothing was kept."
    assert (texts(), Code.objects.count(), LookupRow.objects.count()) == ([], 0, 0)


def test_import_cpt_changes_nothing_when_a_later_file_is_broken(tmp_path):
    make_licence()
    good = put(tmp_path, "SHORTU.txt", short_texts(ROW))
    said(good)
    put(tmp_path, "SHORTU.txt", short_texts(OTHER))
    broken = put(tmp_path, "LONGULT.txt", long_texts(OTHER, ("D0120", TEXT)))

    problem = refusal(good, broken)

    assert problem == (
        f"{broken} (long), line 5, column 1-5: D0120 is a dental code, which the ADA licenses. "
        "Nothing was changed."
    )
    assert texts() == [("short", "74400", 0, TEXT)]
    assert Code.objects.count() == 1


def test_import_cpt_says_nothing_of_the_text_in_an_error(tmp_path):
    make_licence()

    assert TEXT not in refusal(put(tmp_path, "SHORTU.txt", short_texts(("7440", TEXT))))


def test_import_cpt_needs_a_recorded_licence(tmp_path):
    make_licence(2025)

    assert refusal(put(tmp_path, "SHORTU.txt", short_texts(ROW))) == (
        "no licence of CPT 2026 is recorded: record it in the admin first. Nothing was changed."
    )
    assert not Code.objects.exists()


def test_import_cpt_needs_a_licence_that_still_runs(tmp_path):
    yesterday = timezone.localdate() - timedelta(days=1)
    make_licence(expires_on=yesterday)

    assert refusal(put(tmp_path, "SHORTU.txt", short_texts(ROW))) == (
        f"the licence of CPT 2026 ended on {yesterday}: record its renewal in the admin first. "
        "Nothing was changed."
    )


@pytest.mark.parametrize("name", ["MODUL.txt", "PPRRVU2025_Oct.csv", "other.zip"])
def test_import_cpt_takes_the_files_of_the_ama_only(tmp_path, name):
    make_licence()
    path = put(tmp_path, name, "text")

    assert refusal(path) == (
        f"{path}, is none of the AMA's files of text, going by its name. Nothing was changed."
    )


def test_import_cpt_refuses_two_files_of_a_kind(tmp_path):
    make_licence()
    first = put(tmp_path, "SHORT.txt", short_texts(ROW))
    second = put(tmp_path, "SHORTU.txt", short_texts(ROW))

    assert refusal(first, second) == (
        f"{second} (short), holds texts of a kind that a file before it holds. Nothing was changed."
    )


def test_import_cpt_names_a_file_that_is_not_there(tmp_path):
    make_licence()

    assert "No such file or directory" in refusal(tmp_path / "SHORTU.txt")


@pytest.mark.parametrize(
    ("export", "days", "shown", "exported"),
    [(False, 0, 1, 0), (True, 0, 1, 1), (True, 1, 0, 0), (False, 1, 0, 0)],
)
def test_descriptors_hide_on_the_day_after_the_last(tmp_path, export, days, shown, exported):
    licence = make_licence(allows_export=export)
    said(put(tmp_path, "SHORTU.txt", short_texts(ROW)))
    day = licence.expires_on + timedelta(days=days)

    assert Descriptor.objects.showable(on=day).count() == shown
    assert Descriptor.objects.exportable(on=day).count() == exported
