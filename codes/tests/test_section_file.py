import json
from pathlib import Path

import pytest

from codes.codes import key_of
from codes.entries import BadEntry, Entry, Tally, read
from codes.models import Section, Specialty
from codes.section_file import DATA, load_sections, load_specialties

FOUNDING = {"radiology", "urology", "reproductive-imaging"}


def section(slug: str, lo: str, hi: str, parent: str | None = None, system: str = "CPT") -> Entry:
    return {"slug": slug, "system": system, "title": slug, "parent": parent, "lo": lo, "hi": hi}


def put(tmp_path: Path, *entries: Entry) -> Path:
    path = tmp_path / "sections.json"
    path.write_text(json.dumps(entries))
    return path


@pytest.mark.django_db
def test_load_sections_twice_changes_nothing():
    first = load_sections()

    second = load_sections()

    assert first == Tally(new=len(read(DATA / "sections.json")))
    assert second == Tally(same=first.new)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("74400", "imaging-urinary"),
        ("74740", "imaging-gyn-ob"),
        ("58340", "uterus-introduction"),
        ("76856", "us-pelvis"),
        ("52356", "bladder-endoscopy"),
        ("99459", "em-pelvic-add-on"),
        ("0042T", "category-iii"),
        ("0005F", "cat2-composite"),
    ],
)
def test_loaded_tree_holds_each_code_in_one_leaf(code, slug):
    load_sections()

    leaf = Section.objects.leaves().holding("CPT", key_of(code)).get()

    assert leaf.slug == slug


@pytest.mark.django_db
def test_load_sections_moves_a_border_between_two_leaves(tmp_path):
    load_sections(
        put(tmp_path, section("kidney", "50010", "50593"), section("ureter", "50600", "50980"))
    )

    tally = load_sections(
        put(tmp_path, section("kidney", "50010", "50649"), section("ureter", "50650", "50980"))
    )

    assert tally == Tally(changed=2)
    assert [leaf.text for leaf in Section.objects.leaves()] == ["50010–50649", "50650–50980"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        (
            [section("kidney", "50010", "50700"), section("ureter", "50600", "50980")],
            "sections.json: kidney and ureter share codes",
        ),
        (
            [section("urinary", "50010", "53899"), section("penis", "54000", "54450", "urinary")],
            "sections.json, entry 2 (penis): lies outside its parent urinary",
        ),
        (
            [section("penis", "54000", "54450", "urinary")],
            "sections.json, entry 1 (penis): no 'urinary'",
        ),
        (
            [section("kidney", "50593", "50010")],
            "sections.json, entry 1 (kidney): 50593-50010 runs backwards",
        ),
        (
            [section("drugs", "J0013", "J9999")],
            "sections.json, entry 1 (drugs): J0013 is not a CPT code",
        ),
    ],
)
def test_load_sections_refuses_a_broken_tree(tmp_path, entries, problem):
    with pytest.raises(BadEntry) as caught:
        load_sections(put(tmp_path, *entries))

    assert str(caught.value) == problem
    assert not Section.objects.exists()


@pytest.mark.django_db
def test_load_specialties_twice_changes_nothing():
    load_sections()
    first = load_specialties()

    second = load_specialties()

    assert (first, second) == (Tally(new=30), Tally(same=30))
    founding = Specialty.objects.filter(founding=True).values_list("slug", flat=True)
    assert set(founding) == FOUNDING
    urology = Specialty.objects.get(slug="urology")
    assert [run.text for run in urology.ranges.all()] == [
        "50010–53899",
        "51725–51798",
        "54000–55899",
        "74400–74485",
    ]


@pytest.mark.django_db
def test_load_specialties_takes_changed_ranges(tmp_path):
    load_sections()
    load_specialties()
    entries = read(DATA / "specialties.json")
    entries[0]["ranges"] = [{"system": "CPT", "lo": "70010", "hi": "76499"}]
    path = tmp_path / "specialties.json"
    path.write_text(json.dumps(entries))

    tally = load_specialties(path)

    assert tally == Tally(changed=1, same=29)
    assert [run.text for run in Specialty.objects.get(slug="radiology").ranges.all()] == [
        "70010–76499"
    ]
