"""What a moderator should know about a posting and its employer: signals, each with its evidence.

A signal is never a verdict; nothing is refused because of one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.domains import is_webmail
from accounts.models.employer import EmployerTrust
from jobs import links, wording
from jobs.duplicates import Alike, alike
from jobs.models import Job, Report
from jobs.pay_sanity import pay_problems
from jobs.sanitise import text_of
from jobs.states import JobStatus


@dataclass(frozen=True)
class Signal:
    code: str
    label: str
    evidence: tuple[str, ...] = ()
    grave: bool = False


@dataclass(frozen=True)
class Record:
    """What became of an employer's postings so far."""

    published: int = 0
    removed: int = 0
    upheld: int = 0


@dataclass(frozen=True)
class Case:
    job: Job
    record: Record
    alike: tuple[Alike, ...]
    now: datetime


def signals_of(jobs: Sequence[Job], *, now: datetime) -> dict[int, list[Signal]]:
    """The signals of each posting; the number of queries does not grow with the postings.

    The jobs come with `employer` and `employer__domains` loaded.
    """
    records, similar = _records({job.employer_id for job in jobs}), alike(jobs)
    cases = [
        Case(job, records.get(job.employer_id, Record()), tuple(similar[job.pk]), now)
        for job in jobs
    ]
    return {case.job.pk: [found for ask in ASKED if (found := ask(case))] for case in cases}


def _records(employers: set[int]) -> dict[int, Record]:
    jobs = (
        Job.objects.filter(employer__in=employers)
        .order_by()
        .values("employer")
        .annotate(
            published=Count("pk", Q(first_published_at__isnull=False)),
            removed=Count("pk", Q(status=JobStatus.REMOVED)),
        )
    )
    upheld = Report.objects.filter(job__employer__in=employers, upheld=True).order_by()
    counts = dict(upheld.values_list("job__employer").annotate(Count("pk")))
    return {
        row["employer"]: Record(row["published"], row["removed"], counts.get(row["employer"], 0))
        for row in jobs
    }


def _standing(case: Case) -> Signal | None:
    match case.job.employer.trust:
        case EmployerTrust.WATCHED:
            return Signal("watched", _("Watched employer"), grave=True)
        case EmployerTrust.BANNED:
            return Signal("banned", _("Banned employer"), grave=True)
    return None


def _first_posting(case: Case) -> Signal | None:
    if case.record.published:
        return None
    since = _("Here since %(day)s") % {"day": f"{case.job.employer.created_at:%-d %b %Y}"}
    return Signal("new-employer", _("First posting"), (since,))


def _history(case: Case) -> Signal | None:
    evidence = []
    if case.record.removed:
        evidence.append(_("Postings removed: %s") % case.record.removed)
    if case.record.upheld:
        evidence.append(_("Reports upheld: %s") % case.record.upheld)
    return Signal("history", _("Earlier trouble"), tuple(evidence), True) if evidence else None


def _unverified(case: Case) -> Signal | None:
    if case.job.employer.is_verified:
        return None
    return Signal("unverified", _("No verified domain"))


def _webmail(case: Case) -> Signal | None:
    addresses = {case.job.contact_email, case.job.apply_email} - {""}
    webmail = sorted(mail for mail in addresses if is_webmail(links.host_of(mail)))
    return Signal("webmail", _("Webmail contact"), tuple(webmail)) if webmail else None


def _foreign(case: Case) -> Signal | None:
    own = {_base(host) for host in links.employer_hosts(case.job.employer)}
    hosts = links.hosts_of(case.job)
    strange = sorted(host for host in hosts if _base(host) not in own and not is_webmail(host))
    return Signal("foreign-link", _("Leads elsewhere"), tuple(strange)) if strange else None


def _base(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def _money(case: Case) -> Signal | None:
    found = wording.money_words(_written(case.job))
    return Signal("money-words", _("Money words"), tuple(found), True) if found else None


def _phone(case: Case) -> Signal | None:
    found = wording.phone_numbers(_written(case.job))
    return Signal("phone", _("Phone number in the text"), tuple(found)) if found else None


def _written(job: Job) -> str:
    return "\n".join([job.title, *(text_of(getattr(job, name)) for name in links.TEXTS)])


def _pay(case: Case) -> Signal | None:
    job = case.job
    problems = pay_problems(job.pay_basis, job.pay_min, job.pay_max)
    return Signal("pay", _("Odd pay"), tuple(problems)) if problems else None


def _similar(case: Case) -> Signal | None:
    if not case.alike:
        return None
    evidence = tuple(
        f"{pair.share:.0%}: {pair.job} · {pair.job.employer} · {pair.job.get_status_display()}"
        for pair in case.alike[:5]
    )
    refused = any(pair.job.status in (JobStatus.REMOVED, JobStatus.REJECTED) for pair in case.alike)
    return Signal("similar", _("Like another posting"), evidence, refused)


def _closing(case: Case) -> Signal | None:
    closes_at = case.job.closes_at
    if case.job.status != JobStatus.PENDING or closes_at is None or closes_at > case.now:
        return None
    return Signal("closed", _("Its closing day has passed"))


ASKED: tuple[Callable[[Case], Signal | None], ...] = (
    _standing,
    _history,
    _money,
    _similar,
    _closing,
    _first_posting,
    _unverified,
    _webmail,
    _foreign,
    _phone,
    _pay,
)
