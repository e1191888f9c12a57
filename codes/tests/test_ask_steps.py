"""The steps of an answer, line by line; and where a page is shown instead."""

import json
import time

import pytest
from playwright.sync_api import expect

from codes.assistant import engine
from codes.assistant.answer import Step
from codes.assistant.stream import steps_of
from codes.models import Conversation, Turn

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = "application/x-ndjson"


@pytest.fixture
def visitor(client):
    client.get("/ask/")
    return client


def ask(client, text, path="/ask/"):
    return client.post(path, {"question": text}, headers={"accept": STEPS})


def ask_here(page):
    page.get_by_role("main").get_by_label("Your question").fill("units of 74420")
    page.get_by_role("main").get_by_role("button", name="Ask", exact=True).click()


def lines(response):
    content = response.getvalue().decode()
    return [json.loads(line) for line in content.splitlines()]


def test_each_step_is_a_line_and_the_last_leads_to_the_answer(visitor):
    told = lines(ask(visitor, "units of 74420 and of 74740"))

    turn = Turn.objects.get()
    url = f"/ask/{turn.conversation.public_id}/#turn-{turn.pk}"
    steps = [f"{each['tool']}: {each['text']}" for each in turn.answer["steps"]]
    assert told == [*({"step": each} for each in steps), {"url": url}]
    assert steps


def test_steps_of_yields_a_step_before_the_work_is_done():
    go_on = []

    def work(tell):
        tell(Step("pair", "looked"))
        while not go_on:
            time.sleep(0.001)
        return "done"

    found = steps_of(work)

    assert next(found) == Step("pair", "looked")
    go_on.append(True)
    assert list(found) == ["done"]


def test_steps_of_raises_what_the_work_raises():
    def work(tell):
        raise LookupError

    with pytest.raises(LookupError):
        list(steps_of(work))


def test_an_answer_is_kept_though_nobody_waits_for_it(visitor):
    response = ask(visitor, "units of 74420")

    next(iter(response.streaming_content))
    response.close()

    deadline = time.monotonic() + 20
    while not Turn.objects.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("text", ["", "x" * 1001])
def test_a_question_that_is_not_taken_is_to_be_sent_as_a_form(visitor, text):
    assert lines(ask(visitor, text)) == [{"form": True}]


def test_so_is_one_beyond_the_limit_and_one_without_a_cookie(client, settings):
    assert lines(ask(client, "units of 74420")) == [{"form": True}]
    client.get("/ask/")
    settings.ASK_GUEST_A_DAY = 0
    assert lines(ask(client, "units of 74420")) == [{"form": True}]
    assert not Conversation.objects.exists()


def test_in_a_browser_the_steps_stand_there_while_the_answer_is_made(page, monkeypatch):
    go_on = []

    def wait(answer):
        while not go_on:
            time.sleep(0.001)
        return answer

    monkeypatch.setattr("codes.assistant.talk.model.rephrased", wait)
    page.goto("/ask/")
    ask_here(page)
    expect(page.get_by_role("status").filter(has_text="looked for 74420")).to_be_visible()

    go_on.append(True)

    expect(page.get_by_role("heading", name="units of 74420")).to_be_visible()


def test_an_answer_that_breaks_off_leaves_the_question(page, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(engine, "ask", fail)
    page.goto("/ask/")
    ask_here(page)

    expect(page.get_by_text("The answer broke off.")).to_be_visible()
    expect(page.get_by_role("main").get_by_label("Your question")).to_have_value("units of 74420")
    expect(page.get_by_role("main").get_by_role("button", name="Ask", exact=True)).to_be_enabled()


def test_beyond_the_limit_the_page_says_so(page, settings):
    settings.ASK_GUEST_A_DAY = 0
    page.goto("/ask/")
    ask_here(page)

    expect(page.get_by_text("A visitor may ask 0 questions a day")).to_be_visible()
