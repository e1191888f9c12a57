import pytest
from django.core.management import CommandError, call_command

from codes.content_check import family_problems, guidance_problems
from codes.entries import BadEntry
from codes.management.commands.check_codes import Command
from codes.tests.content_samples import BODY, entry, guidance_file
from codes.topics import HEADINGS

WORDS = {"act": ["x-ray"], "side": ["left", "right"]}
LISTED = {"74740", "58340", "74742", "76831"}
PLACE = "uterus.json, entry 1"


def problems_of(*entries, in_force=None):
    wanted = {each.code for each in entries} if in_force is None else in_force
    return list(family_problems(entries, WORDS, wanted))


def guidance_found(tmp_path, **fields):
    return list(guidance_problems(guidance_file(tmp_path, **fields), LISTED, LISTED))


def test_family_problems_of_a_good_entry_are_none():
    assert problems_of(entry(side="left")) == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"act": ""}, "has no act"),
        ({"act": "scan"}, "act 'scan' is not in attributes.json"),
        ({"side": "both"}, "side 'both' is not in attributes.json"),
        ({"title": "x" * 121}, "its title is longer than 120 characters"),
        ({"synonyms": []}, "has no synonym"),
        ({"synonyms": ["HSG", "hsg"]}, "names a synonym twice"),
        (
            {"title": "Films with or without contrast"},
            "'with or without' is a phrase of descriptors, not ours",
        ),
        ({"synonyms": ["Material(s)"]}, "'Material(s)' is a phrase of descriptors, not ours"),
        ({"extent": "each additional"}, "'each additional' is a phrase of descriptors, not ours"),
    ],
)
def test_family_problems_name_entry_and_problem(fields, problem):
    assert problems_of(entry(**fields)) == [f"{PLACE} (74740): {problem}"]


def test_family_problems_tell_of_gaps_and_codes_not_in_force():
    assert problems_of(entry(), in_force={"58340", "51600"}) == [
        f"{PLACE} (74740): is not in force in the loaded release",
        "51600: has no entry",
        "58340: has no entry",
    ]


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        ({"code": "74742", "title": "Tube"}, "attributes"),
        (
            {
                "code": "74742",
                "title": "hsg: CONTRAST films of the uterus and tubes",
                "side": "left",
            },
            "title",
        ),
        ({"title": "Tube", "side": "left"}, "code"),
    ],
)
def test_family_problems_tell_what_two_entries_share(other, shared):
    second = entry(**other)

    assert problems_of(entry(), second) == [
        f"74740 ({PLACE}) and {second.code} ({PLACE}): share one {shared}"
    ]


def test_guidance_problems_of_a_good_file_are_none(tmp_path):
    marked = f"{BODY} Units [MUE 2024Q3] of `74742`, and [a link](/x)."

    assert guidance_found(tmp_path, Billing=marked) == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"plain": "Films."}, "its common-language text is too short to help"),
        ({"Billing": "Bill it."}, "Billing says next to nothing"),
        ({"Billing": f"{BODY} Any method."}, "'Any method' is a phrase of descriptors, not ours"),
        ({"pairs": "58340 51600"}, "pairs or compares 51600, which is not in force"),
        ({"compare": "74710"}, "pairs or compares 74710, which is not in force"),
        ({"plain": f"{BODY} See `99999`."}, "names 99999, which no loaded file knows"),
        ({"Billing": f"{BODY} So [CPT 2026]."}, "[CPT 2026] is not a source that ships"),
    ],
)
def test_guidance_problems_name_file_and_problem(tmp_path, fields, problem):
    assert guidance_found(tmp_path, **fields) == [f"74740.md: {problem}"]


@pytest.mark.parametrize("heading", HEADINGS)
def test_guidance_problems_let_a_section_say_that_it_does_not_apply(tmp_path, heading):
    assert guidance_found(tmp_path, **{heading: "Not applicable: the code has ended."}) == []


@pytest.mark.parametrize(
    ("only", "told"),
    [
        ([], ["a.json: no act", "74740.md: no words"]),
        (["74740"], ["74740.md: no words"]),
        (["a.json", "74740"], ["a.json: no act", "74740.md: no words"]),
    ],
)
def test_check_codes_tells_the_problems_asked_for_and_fails(monkeypatch, capsys, only, told):
    problems = ["a.json: no act", "74740.md: no words"]
    monkeypatch.setattr(Command, "problems", lambda self: problems)

    with pytest.raises(CommandError, match=f"^{len(told)} problems$"):
        call_command("check_codes", *only)

    assert capsys.readouterr().out.splitlines() == told


@pytest.mark.parametrize("error", [BadEntry("a.json: broken"), FileNotFoundError("no a.json")])
def test_check_codes_tells_of_a_file_it_cannot_read(monkeypatch, error):
    def problems(self):
        raise error

    monkeypatch.setattr(Command, "problems", problems)

    with pytest.raises(CommandError, match=f"^{error}$"):
        call_command("check_codes")
