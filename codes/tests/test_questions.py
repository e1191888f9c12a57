"""Questions with gold answers, answered from what ships (../shared/data/cases/README.md)."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from codes.billing import FeeStatus, add_ons, components, fee, localities, pair, units
from codes.lookup import Outcome, look_up
from codes.models import Code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

QUESTIONS = settings.BASE_DIR.parent / "shared" / "data" / "cases" / "questions_dev.jsonl"
TODAY = date(2026, 8, 15)
DAYS = {2025: date(2025, 11, 15), 2026: TODAY}


def of_type(*kinds):
    """One parameter for each question; one that is skipped where the file is not."""
    if not QUESTIONS.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="needs ../shared"))]
    rows = map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    return [pytest.param(row, id=row["qid"]) for row in rows if row["type"] in kinds]


def gold(question):
    return question["expected"]["answer"]


def day(question):
    return date.fromisoformat(question["date_of_service"]) if question["date_of_service"] else TODAY


@pytest.mark.parametrize("question", of_type("pair"))
def test_pair_is_the_gold_answer(question):
    wanted = gold(question)

    answer = pair(wanted["code_a"], wanted["code_b"], day(question))

    assert {
        "code_a": answer.a,
        "code_b": answer.b,
        "status": answer.status,
        "column1": answer.column1 or None,
        "column2": answer.column2 or None,
        "indicator": None if answer.indicator is None else str(answer.indicator),
        "rationale": answer.rationale or None,
        **({"vintage_warning": True} if answer.outside else {}),
    } == wanted


@pytest.mark.parametrize("question", of_type("fee"))
def test_fee_is_the_gold_answer(question):
    wanted = gold(question)
    in_facility = {
        "amount": question["setting"] == "facility",
        "nonfacility": False,
        "facility": True,
    }
    place = locality(wanted)

    found = {
        name: fee(wanted["code"], wanted.get("modifier", ""), place, facility, DAYS[wanted["year"]])
        for name, facility in in_facility.items()
        if name in wanted
    }

    spread = Decimal(wanted.get("tolerance", "0"))
    for name, answer in found.items():
        assert (answer.status, answer.capped) == (FeeStatus.PRICED, "cap" in wanted)
        assert abs(answer.amount - Decimal(wanted[name])) <= spread


def locality(wanted):
    rows = localities(DAYS[wanted["year"]]) if "mac" in wanted else []
    mine = (row for row in rows if (row.mac, row.number) == (wanted["mac"], wanted["locality"]))
    return next(mine, None)


@pytest.mark.parametrize("question", of_type("fee"))
def test_fee_without_a_locality_has_the_gold_ones_to_choose_from(question):
    wanted = gold(question)

    rows = localities(DAYS[2025])

    assert [row.number for row in rows if row.state == wanted.get("state")] == wanted.get(
        "localities", []
    )


@pytest.mark.parametrize("question", of_type("unit_limit"))
def test_units_are_the_gold_answer(question):
    wanted = gold(question)

    limit = units(wanted["code"], day(question)).limit

    found = limit is not None
    assert (found, limit.units, limit.adjudication) == (
        wanted["found"],
        wanted["units"],
        wanted["mai"],
    )


@pytest.mark.parametrize("question", of_type("add_on"))
def test_add_on_is_the_gold_answer(question):
    wanted = gold(question)

    answer = add_ons(wanted["add_on"], day(question))

    assert {
        "add_on": answer.code,
        "primaries": list(answer.primaries),
        "contractor_decides": answer.contractor_decides,
        "edit_types": [str(each) for each in answer.edit_types],
    } == {name: value for name, value in wanted.items() if not name.startswith("with_")}
    asked = {name.removeprefix("with_"): value for name, value in wanted.items() if "with_" in name}
    assert asked == {code: code in answer.primaries for code in asked}


@pytest.mark.parametrize("question", of_type("global_days"))
def test_global_days_are_the_gold_answer(question):
    wanted = gold(question)

    _schedule, rows = components(wanted["code"], day(question))

    assert {"code": rows[0].code, "global_days": rows[0].global_days} == wanted


@pytest.mark.parametrize("question", of_type("validity"))
def test_validity_is_the_gold_answer(question):
    wanted, on = gold(question), day(question)
    row = Code.objects.get(code=wanted["code"])

    result = look_up(wanted["code"], on=on)

    assert row.is_in_force(on=on) is wanted["valid"]
    assert (result.outcome == Outcome.FOUND) is wanted["valid"]
    schedule, rows = components(wanted["code"], on)
    assert {value.status for value in rows} >= {
        wanted[name] for name in ("status",) if name in wanted
    }
    assert {code.code for code in result.nearest} >= {
        wanted[n] for n in ("related",) if n in wanted
    }
    assert schedule is not None


@pytest.mark.parametrize("question", of_type("unknown_code"))
def test_unknown_code_is_not_found_and_the_gold_one_suggested(question):
    wanted = gold(question)

    result = look_up(wanted["code"], on=TODAY)

    assert (result.outcome, result.hits) == (Outcome.UNKNOWN, ())
    assert {code.code for code in result.nearest} >= set(wanted["suggest"])
