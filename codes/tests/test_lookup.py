"""The look-up over all that ships."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from codes import lookup_index
from codes.codes import CodeSystem
from codes.lookup import IN_A_RUN, Outcome, look_up
from codes.models import Code, Summary
from codes.tests.factories import make_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

ON = date(2026, 8, 15)
READS_ONLY = hypothesis_settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
OPERATORS = st.text(st.sampled_from("&|!:*'\"()\\%_<->.,@-0127aDhsg \0\n"), max_size=40)
DRUG = {"long_text": "Injection, bcg live intravesical instillation, 1 mg"}


def found(text, **how):
    return [hit.code.code for hit in look_up(text, on=ON, **how).hits]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HSG", "74740"),
        ("hsg", "74740"),
        ("IVP", "74400"),
        ("VCUG", "74455"),
        ("RGP", "74420"),
        ("RGP", "52005"),
        ("SIS", "76831"),
        ("dye test of the tubes", "74740"),
        ("Dye  test of the TUBES", "74740"),
        ("hysterosalpingogramm", "74740"),
        ("cystoscpy", "52000"),
        ("cystoscopy", "52000"),
        ("cystoscopy with stent", "52332"),
        ("D&C", "58120"),
        ("what do I code for an HSG?", "74740"),
        ("kidny stone laser", "52353"),
    ],
)
def test_look_up_of_words_has_the_code_among_the_first_three(text, code):
    assert code in found(text)[:3]


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("hysterosalpingogramm", "hysterosalpingogram"),
        ("cystoscpy", "cystoscopy"),
        ("cystoscpy with blader biopsy", "cystoscopy bladder biopsy"),
        ("cystoscopy", ""),
        ("cystoscopies", ""),
        ("zzzzqqqq", ""),
    ],
)
def test_look_up_says_which_words_it_mended(text, corrected):
    assert look_up(text, on=ON).corrected == corrected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("74740", ["74740"]),
        ("74740-26", ["74740"]),
        ("CPT® 74740", ["74740"]),
        ("74400-74420", ["74400", "74410", "74415", "74420"]),
        ("74400 to 74410", ["74400", "74410"]),
        ("74740-74740", ["74740"]),
    ],
)
def test_look_up_of_codes_finds_these_alone(text, codes):
    result = look_up(text, on=ON)

    assert (result.outcome, [hit.code.code for hit in result.hits]) == (Outcome.FOUND, codes)
    assert {hit.why for hit in result.hits} <= {"the code", "in the range"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("what is 74740?", ["74740"]),
        ("74740 HSG", ["74740"]),
        ("58340, 74740", ["58340", "74740"]),
        ("74740 58340", ["74740", "58340"]),
        ("what is 74741", []),
    ],
)
def test_look_up_of_codes_among_words_has_them_first(text, codes):
    hits = look_up(text, on=ON).hits

    assert [hit.code.code for hit in hits if hit.why == "the code"] == codes
    assert [hit.code.code for hit in hits[: len(codes)]] == codes


def test_look_up_of_a_long_range_stops_and_says_so():
    result = look_up("70010-79999", on=ON)

    assert (len(result.hits), result.more) == (IN_A_RUN, True)
    assert result.hits[0].code.code == "70010"


@pytest.mark.parametrize("text", ["00001-00002", "A0001-A0010"])
def test_look_up_of_an_empty_range_finds_nothing(text):
    assert look_up(text, on=ON).outcome == Outcome.NOTHING


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("74741", ["74713", "74740", "74742", "74775"]),
        ("7474O", ["74740"]),
        ("J9030", []),
        ("N97.0", []),
        ("0TT10ZZ", []),
    ],
)
def test_look_up_of_an_unknown_code_names_what_stands_near(text, nearest):
    result = look_up(text, on=ON)

    assert (result.outcome, result.hits) == (Outcome.UNKNOWN, ())
    assert [code.code for code in result.nearest] == nearest


@pytest.mark.parametrize(
    ("code", "last_day", "nearest"),
    [
        ("74710", date(2023, 12, 31), ["74712"]),
        ("52647", date(2025, 12, 31), ["52630", "52640", "52648", "52649"]),
    ],
)
def test_look_up_of_an_ended_code_tells_since_when_and_what_is_nearest(code, last_day, nearest):
    result = look_up(code, on=ON)

    assert (result.outcome, result.hits[0].code.valid_to) == (Outcome.ENDED, last_day)
    assert [each.code for each in result.nearest] == nearest


@pytest.mark.parametrize(
    ("on", "outcome"), [(date(2025, 12, 31), Outcome.FOUND), (date(2026, 1, 1), Outcome.ENDED)]
)
def test_look_up_of_a_code_goes_by_the_day(on, outcome):
    assert look_up("52647", on=on).outcome == outcome


def test_look_up_of_a_code_that_begins_later_has_not_ended():
    make_code("J9031", valid_from=date(2026, 10, 1))

    assert look_up("J9031", on=ON).outcome == Outcome.FOUND


def test_look_up_finds_the_code_in_each_system_that_has_it():
    make_code("J0130", long_text="Injection abciximab")
    make_code("J0130", CodeSystem.ICD10CM, long_text="Acute sphenoidal sinusitis")

    hits = look_up("J0130", on=ON).hits

    assert [hit.code.system for hit in hits] == [CodeSystem.HCPCS, CodeSystem.ICD10CM]
    assert [hit.code.system for hit in look_up("J01.30", on=ON).hits] == [CodeSystem.ICD10CM]


def test_look_up_of_words_that_could_be_a_diagnosis_finds_the_words():
    make_code("J3420", long_text="Injection, vitamin b12 cyanocobalamin")
    lookup_index.rebuild()

    assert found("b12") == ["J3420"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("7474", ["74740", "74742"]),
        ("CPT 7474", ["74740", "74742"]),
        ("74740", ["74740"]),
        ("7474O", []),
        ("74741", []),
        ("99999", []),
    ],
)
def test_look_up_while_typing_finds_codes_that_begin_so(text, codes):
    assert found(text, typing=True) == codes


def test_look_up_while_typing_finds_diagnoses_that_begin_so():
    for code in ("N970", "N971", "N979", "N980"):
        make_code(code, CodeSystem.ICD10CM)

    assert found("n97", typing=True) == found("N97.", typing=True) == ["N970", "N971", "N979"]
    assert found("N97.1", typing=True) == ["N971"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hysterosal", "74740"),
        ("cystoscopy with ste", "52332"),
        ("saline inf", "76831"),
        ("dye test of", "74740"),
        ("HSG", "74740"),
    ],
)
def test_look_up_while_typing_takes_the_last_word_as_only_begun(text, code):
    result = look_up(text, on=ON, limit=8, typing=True)

    assert code in [hit.code.code for hit in result.hits]
    assert (len(result.hits) <= 8, result.corrected) == (True, "")


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "74740",
        "74741",
        "74710",
        "7474",
        "7474O",
        "74400-74420",
        "HSG",
        "cystoscpy",
        "what is 74740",
    ],
)
def test_look_up_shows_no_cpt_where_cpt_is_not_public(settings, text, typing):
    settings.CPT_PUBLIC = False

    result = look_up(text, on=ON, typing=typing)

    assert (result.hits, result.nearest, result.more) == ((), (), False)


def test_look_up_finds_the_rest_where_cpt_is_not_public(settings):
    settings.CPT_PUBLIC = False
    make_code("J9030", **DRUG)
    make_code("J9031", **DRUG)
    lookup_index.rebuild()

    assert found("bladder bcg instillation") == found("instilation") == ["J9030", "J9031"]
    assert found("J9030") == ["J9030"]
    assert found("J903", typing=True) == found("J9030-J9031") == ["J9030", "J9031"]
    assert [code.code for code in look_up("J9032", on=ON).nearest] == ["J9030", "J9031"]


def test_look_up_finds_the_rest_among_many_hidden_ones(settings):
    settings.CPT_PUBLIC = False
    make_code("J9030", long_text="Cystoscope tray")
    lookup_index.rebuild()

    result = look_up("cystoscop", on=ON, limit=3)

    assert [hit.code.code for hit in result.hits] == ["J9030"]
    assert not result.more


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", Outcome.EMPTY),
        (" \0 \n", Outcome.EMPTY),
        ("\ud800", Outcome.EMPTY),
        ("& | ! : * ' ( \\ %", Outcome.NOTHING),
        ("'", Outcome.NOTHING),
        ("\\", Outcome.NOTHING),
        ("%", Outcome.NOTHING),
        ("_", Outcome.NOTHING),
        ("what is it", Outcome.NOTHING),
        ("zzzzqqqq", Outcome.NOTHING),
        ("x" * 10_000, Outcome.NOTHING),
        ("HSG\0", Outcome.FOUND),
        ("hsg' & !(dye | 'test':*", Outcome.FOUND),
        ("hsg " * 2_500, Outcome.FOUND),
    ],
)
@pytest.mark.parametrize("typing", [False, True])
def test_look_up_takes_any_text(text, outcome, typing):
    assert look_up(text, on=ON, typing=typing).outcome == outcome


@READS_ONLY
@given(text=st.text(st.characters()) | OPERATORS, typing=st.booleans())
def test_look_up_never_raises(text, typing):
    result = look_up(text, on=ON, typing=typing)

    assert bool(result.hits) is (result.outcome in (Outcome.FOUND, Outcome.ENDED))


def test_look_up_of_a_title_has_its_code_first():
    summaries = Summary.objects.select_related("code").order_by("code__key")[::40]

    misses = [each.code.code for each in summaries if found(each.title)[:1] != [each.code.code]]

    assert misses == []


@pytest.mark.parametrize(
    ("text", "queries"), [("74740", 1), ("74400-74420", 1), ("HSG", 4), ("cystoscopy", 4)]
)
def test_look_up_takes_as_many_queries_whatever_it_finds(text, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        for hit in look_up(text, on=ON).hits:
            assert hit.code.title


def test_look_up_says_when_there_is_more():
    result = look_up("x-ray", on=ON, limit=5)

    assert (len(result.hits), result.more) == (5, True)


def test_every_shipped_code_in_force_is_found_by_its_number():
    rows = Code.objects.in_force(on=ON).filter(system=CodeSystem.CPT)[::50]

    assert [found(row.code) for row in rows] == [[row.code] for row in rows]
