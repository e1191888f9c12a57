"""Why the look-up found a code, told of a few codes with words that no other code has."""

from datetime import date

import pytest

from codes import lookup_index
from codes.codes import CodeSystem
from codes.lookup import Hit, Outcome, look_up
from codes.models import Abbreviation
from codes.tests.factories import make_code, make_label, make_release, make_summary

pytestmark = pytest.mark.django_db

ON = date(2026, 8, 15)


@pytest.fixture
def worded():
    """74740 in our words, 74742 beside it, and a drug in those of CMS."""
    row = make_summary(
        title="HSG: contrast films of the womb",
        synonyms=["dye test of the tubes", "UTG"],
        region="fallopian tube",
        extent="complete",
        plain="Shows whether eggs can pass through.",
    ).code
    make_summary("74742", title="Tube catheterized", synonyms=["selective salpingography"])
    make_code("J9030", long_text="Injection, BCG live")
    Abbreviation.objects.create(short="HSGX", meaning="the same", codes=["74740", "99999"])
    Abbreviation.objects.create(short="SSG", meaning="both", codes=["74742", "74740"])
    make_label(row.code, category="Imaging", subcategory="Standard radiography")
    lookup_index.rebuild()
    return row


@pytest.mark.parametrize(
    ("text", "why", "words"),
    [
        ("74740", "the code", ""),
        ("what is 74740", "the code", ""),
        ("74740-74741", "in the range", ""),
        ("hsgx", "abbreviation", "hsgx"),
        ("utg", "abbreviation", "utg"),
        ("Dye test of the tubes", "also called", "dye test of the tubes"),
        ("dye test", "also called", "dye test of the tubes"),
        ("test for tubes", "also called", "dye test of the tubes"),
        ("hsg: contrast films of the womb", "title", "hsg: contrast films of the womb"),
        ("films contrast", "title", "films, contrast"),
        ("fallopian complete", "attributes", "fallopian, complete"),
        ("eggs passing", "common language", "eggs, passing"),
        ("radiography", "its words", ""),
        ("contrst", "title", "contrast"),
    ],
)
def test_look_up_tells_why_it_found_the_code(worded, text, why, words):
    assert look_up(text, on=ON).hits[0] == Hit(worded, why, words)


def test_look_up_tells_of_the_text_of_cms(worded):
    (hit,) = look_up("live bcg injections", on=ON).hits

    assert (hit.code.code, hit.why, hit.words) == ("J9030", "CMS text", "live, bcg, injections")


def test_look_up_while_typing_tells_that_codes_begin_so(worded):
    hits = look_up("7474", on=ON, typing=True).hits

    assert [(hit.code.code, hit.why) for hit in hits] == [
        ("74740", "begins so"),
        ("74742", "begins so"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ssg", ["74742", "74740"]),  # as the abbreviation names them
        ("tube", ["74742", "74740"]),  # a title begins so
        ("tube complete", ["74740", "74742"]),  # with too few for all the words, those with one
        ("tube zzzz", ["74740", "74742"]),
        ("salpingography womb", ["74740", "74742"]),
    ],
)
def test_look_up_ranks_by_all_words_and_then_by_any(worded, text, codes):
    assert [hit.code.code for hit in look_up(text, on=ON).hits] == codes


def test_look_up_in_an_empty_reference_finds_nothing():
    assert look_up("HSG", on=ON).outcome == Outcome.NOTHING
    assert look_up("74740", on=ON).outcome == Outcome.UNKNOWN


def test_look_up_of_a_diagnosis_finds_it_with_its_dot_or_without():
    row = make_code("N970", CodeSystem.ICD10CM, long_text="Female infertility")

    assert look_up("n97.0", on=ON).hits == look_up("N970", on=ON).hits == (Hit(row, "the code"),)


def test_look_up_of_a_release_not_indexed_yet_finds_codes_and_no_words():
    make_release("hcpcs")
    make_code("J9030", long_text="Injection, BCG live")

    assert look_up("bcg", on=ON).outcome == Outcome.NOTHING
    assert look_up("J9030", on=ON).outcome == Outcome.FOUND
