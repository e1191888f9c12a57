import json
from pathlib import Path

import pytest
from django.utils import timezone

from codes.entries import BadEntry, Table, Tally, read, write
from codes.models import Section, Specialty

pytestmark = pytest.mark.django_db

TABLE = Table(Specialty, ("slug",), links={"sections": "slug"})
UROLOGY = {"slug": "urology", "name": "Urology", "short": "Urology", "sections": []}


def put(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "specialties.json"
    path.write_text(text)
    return path


def test_write_counts_new_changed_and_same(tmp_path):
    path = put(tmp_path, "[]")
    write(TABLE, [UROLOGY, {**UROLOGY, "slug": "ent", "name": "ENT"}], path)

    tally = write(
        TABLE,
        [
            UROLOGY,
            {**UROLOGY, "slug": "ent", "name": "Ear, nose and throat"},
            {**UROLOGY, "slug": "eye"},
        ],
        path,
    )

    assert tally == Tally(new=1, changed=1, same=1)
    assert str(tally) == "1 new, 1 changed, 1 same"


def test_write_leaves_rows_that_were_edited_here(tmp_path):
    Specialty.objects.create(slug="urology", name="Ours", short="Ours", edited_at=timezone.now())

    tally = write(TABLE, [UROLOGY], put(tmp_path, "[]"))

    assert str(tally) == "0 new, 0 changed, 0 same, 1 kept as edited here"
    assert Specialty.objects.get().name == "Ours"


def test_write_leaves_rows_without_an_entry(tmp_path):
    Specialty.objects.create(slug="added", name="Added", short="Added")

    write(TABLE, [UROLOGY], put(tmp_path, "[]"))

    assert set(Specialty.objects.values_list("slug", flat=True)) == {"added", "urology"}


def test_write_links_rows_and_notices_a_changed_list(tmp_path):
    section = Section(slug="bladder", system="CPT", title="Bladder")
    section.set_ends("51020", "52700")
    section.save()
    path = put(tmp_path, "[]")
    write(TABLE, [UROLOGY], path)

    tally = write(TABLE, [{**UROLOGY, "sections": ["bladder"]}], path)

    assert tally == Tally(changed=1)
    assert list(Specialty.objects.get().sections.all()) == [section]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({**UROLOGY, "sections": ["liver"]}, "sections: unknown liver"),
        ({**UROLOGY, "name": ""}, "name: This field cannot be blank."),
        ({**UROLOGY, "color": "red"}, "Specialty has no field named 'color'"),
        ({"name": "Urology"}, "no 'slug'"),
    ],
)
def test_write_names_file_entry_and_problem(tmp_path, entry, problem):
    path = put(tmp_path, "[]")

    with pytest.raises(BadEntry) as caught:
        write(TABLE, [{**UROLOGY, "slug": "ent"}, entry], path)

    name = entry.get("slug", "?")
    assert str(caught.value) == f"specialties.json, entry 2 ({name}): {problem}"


def test_write_refuses_an_entry_that_stands_twice(tmp_path):
    with pytest.raises(BadEntry, match=r"entry 2 \(urology\): stands there twice"):
        write(TABLE, [UROLOGY, UROLOGY], put(tmp_path, "[]"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[{"slug": }]', "specialties.json: Expecting value: line 1 column 11 (char 10)"),
        ('{"slug": "urology"}', "specialties.json: not a list of objects"),
        ('["urology"]', "specialties.json: not a list of objects"),
    ],
)
def test_read_names_the_file(tmp_path, text, problem):
    with pytest.raises(BadEntry) as caught:
        read(put(tmp_path, text))

    assert str(caught.value) == problem


def test_read_gives_the_entries(tmp_path):
    assert read(put(tmp_path, json.dumps([UROLOGY]))) == [UROLOGY]
