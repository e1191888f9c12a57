"""What would make a posting better: said before it is sent, and never in its way."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from jobs.models import Job, State
from jobs.models.parts import PlaceMode, StateRule
from jobs.pay import PIECES, comparable
from jobs.sanitise import text_of
from jobs.search.document import states_hired_in

PAY_IN_TITLE = re.compile(r"[$€£]|\d\s*(?:/|per|an?)\s*(?:h\b|hr|hour|year|yr)", re.IGNORECASE)
SHORT_TEXT = 200


class Advice(NamedTuple):
    field: str
    text: str


def advice_on(job: Job) -> list[Advice]:
    return [
        *_on_title(job.title, job.employer.name),
        *_on_description(job),
        *_on_pay(job),
        *_on_pay_by_the_piece(job),
        *_on_states(job),
        *_on_credentials(job),
    ]


def _on_title(title: str, employer: str) -> Iterator[Advice]:
    if (title.isupper() and len(title) > 10) or "!" in title:
        yield Advice("title", _("Write the title in plain letters, without capitals throughout."))
    if PAY_IN_TITLE.search(title):
        yield Advice("title", _("Leave the pay out of the title. It stands beside it."))
    if employer.casefold() in title.casefold():
        yield Advice("title", _("Leave your name out of the title. It stands beside it."))


def _on_description(job: Job) -> Iterator[Advice]:
    text = text_of(job.description)
    if len(text) < SHORT_TEXT or text.casefold() == job.title.casefold():
        yield Advice("description", _("The description is short. Say what a working day holds."))


def _on_pay(job: Job) -> Iterator[Advice]:
    states = list(State.objects.all())
    hires_in = states_hired_in(job, everywhere={state.code for state in states})
    asking = [state for state in states if state.pay_range_required and state.code in hires_in]
    if asking and (job.pay_min is None or job.pay_max is None):
        yield Advice(
            "pay_min",
            _("A pay range must be stated for work in: %(states)s. Give the lowest and highest.")
            % {"states": ", ".join(state.name for state in asking)},
        )
    left_out = job.state_rule == StateRule.EXCEPT and job.states.filter(pay_range_required=True)
    if left_out:
        yield Advice(
            "states",
            _("Leaving out a state because it asks for a pay range may be unlawful: %(states)s.")
            % {"states": ", ".join(state.name for state in left_out)},
        )


def _on_pay_by_the_piece(job: Job) -> Iterator[Advice]:
    stated = job.pay_min is not None or job.pay_max is not None
    if stated and job.pay_basis in PIECES and comparable(job) == (None, None):
        yield Advice(
            "volume",
            _("Give the volume in what you pay for: without it coders see no pay by the hour."),
        )


def _on_states(job: Job) -> Iterator[Advice]:
    if job.mode == PlaceMode.REMOTE and job.state_rule == StateRule.NOT_STATED:
        yield Advice(
            "state_rule",
            _("Coders will read that the states are not stated, and cannot filter for theirs."),
        )
    if job.mode == PlaceMode.NOT_STATED:
        yield Advice("mode", _("Coders will read that the place of work is not stated."))


def _on_credentials(job: Job) -> Iterator[Advice]:
    if not job.credential_requirements.all():
        yield Advice(
            "credentials_required",
            _("Without credentials, coders cannot see whether you may hire them."),
        )
