import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.models import Employer, Letter, Member, User
from codes.entries import BadEntry, read
from jobboard.testing.copied import load_once
from jobs import demo, vocabulary
from jobs.demo import DATA
from jobs.demo.postings import entries, public_id_of
from jobs.models import Alert, Application, Job, JobSearch, ListingEvent, Publication, SavedJob
from jobs.resume_file import judge
from jobs.states import JobStatus

NOW = datetime(2026, 3, 9, 15, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def vocabularies(django_db_setup, django_db_blocker):
    """Loaded once for this module, and gone with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_once("vocabulary", vocabulary.load_all)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def loaded(vocabularies, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo.load(now=NOW, password="a demo password")
        transaction.set_rollback(True)


@pytest.fixture
def board(loaded, db):
    return loaded


def job(key: str) -> Job:
    return Job.objects.get(public_id=public_id_of(key))


def counts() -> Iterator[tuple[str, tuple[int, str]]]:
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*), max(xmin::text) FROM "{table}"')  # noqa: S608
            yield table, cursor.fetchone()


def test_load_names_file_and_entry_of_bad_data_and_adds_nothing(tmp_path):
    folder = shutil.copytree(DATA, tmp_path / "demo")
    path = folder / "postings-urology.json"
    postings = json.loads(path.read_text())
    postings[2]["software"] = ["abacus"]
    path.write_text(json.dumps(postings))

    with pytest.raises(BadEntry) as caught:
        demo.load(now=NOW, password="x", folder=folder)

    assert str(caught.value) == (
        "postings-urology.json, entry 3 (brindlewood-urology-educator): unknown abacus"
    )
    assert (User.objects.count(), Employer.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_command_refuses_outside_embedded_mode(settings):
    settings.EMBEDDED = False

    with pytest.raises(CommandError, match="no board to try"):
        call_command("load_demo", stdout=StringIO())


def test_command_adds_and_counts(settings, monkeypatch):
    settings.EMBEDDED = True
    monkeypatch.setenv("DEMO_PASSWORD", "a demo password")
    out = StringIO()

    call_command("load_demo", stdout=out)

    assert out.getvalue() == "demo: 6 people, 18 employers, 76 postings added\n"


def test_command_says_what_is_missing(settings, monkeypatch):
    settings.EMBEDDED = False
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)

    with pytest.raises(CommandError, match="DEMO_PASSWORD"):
        call_command("load_demo", "--force", stdout=StringIO())


def test_load_adds_everything_in_the_files(board):
    assert board == {
        "people": len(read(DATA / "people.json")),
        "employers": len(read(DATA / "employers.json")),
        "postings": len(list(entries(DATA))),
    }


def test_load_twice_changes_nothing(board):
    before = dict(counts())

    again = demo.load(now=NOW + timedelta(days=3), password="another")

    assert again == {"people": 0, "employers": 0, "postings": 0}
    assert dict(counts()) == before


def test_load_leaves_each_posting_in_the_status_of_its_file(board):
    wanted = {entry["key"]: entry["status"] for _path, _number, entry in entries(DATA)}

    found = {key: job(key).status for key in wanted}

    assert found == wanted


def test_live_postings_are_public_and_found_by_search(board):
    live = Job.objects.filter(status=JobStatus.PUBLISHED)

    assert set(Job.objects.visible(at=NOW)) == set(live)
    assert set(JobSearch.objects.values_list("job", flat=True)) == {row.pk for row in live}
    assert not live.exclude(published_at__lte=NOW, confirmed_open_at__lte=NOW).exists()


def test_dates_are_counted_back_from_the_day_of_loading(board):
    posting = job("copperhollow-rad-denials-temp")

    assert posting.published_at
    age = NOW - posting.published_at

    assert timedelta(days=4) < age < timedelta(days=4, hours=8)
    # By then it is daylight saving time in Pittsburgh; the day ends at 04:00 UTC.
    assert posting.closes_at == datetime(2026, 3, 19, 4, 0, tzinfo=UTC)
    assert posting.closes_at.astimezone(ZoneInfo("America/New_York")).hour == 0


def test_a_posting_keeps_all_that_its_file_says(board):
    posting = job("quillfeather-ir-coder")

    groups = posting.credential_requirements.all()
    assert [(str(group), group.required) for group in groups] == [
        ("CIRCC or RCCIR", True),
        ("RCC", False),
        ("CPC", False),
    ]
    assert [run.text for run in posting.code_ranges.all()][:2] == ["36000–37799", "47531–47544"]
    assert set(posting.states.values_list("code", flat=True)) == {"CA", "NY", "AK", "HI"}
    pay = (posting.pay_min, posting.pay_max, posting.hourly_min)
    assert pay == (Decimal(36), Decimal(44), Decimal(36))
    assert (posting.volume, posting.volume_unit, posting.volume_per) == (9, "accounts", "hour")
    assert (
        posting.slug
        == f"interventional-radiology-coder-quillfeather-imaging-partners-{posting.public_id}"
    )


def test_each_status_has_its_events(board):
    filled = job("quillfeather-ct-filled").events

    assert list(filled.values_list("act", "by__email")) == [
        ("submitted", "employer@demo.example"),
        ("published", "moderator@demo.example"),
        ("filled", "employer@demo.example"),
    ]
    assert not ListingEvent.objects.filter(at__gt=NOW).exists()


def test_nobody_is_mailed_about_the_weeks_before(board):
    assert not Letter.objects.exists()


def test_only_the_newest_postings_wait_for_alerts(board):
    waiting = Publication.objects.unmatched()

    assert 0 < waiting.count() < 5
    assert not waiting.filter(published_at__lt=NOW - timedelta(days=2)).exists()


def test_people_log_in_with_the_password_given(board):
    people = User.objects.filter(email__endswith="@demo.example")

    assert {user.email: user.check_password("a demo password") for user in people} == {
        "apprentice@demo.example": True,
        "coder@demo.example": True,
        "employer@demo.example": True,
        "moderator@demo.example": True,
    }
    assert not EmailAddress.objects.filter(verified=False).exists()
    others = User.objects.exclude(email__endswith="@demo.example")
    assert not any(user.has_usable_password() for user in others)


def test_the_moderator_may_decide_and_the_employer_owns_postings(board):
    moderator = User.objects.get(email="moderator@demo.example")
    employer = User.objects.get(email="employer@demo.example")

    assert moderator.is_staff
    assert moderator.has_perm("jobs.moderate_job")
    assert moderator.has_perm("codes.sign_consult")
    assert Job.objects.edited_by(employer).count() >= 6
    assert Member.objects.filter(role="owner").count() == Employer.objects.count()


def test_the_coder_has_a_profile_and_a_desk(board):
    coder = User.objects.get(email="coder@demo.example")

    assert coder.profile.state_id == "OH"
    assert [(held.credential.code, held.since) for held in coder.profile.held.all()] == [
        ("CPC", 2019)
    ]
    years = coder.profile.specialties.values_list("specialty__slug", "years")
    assert dict(years) == {"urology": 3, "evaluation-management": 4}
    assert SavedJob.objects.filter(user=coder).count() == 4
    assert Alert.objects.active().get(user=coder).query == "specialty=urology&state=OH"


def test_applications_stand_where_their_last_move_took_them(board):
    sent = Application.objects.filter(applicant__email="coder@demo.example")

    assert set(sent.values_list("status", flat=True)) == {"shortlisted", "declined", "submitted"}
    for application in Application.objects.all():
        last = application.moves.latest("at", "pk")
        assert (last.to_status, last.at) == (application.status, application.moved_at)
        assert application.answers.count() == application.job.questions.count()


def test_the_resume_is_a_pdf_behind_an_unguessable_name(board):
    resume = User.objects.get(email="coder@demo.example").resumes.get()

    with resume.file.open() as file:
        assert judge(file, size=resume.size) == resume.kind
    assert resume.name == "resume-casey-rowan.pdf"
    assert "rowan" not in str(resume.file.name)
