import json
from datetime import date

import pytest
from django.utils import timezone

from codes.content_store import load_families, load_guidance, load_retired
from codes.entries import BadEntry, Tally
from codes.models import Code, Guidance, Relation, Summary
from codes.tests.content_samples import BODY, ENTRY, put_families, put_guidance
from codes.tests.factories import make_code, make_summary
from codes.topics import Topic

pytestmark = pytest.mark.django_db

RETIRED = {"code": "74710", "valid_to": "2023-12-31", "nearest": ["74712"]}


@pytest.fixture
def named_codes():
    """The codes that the samples speak of."""
    return {code: make_code(code) for code in ("74740", "58340", "74742", "76831")}


def put_retired(tmp_path, *entries):
    path = tmp_path / "retired.json"
    path.write_text(json.dumps(entries))
    return path


def relations():
    rows = Relation.objects.order_by("kind", "position")
    return list(rows.values_list("kind", "other__code", "position"))


def test_load_retired_twice_changes_nothing(tmp_path):
    path = put_retired(tmp_path, RETIRED)

    assert load_retired(path) == Tally(new=1)
    assert load_retired(path) == Tally(same=1)
    row = Code.objects.get()
    assert (row.code, row.valid_to, row.end_basis) == ("74710", date(2023, 12, 31), "listed")
    assert (row.key, row.nearest) == (74710, ["74712"])


def test_load_retired_takes_other_neighbors_and_leaves_the_rest(tmp_path):
    make_code("74710", valid_to=date(2022, 12, 31))

    assert load_retired(put_retired(tmp_path, RETIRED)) == Tally(changed=1)

    row = Code.objects.get()
    assert (row.valid_to, row.nearest) == (date(2022, 12, 31), ["74712"])


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({**RETIRED, "code": "7471"}, "'7471' is not a five-character CPT or HCPCS code"),
        ({**RETIRED, "valid_to": "soon"}, "Invalid isoformat string: 'soon'"),
        ({"code": "74711", "valid_to": "2023-12-31"}, "no 'nearest'"),
        ({"valid_to": "2023-12-31"}, "no 'code'"),
    ],
)
def test_load_retired_names_the_entry_and_keeps_none(tmp_path, entry, problem):
    with pytest.raises(BadEntry) as caught:
        load_retired(put_retired(tmp_path, RETIRED, entry))

    assert str(caught.value) == f"retired.json, entry 2 ({entry.get('code', '?')}): {problem}"
    assert not Code.objects.exists()


def test_load_families_twice_changes_nothing(tmp_path, named_codes):
    put_families(tmp_path, ENTRY, {**ENTRY, "code": "58340", "synonyms": []})

    assert load_families(tmp_path) == Tally(new=2)
    assert load_families(tmp_path) == Tally(same=2)
    row = Summary.objects.get(code__code="74740")
    assert (row.title, row.synonyms) == (ENTRY["title"], ENTRY["synonyms"])
    assert (row.act, row.region, row.side, row.plain) == ("x-ray", "uterus", "", "")


def test_load_families_takes_what_changed_and_leaves_the_common_language(tmp_path, named_codes):
    make_summary(named_codes["74740"], side="left", plain="Films.")
    make_summary(named_codes["58340"], **{name: ENTRY[name] for name in ENTRY if name != "code"})

    tally = load_families(put_families(tmp_path, ENTRY, {**ENTRY, "code": "58340"}))

    assert tally == Tally(changed=1, same=1)
    row = Summary.objects.get(code__code="74740")
    assert (row.title, row.side, row.plain) == (ENTRY["title"], "", "Films.")


def test_load_families_keeps_what_a_moderator_edited(tmp_path, named_codes):
    make_summary(named_codes["74740"], title="Ours", edited_at=timezone.now())

    assert load_families(put_families(tmp_path, ENTRY)) == Tally(kept=1)

    assert Summary.objects.get().title == "Ours"


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"code": "52000"}, "no loaded release names this code"),
        ({"color": "red"}, "no field 'color'"),
        ({"act": ""}, "act: This field cannot be blank."),
        (
            {"side": "s" * 61},
            "side: Ensure this value has at most 60 characters (it has 61).",
        ),
        (
            {"title": "t" * 121},
            "title: Ensure this value has at most 120 characters (it has 121).",
        ),
    ],
)
def test_load_families_names_the_entry_and_keeps_none(tmp_path, named_codes, entry, problem):
    put_families(tmp_path, {**ENTRY, "code": "58340"}, {**ENTRY, **entry})

    with pytest.raises(BadEntry) as caught:
        load_families(tmp_path)

    code = entry.get("code", "74740")
    assert str(caught.value) == f"uterus.json, entry 2 ({code}): {problem}"
    assert not Summary.objects.exists()


def test_load_guidance_twice_changes_nothing(tmp_path, named_codes):
    put_guidance(tmp_path, Billing="Not applicable: nobody bills it.")

    assert load_guidance(tmp_path) == Tally(new=7)
    assert load_guidance(tmp_path) == Tally(same=7)
    assert relations() == [("compare", "74742", 0), ("compare", "76831", 1), ("pair", "58340", 0)]
    bodies = dict(Guidance.objects.values_list("topic", "body"))
    assert bodies == dict.fromkeys(Topic, BODY.strip()) | {
        Topic.BILLING: "Not applicable: nobody bills it."
    }
    assert list(Guidance.objects.filter(applies=False).values_list("topic", flat=True)) == [
        Topic.BILLING
    ]


def test_load_guidance_writes_the_common_language_beside_the_summary(tmp_path, named_codes):
    make_summary(named_codes["74740"], title="HSG")
    put_guidance(tmp_path)

    assert load_guidance(tmp_path) == Tally(new=6, changed=1)

    row = Summary.objects.get()
    assert (row.title, row.plain, row.written_on) == ("HSG", BODY.strip(), date(2026, 11, 25))


def test_load_guidance_of_a_code_without_words_gives_it_a_title(tmp_path, named_codes):
    put_guidance(tmp_path)

    load_guidance(tmp_path)

    assert Summary.objects.get().title == "Code 74740"


@pytest.mark.parametrize("part", ["plain", "Billing", "Related codes"])
def test_load_guidance_notices_each_part_that_changed(tmp_path, named_codes, part):
    put_guidance(tmp_path)
    load_guidance(tmp_path)
    put_guidance(tmp_path, **{part: f"{BODY}New."})

    assert load_guidance(tmp_path) == Tally(changed=1, same=6)


def test_load_guidance_keeps_what_a_moderator_edited(tmp_path, named_codes):
    make_summary(named_codes["74740"], plain="Ours", edited_at=timezone.now())
    put_guidance(tmp_path)
    load_guidance(tmp_path)
    Guidance.objects.filter(topic=Topic.BILLING).update(body="Ours", edited_at=timezone.now())

    assert load_guidance(tmp_path) == Tally(same=5, kept=2)

    assert Summary.objects.get().plain == "Ours"
    assert Guidance.objects.get(topic=Topic.BILLING).body == "Ours"


def test_load_guidance_takes_changed_relations_and_leaves_out_unknown_ones(tmp_path, named_codes):
    put_guidance(tmp_path)
    load_guidance(tmp_path)
    put_guidance(tmp_path, pairs="58340 74742 99999", compare="74742")

    load_guidance(tmp_path)

    assert relations() == [("compare", "74742", 0), ("pair", "58340", 0), ("pair", "74742", 1)]


def test_load_guidance_refuses_a_file_of_an_unknown_code(tmp_path, named_codes):
    put_guidance(tmp_path)
    put_guidance(tmp_path, code="99999")

    with pytest.raises(BadEntry, match=r"^99999.md: no loaded release names this code$"):
        load_guidance(tmp_path)

    assert not Guidance.objects.exists()
