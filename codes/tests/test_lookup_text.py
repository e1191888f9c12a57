import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.codes import CODE_PATTERN, key_of, system_of
from codes.lookup_text import AT_MOST, Typed, codes_in, parse

HSG = (("CPT", "74740"),)
URINARY = ("74400", "74420")


@pytest.mark.parametrize(
    "text",
    [
        "74740",
        "  74740\t",
        "CPT 74740",
        "cpt: 74740",
        "CPT® 74740",
        "CPT®74740",
        "CPT74740",
        "CPT-74740",
        "HCPCS 74740",
        "code 74740",
        "\uff17\uff14\uff17\uff14\uff10",
        "74740\0",
    ],
)
def test_parse_finds_a_code_alone(text):
    assert parse(text) == Typed(parse(text).text, codes=HSG)


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("74740-26", ("26",)),
        ("74740 TC", ("TC",)),
        ("74740 tc", ("TC",)),
        ("74740 - 26", ("26",)),
        ("74740-26-59", ("26", "59")),
        ("74740, 26, LT", ("26", "LT")),
        ("CPT® 74740-26", ("26",)),
        ("74740-26-59-XS-LT", ("26", "59", "XS", "LT")),
    ],
)
def test_parse_finds_modifiers_after_a_code(text, modifiers):
    assert parse(text) == Typed(parse(text).text, codes=HSG, modifiers=modifiers)


@pytest.mark.parametrize(
    "text",
    [
        "74400-74420",
        "74400 - 74420",
        "74400–74420",
        "74400—74420",
        "74400\u201074420",
        "74400\u221274420",
        "74400 to 74420",
        "74400 TO 74420",
        "74400 through 74420",
        "74400 thru 74420",
        "CPT 74400-74420",
    ],
)
def test_parse_finds_a_range(text):
    assert parse(text) == Typed(parse(text).text, run=URINARY)


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("j9030-j9035", ("J9030", "J9035")),
        ("0042T-0075T", ("0042T", "0075T")),
        ("74740-74740", ("74740", "74740")),
    ],
)
def test_parse_finds_a_range_of_any_system_and_size(text, run):
    assert parse(text) == Typed(text, run=run)


@pytest.mark.parametrize(
    "text", ["74420-J7440", "74400-J9030", "74400-", "74400-744", "74400-74420-26", "74400 or"]
)
def test_parse_finds_no_range_where_the_ends_make_none(text):
    assert parse(text).run is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("0005F", [("CPT", "0005F")]),
        ("0042t", [("CPT", "0042T")]),
        ("0001U", [("CPT", "0001U")]),
        ("0002M", [("CPT", "0002M")]),
        ("0001A", [("CPT", "0001A")]),
        ("G0105", [("HCPCS", "G0105"), ("ICD10CM", "G0105")]),
        ("\u212a9030", [("HCPCS", "K9030"), ("ICD10CM", "K9030")]),  # the sign for kelvin
        ("J9030", [("HCPCS", "J9030"), ("ICD10CM", "J9030")]),
        ("j9030", [("HCPCS", "J9030"), ("ICD10CM", "J9030")]),
        ("N97.0", [("ICD10CM", "N970")]),
        ("n97.0", [("ICD10CM", "N970")]),
        ("N970", [("ICD10CM", "N970")]),
        ("ICD-10 N97.0", [("ICD10CM", "N970")]),
        ("ICD-10-CM: N97.0", [("ICD10CM", "N970")]),
        ("ICD10CM N97.0", [("ICD10CM", "N970")]),
        ("N97", [("ICD10CM", "N97")]),
        ("U07.1", [("ICD10CM", "U071")]),
        ("Z12.31", [("ICD10CM", "Z1231")]),
        ("S72.001A", [("ICD10CM", "S72001A"), ("ICD10PCS", "S72001A")]),
        ("T36.0X1A", [("ICD10CM", "T360X1A"), ("ICD10PCS", "T360X1A")]),
        ("0UJD8ZZ", [("ICD10PCS", "0UJD8ZZ")]),
        ("0tt10zz", [("ICD10PCS", "0TT10ZZ")]),
        ("ICD-10-PCS 0TT10ZZ", [("ICD10PCS", "0TT10ZZ")]),
    ],
)
def test_parse_names_the_systems_likeliest_first(text, codes):
    assert parse(text) == Typed(parse(text).text, codes=tuple(codes))


@pytest.mark.parametrize(
    ("text", "meant"),
    [("7474O", "74740"), ("7474o", "74740"), ("5234l", "52341"), ("516OO", "51600")],
)
def test_parse_reads_letters_that_look_like_digits(text, meant):
    assert parse(text) == Typed(text, meant=meant)


@pytest.mark.parametrize(
    "text",
    [
        "HSG",
        "IVP",
        "dye test of the tubes",
        "cystoscopy",
        "pelvic",
        "OOLII",
        "7474",
        "747400",
        "٧٤٧٤٠",
        "O12.",
        "",
        "-",
    ],
)
def test_parse_takes_words_for_words(text):
    assert parse(text) == Typed(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b", "a b"),
        ("\ud800kidney\udfff", "kidney"),
        ("  dye \n test ", "dye test"),
        ("x" * 10_000, "x" * AT_MOST),
        (" " * 10_000 + "74740", "74740"),
    ],
)
def test_parse_keeps_text_that_can_be_stored_and_shown(text, kept):
    assert parse(text).text == kept


@given(st.text(st.characters(), max_size=300))
def test_parse_takes_any_text_and_names_well_formed_codes_only(text):
    typed = parse(text)

    five = [code for system, code in typed.codes if system in ("CPT", "HCPCS")]
    for code in (*five, *(typed.run or ())):
        assert CODE_PATTERN.fullmatch(code)
        assert key_of(code) >= 0
    assert len(typed.text) <= AT_MOST


@given(st.from_regex(CODE_PATTERN, fullmatch=True))
def test_parse_reads_every_well_formed_code(code):
    assert parse(code).codes[0] == (system_of(code), code)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("what is 74740?", ["74740"]),
        ("58340, 74740", ["58340", "74740"]),
        ("can j9030 stand with 52000-59", ["J9030", "52000"]),
        ("74740.5 or 174740 or $7474", []),
        ("no code here", []),
    ],
)
def test_codes_in_finds_codes_among_words(text, codes):
    assert codes_in(text) == codes
