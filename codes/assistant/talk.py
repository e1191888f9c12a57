"""Conversations: a question becomes a row with its answer, screened before it is stored."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.guests import KEPT
from codes.assistant import engine, model
from codes.assistant.answer import Answer
from codes.assistant.reading import Reading, from_json
from codes.assistant.screening import screened
from codes.codes import CODE_PATTERN
from codes.models import Conversation, Turn, Verdict

REMEMBERED = 6  # turns
AT_MOST = 40  # turns of one conversation


def answered(
    question: str,
    *,
    now: datetime,
    turns: list[Turn],
    context_code: str = "",
    on: date | None = None,
    setting: str = "",
    reader: Any = None,
) -> Answer:
    """The answer to a question after these turns; where a model is configured, in its words."""
    earlier = [_reading(turn) for turn in turns[-REMEMBERED:]]
    if CODE_PATTERN.fullmatch(context_code):
        earlier.insert(0, Reading(text="", codes=(context_code,)))
    said = {"today": timezone.localdate(now), "on": on, "setting": setting, "reader": reader}
    answer = engine.ask(question, earlier=earlier, **said)
    if answer.reason == "unrelated" and (other := model.restated(screened(question).text)):
        answer = engine.ask(other, earlier=earlier, **said)
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


def begin(*, user: Any, guest: str) -> Conversation:
    return Conversation.objects.create(owner=user, guest="" if user else guest)


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
