from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.tests.factories import make_employer, make_user
from jobs import typed_forms
from jobs.errors import EditedMeanwhile, IllegalMove
from jobs.forms.posting import PostingForm
from jobs.models import Job, TypedForm
from jobs.services.drafting import save_posting, start_posting
from jobs.tests.factories import make_credential, make_job, make_setting, make_state
from jobs.tests.typed import typed_in

pytestmark = pytest.mark.django_db


def save(job, *, by=None, seen=None, **changes):
    form = PostingForm(typed_in(job, **changes), instance=job, now=timezone.now())
    assert form.errors == {}
    return save_posting(job=job, written=form.written(), seen=seen, by=by or make_user())


def start(**fields):
    return start_posting(employer=make_employer(**fields), by=make_user())


def test_start_posting_makes_an_empty_draft():
    employer, user = make_employer(), make_user()

    job = start_posting(employer=employer, by=user)

    row = Job.objects.get(pk=job.pk)
    assert (row.employer, row.created_by, row.status, row.title) == (employer, user, "draft", "")


def test_save_posting_writes_the_row_and_all_that_hangs_on_it():
    make_credential("CPC"), make_credential("CUC"), make_state()
    job = start(name="Lakeside")

    saved = save(
        job,
        title="  Urology   Coder ",
        settings=[str(make_setting().pk)],
        credentials_required="CPC or CUC; CUC",
        code_ranges="52000-53899",
        sites="Dayton, OH",
        pay_basis="year",
        pay_min="60000",
        pay_max="70000",
        question_1="Which encoder?",
    )

    row = Job.objects.get(pk=job.pk)
    assert row.title == "Urology Coder"
    assert row.slug == f"urology-coder-lakeside-{job.public_id}"
    assert (row.hourly_min, row.hourly_max) == (Decimal("28.85"), Decimal("33.65"))
    assert [str(group) for group in row.credential_requirements.all()] == ["CPC or CUC", "CUC"]
    assert [run.text for run in row.code_ranges.all()] == ["52000–53899"]
    assert [str(site) for site in row.sites.all()] == ["Dayton, OH"]
    assert [str(question) for question in row.questions.all()] == ["Which encoder?"]
    assert saved == row


def test_save_posting_read_back_and_saved_again_changes_nothing():
    make_credential("CPC"), make_state()
    job = save(
        start(),
        credentials_preferred="CPC",
        code_ranges="74740",
        sites="Dayton, OH",
        state_rule="not_stated",
        question_1="Why?",
        question_1_kind="yes_no",
    )
    before = typed_in(job)

    again = save(job)

    assert {**typed_in(again), "seen": ""} == {**before, "seen": ""}


def test_save_posting_makes_of_markup_in_each_text_what_it_says():
    bad = "<script>alert(1)</script>"

    job = save(start(), title=bad, description=bad, shift=bad, benefits=bad, question_1=bad)

    assert job.description == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert (job.title, job.shift, job.benefits) == (bad, bad, bad)


def test_save_posting_forgets_what_its_writer_typed_and_nobody_elses():
    job, writer, other, now = start(), make_user(), make_user(), timezone.now()
    for user in (writer, other):
        typed_forms.keep(user=user, job=job, kind="posting", typed={"title": ["x"]}, now=now)

    save(job, by=writer)

    assert list(TypedForm.objects.values_list("user", flat=True)) == [other.pk]


def test_save_posting_refuses_an_older_version():
    job = start()
    seen = job.updated_at
    save(job, seen=seen, title="Theirs")

    with pytest.raises(EditedMeanwhile, match="saved by someone after you opened it"):
        save(job, seen=seen, title="Mine")

    assert Job.objects.get(pk=job.pk).title == "Theirs"


@pytest.mark.parametrize("status", ["pending", "published", "withdrawn"])
def test_save_posting_writes_on_drafts_only(status):
    job = make_job(status=status)

    with pytest.raises(IllegalMove, match="cannot be written on"):
        save(job, title="Other")

    assert Job.objects.get(pk=job.pk).title != "Other"


def test_save_posting_keeps_the_street_of_a_site_and_the_closing_instant():
    make_state()
    closes_at = timezone.now() + timedelta(days=4)
    job = make_job(status="draft", closes_at=closes_at)

    saved = save(job, sites="1 Main St, Dayton, OH 45402")

    assert saved.closes_at == closes_at
    assert PostingForm(instance=saved, now=timezone.now())["sites"].value() == (
        "1 Main St, Dayton, OH 45402"
    )
