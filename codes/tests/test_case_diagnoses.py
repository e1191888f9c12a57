"""Diagnoses beside a case: what the report found, and not what it rules out or only fears."""

from datetime import date

import pytest

from codes import lookup_index
from codes.case.diagnoses import diagnoses
from codes.case.statements import statements
from codes.codes import CodeSystem
from codes.models import ReleaseKind
from codes.tests.factories import make_code, make_release

pytestmark = pytest.mark.django_db
ON = date(2024, 8, 1)


def found(text):
    return [each.code for each in diagnoses(statements(text), ON)[1]]


@pytest.fixture
def _loaded():
    make_release(ReleaseKind.ICD10CM)
    for code, words in (("N201", "Calculus of ureter"), ("N1330", "Unspecified hydronephrosis")):
        make_code(code, CodeSystem.ICD10CM, long_text=words, billable=True)
    lookup_index.rebuild()


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("IMPRESSION: Calculus of the left ureter.", ["N20.1"]),
        ("IMPRESSION: 1. Calculus of ureter.\n2. Hydronephrosis.", ["N20.1", "N13.30"]),
        ("IMPRESSION: No calculus of the ureter.", []),
        ("IMPRESSION: Hydronephrosis. No evidence of ureter calculus.", ["N13.30"]),
        ("HISTORY: Calculus of ureter.\nIMPRESSION: Normal study.", []),
        ("IMPRESSION: Normal kidneys.", []),
    ],
)
def test_a_diagnosis_is_what_the_impression_says_and_does_not_deny(text, codes):
    assert found(text) == codes


def test_without_a_loaded_release_none_is_named():
    assert diagnoses(statements("IMPRESSION: Hydronephrosis."), ON) == ("", [])
