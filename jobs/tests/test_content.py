from decimal import Decimal
from typing import Any

import pytest

from codes.codes import span_of
from codes.models import Specialty
from jobs.content import (
    DERIVED,
    FIELDS,
    IMMATERIAL,
    MATERIAL,
    TERMS,
    copy_content,
    diff,
    is_material,
    snapshot,
)
from jobs.models import Job, JobCodeRange, Question, Software
from jobs.models.parts import Applying, Hiring, Pay, Place, Terms, Work
from jobs.states import JobStatus
from jobs.tests.factories import (
    make_credential,
    make_employment_type,
    make_job,
    make_setting,
    make_site,
    make_specialty,
    make_state,
    require_credentials,
)

pytestmark = pytest.mark.django_db


def make_full_job(**fields: Any) -> Job:
    job = make_job(
        pay_basis="hour",
        pay_min=Decimal("28.00"),
        pay_max=Decimal("34.50"),
        hourly_min=Decimal("28.00"),
        hourly_max=Decimal("34.50"),
        mode="remote",
        state_rule="only",
        code_sets=["ICD-10-CM", "CPT"],
        benefits="Dental",
        **fields,
    )
    job.states.set([make_state("OH", "Ohio"), make_state("MI", "Michigan")])
    job.settings.set([make_setting()])
    job.employment_types.set([make_employment_type()])
    job.specialties.set([make_specialty()])
    job.software.set([Software.objects.create(slug="epic", name="Epic", kind="ehr")])
    make_site(job)
    require_credentials(job, "CPC", "CCS-P")
    require_credentials(job, "CUC", required=False)
    JobCodeRange.objects.create(job=job, system="CPT", span=span_of("CPT", "74400", "74485"))
    Question.objects.create(job=job, text="Which encoder?", kind="text")
    return job


def test_copy_content_copies_all_that_is_written() -> None:
    source = make_full_job(title="Urology Coder")
    target = make_job(status=JobStatus.DRAFT, title="Old", closes_at=source.closes_at)
    require_credentials(target, "RHIT")
    make_site(target, city="Akron")

    copy_content(source, target)

    target = Job.objects.get(pk=target.pk)
    assert snapshot(target) == snapshot(source)
    assert (target.hourly_min, target.hourly_max) == (source.hourly_min, source.hourly_max)
    assert target.status == JobStatus.DRAFT
    assert Job.objects.get(pk=source.pk).credential_requirements.count() == 2


def test_copy_content_copies_nothing_beside_it() -> None:
    source, target = make_full_job(), make_job(closes_at=None, status=JobStatus.DRAFT)
    before = (target.slug, target.public_id, target.published_at, target.closes_at)

    copy_content(source, target)

    target.refresh_from_db()
    assert (target.slug, target.public_id, target.published_at, target.closes_at) == before


def test_snapshot_knows_every_column_and_relation_an_employer_writes() -> None:
    parts = (Pay, Place, Terms, Work, Hiring, Applying)
    columns = {field.name for part in parts for field in part._meta.local_fields}
    relations = {field.name for part in parts for field in part._meta.local_many_to_many}

    assert columns | {"title", "description"} == set(FIELDS) | DERIVED
    assert relations == set(TERMS)
    assert set(snapshot(make_job())) == MATERIAL | IMMATERIAL


def test_diff_is_empty_for_the_same_words() -> None:
    job = make_full_job()

    assert diff(snapshot(job), snapshot(Job.objects.get(pk=job.pk))) == []


def test_diff_tells_each_change_in_words() -> None:
    job = make_full_job(title="Urology Coder")
    before = snapshot(job)
    job.title, job.pay_max, job.mode = "Urology Coder II", Decimal(36), "hybrid"
    job.description = "<p>Codes <em>all</em> cases.</p>"
    job.save()
    job.states.set([make_state("OH", "Ohio")])
    job.specialties.set(Specialty.objects.none())
    make_credential("COC")
    require_credentials(job, "COC")
    Question.objects.create(job=job, text="Own office?", kind="yes_no", required=False, position=1)

    changes = diff(before, snapshot(job))

    told = {change["label"]: (change["old"], change["new"]) for change in changes}
    assert told == {
        "to": ("34.5", "36"),
        "place": ("Remote", "Hybrid"),
        "title": ("Urology Coder", "Urology Coder II"),
        "description": ("Codes cystoscopies and stone cases.", "Codes all cases."),
        "states": ("Michigan\nOhio", "Ohio"),
        "specialties": ("Urology", ""),
        "credentials": (
            "Required: CCS-P or CPC\nPreferred: CUC",
            "Required: CCS-P or CPC\nRequired: COC\nPreferred: CUC",
        ),
        "questions to coders": (
            "Which encoder? (Text, required)",
            "Which encoder? (Text, required)\nOwn office? (Yes or no, optional)",
        ),
    }


@pytest.mark.parametrize(
    ("field", "material"),
    [("benefits", False), ("contact_email", False), ("apply_url", True), ("states", True)],
)
def test_is_material_asks_what_coders_decide_on(field: str, material: bool) -> None:
    change = {"field": field, "label": field, "old": "", "new": "x"}

    assert is_material([change]) is material
