from datetime import date

import pytest

from codes.content_files import (
    FamilyEntry,
    GuidanceFile,
    families,
    guidance,
    read_guidance,
    vocabulary,
)
from codes.entries import BadEntry
from codes.tests.content_samples import (
    BODY,
    ENTRY,
    entry,
    guidance_text,
    put_families,
    put_guidance,
)
from codes.topics import HEADINGS, Topic

ATTRIBUTES = ("act", "region", "approach", "contrast", "extent", "side", "number", "guidance")
EMPTY = dict.fromkeys((*ATTRIBUTES, "purpose"), "")


def test_families_read_each_file_in_order_and_name_the_place(tmp_path):
    put_families(tmp_path, ENTRY, {**ENTRY, "code": "74742"}, name="b.json")
    put_families(tmp_path, {**ENTRY, "code": "52000"}, name="a.json")

    found = list(families(tmp_path))

    assert [(each.code, each.place) for each in found] == [
        ("52000", "a.json, entry 1"),
        ("74740", "b.json, entry 1"),
        ("74742", "b.json, entry 2"),
    ]
    assert found[1] == FamilyEntry(
        code="74740",
        title="HSG: contrast films of the uterus and tubes",
        synonyms=("HSG", "dye test of the tubes"),
        attributes={**EMPTY, "act": "x-ray", "region": "uterus"},
        place="b.json, entry 1",
    )


def test_family_entry_is_told_from_others_by_all_nine_attributes():
    assert entry(side="left").signature == ("x-ray", "uterus", "", "", "", "left", "", "", "")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"color": "red"}, "no field 'color'"),
        ({"title": ""}, "code, title and attributes are texts"),
        ({"title": 7}, "code, title and attributes are texts"),
        ({"region": None}, "code, title and attributes are texts"),
        ({"synonyms": "HSG"}, "synonyms is a list of texts"),
        ({"synonyms": ["HSG", 7]}, "synonyms is a list of texts"),
    ],
)
def test_families_refuse_an_entry_and_name_it(tmp_path, fields, problem):
    put_families(tmp_path, ENTRY, {**ENTRY, **fields})

    with pytest.raises(BadEntry) as caught:
        list(families(tmp_path))

    assert str(caught.value) == f"uterus.json, entry 2 (74740): {problem}"


def test_families_refuse_an_entry_without_a_code(tmp_path):
    put_families(tmp_path, {"title": "HSG"})

    with pytest.raises(BadEntry, match=r"^uterus.json, entry 1 \(None\): code, title"):
        list(families(tmp_path))


@pytest.mark.parametrize("text", ["[{]", '{"code": "74740"}', '["74740"]'])
def test_families_refuse_a_file_that_is_no_list_of_objects(tmp_path, text):
    (tmp_path / "uterus.json").write_text(text)

    with pytest.raises(BadEntry, match=r"^uterus.json: "):
        list(families(tmp_path))


def test_read_guidance_takes_head_and_sections(tmp_path):
    path = put_guidance(tmp_path, pairs="58340", compare="74742, 76831", Billing="### Parts\nText.")

    assert read_guidance(path) == GuidanceFile(
        code="74740",
        written_on=date(2026, 11, 25),
        pairs=("58340",),
        compare=("74742", "76831"),
        plain=BODY.strip(),
        sections={topic: BODY.strip() for topic in Topic} | {Topic.BILLING: "### Parts\nText."},
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [("", ()), ("58340", ("58340",)), ("58340,74742  76831", ("58340", "74742", "76831"))],
)
def test_read_guidance_takes_codes_by_comma_or_blank(tmp_path, text, codes):
    assert read_guidance(put_guidance(tmp_path, pairs=text)).pairs == codes


def test_guidance_reads_the_files_in_order(tmp_path):
    for code in ("74740", "52000"):
        put_guidance(tmp_path, code=code)
    (tmp_path / "notes.txt").write_text("no page")

    assert [file.code for file in guidance(tmp_path)] == ["52000", "74740"]


HEAD = "code: 74740\nwritten_on: 2026-11-25\npairs:\ncompare:"
HEADLESS = "its head names not code, written_on, pairs and compare"
UNHEADED = f"its headings are not In common language, {', '.join(HEADINGS)}, in this order"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("## Billing\n", "does not begin with a head between two lines of ---"),
        (guidance_text(head="code: 74740"), HEADLESS),
        (guidance_text(head=f"{HEAD}\nauthor: me"), HEADLESS),
        (guidance_text(written_on="soon"), "written_on is no date: soon"),
        (guidance_text(code="74742"), "says it is about 74742"),
        (guidance_text(pairs="74740"), "pairs names not other codes, each once: 74740"),
        (
            guidance_text(compare="74742 74742"),
            "compare names not other codes, each once: 74742 74742",
        ),
        (guidance_text().replace("## Billing", "## Bills"), UNHEADED),
        (guidance_text().replace("## Billing", "### Billing"), UNHEADED),
        (f"---\n{HEAD}\n---\n", UNHEADED),
        (guidance_text().replace("## In common", "Words before.\n## In common"), UNHEADED),
    ],
)
def test_read_guidance_refuses_a_file_and_names_it(tmp_path, text, problem):
    with pytest.raises(BadEntry) as caught:
        read_guidance(put_guidance(tmp_path, text))

    assert str(caught.value) == f"74740.md: {problem}"


def test_read_guidance_refuses_what_is_no_text(tmp_path):
    path = tmp_path / "74740.md"
    path.write_bytes(b"---\ncode: 74740\xff")

    with pytest.raises(BadEntry, match=r"^74740.md: 'utf-8' codec"):
        read_guidance(path)


def test_vocabulary_refuses_a_broken_file(tmp_path):
    path = tmp_path / "attributes.json"
    path.write_text('{"act": [}')

    with pytest.raises(BadEntry, match=r"^attributes.json: Expecting value"):
        vocabulary(path)
