import pytest
from django.core.files.storage import default_storage, storages
from django.urls import reverse

from accounts.models.employer import Role
from accounts.tests.factories import make_employer, make_member, make_user
from jobs.models import Resume, ResumeKind
from jobs.states import ApplicationStatus
from jobs.tests.factories import make_application, make_job, make_moderator, make_resume
from jobs.tests.resume_samples import docx, pdf

pytestmark = pytest.mark.django_db


def people(owner, employer):
    """Everybody who might ask for the résumé, by what they are."""
    return {
        "owner": owner,
        "another coder": make_user(),
        "employer's owner": make_member(employer=employer, role=Role.OWNER).user,
        "employer's recruiter": make_member(employer=employer, role=Role.RECRUITER).user,
        "employer's viewer": make_member(employer=employer, role=Role.VIEWER).user,
        "another employer": make_member().user,
        "moderator": make_moderator(),
        "superuser": make_user(is_staff=True, is_superuser=True),
    }


def fetch(client, resume):
    """The answer, whole: `body` holds the file."""
    response = client.get(reverse("desk:resume", args=[resume.pk]))
    response.body = b"".join(response.streaming_content) if response.streaming else b""
    return response


def answers(client, resume, everybody):
    found = {}
    for name, person in everybody.items():
        client.force_login(person)
        found[name] = fetch(client, resume).status_code
    return found


OWNER_ONLY = {
    "owner": 200,
    "another coder": 404,
    "employer's owner": 404,
    "employer's recruiter": 404,
    "employer's viewer": 404,
    "another employer": 404,
    "moderator": 404,
    "superuser": 404,
}
MEMBERS_TOO = OWNER_ONLY | {
    "employer's owner": 200,
    "employer's recruiter": 200,
    "employer's viewer": 200,
}


@pytest.mark.parametrize("status", ApplicationStatus)
def test_resume_is_read_by_its_owner_and_who_received_it(client, status):
    owner, employer = make_user(), make_employer()
    resume = make_resume(owner=owner)
    everybody = people(owner, employer)
    make_application(job=make_job(employer=employer), applicant=owner, resume=resume, status=status)

    found = answers(client, resume, everybody)

    assert found == (OWNER_ONLY if status == ApplicationStatus.WITHDRAWN else MEMBERS_TOO)


def test_resume_not_sent_is_the_owners_alone(client):
    owner, employer = make_user(), make_employer()
    sent, kept = make_resume(owner=owner), make_resume(owner=owner)
    everybody = people(owner, employer)
    make_application(job=make_job(employer=employer), applicant=owner, resume=sent)

    assert answers(client, kept, everybody) == OWNER_ONLY


def test_resume_leads_visitors_to_the_log_in(client):
    path = reverse("desk:resume", args=[make_resume().pk])

    assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"


@pytest.mark.parametrize(
    ("kind", "name", "disposition"),
    [
        (ResumeKind.PDF, "cv.pdf", 'attachment; filename="cv.pdf"'),
        (ResumeKind.DOCX, "My cv.docx", 'attachment; filename="My cv.docx"'),
        (ResumeKind.PDF, "Zoë.pdf", "attachment; filename*=utf-8''Zo%C3%AB.pdf"),
        (ResumeKind.PDF, 'a"b.pdf', 'attachment; filename="a\\"b.pdf"'),
    ],
)
def test_resume_is_handed_out_as_a_download(client, kind, name, disposition):
    data = pdf() if kind == ResumeKind.PDF else docx()
    resume = make_resume(kind=kind, name=name, data=data)
    client.force_login(resume.owner)

    response = fetch(client, resume)

    assert response.body == data
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Length"] == str(len(data))


def test_resume_whose_file_is_gone_is_not_found(client):
    resume = make_resume()
    default_storage.delete(resume.file.name)
    client.force_login(resume.owner)

    assert client.get(reverse("desk:resume", args=[resume.pk])).status_code == 404


def test_resume_needs_no_path_on_disk(client, settings):
    """As with S3: a storage that has no local files."""
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": memory}
    resume = make_resume()
    client.force_login(resume.owner)

    response = fetch(client, resume)

    assert response.body == pdf()
    assert type(storages["default"]).__name__ == "InMemoryStorage"


def test_resume_of_no_number_is_not_found(client):
    client.force_login(make_user())

    assert client.get("/resumes/../settings.py").status_code == 404
    assert client.get("/resumes/99999999999/").status_code == 404


def test_resume_files_have_no_public_address():
    assert default_storage.base_url is None or default_storage.base_url == "/"


def test_resume_delete_takes_an_own_one_that_nobody_has(client):
    resume = make_resume()
    client.force_login(resume.owner)

    response = client.post(reverse("desk:resume_delete", args=[resume.pk]), follow=True)

    assert [str(message) for message in response.context["messages"]] == ["resume.pdf is deleted."]
    assert Resume.objects.count() == 0


def test_resume_delete_leaves_one_that_an_employer_has(client):
    resume = make_resume()
    make_application(applicant=resume.owner, resume=resume)
    client.force_login(resume.owner)

    response = client.post(reverse("desk:resume_delete", args=[resume.pk]), follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "An employer has this résumé with your application. It stays there."
    ]


def test_resume_delete_is_the_owners_alone(client):
    member = make_member()
    resume = make_resume()
    make_application(job=make_job(employer=member.employer), applicant=resume.owner, resume=resume)
    client.force_login(member.user)

    assert client.post(reverse("desk:resume_delete", args=[resume.pk])).status_code == 404


def test_resume_delete_is_a_post(client):
    resume = make_resume()
    client.force_login(resume.owner)

    assert client.get(reverse("desk:resume_delete", args=[resume.pk])).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_resume_list_asks_a_constant_number_of_times(
    client, count, django_assert_num_queries, html_validity
):
    owner = make_user()
    for _number in range(count):
        make_resume(owner=owner, name="<b>.pdf")
    client.force_login(owner)
    client.get("/resumes/")

    with django_assert_num_queries(2):
        response = client.get("/resumes/")

    html_validity(response.content)
    assert response.content.count(b"&lt;b&gt;.pdf</a>") == count


def test_resume_list_empty_says_what_to_do(client):
    client.force_login(make_user())

    assert b"No r\xc3\xa9sum\xc3\xa9s yet" in client.get("/resumes/").content
