import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.credential_text import UnknownCredentials, parse_groups, print_groups, spelling

CODES = ["CPC", "CPC-A", "CCS-P", "CUC", "RHIT", "CCDS-O"]
KNOWN = {spelling(code): code for code in CODES}


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("", []),
        ("CPC", [["CPC"]]),
        ("CPC or CCS-P; CUC", [["CPC", "CCS-P"], ["CUC"]]),
        ("cpc, ccs-p / rhit\ncuc", [["CPC", "CCS-P", "RHIT"], ["CUC"]]),
        ("CPC® or C.U.C. and ccs p", [["CPC", "CUC"], ["CCS-P"]]),
        ("CPC OR CPC; CPC;;", [["CPC"]]),
        ("CPC & CUC + RHIT", [["CPC"], ["CUC"], ["RHIT"]]),
    ],
)
def test_parse_groups_reads_what_employers_write(text, groups):
    assert parse_groups(text, KNOWN) == groups


def test_parse_groups_names_what_it_does_not_know():
    with pytest.raises(UnknownCredentials) as caught:
        parse_groups("CPC or XYZ; <b>bold</b>, XYZ", KNOWN)

    assert caught.value.words == ["XYZ", "<b>bold<", "b>"]


@given(st.lists(st.lists(st.sampled_from(CODES), min_size=1, unique=True), unique_by=tuple))
def test_print_groups_is_read_back(groups):
    assert parse_groups(print_groups(groups), KNOWN) == groups
