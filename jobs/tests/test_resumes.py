import re
from contextlib import nullcontext

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.tests.factories import make_user
from jobs.errors import FileRefused
from jobs.models import Application, Resume, ResumeKind
from jobs.services import applying, resumes
from jobs.states import ApplicationStatus
from jobs.tests.factories import make_application, make_job, make_resume
from jobs.tests.racing import meanwhile
from jobs.tests.resume_samples import pdf


def store(owner, name="../cv.exe", data=b""):
    file = SimpleUploadedFile(name, data or pdf(), content_type="text/html")
    return resumes.store_resume(owner=owner, file=file, kind=ResumeKind.PDF)


@pytest.mark.django_db
def test_store_resume_keeps_the_file_under_a_name_of_no_meaning():
    owner = make_user()

    stored = store(owner)

    assert (stored.owner, stored.name, stored.kind, stored.size) == (
        owner,
        "cv.exe.pdf",
        ResumeKind.PDF,
        len(pdf()),
    )
    with default_storage.open(stored.file.name) as kept:
        assert kept.read() == pdf()
    assert re.fullmatch(r"resumes/[0-9a-f]{4}/[\w-]{32}", stored.file.name)
    assert stored.file.name != store(owner).file.name


@pytest.mark.django_db
def test_store_resume_keeps_ten_that_nobody_has():
    owner = make_user()
    for _number in range(10):
        make_resume(owner=owner)

    with pytest.raises(FileRefused, match="You keep 10 résumés"):
        store(owner)

    make_application(resume=owner.resumes.first(), applicant=owner)
    assert store(owner).owner == owner


@pytest.mark.django_db(transaction=True)
def test_store_resume_counts_those_under_way():
    owner = make_user()
    for _number in range(9):
        make_resume(owner=owner)

    raised = meanwhile(lambda: store(owner), lambda: store(owner))

    assert (raised, owner.resumes.count()) == ([FileRefused], 10)


@pytest.mark.django_db
@pytest.mark.parametrize("status", ApplicationStatus)
def test_delete_resume_keeps_what_an_employer_has(status, django_capture_on_commit_callbacks):
    owner = make_user()
    resume = make_resume(owner=owner)
    make_application(applicant=owner, resume=resume, status=status)
    free = status == ApplicationStatus.WITHDRAWN

    refused = nullcontext() if free else pytest.raises(FileRefused, match="An employer has")
    with django_capture_on_commit_callbacks(execute=True), refused:
        resumes.delete_resume(resume=resume)

    assert Resume.objects.exists() is not free
    assert default_storage.exists(resume.file.name) is not free


@pytest.mark.django_db
def test_delete_resume_twice_does_nothing_more():
    resume = make_resume()

    resumes.delete_resume(resume=resume)
    resumes.delete_resume(resume=resume)

    assert Resume.objects.count() == 0


def apply_with(resume, job):
    return applying.apply_to_job(job=job, applicant=resume.owner, now=timezone.now(), resume=resume)


@pytest.mark.django_db(transaction=True)
def test_delete_resume_waits_for_an_application_under_way():
    resume, job = make_resume(), make_job()

    raised = meanwhile(
        lambda: apply_with(resume, job), lambda: resumes.delete_resume(resume=resume)
    )

    assert raised == [FileRefused]
    assert Application.objects.get().resume == resume
    assert default_storage.exists(resume.file.name)


@pytest.mark.django_db(transaction=True)
def test_applying_waits_for_a_deletion_under_way():
    resume, job = make_resume(), make_job()

    raised = meanwhile(
        lambda: resumes.delete_resume(resume=resume), lambda: apply_with(resume, job)
    )

    assert raised == [FileRefused]
    assert (Application.objects.count(), Resume.objects.count()) == (0, 0)
    assert not default_storage.exists(resume.file.name)
