"""A moderator's decision on one posting or on many: what is asked, and how it is carried out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domains import is_webmail
from accounts.errors import RuleBroken
from accounts.models import User
from jobs.errors import IllegalMove
from jobs.links import hosts_of
from jobs.models import Job, ReasonCode, ReasonKind
from jobs.services import moderation
from jobs.states import JOB_MOVES, Actor, JobStatus, targets


def approve(*, reason: ReasonCode | None = None, **decision: Any) -> object:
    return moderation.publish_posting(actor=Actor.MODERATOR, **decision)


@dataclass(frozen=True)
class Verb:
    """One kind of decision; `to` is where it leads, `reason` the kind of reason it takes."""

    name: str
    label: Any
    done: Any
    to: str
    service: Callable[..., object]
    reason: str = ""
    reason_required: bool = False
    note_required: bool = False


VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "approve",
            label=gettext_lazy("Approve"),
            done=gettext_lazy("Approved: %s"),
            to=JobStatus.PUBLISHED,
            service=approve,
        ),
        Verb(
            "request_changes",
            label=gettext_lazy("Request changes"),
            done=gettext_lazy("Handed back: %s"),
            to=JobStatus.CHANGES,
            service=moderation.request_changes,
            reason=ReasonKind.CHANGES,
            note_required=True,
        ),
        Verb(
            "reject",
            label=gettext_lazy("Reject"),
            done=gettext_lazy("Rejected: %s"),
            to=JobStatus.REJECTED,
            service=moderation.reject_posting,
            reason=ReasonKind.REJECT,
            reason_required=True,
        ),
        Verb(
            "remove",
            label=gettext_lazy("Remove"),
            done=gettext_lazy("Removed: %s"),
            to=JobStatus.REMOVED,
            service=moderation.remove_posting,
            reason=ReasonKind.REMOVE,
            reason_required=True,
        ),
    )
}


class DecisionForm(forms.Form):
    """What one decision needs. `seen` tells which words of each posting were read."""

    note = forms.CharField(
        label=gettext_lazy("Note to the employer"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )

    def __init__(self, data: Any = None, *, verb: Verb) -> None:
        super().__init__(data, prefix=verb.name)
        self.verb = verb
        self.fields["note"].required = verb.note_required
        if verb.reason:
            self.fields["reason"] = forms.ModelChoiceField(
                ReasonCode.objects.filter(kind=verb.reason),
                label=_("Reason; the employer reads it"),
                required=verb.reason_required,
            )
            self.order_fields(["reason", "note"])


class BanForm(forms.Form):
    domain = forms.ChoiceField(label=gettext_lazy("Domain"))
    note = forms.CharField(
        label=gettext_lazy("Note for other moderators"), max_length=250, required=False
    )

    def __init__(self, data: Any = None, *, jobs: Iterable[Job]) -> None:
        super().__init__(data, prefix="ban")
        named = {host for job in jobs for host in hosts_of(job)}
        hosts = sorted(host for host in named if not is_webmail(host))
        choices = [(host, host) for host in hosts]
        # None is chosen beforehand: the ban acts at once and cannot be taken back.
        field = cast(forms.ChoiceField, self.fields["domain"])
        field.choices = [("", gettext_lazy("Choose a domain")), *choices] if choices else []


def verbs_for(job: Job) -> list[Verb]:
    """What a moderator may decide as the posting stands; an edit is approved by being taken in."""
    allowed = set(targets(JOB_MOVES, job.status, Actor.MODERATOR))
    approved = JobStatus.MERGED if job.is_revision else JobStatus.PUBLISHED
    return [
        verb
        for verb in VERBS.values()
        if (approved if verb.name == "approve" else verb.to) in allowed
    ]


def seen_mark(job: Job) -> str:
    return job.submitted_at.isoformat() if job.submitted_at else ""


def decide(
    verb: Verb, job: Job, *, by: User, now: datetime, seen: str, answers: dict[str, Any]
) -> None:
    """Carry out a decision on the words that were read. Raises RuleBroken when it may not be."""
    if (parse_datetime(seen) if seen else None) != job.submitted_at:
        raise IllegalMove(_("The employer sent other words meanwhile. Read them first."))
    reason, note = answers.get("reason"), answers["note"]
    verb.service(job=job, by=by, now=now, reason=reason, note=note)


def decide_all(
    verb: Verb,
    jobs: Iterable[Job],
    *,
    by: User,
    now: datetime,
    seen: dict[str, str],
    answers: dict[str, Any],
) -> tuple[list[Job], list[str]]:
    """Each posting by itself: what was done, and for the others why not."""
    done, refused = [], []
    for job in jobs:
        try:
            decide(verb, job, by=by, now=now, seen=seen.get(str(job.pk), ""), answers=answers)
        except RuleBroken as error:
            refused.append(f"{job}: {error}")
        else:
            done.append(job)
    return done, refused
