"""Conversations: a question becomes a row with its answer, screened before it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.guests import KEPT
from codes.assistant import engine, model
from codes.assistant.answer import Answer, Step, Tell
from codes.assistant.reading import Reading, from_json
from codes.assistant.screening import screened
from codes.codes import CODE_PATTERN
from codes.models import Conversation, Turn, Verdict

REMEMBERED = 6  # turns
AT_MOST = 40  # turns of one conversation


@dataclass(frozen=True)
class Question:
    """What was typed, and what was said apart from it; `code` is that of the page it came from."""

    question: str
    now: datetime
    code: str = ""
    on: date | None = None
    setting: str = ""
    reader: Any = None


def answered(asked: Question, turns: Sequence[Turn] = (), tell: Tell | None = None) -> Answer:
    """The answer to a question after these turns; where a model is configured, in its words."""
    earlier = [_reading(turn) for turn in turns[-REMEMBERED:]]
    if CODE_PATTERN.fullmatch(asked.code):
        earlier.insert(0, Reading(text="", codes=(asked.code,)))
    ask = partial(
        engine.ask,
        today=timezone.localdate(asked.now),
        on=asked.on,
        setting=asked.setting,
        earlier=earlier,
        reader=asked.reader,
        tell=tell,
    )
    answer = ask(asked.question)
    if answer.reason == "unrelated" and (other := model.restated(screened(asked.question).text)):
        answer = ask(other)
    if tell and model.is_on():
        tell(Step("words", "saying it in fewer words, with the same facts"))
    return model.rephrased(answer)


def _reading(turn: Turn) -> Reading:
    return from_json(turn.answer.get("data", {}).get("asked", {}))


@transaction.atomic
def keep(
    *, conversation: Conversation, question: str, answer: Answer, context_code: str = ""
) -> Turn:
    """Store one turn. The question is screened here as well, whoever calls."""
    return Turn.objects.create(
        conversation=conversation,
        question=screened(question).text,
        context_code=context_code,
        answer=answer.as_json(),
    )


def go_on(
    asked: Question,
    conversation: Conversation | None,
    *,
    user: Any,
    guest: str,
    tell: Tell | None = None,
) -> Turn:
    """Answer and keep one question; a new conversation begins where there is none, or it is full.

    The code of the page where a conversation began stays its context.
    """
    turns = list(conversation.turns.all()) if conversation else []
    if len(turns) >= AT_MOST:
        conversation, turns = None, []
    code = asked.code or next((each.context_code for each in turns[:1]), "")
    answer = answered(replace(asked, code=code), turns, tell)
    conversation = conversation or begin(user=user, guest=guest)
    question = asked.question
    return keep(conversation=conversation, question=question, answer=answer, context_code=code)


def begin(*, user: Any, guest: str) -> Conversation:
    return Conversation.objects.create(owner=user, guest="" if user else guest)


def adopt(*, guest: str, user: Any) -> None:
    """What somebody asked as a visitor becomes their account's."""
    Conversation.objects.filter(owner=None, guest=guest).update(owner=user, guest="")


def complain(*, turn: Turn, text: str) -> None:
    """Note that an answer did not help; the moderators see it with its trace."""
    rows = Turn.objects.filter(pk=turn.pk)
    rows.update(verdict=Verdict.DOWN, complaint=screened(text).text[:500], settled_at=None)


def praise(*, turn: Turn) -> None:
    Turn.objects.filter(pk=turn.pk).update(verdict=Verdict.UP, complaint="")


def settle(*, turns: Any, by: Any, now: datetime) -> int:
    """Complaints that a moderator has seen to; those settled before stay as they are."""
    count: int = turns.filter(verdict=Verdict.DOWN, settled_at=None).update(
        settled_at=now, settled_by=by
    )
    return count


def forget_guests(*, now: datetime) -> int:
    """Delete what visitors asked, once the cookie that could show it has ended."""
    old = Conversation.objects.filter(owner=None, started_at__lt=now - KEPT)
    return old.delete()[0]
