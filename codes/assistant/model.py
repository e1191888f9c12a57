"""The optional language model: it may say a sentence in other words, and restate a question.

What comes back is taken only where it states the same: a sentence with other figures, codes or
negations than ours is dropped, and ours stays. Without ASSISTANT_LLM_URL nothing is ever sent. What
is sent is screened, and holds our own words and CMS rows, never text of the AMA.
"""

import http.client
import json
import logging
import re
import socket
import threading
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from codes.assistant.answer import FIGURE, Answer, Sentence, figures_in, holds
from codes.assistant.reading import codes_in

logger = logging.getLogger(__name__)
LIMIT = 64 * 1024  # bytes of an answer that are read
NEGATION = re.compile(
    r"(?:\b(?:no|not|none|never|neither|nor|cannot|without|does not|only)\b|n't\b)\W*([a-z]*)"
)
# What turns a sentence round when it changes its place among the figures.
TURNS = re.compile(rf"{FIGURE.pattern}|\b(?:paid|pays|denied|denies|facility|non-facility)\b")
# Words that state nothing by themselves. Every other word has to be ours, or one of the rows'.
PLAIN_WORDS = """
    a an and are as at be been by code codes edit edits for from gets gives has have here in is it
    its lists means modifier modifiers of on past row says shows so stands table that the their
    there these they this those to under was were which with
"""
PLAIN = frozenset(PLAIN_WORDS.split())
REPHRASE = (
    "Say each sentence of the JSON list in plain, short English. Keep every code, number, amount, "
    "modifier and negation exactly. Add nothing. Answer with a JSON list of as many strings."
)
RESTATE = (
    "Restate the question about medical billing codes in one short line, with words such as: what "
    "is, code for, edit between, units, global days, add-on, modifier, fee, valid. Add no code and "
    "no number. Answer with the line alone; if it is about something else, answer NONE."
)


def is_on() -> bool:
    return bool(settings.ASSISTANT_LLM_URL)


def rephrased(answer: Answer) -> Answer:
    """The answer in the model's words where they hold; ours where they do not, or it is silent."""
    if not is_on() or not answer.sentences:
        return answer
    ours = [each.text for each in answer.sentences]
    told = _json_list(_asked(REPHRASE, json.dumps(ours)))
    if len(told) != len(ours):
        return answer
    pairs = zip(answer.sentences, told, strict=True)
    answer.sentences = [_kept(mine, theirs, answer) for mine, theirs in pairs]
    return answer


def _kept(mine: Sentence, theirs: Any, answer: Answer) -> Sentence:
    if not isinstance(theirs, str) or not _same(mine.text, theirs):
        return mine
    rows = " ".join(fact.claim for n in mine.cites for fact in answer.facts[n - 1 : n])
    if not _words(theirs) - PLAIN <= _words(f"{mine.text} {rows}") | PLAIN:
        return mine
    changed = replace(mine, text=" ".join(theirs.split()))
    return changed if holds(changed, answer.facts) else mine


def _same(mine: str, theirs: str) -> bool:
    """The same figures, negations of the same words, the same words in capitals, and not long.

    Where two codes are told apart, who is paid and who is denied keep their order.
    """
    turns = [TURNS.findall(text.lower()) for text in (mine, theirs)]
    return (
        figures_in(mine) == figures_in(theirs)
        and sorted(NEGATION.findall(mine.lower())) == sorted(NEGATION.findall(theirs.lower()))
        and (len(codes_in(mine)) < 2 or turns[0] == turns[1])
        and set(re.findall(r"\b[A-Z]{2,}\b", theirs)) <= set(re.findall(r"\b[A-Z]{2,}\b", mine))
        and len(theirs) <= 2 * len(mine) + 20
        and "<" not in theirs
    )


def _words(text: str) -> set[str]:
    """By their first five letters: "bypass" and "bypasses" state the same."""
    return {word if word in PLAIN else word[:5] for word in re.findall(r"[^\W\d_]+", text.lower())}


def restated(question: str) -> str:
    """A screened question in words that we read by; "" where the model has none that may stand."""
    if not is_on():
        return ""
    line = _asked(RESTATE, question).strip().splitlines()
    first = line[0][:300] if line else ""
    if not first or first.upper().startswith("NONE"):
        return ""
    return first if set(codes_in(first)) <= set(codes_in(question)) else ""


def _json_list(text: str) -> list[Any]:
    found = re.search(r"\[.*\]", text, re.DOTALL)
    try:
        value = json.loads(found[0]) if found else []
    except (ValueError, RecursionError):
        return []
    return value if isinstance(value, list) else []


FAULTS = (
    OSError,
    http.client.HTTPException,
    ValueError,
    LookupError,
    TypeError,
    RecursionError,
)


def _asked(task: str, text: str) -> str:
    """What the model says; "" when it is away, slow or says nothing readable."""
    messages = [{"role": "system", "content": task}, {"role": "user", "content": text}]
    body = {"model": settings.ASSISTANT_LLM_MODEL, "messages": messages, "temperature": 0}
    try:
        answer = json.loads(_post(json.dumps(body).encode()))
        return str(answer["choices"][0]["message"]["content"])
    except FAULTS as error:
        logger.warning("The language model gave no answer: %s", type(error).__name__)
        return ""


def _post(body: bytes) -> bytes:
    parts = urlsplit(settings.ASSISTANT_LLM_URL)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=settings.ASSISTANT_LLM_TIMEOUT)
    headers = {"Content-Type": "application/json"}
    if settings.ASSISTANT_LLM_KEY:
        headers["Authorization"] = f"Bearer {settings.ASSISTANT_LLM_KEY}"
    watch: threading.Timer | None = None
    try:
        connection.connect()
        watch = threading.Timer(settings.ASSISTANT_LLM_TIMEOUT, _hang_up, [connection.sock])
        watch.start()
        connection.request("POST", f"{parts.path.rstrip('/')}/chat/completions", body, headers)
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise OSError(response.status)
        return response.read(LIMIT)
    finally:
        if watch is not None:
            watch.cancel()
        connection.close()


def _hang_up(line: socket.socket) -> None:
    """A server that sends a letter a second keeps every wait short, and a worker for hours."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
