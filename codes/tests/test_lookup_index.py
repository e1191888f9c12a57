from datetime import date

import pytest

from codes import lookup_index
from codes.codes import CodeSystem
from codes.lookup_index import is_abbreviation, normal, rebuild, renew
from codes.models import Abbreviation, LookupRow, LookupTerm, LookupWord, ReleaseKind, TermKind
from codes.tests.factories import make_code, make_label, make_release, make_summary

pytestmark = pytest.mark.django_db


def terms():
    return list(LookupTerm.objects.order_by("pk").values_list("code__code", "term", "kind"))


def words():
    return dict(LookupWord.objects.values_list("word", "rows"))


def lexemes(code):
    """Each stem of the code's row with its weights."""
    row = LookupRow.objects.get(code__code=code)
    parts = (part.partition(":") for part in row.words.split())
    return {
        word.strip("'"): "".join(sorted(set(places) & set("ABC"))) for word, _c, places in parts
    }


def test_rebuild_writes_the_terms_the_strongest_reason_first():
    make_summary("74742", title="Tube catheterized", synonyms=[])
    make_summary(title="HSG: contrast films", synonyms=["HSG", "Dye  test", "dye test", "UTG"])
    make_code("58340")
    Abbreviation.objects.create(short="HSG", meaning="films", codes=["74740", "58340", "99999"])
    Abbreviation.objects.create(short="NPP", meaning="no code", codes=[])

    rebuild()

    assert terms() == [
        ("74740", "hsg", TermKind.ABBREVIATION),
        ("58340", "hsg", TermKind.ABBREVIATION),
        ("74740", "dye test", TermKind.SYNONYM),
        ("74740", "utg", TermKind.ABBREVIATION),
        ("74740", "hsg: contrast films", TermKind.TITLE),
        ("74742", "tube catheterized", TermKind.TITLE),
    ]


def test_rebuild_weighs_words_by_where_they_stand():
    make_summary(
        title="Cystogram", synonyms=["bladder films"], region="bladder", plain="Urine flows back."
    )
    make_label(category="Imaging", subcategory="Standard")
    make_code("J9030", long_text="Injection, BCG live", short_text="Bcg inj")

    rebuild()

    assert lexemes("74740") == {
        "cystogram": "A",
        "bladder": "AB",
        "film": "A",
        "x": "B",
        "ray": "B",
        "x-ray": "B",
        "imag": "B",
        "standard": "B",
        "urin": "C",
        "flow": "C",
        "back": "C",
    }
    assert lexemes("J9030") == {"inject": "", "bcg": "", "live": "", "inj": ""}


def test_rebuild_takes_the_labels_of_the_newest_release():
    make_summary()
    old = make_release(ReleaseKind.RBCS, date(2023, 1, 1))
    make_label(category="Older", release=old)
    make_label(category="Newer", release=make_release(ReleaseKind.RBCS, date(2024, 1, 1)))

    rebuild()

    assert {"newer", "older"} & set(lexemes("74740")) == {"newer"}


def test_rebuild_counts_the_rows_of_each_word():
    make_summary("74740", title="Bladder films", act="films")
    make_summary("74742", title="Bladder film", act="films", plain="The bladder is full of it.")

    rebuild()

    assert {word: words().get(word) for word in ("bladder", "films", "film", "full", "the")} == {
        "bladder": 2,
        "films": 2,
        "film": 2,
        "full": 1,
        "the": None,
    }


def test_rebuild_places_founding_pages_first_and_ended_codes_last():
    make_code("N970", CodeSystem.ICD10CM)
    make_code("J9030")
    make_code("74741")
    make_summary(make_code("74710", valid_to=date(2023, 12, 31)), plain="It was.")
    make_summary("74742")
    make_summary("74775", plain="Films of the outlet.")

    number = rebuild()

    rows = LookupRow.objects.order_by("place").values_list("code__code", flat=True)
    assert list(rows) == ["74775", "74742", "74741", "J9030", "N970", "74710"]
    assert number == 6


def test_rebuild_leaves_nothing_of_the_index_before():
    summary = make_summary(title="Cystogram", synonyms=["CG"])
    rebuild()
    summary.code.delete()

    assert rebuild() == 0

    assert (terms(), words(), LookupRow.objects.count()) == ([], {}, 0)


def test_rebuild_twice_is_the_same(django_assert_max_num_queries):
    make_summary(synonyms=["HSG"])
    rebuild()
    before = terms(), words(), lexemes("74740")

    with django_assert_max_num_queries(12):
        rebuild()

    assert (terms(), words(), lexemes("74740")) == before


def test_rebuild_cuts_a_term_that_is_too_long():
    make_summary(synonyms=["x" * 300])

    rebuild()

    assert ("74740", "x" * lookup_index.TERM_AT_MOST, TermKind.SYNONYM) in terms()


def test_renew_writes_the_words_of_one_code_again():
    summary = make_summary(title="HSG: films", synonyms=["UTG", "dye test"])
    make_summary("58340", title="Uterus filled")
    Abbreviation.objects.create(short="HSG", meaning="films", codes=["74740", "58340"])
    rebuild()
    summary.title, summary.synonyms = "HSG: x-rays", ["UTG", "tube test"]
    summary.save()

    renew(summary.code)

    assert terms() == [
        ("74740", "hsg", TermKind.ABBREVIATION),  # still before the other code of that name
        ("58340", "hsg", TermKind.ABBREVIATION),
        ("58340", "uterus filled", TermKind.TITLE),
        ("74740", "utg", TermKind.ABBREVIATION),
        ("74740", "tube test", TermKind.SYNONYM),
        ("74740", "hsg: x-rays", TermKind.TITLE),
    ]
    assert lexemes("74740") == dict.fromkeys(
        ["hsg", "x-ray", "x", "ray", "utg", "tube", "test"], "A"
    ) | dict.fromkeys(["x-ray", "x", "ray"], "AB")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [(["Dye test"], [], TermKind.TITLE), ([], ["Dye test"], TermKind.SYNONYM)],
)
def test_renew_takes_the_strongest_kind_of_a_term(before, after, kind):
    summary = make_summary(title="Dye test", synonyms=before)
    rebuild()
    summary.synonyms = after
    summary.save()

    renew(summary.code)

    assert terms() == [("74740", "dye test", kind)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Dye  Test\n of the Tubes ", "dye test of the tubes"),
        ("Crohn’s", "crohn's"),
        ("\uff28\uff33\uff27", "hsg"),
        ("", ""),
    ],
)
def test_normal_keeps_letters_and_single_blanks(text, kept):
    assert normal(text) == kept


@pytest.mark.parametrize(
    ("text", "is_short"),
    [
        ("HSG", True),
        ("D&C", True),
        ("CT IVP", True),
        ("PCNL 2CM", True),
        ("hsg", False),
        ("HSG DYE TEST", False),
        ("3-4", False),
    ],
)
def test_is_abbreviation_takes_short_texts_in_capitals(text, is_short):
    assert is_abbreviation(text) is is_short
