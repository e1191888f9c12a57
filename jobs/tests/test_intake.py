import gzip
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Employer
from accounts.tests.factories import make_employer, make_user
from jobs.errors import IllegalMove
from jobs.intake.raw import BadFile
from jobs.intake.run import import_file
from jobs.intake.states import state_codes
from jobs.models import ImportRun, Job, ListingEvent, Publication, Source
from jobs.services import moderation
from jobs.states import Actor, JobStatus
from jobs.tests.factories import make_employment_type, make_state
from jobs.tests.intake_samples import (
    CODING_TEXT,
    FILES,
    INDEED,
    job_posting,
    jsonld,
    remote_posting,
)

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _terms():
    for code, name in (("OH", "Ohio"), ("MI", "Michigan")):
        make_state(code, name)
    make_employment_type()
    make_employment_type("part-time", "Part time", "PART_TIME")
    state_codes.cache_clear()


@pytest.fixture
def read(tmp_path):
    """read(format, bytes) imports the bytes as a file of one source and tells what became of it."""

    def read(kind="jsonld", content=None, *, trusted=False, complete=False, now=NOW, **fields):
        source, _made = Source.objects.get_or_create(
            slug=f"{kind}-source",
            defaults={"name": kind, "format": kind, "trusted": trusted, **fields},
        )
        path = tmp_path / f"postings.{kind}"
        path.write_bytes(FILES[kind] if content is None else content)
        return import_file(
            source=source, path=path, complete=complete, now=now, watch=lambda done, total: None
        )

    return read


EMPLOYER_NEEDED = {"greenhouse", "lever", "ashby"}


def owner_of(kind):
    return make_employer(name="Lakeside Urology") if kind in EMPLOYER_NEEDED else None


@pytest.mark.parametrize("kind", FILES)
def test_import_takes_two_postings_of_each_format_and_the_same_again(read, kind):
    employer = owner_of(kind)

    first = read(kind, employer=employer)
    second = read(kind, employer=employer, now=NOW + timedelta(days=1))

    assert (first.kept, first.outcomes["new"], second.outcomes["same"]) == (2, 2, 2)
    assert list(Job.objects.order_by("pk").values_list("title", "status", "employer__name")) == [
        ("Urology Coder", JobStatus.PENDING, "Lakeside Urology"),
        ("Radiology Coder", JobStatus.PENDING, "Lakeside Urology"),
    ]


@pytest.mark.parametrize(
    ("kind", "pay"),
    [
        ("jsonld", ("hour", Decimal("29.00"), Decimal("34.50"))),
        ("greenhouse", ("hour", Decimal("29.00"), Decimal("34.50"))),
        ("lever", ("year", Decimal("60000.00"), Decimal("71000.00"))),
        ("ashby", ("year", Decimal("60000.00"), Decimal("71000.00"))),
        ("indeed", ("hour", Decimal("29.00"), Decimal("34.50"))),
        ("csv", ("month", Decimal("4632.50"), Decimal("4632.50"))),
    ],
)
def test_import_reads_pay_and_place_of_each_format(read, kind, pay):
    read(kind, employer=owner_of(kind))

    job = Job.objects.get(title="Urology Coder")
    assert (job.pay_basis, job.pay_min, job.pay_max) == pay
    assert (job.mode, [str(site) for site in job.sites.all()]) == (
        "not_stated" if kind == "greenhouse" else "onsite",
        ["Dayton, OH"],
    )


@pytest.mark.parametrize(
    ("kind", "rule", "states"),
    [
        ("jsonld", "only", ["MI", "OH"]),
        ("greenhouse", "only", ["MI", "OH"]),
        ("lever", "any", []),
        ("ashby", "only", ["MI", "OH"]),
        ("indeed", "only", ["OH"]),
        ("csv", "only", ["MI", "OH"]),
    ],
)
def test_import_reads_where_a_remote_posting_hires(read, kind, rule, states):
    read(kind, employer=owner_of(kind))

    job = Job.objects.get(title="Radiology Coder")
    assert (job.mode, job.state_rule, sorted(s.code for s in job.states.all())) == (
        "remote",
        rule,
        states,
    )


def test_import_reads_gzip_by_content(read):
    assert read("csv", gzip.compress(FILES["csv"])).kept == 2


@pytest.mark.parametrize("times", [0, 1, 2])
def test_import_unescapes_descriptions_until_their_tags_show(read, times):
    text = CODING_TEXT + "<script>alert(1)</script>"
    for _time in range(times):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    read("jsonld", jsonld(job_posting(description=text)))

    assert Job.objects.get().description == CODING_TEXT


def test_import_keeps_a_days_closing_to_its_end_in_the_employers_zone(read):
    read("jsonld", jsonld(job_posting(validThrough="2026-12-20")))

    assert Job.objects.get().closes_at == datetime(2026, 12, 21, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": ""}, "no-title"),
        ({"description": "&lt;p&gt; &lt;/p&gt;"}, "no-text"),
        ({"identifier": None, "url": ""}, "no-id"),
        ({"validThrough": "2026-11-21T14:59:59Z"}, "closed"),
        ({"title": "Chef", "description": "<p>Cook.</p>"}, "not-coding"),
        ({"hiringOrganization": None}, "no-employer"),
        ({"url": ""}, "no-way-to-apply"),
        ({"jobLocation": {"address": {"addressCountry": "GB"}}}, "outside-us"),
    ],
)
def test_import_says_why_it_refuses(read, fields, reason):
    tally = read("jsonld", jsonld(job_posting(**fields)))

    assert (tally.refused, Job.objects.count()) == ({reason: 1}, 0)


@pytest.mark.parametrize(
    "salary",
    [
        {"currency": "GBP", "value": {"value": "30", "unitText": "HOUR"}},
        {"currency": "USD", "value": {"value": "negotiable", "unitText": "YEAR"}},
        {"currency": "USD", "value": {"minValue": -1, "maxValue": 0, "unitText": "HOUR"}},
        "£30,000 a year",
        "competitive",
    ],
)
def test_import_leaves_pay_it_cannot_read_unstated(read, salary):
    read("jsonld", jsonld(job_posting(baseSalary=salary)))

    job = Job.objects.get()
    assert (job.pay_basis, job.pay_min, job.pay_max) == ("not_stated", None, None)


def test_import_keeps_a_live_posting_within_the_longest_run(read):
    read("jsonld", jsonld(job_posting()), trusted=True)

    read("jsonld", jsonld(job_posting(validThrough="9999-12-31")), trusted=True)

    assert Job.objects.get().closes_at <= NOW + timedelta(days=91)


def test_import_of_other_words_makes_a_moderator_read_anew(read):
    read("jsonld", jsonld(job_posting()))
    seen = Job.objects.get()

    read("jsonld", jsonld(job_posting(title="Radiology Coder")), now=NOW + timedelta(hours=1))

    with pytest.raises(IllegalMove):
        publish(seen)
    assert Job.objects.get().status == JobStatus.PENDING


def test_import_of_other_words_makes_a_moderator_read_an_edit_anew(read):
    read("jsonld", jsonld(job_posting()))
    publish(Job.objects.get())
    read("jsonld", jsonld(job_posting(title="Radiology Coder")), now=NOW + timedelta(hours=1))
    seen = Job.objects.get(revision_of__isnull=False)

    read("jsonld", jsonld(job_posting(title="Imaging Coder")), now=NOW + timedelta(hours=2))

    with pytest.raises(IllegalMove):
        publish(seen, now=NOW + timedelta(hours=3))
    assert Job.objects.originals().get().title == "Urology Coder"


def publish(job, now=NOW):
    moderation.publish_posting(job=job, actor=Actor.MODERATOR, by=make_user(), now=now)


def test_import_names_the_line_and_column_of_a_broken_line_and_goes_on(read):
    broken = b'{"@type": "JobPosting", "title": }'

    tally = read(
        "jsonld", jsonld(job_posting()) + b"\n" + broken + b"\n" + jsonld(remote_posting())
    )

    assert tally.kept == 2
    assert tally.examples["unreadable"] == ["line 2: column 34: no valid JSON (Expecting value)"]


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("greenhouse", b'{"jobs": [\n {"id": 1,}]}', "line 2, column 11: no valid JSON"),
        ("greenhouse", b"[]", "holds no list “jobs”"),
        ("lever", b"{}", "holds no array"),
        ("ashby", b"\xff\xfe", "byte 1: not UTF-8"),
        ("indeed", INDEED[:900].encode(), "line 23, column 33: unclosed token"),
        ("indeed", b"<rss><job/></rss>", "<rss> is not the root"),
        ("csv", b"name,text\nx,y\n", "line 1: no column “title”"),
        ("csv", b'title,description\n"a,b\n', "line 2: unexpected end of data"),
        ("jsonld", b"", "the file is empty"),
        ("jsonld", b"[{]", "line 1, column 3: no valid JSON"),
    ],
)
def test_import_names_the_place_where_a_file_breaks(read, kind, content, words):
    with pytest.raises(BadFile, match=words.replace("(", r"\(")):
        read(kind, content, employer=owner_of(kind))


def test_import_refuses_xml_entities(read):
    bomb = '<!DOCTYPE source [<!ENTITY a "b"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    content = INDEED.replace("<source>", f"{bomb}<source>").replace("Lakeside Urology", "&f;")

    with pytest.raises(BadFile, match="refused"):
        read("indeed", content.encode())


def test_import_never_publishes_past_moderation(read):
    read("jsonld")

    assert not Job.objects.visible(at=NOW).exists()
    assert set(ListingEvent.objects.values_list("act", "actor")) == {("submitted", Actor.SYSTEM)}


def test_import_of_a_trusted_source_goes_live_and_to_the_alerts(read):
    read("jsonld", trusted=True)

    assert Job.objects.visible(at=NOW).count() == 2
    assert Publication.objects.unmatched().count() == 2
    assert not Job.objects.exclude(confirmed_open_at=None).exists()


def test_import_takes_a_change_of_a_trusted_source_into_the_live_posting(read):
    read("jsonld", trusted=True)
    slug = Job.objects.get(external_id="L-1").slug

    tally = read("jsonld", jsonld(job_posting(title="Senior Urology Coder"), remote_posting()))

    job = Job.objects.get(external_id="L-1")
    assert (tally.outcomes["changed"], tally.outcomes["same"]) == (1, 1)
    assert (job.title, job.slug, job.status) == ("Senior Urology Coder", slug, JobStatus.PUBLISHED)


def test_import_puts_a_change_of_an_untrusted_source_beside_the_live_posting(read):
    read("jsonld", trusted=True)
    Source.objects.update(trusted=False)
    changed = jsonld(job_posting(title="Senior Urology Coder"), remote_posting())

    first, second = read("jsonld", changed), read("jsonld", changed)

    live = Job.objects.get(external_id="L-1")
    assert (first.outcomes["changed"], second.outcomes["same"]) == (1, 2)
    assert live.title == "Urology Coder"
    assert [(r.title, r.status) for r in live.revisions.all()] == [
        ("Senior Urology Coder", JobStatus.PENDING)
    ]


def close(job, to, now=NOW):
    from jobs import events

    events.move(job=job, to=to, act="test", actor=Actor.EMPLOYER, by=make_user(), at=now)


@pytest.mark.parametrize("decided", [JobStatus.FILLED, JobStatus.WITHDRAWN])
def test_import_leaves_what_people_decided(read, decided):
    read("jsonld", trusted=True)
    close(Job.objects.get(external_id="L-1"), decided)

    tally = read("jsonld", jsonld(job_posting(title="Other Urology Coder"), remote_posting()))

    assert tally.refused == {"refused-before": 1}
    assert Job.objects.get(external_id="L-1").title == "Urology Coder"


LATER = NOW + timedelta(hours=49)


def test_complete_import_closes_what_is_gone_for_two_days(read):
    read("jsonld", trusted=True, complete=True)
    rest = jsonld(job_posting())

    soon = read("jsonld", rest, complete=True, now=NOW + timedelta(hours=47))
    late = read("jsonld", rest, complete=True, now=LATER)

    assert (soon.closed, late.closed) == (0, 1)
    assert Job.objects.get(external_id="L-2").status == JobStatus.EXPIRED


def test_partial_import_closes_nothing(read):
    read("jsonld", trusted=True)

    assert read("jsonld", jsonld(job_posting()), now=LATER).closed == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"@type": "Thing"}', "the file holds no postings"),
        (jsonld(job_posting()) + b"\n{", "parts of the file could not be read"),
        (jsonld(job_posting()), "the file holds 1 postings, where the last held 3"),
    ],
)
def test_complete_import_closes_nothing_when_the_file_is_doubtful(read, content, words):
    third = job_posting(identifier="L-3", url="https://jobs.lakeside.example/L-3")
    read("jsonld", jsonld(job_posting(), remote_posting(), third), trusted=True, complete=True)

    tally = read("jsonld", content, complete=True, now=LATER)

    assert (tally.closed, tally.not_closed) == (0, words)
    assert Job.objects.visible(at=LATER).count() == 3


def test_import_reopens_what_comes_back_at_the_same_address(read):
    read("jsonld", trusted=True, complete=True)
    slug = Job.objects.get(external_id="L-2").slug
    read("jsonld", jsonld(job_posting()), complete=True, now=LATER)

    read("jsonld", complete=True, now=LATER + timedelta(days=1))

    job = Job.objects.get(external_id="L-2")
    assert (job.status, job.slug, job.first_published_at) == (JobStatus.PUBLISHED, slug, NOW)


def test_import_puts_nothing_under_an_employer_that_has_members(read):
    taken = make_employer(name="Lakeside Urology", slug="lakeside-urology", owner=make_user())

    read("jsonld")

    assert Job.objects.exclude(employer=taken).count() == 2
    assert Employer.objects.filter(name="Lakeside Urology").count() == 2


def test_import_gives_a_new_employer_no_address_of_ours(read):
    read("jsonld", jsonld(job_posting(hiringOrganization={"name": "Jobs"})))

    assert re.fullmatch("jobs-[0-9a-f]{6}", Employer.objects.get().slug)


def test_command_reports_and_a_dry_run_keeps_nothing(tmp_path, capsys):
    path = tmp_path / "lakeside.ndjson"
    path.write_bytes(jsonld(job_posting(), job_posting(), job_posting(identifier="X", title="")))

    call_command("import_postings", path, format="jsonld", dry_run=True)

    assert capsys.readouterr().out.splitlines() == [
        "read 3 postings",
        "kept 1 (new 1, changed 0, same 0)",
        "refused 2",
        "         1  has an identifier that stood in the file before",
        "            line 2: Urology Coder",
        "         1  has no title",
        "            line 3: ",
        "A dry run: nothing was kept.",
    ]
    assert (Job.objects.count(), Source.objects.count(), ImportRun.objects.count()) == (0, 0, 0)


def test_command_names_a_missing_file(tmp_path):
    with pytest.raises(CommandError, match="no such file"):
        call_command("import_postings", tmp_path / "none.csv", format="csv")
