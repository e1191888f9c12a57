"""Keeping a case, sharing it for a while, and letting it go."""

from datetime import date, datetime, timedelta

from accounts.models import User
from codes.case.answer import answer
from codes.models import Case
from codes.models.case import secret
from codes.screen import screen

SHARED_FOR = timedelta(days=7)


def keep_case(*, text: str, title: str, on: date, setting: str, owner: User) -> Case:
    """Keep a case without identifiers: the text is screened here, whoever calls."""
    screened, named = screen(text), screen(title)
    result = answer(screened.text, on=on, setting=setting).as_json()
    del result["text"]
    return Case.objects.create(
        owner=owner,
        title=named.text[:120],
        text=screened.text,
        setting=setting,
        served_on=on,
        removed=screened.counts,
        result=result,
    )


def share_case(*, case: Case, now: datetime) -> None:
    """Give the case a link that ends; an earlier link of the case ends at once."""
    case.share_token, case.shared_until = secret(), now + SHARED_FOR
    case.save(update_fields=["share_token", "shared_until"])


def end_share(*, case: Case) -> None:
    case.share_token = case.shared_until = None
    case.save(update_fields=["share_token", "shared_until"])
