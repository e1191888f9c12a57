"""What a person typed into a long form, kept before it is right."""

from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.errors import RuleBroken
from accounts.models import User
from jobs.models import Job, TypedForm

Typed = dict[str, list[str]]

POSTING = "posting"
APPLICATION = "application"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "intent"})
MOST_CHARACTERS = 200_000


class TooMuchTyped(RuleBroken):
    """The form holds more text than any posting has."""


def keep(*, user: User, job: Job, kind: str, typed: Typed, now: datetime) -> TypedForm:
    """Keep what was typed in place of what the person typed there before. Raises TooMuchTyped."""
    row, _made = TypedForm.objects.update_or_create(
        user=user, job=job, kind=kind, defaults={"data": typed, "saved_at": now}
    )
    return row


def find(*, user: User, job: Job, kind: str) -> TypedForm | None:
    return TypedForm.objects.filter(user=user, job=job, kind=kind).first()


def forget(*, user: User, job: Job, kind: str) -> None:
    TypedForm.objects.filter(user=user, job=job, kind=kind).delete()


def typed_in(post: QueryDict) -> Typed:
    """What a browser sent, without our own fields. Raises TooMuchTyped."""
    typed = {
        name: [str(value).replace("\x00", "") for value in values]
        for name, values in post.lists()
        if name not in NOT_TYPED
    }
    if sum(len(value) for values in typed.values() for value in values) > MOST_CHARACTERS:
        raise TooMuchTyped(_("The form holds too much text to keep. Shorten it."))
    return typed


def shown_in(form: BaseForm, typed: Typed) -> dict[str, Any]:
    """The initial values with which the fields of `form` show again what was typed."""
    post = QueryDict(mutable=True)
    for name, values in typed.items():
        post.setlist(name, values)
    return {
        name: field.widget.value_from_datadict(post, {}, form.add_prefix(name))
        for name, field in form.fields.items()
    }
