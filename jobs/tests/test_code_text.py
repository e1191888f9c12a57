import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.codes import key_of, span_of, text_of
from jobs.code_text import BadRuns, parse_runs, print_runs

SPANS = {"CPT": ("00100", "99607"), "HCPCS": ("A0000", "V9999")}


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", []),
        ("74740", [("CPT", "74740", "74740")]),
        (
            "74400–74485; 52000 - 53899,74740",
            [("CPT", "52000", "53899"), ("CPT", "74400", "74485"), ("CPT", "74740", "74740")],
        ),
        ("j9030 to j9031\nG0101", [("HCPCS", "G0101", "G0101"), ("HCPCS", "J9030", "J9031")]),
        ("0042T, 74740 74740", [("CPT", "74740", "74740"), ("CPT", "0042T", "0042T")]),
    ],
)
def test_parse_runs_reads_what_coders_write(text, runs):
    assert parse_runs(text) == [(system, span_of(system, lo, hi)) for system, lo, hi in runs]


def test_parse_runs_names_each_piece_that_is_none():
    with pytest.raises(BadRuns) as caught:
        parse_runs("7474, 74485-74400, 52000-J9030, <i>")

    assert caught.value.problems == [
        "'7474' is not a five-character CPT or HCPCS code.",
        "74485-74400 runs backwards.",
        "J9030 is not a CPT code.",
        "'<I>' is not a five-character CPT or HCPCS code.",
    ]


@st.composite
def runs(draw):
    system = draw(st.sampled_from(sorted(SPANS)))
    first, last = (key_of(end) for end in SPANS[system])
    keys = st.integers(first, last).filter(lambda key: key % 100_000 < 10_000 or system == "CPT")
    lo, hi = sorted([draw(keys), draw(keys)])
    return system, span_of(system, text_of(system, lo), text_of(system, hi))


@given(st.lists(runs(), max_size=5))
def test_print_runs_is_read_back(wanted):
    unique = {(system, span.lower, span.upper): (system, span) for system, span in wanted}

    assert parse_runs(print_runs(wanted)) == [unique[key] for key in sorted(unique)]
