"""The optional language model, against a server of ours that says what the test wants."""

import json
import threading
import time
from contextlib import suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from codes.assistant import model
from codes.assistant.answer import Answer, Fact, Sentence

FACT = Fact("52005 over 52000, indicator 0", "NCCI", "PTP 2024Q3", "Edit 1", "", "ptp")
OURS = "52005 is column 1: no modifier bypasses it."


def answer():
    fact = Fact("52005 in column 1, indicator 0", "NCCI", "PTP", "Edit 1", "", "ptp")
    return Answer(sentences=[Sentence(OURS, (1,))], facts=[fact])


@pytest.fixture
def server(settings):
    """server(text) makes the model say it; server.seen holds what was sent."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            time.sleep(say.delay)
            body = say.raw or json.dumps({"choices": [{"message": {"content": say.text}}]}).encode()
            self.send_response(say.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):
                for start in range(0, len(body), say.piece):
                    self.wfile.write(body[start : start + say.piece])
                    time.sleep(say.pause)

        def log_message(self, *args):
            """Say nothing on the terminal."""

    def say(text, *, status=200, delay=0, raw=b"", pause=0):
        say.text, say.status, say.delay, say.raw = text, status, delay, raw
        say.piece, say.pause = (1, pause) if pause else (1 << 20, 0)

    web = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever, args=(0.05,))
    thread.start()
    settings.ASSISTANT_LLM_URL = f"http://127.0.0.1:{web.server_port}/v1"
    settings.ASSISTANT_LLM_TIMEOUT = 1
    say.seen = seen
    say("[]")
    yield say
    web.shutdown()
    thread.join()
    web.server_close()


def said(server, text, **options):
    server(text, **options)
    return model.rephrased(answer()).sentences[0].text


def test_a_sentence_that_states_the_same_is_taken(server):
    text = "In column 1 stands 52005, and no modifier gets past the edit."

    assert said(server, json.dumps([text])) == text


@pytest.mark.parametrize(
    "text",
    [
        '["52005 is column 1: a modifier bypasses it."]',  # the negation is gone
        '["52005 is column 2: no modifier bypasses it."]',
        '["52000 is column 1: no modifier bypasses it."]',
        '["52005 is column 1: no modifier bypasses it. Use XU."]',
        '["52005 is column 1: no modifier bypasses it, add 59."]',
        '["<b>52005</b> is column 1: no modifier bypasses it."]',
        '["one", "two"]',
        '["52005 is column 1: no modifier bypasses it. So bill and enjoy."]',
        '["No: 52005 is column 1, modifier bypasses it."]',
        "I would rather not.",
        "[1]",
        '{"a": 1}',
        "",
    ],
)
def test_any_other_sentence_is_dropped_and_ours_stays(server, text):
    assert said(server, text) == OURS


def test_who_is_paid_and_who_is_denied_is_never_turned_round(server):
    ours = "52005 is column 1 and paid, 52000 is column 2 and denied."
    fact = Fact("Column 1 52005, column 2 52000", "NCCI", "PTP", "Edit 1", "", "ptp")
    for turned in (
        "52000 is column 1 and paid, 52005 is column 2 and denied.",
        "52005 is column 1 and denied, 52000 is column 2 and paid.",
    ):
        server(json.dumps([turned]))
        answer = Answer(sentences=[Sentence(ours, (1,))], facts=[fact])

        assert model.rephrased(answer).sentences[0].text == ours


def test_a_model_that_sends_a_letter_now_and_then_is_hung_up_on(server):
    started = time.monotonic()

    assert said(server, "x" * 200, pause=0.1) == OURS
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("options", [{"status": 500}, {"delay": 1.5}, {"raw": b"[" * 60_000}])
def test_a_model_that_fails_or_is_slow_changes_nothing(server, options):
    assert said(server, '["52005 is column 1, no modifier."]', **options) == OURS


def test_a_model_that_is_away_changes_nothing(settings):
    settings.ASSISTANT_LLM_URL = "http://127.0.0.1:1/v1"

    assert model.rephrased(answer()).sentences[0].text == OURS


def test_without_an_address_nothing_is_sent(server, settings):
    settings.ASSISTANT_LLM_URL = ""

    assert (said(server, '["x"]'), model.restated("74740?"), server.seen) == (OURS, "", [])


def test_only_our_sentences_are_sent(server):
    said(server, "[]")

    assert json.loads(server.seen[0]["messages"][1]["content"]) == [OURS]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("edit between 52005 and 52000", "edit between 52005 and 52000"),
        ("units of 74420", ""),
        ("NONE", ""),
    ],
)
def test_a_restated_question_holds_no_new_code(server, text, taken):
    server(text)

    assert model.restated("do 52005 and 52000 clash") == taken


@pytest.mark.django_db
@pytest.mark.usefixtures("shipped")
def test_identifiers_never_reach_the_model(server):
    from django.utils import timezone

    from codes.assistant import talk

    server("NONE")
    now, on = timezone.now(), date(2024, 8, 15)
    talk.answered(talk.Question("Zebra for MRN: 00482913, jane.roe@example.org?", now))
    talk.answered(talk.Question("SSN 123-45-6789 52005 52000", now, on=on))

    sent = json.dumps(server.seen)
    assert len(server.seen) >= 2
    assert not any(each in sent for each in ("00482913", "jane.roe", "123-45-6789"))
