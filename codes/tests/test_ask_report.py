import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

QUESTION: dict = {
    "qid": "q-1",
    "split": "own",
    "type": "unit_limit",
    "question": "units of 74420",
    "context": [],
    "date_of_service": "2024-08-15",
    "setting": None,
    "expected": {
        "type": "unit_limit",
        "answer": {"code": "74420", "units": 2, "mai": 3, "found": True},
        "must_cite": ["NCCI_MUE_PRACTITIONER_2024Q3"],
        "must_refuse": False,
        "must_contain_any": [],
        "must_not_contain": [],
    },
}


def report(*args):
    out = StringIO()
    call_command("ask_report", *args, stdout=out)
    return out.getvalue()


def test_ask_report_tells_what_was_right_and_writes_answers(tmp_path):
    file, pred = tmp_path / "questions.jsonl", tmp_path / "pred.jsonl"
    file.write_text(json.dumps(QUESTION) + "\n")

    told = report(str(file), "--pred", str(pred))

    row = json.loads(pred.read_text())
    assert "unit_limit accuracy against the tables: 1.000 of 1" in told
    assert "unsafe advice: 0" in told
    assert (row["qid"], row["answer"]["units"], row["cites"]) == (
        "q-1",
        2,
        ["NCCI_MUE_PRACTITIONER_2024Q3"],
    )


def test_ask_report_names_what_was_wrong(tmp_path):
    wrong = json.loads(json.dumps(QUESTION))
    wrong["expected"]["answer"]["units"] = 3
    file = tmp_path / "questions.json"
    file.write_text(json.dumps([wrong]))

    told = report(str(file), "--misses")

    assert "q-1 (unit_limit): units: 2, expected 3" in told


@pytest.mark.parametrize("text", ["{", "[", ""])
def test_ask_report_names_a_file_it_cannot_read(tmp_path, text):
    file = tmp_path / "broken.jsonl"
    file.write_text(text)

    with pytest.raises(CommandError):
        report(str(file))
