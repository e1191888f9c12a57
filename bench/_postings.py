"""Synthetic live postings: skewed vocabularies, plausible titles, 130 to 480 words each."""

# ruff: noqa: SIM905
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import Employer
from accounts.models.employer import EmployerKind
from codes.codes import span_of
from codes.models import Specialty
from jobs.models import (
    Credential,
    CredentialRequirement,
    EmploymentType,
    Job,
    JobCodeRange,
    JobSearch,
    JobSite,
    Setting,
    State,
)
from jobs.search import document
from jobs.states import JobStatus

BATCH = 1000
GRADES = ("Coder", "Coder II", "Senior Coder", "Lead Coder", "Auditor", "Coding Specialist")
COMMON = (
    "the and of to in for with coding medical records review assign accurate codes provider "
    "documentation team quality charts experience required knowledge guidelines compliance billing "
    "claims denials encounter modifiers physician hospital clinic department work daily monthly"
).split()
RARE = [
    f"{stem}{end}"
    for stem in (
        "cysto",
        "uretero",
        "nephro",
        "litho",
        "angio",
        "arthro",
        "broncho",
        "colono",
        "gastro",
        "hepato",
        "hystero",
        "laparo",
        "neuro",
        "osteo",
        "rhino",
        "spleno",
        "thoraco",
        "vaso",
        "cardio",
        "dermo",
    )
    for end in (
        "scopy",
        "graphy",
        "tomy",
        "plasty",
        "pathy",
        "gram",
        "stent",
        "lysis",
        "centesis",
        "ectomy",
    )
]
RANGES = (
    ("50010", "53899"),
    ("70010", "76499"),
    ("74400", "74485"),
    ("74740", "74740"),
    ("99202", "99499"),
    ("10004", "19499"),
    ("33016", "37799"),
    ("43191", "49999"),
    ("58100", "58999"),
    ("76801", "76857"),
)


def make(count: int, *, now: datetime, seed: int = 1) -> int:
    """Add live postings until there are `count`; returns how many were made."""
    rng = random.Random(seed)
    missing = count - JobSearch.objects.count()
    employers = _employers(rng)
    for start in range(0, missing, BATCH):
        size = min(BATCH, missing - start)
        jobs = Job.objects.bulk_create(
            _job(rng, employers, now, seed, start + n) for n in range(size)
        )
        _join(rng, jobs)
        document.write_many(
            Job.objects.filter(pk__in=[job.pk for job in jobs]).prefetch_related(*document.RELATED)
        )
    return max(missing, 0)


def _employers(rng: random.Random) -> list[Employer]:
    names = [
        f"{a} {b}"
        for a in (
            "Lakeside",
            "Meridian",
            "Northgate",
            "Bright Harbor",
            "Cedar",
            "Summit",
            "Valley",
            "Pioneer",
            "Riverbend",
            "Granite",
        )
        for b in ("Health", "Clinic", "Imaging", "Partners", "Coding")
    ]
    rows = [
        Employer(name=name, slug=f"bench-{n}", kind=rng.choice(EmployerKind.values))
        for n, name in enumerate(names)
    ]
    Employer.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Employer.objects.filter(slug__startswith="bench-"))


def _job(
    rng: random.Random, employers: Sequence[Employer], now: datetime, seed: int, number: int
) -> Job:
    posted = now - timedelta(minutes=rng.randrange(1, 40 * 24 * 60))
    low = Decimal(rng.randrange(1800, 4500)) / 100 if rng.random() < 0.78 else None
    high = low + Decimal(rng.randrange(100, 900)) / 100 if low else None
    mode = rng.choices(["remote", "onsite", "hybrid", "not_stated"], [46, 34, 15, 5])[0]
    rule = (
        rng.choices(["any", "only", "except", "not_stated"], [62, 20, 6, 12])[0]
        if mode == "remote"
        else "not_stated"
    )
    return Job(
        slug=f"bench-posting-{seed}-{number}-{rng.randrange(10**9)}",
        employer=rng.choice(employers),
        status=JobStatus.PUBLISHED,
        title=_title(rng),
        description=_text(rng),
        first_published_at=posted,
        published_at=posted,
        closes_at=now + timedelta(days=rng.randrange(20, 90)),
        confirmed_open_at=posted,
        pay_basis="hour" if low else "not_stated",
        pay_min=low,
        pay_max=high,
        hourly_min=low,
        hourly_max=high,
        mode=mode,
        state_rule=rule,
        years_min=rng.choice([None, 0, 1, 2, 3, 5]),
        apprentice=rng.choice(["not_stated", "no", "yes", "conditions"]),
    )


def _title(rng: random.Random) -> str:
    field = rng.choice(
        [
            "Urology",
            "Radiology",
            "Cardiology",
            "Outpatient",
            "Inpatient",
            "Profee",
            "Orthopedic",
            "HCC",
        ]
    )
    return f"{field} {rng.choice(GRADES)}{rng.choice(['', ', remote', ', nights', ' and Biller'])}"


def _text(rng: random.Random) -> str:
    length = rng.randrange(130, 480)
    words = rng.choices(COMMON, k=length)
    for place in range(0, length, 9):
        words[place] = RARE[min(int(rng.expovariate(0.03)), len(RARE) - 1)]
    return f"<p>{' '.join(words)}</p>"


def _join(rng: random.Random, jobs: Sequence[Job]) -> None:
    """Everything a posting points to, one table after the other."""
    for field, model, most in (
        ("specialties", Specialty, 3),
        ("settings", Setting, 2),
        ("employment_types", EmploymentType, 1),
    ):
        through = getattr(Job, field).through
        column = f"{model._meta.model_name}_id"
        pks = list(model._default_manager.values_list("pk", flat=True))
        pairs = [(job, pk) for job in jobs for pk in _some(rng, pks, most)]
        through.objects.bulk_create(through(job_id=job.pk, **{column: pk}) for job, pk in pairs)
    states = list(State.objects.values_list("pk", flat=True))
    named = [
        (job, code)
        for job in jobs
        if job.state_rule in {"only", "except"}
        for code in rng.sample(states, 8)
    ]
    Job.states.through.objects.bulk_create(
        Job.states.through(job_id=job.pk, state_id=code) for job, code in named
    )
    JobSite.objects.bulk_create(
        JobSite(job=job, city="Springfield", state_id=_skewed(rng, states))
        for job in jobs
        if job.mode != "remote"
    )
    JobCodeRange.objects.bulk_create(_ranges(rng, jobs))
    _require(rng, jobs)


def _require(rng: random.Random, jobs: Sequence[Job]) -> None:
    pks = list(Credential.objects.values_list("pk", flat=True))
    groups = CredentialRequirement.objects.bulk_create(
        CredentialRequirement(job=job) for job in jobs
    )
    through = CredentialRequirement.credentials.through
    through.objects.bulk_create(
        through(credentialrequirement_id=group.pk, credential_id=pk)
        for group in groups
        for pk in _some(rng, pks, 3)
    )


def _ranges(rng: random.Random, jobs: Sequence[Job]) -> Iterator[JobCodeRange]:
    for job in jobs:
        for lo, hi in rng.sample(RANGES, rng.randrange(3)):
            yield JobCodeRange(job=job, system="CPT", span=span_of("CPT", lo, hi))


def _some(rng: random.Random, values: Sequence[Any], most: int) -> set[Any]:
    return {_skewed(rng, values) for _ in range(rng.randint(1, most))}


def _skewed(rng: random.Random, values: Sequence[Any]) -> Any:
    """The first values come often, the last seldom."""
    return values[min(int(rng.expovariate(4 / len(values))), len(values) - 1)]
