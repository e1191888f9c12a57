"""Whether a posting may go before the moderators, and whether an edit has to."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models.employer import EmployerTrust
from jobs import content, deadlines, links, wording
from jobs.errors import BannedLink, NotReady
from jobs.models import Job
from jobs.models.parts import ApplyMethod
from jobs.pay_sanity import pay_problems
from jobs.sanitise import text_of
from jobs.states import Actor


def check(job: Job, *, now: datetime, actor: Actor, was: datetime | None = None) -> None:
    """Raises a RuleBroken that says what to put right first.

    `was` is the closing time it has already; only another one is judged. Figures of an imported
    posting are left to the moderators, who see them marked.
    """
    if missing := missing_in(job):
        raise NotReady(missing)
    problems = pay_problems(job.pay_basis, job.pay_min, job.pay_max)
    if problems and actor == Actor.EMPLOYER:
        raise NotReady(problems[0])
    if job.closes_at and job.closes_at != was:
        deadlines.check_closing(job.closes_at, now=now, zone=job.employer.zone)
    refuse_banned(job)


def missing_in(job: Job) -> str:
    """What a posting cannot do without; "" when it has all of it."""
    if not job.title.strip():
        return _("Give the posting a title.")
    if not text_of(job.description):
        return _("Describe the work.")
    if job.apply_method == ApplyMethod.URL and not job.apply_url:
        return _("Give the web address at which coders apply.")
    if job.apply_method == ApplyMethod.EMAIL and not job.apply_email:
        return _("Give the e-mail address to which coders apply.")
    return ""


def refuse_banned(job: Job) -> None:
    if job.employer.trust == EmployerTrust.BANNED:
        raise BannedLink(_("This employer may not post here. Write to us if that is a mistake."))
    links.refuse_banned(job)


def needs_review(revision: Job, changes: Iterable[dict[str, str]]) -> bool:
    """Whether an edit waits: it touches what coders decide on, or its new words look wrong."""
    changes = list(changes)
    written = "\n".join(change["new"] for change in changes if change["field"] in links.TEXTS)
    return content.is_material(changes) or wording.is_doubtful(written)
