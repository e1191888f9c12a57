"""The engine on reports of our own, each made for one difficulty, and on what attacks it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.case.statements import Status, statements
from codes.tests.case_reference import codes, index, own_cases, reading

CASES = own_cases()
TOLD = [case for case in CASES if case["primary"]]
LEAST_FIRST = 0.95  # of our own cases; unseen reports are harder


def test_there_are_forty_cases_and_more():
    assert len(CASES) >= 40
    assert {"negation", "laterality", "planned", "eponym", "misspelling", "adversarial"} <= {
        case["kind"] for case in CASES
    }


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case["note_id"])
def test_the_right_code_is_among_the_first_three(case):
    assert set(codes(case["text"])[:3]) & set(case["primary"])


def test_the_right_code_is_first():
    first = [codes(case["text"])[0] in case["primary"] for case in TOLD]

    assert sum(first) / len(first) >= LEAST_FIRST


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case["note_id"])
def test_a_tempting_code_does_not_stand_above_the_right_one(case):
    ranked = codes(case["text"])
    wrong = {each["code"] for each in case["wrong_but_tempting"]}

    place = min(ranked.index(code) for code in case["primary"] if code in ranked)

    assert wrong & set(ranked[:place]) == set()


def test_only_known_codes_are_named():
    named = {code for case in CASES for code in codes(case["text"])}

    assert named <= set(index().entries)
    assert "74999" not in named


def test_a_text_without_a_procedure_names_none():
    assert codes("She feels well and will walk more. We talked about coffee.") == []


@pytest.mark.parametrize(
    ("clause", "status"),
    [
        ("The patient had undergone a hysterectomy in 2010.", Status.HISTORICAL),
        ("No biopsy was taken.", Status.NEGATED),
        ("A stent will be placed next week.", Status.PLANNED),
        ("Her mother had breast cancer.", Status.FAMILY),
        ("The stone was removed with a basket.", Status.DONE),
    ],
)
def test_statements_tell_what_was_done(clause, status):
    assert statements(f"FINDINGS: {clause}")[0].status == status


@pytest.mark.parametrize(
    ("technique", "contrast"),
    [
        ("CT of the abdomen without contrast.", "without"),
        ("CT with 100 mL of Isovue-300.", "with"),
        ("Oral contrast only was given. No intravenous contrast.", "without"),
        ("Images before and after intravenous contrast.", "without then with"),
        ("CT of the head.", ""),
    ],
)
def test_contrast_is_that_by_vein(technique, contrast):
    assert reading(f"TECHNIQUE: {technique}").facts.contrast == contrast


def test_what_the_impression_advises_is_not_contrast():
    text = "TECHNIQUE: Noncontrast CT of the head.\nIMPRESSION: A postcontrast MRI is required."

    assert codes(text)[0] == "70450"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fault(text):
    assert set(codes(text)) <= set(index().entries)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([":", "\n", ",", "1.", "PROCEDURE", "no", "stent", "CT"]), max_size=60)
)
def test_any_order_of_headings_and_marks_is_read(parts):
    assert all(each.score > 0 for each in reading(" ".join(parts)).ranked)


def test_spans_of_statements_lie_in_the_text():
    for case in CASES:
        for each in statements(case["text"]):
            assert 0 <= each.start < each.end <= len(case["text"])
