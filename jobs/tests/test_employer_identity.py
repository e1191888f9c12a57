import pytest
from django.utils import timezone

from accounts.tests.factories import make_employer
from jobs.errors import IllegalMove
from jobs.services.employers import update_employer
from jobs.states import JobStatus
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db


def change(employer, **fields):
    update_employer(employer=employer, now=timezone.now(), **fields)
    employer.refresh_from_db()


@pytest.mark.parametrize("status", [JobStatus.PUBLISHED, JobStatus.PENDING])
@pytest.mark.parametrize("field", ["name", "website"])
def test_name_and_website_stand_still_while_postings_are_under_way(status, field):
    employer = make_employer(name="Quillfeather", website="https://quill.example")
    make_job(employer=employer, status=status)

    with pytest.raises(IllegalMove, match="live or in review"):
        change(employer, **{field: "https://mayo.example"})

    employer.refresh_from_db()
    assert (employer.name, employer.website) == ("Quillfeather", "https://quill.example")


def test_the_rest_may_change_at_any_time():
    employer = make_employer(name="Quillfeather")
    make_job(employer=employer)

    change(employer, name="Quillfeather", about="Imaging in three counties.")

    assert employer.about == "Imaging in three counties."


@pytest.mark.parametrize("status", [JobStatus.DRAFT, JobStatus.EXPIRED, JobStatus.REMOVED])
def test_the_name_may_change_when_nothing_is_under_way(status):
    employer = make_employer(name="Quillfeather")
    make_job(employer=employer, status=status)

    change(employer, name="Quillfeather Imaging")

    assert employer.name == "Quillfeather Imaging"
