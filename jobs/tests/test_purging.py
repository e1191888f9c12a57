from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import Letter, OutgoingStatus, User
from accounts.tests.factories import make_user
from jobs.alerts import ENDED_KEPT
from jobs.models import Alert, Application, Digest, Job, Match, Resume, TypedForm
from jobs.services.purging import TYPED_FORMS_KEPT, purge_old_data
from jobs.states import JobStatus
from jobs.tests.factories import make_alert, make_application, make_job, make_resume

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LONG_AGO = NOW - settings.APPLICATIONS_KEPT - timedelta(seconds=1)


@pytest.fixture(autouse=True)
def resume_store(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def make_old_resume(owner: User, *, created_at: datetime = LONG_AGO) -> Resume:
    resume = make_resume(owner=owner)
    Resume.objects.filter(pk=resume.pk).update(created_at=created_at)
    return resume


def test_purge_old_data_deletes_old_applications_and_their_files(
    django_capture_on_commit_callbacks: Any,
) -> None:
    coder = make_user()
    resume = make_old_resume(coder)
    make_application(applicant=coder, resume=resume, moved_at=LONG_AGO)

    with django_capture_on_commit_callbacks(execute=True):
        purged = purge_old_data(now=NOW)

    assert purged["applications"] == 1
    assert not Application.objects.exists()
    assert not Resume.objects.exists()
    assert not resume.file.storage.exists(str(resume.file))
    assert (User.objects.count(), Job.objects.count()) == (1, 1)


def test_purge_old_data_keeps_an_application_moved_since() -> None:
    make_application(moved_at=NOW - settings.APPLICATIONS_KEPT)

    assert purge_old_data(now=NOW)["applications"] == 0


def test_purge_old_data_keeps_a_resume_that_is_still_held() -> None:
    coder = make_user()
    resume = make_old_resume(coder)
    make_application(applicant=coder, resume=resume, moved_at=LONG_AGO)
    make_application(applicant=coder, resume=resume, moved_at=NOW)

    purge_old_data(now=NOW)

    assert list(Resume.objects.all()) == [resume]
    assert resume.file.storage.exists(str(resume.file))


def test_purge_old_data_keeps_a_newer_resume_and_one_never_sent() -> None:
    coder = make_user()
    newer = make_old_resume(coder, created_at=NOW)
    never_sent = make_old_resume(coder)
    make_application(applicant=coder, resume=newer, moved_at=LONG_AGO)

    purge_old_data(now=NOW)

    assert set(Resume.objects.all()) == {newer, never_sent}


def test_purge_old_data_deletes_typed_forms_nobody_came_back_to() -> None:
    coder, job = make_user(), make_job(status=JobStatus.DRAFT)
    for kind, saved_at in (
        ("old", NOW - TYPED_FORMS_KEPT - timedelta(seconds=1)),
        ("new", NOW - TYPED_FORMS_KEPT),
    ):
        TypedForm.objects.create(user=coder, job=job, kind=kind, saved_at=saved_at)

    purged = purge_old_data(now=NOW)

    assert purged["typed forms"] == 1
    assert [form.kind for form in TypedForm.objects.all()] == ["new"]
    assert Job.objects.filter(pk=job.pk).exists()


def test_purge_old_data_forgets_ended_alerts_and_what_they_found() -> None:
    old = make_alert(ended_at=NOW - ENDED_KEPT - timedelta(seconds=1))
    kept = [make_alert(ended_at=NOW - ENDED_KEPT), make_alert()]
    Match.objects.create(alert=old, job=make_job(), matched_at=NOW)

    purged = purge_old_data(now=NOW)

    assert purged["ended alerts"] == 1
    assert (set(Alert.objects.all()), Match.objects.count()) == (set(kept), 0)


def test_purge_old_data_deletes_old_letters_and_digests_nobody_needs() -> None:
    old = {"to": "a@example.com", "try_at": LONG_AGO}
    sent = {"status": OutgoingStatus.SENT, "sent_at": LONG_AGO}
    Letter.objects.create(key="sent", **old, **sent)
    waiting = Letter.objects.create(key="waiting", **old)
    Digest.objects.create(**old, **sent)
    needed = Digest.objects.create(**old, **sent)
    Match.objects.create(alert=make_alert(), job=make_job(), digest=needed, matched_at=LONG_AGO)
    for model in (Letter, Digest):
        model.objects.update(created_at=LONG_AGO)

    purged = purge_old_data(now=NOW)

    assert (purged["letters"], purged["digests"]) == (1, 1)
    assert (Letter.objects.get(), Digest.objects.get()) == (waiting, needed)
