from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Employer, Invitation, Member
from accounts.tests.factories import make_employer, make_member, make_user
from jobs import typed_forms
from jobs.models import Job
from jobs.tests.factories import make_application, make_job

pytestmark = pytest.mark.django_db
NEW = {"name": "Lakeside", "kind": "practice", "time_zone": "America/Chicago"}


@pytest.fixture
def recruiter(client):
    member = make_member()
    client.force_login(member.user)
    return member


@pytest.fixture
def owner(client):
    member = make_member(role="owner")
    client.force_login(member.user)
    return member


def url(name, *args):
    return reverse(f"hire:{name}", args=args)


def test_home_welcomes_a_visitor(client, html_validity):
    page = client.get("/hire/")

    html_validity(page.content)
    assert "Sign up to post a job" in page.text


def test_home_asks_somebody_without_employer_to_set_one_up(client):
    client.force_login(make_user())

    assert url("employer_new") in client.get("/hire/").text


def test_home_leads_to_the_only_employer(client, recruiter):
    assert client.get("/hire/").url == url("employer", recruiter.employer.slug)


def test_home_lists_several_employers(client, recruiter, html_validity):
    other = make_member(user=recruiter.user).employer

    page = client.get("/hire/")

    html_validity(page.content)
    assert [name in page.text for name in (recruiter.employer.name, other.name)] == [True, True]


def test_employer_new_makes_an_employer_its_maker_owns(client):
    user = make_user(email="ann@lakeside.org")
    client.force_login(user)

    answer = client.post(url("employer_new"), {**NEW, "website": "lakeside.org"})

    made = Employer.objects.with_verified().get()
    assert answer.url == url("employer", made.slug)
    assert (made.website, made.is_verified) == ("https://lakeside.org", True)
    assert Member.objects.get().role == "owner"


def test_employer_new_shows_what_is_wrong_and_keeps_the_rest(client, html_validity):
    client.force_login(make_user())

    page = client.post(url("employer_new"), {**NEW, "website": "javascript:x"})

    html_validity(page.content)
    assert page.context["form"].errors == {"website": ["Enter a valid URL."]}
    assert 'value="Lakeside"' in page.text


def test_employer_new_is_limited(client):
    client.force_login(make_user())
    for _time in range(6):
        page = client.post(url("employer_new"), NEW)

    assert "done too often" in page.text
    assert Employer.objects.count() == 5


def test_employer_edit_saves_and_claims_domains(client, owner, html_validity):
    slug = owner.employer.slug
    html_validity(client.get(url("employer_edit", slug)).content)

    client.post(url("employer_edit", slug), {**NEW, "about": "<b>We</b> code."})
    client.post(url("domain_claim", slug), {"domain": "ann@lakeside.org"})
    client.post(url("domain_claim", slug))
    refused = client.post(url("domain_claim", slug), {"domain": "gmail.com"})

    page = client.get(url("employer_edit", slug))
    assert "&lt;b&gt;We&lt;/b&gt; code." in page.text
    assert list(owner.employer.domains.values_list("domain", flat=True)) == ["lakeside.org"]
    assert "Anyone can have an address at gmail.com" in refused.text


@pytest.mark.parametrize(
    ("fields", "title", "status", "step"),
    [
        ({"status": "draft", "title": ""}, "Untitled posting", "Draft", "Continue writing"),
        ({"status": "pending"}, "Coder", "In review", None),
        ({"status": "changes_requested"}, "Coder", "Changes requested", "Answer the moderator"),
        ({}, "Coder", "Live", None),
        (
            {"published_at": timezone.now() - timedelta(days=15)},
            "Coder",
            "Live",
            "Confirm it is still open",
        ),
        ({"closes_at": timezone.now() - timedelta(days=1)}, "Coder", "Closed", "Renew"),
        ({"status": "expired"}, "Coder", "Closed", "Renew"),
        ({"status": "filled"}, "Coder", "Filled", "Copy"),
        ({"status": "rejected"}, "Coder", "Rejected", "Copy"),
    ],
)
def test_employer_shows_each_posting_with_its_next_step(
    client, recruiter, fields, title, status, step
):
    make_job(employer=recruiter.employer, **{"title": "Coder", **fields})
    shows = "?show=closed" if status in {"Filled", "Rejected"} else ""
    shows = "?show=closed" if fields.get("status") == "expired" else shows

    (row,) = client.get(url("employer", recruiter.employer.slug) + shows).context["rows"]

    assert (row.title, row.status, row.step and row.step.label) == (title, status, step)


def test_employer_names_a_draft_by_what_was_typed(client, recruiter):
    job = make_job(employer=recruiter.employer, status="draft", title="")
    typed = {"title": ["Half a <title>"]}
    typed_forms.keep(user=recruiter.user, job=job, kind="posting", typed=typed, now=timezone.now())

    page = client.get(url("employer", recruiter.employer.slug))

    assert "Half a &lt;title&gt;" in page.text


@pytest.mark.parametrize("postings", [1, 3])
def test_employer_asks_the_same_number_of_queries(
    client, recruiter, postings, django_assert_num_queries, html_validity
):
    for _number in range(postings):
        job = make_job(employer=recruiter.employer)
        make_application(job=job), make_application(job=job)
        make_job(employer=recruiter.employer, status="draft", revision_of=job)

    with django_assert_num_queries(8):
        page = client.get(url("employer", recruiter.employer.slug))

    html_validity(page.content)
    assert [(row.waiting, row.revision is not None) for row in page.context["rows"]] == [
        (2, True)
    ] * postings


def test_team_page_and_its_acts(client, owner, html_validity, django_capture_on_commit_callbacks):
    slug = owner.employer.slug
    colleague = make_member(employer=owner.employer)

    client.post(url("member_role", slug, colleague.pk), {"role": "viewer"})
    client.post(url("invite", slug), {"email": "new@lakeside.org", "role": "recruiter"})
    page = client.get(url("team", slug))
    client.post(url("invitation_revoke", slug, Invitation.objects.get().pk))
    client.post(url("member_remove", slug, colleague.pk))
    kept = client.post(url("member_remove", slug, owner.pk), follow=True)

    html_validity(page.content)
    assert [name in page.text for name in ("new@lakeside.org", "Viewer")] == [True, True]
    assert (Invitation.objects.count(), list(Member.objects.all())) == (0, [owner])
    assert "needs an owner" in kept.text


def test_team_invite_says_what_is_wrong(client, owner):
    page = client.post(
        url("invite", owner.employer.slug), {"email": owner.user.email, "role": "viewer"}
    )

    assert "belongs to the team already" in page.text


def test_member_may_leave(client, recruiter):
    answer = client.post(url("member_remove", recruiter.employer.slug, recruiter.pk))

    assert (answer.url, Member.objects.count()) == ("/hire/", 0)


def test_invitation_is_accepted_by_post_only(client, owner, html_validity):
    slug = owner.employer.slug
    client.post(url("invite", slug), {"email": "new@lakeside.org", "role": "viewer"})
    user = make_user()
    client.force_login(user)
    link = url("invitation", Invitation.objects.get().token)

    html_validity(client.get(link).content)
    assert Member.objects.filter(user=user).count() == 0
    answer = client.post(link)

    assert answer.url == url("employer", slug)
    assert Member.objects.get(user=user).role == "viewer"
    assert "This invitation is over" in client.get(link).text
    assert client.get(url("invitation", "no-such-token")).status_code == 404


def test_invitation_sends_a_visitor_to_log_in(client):
    invitation = Invitation.objects.create(
        employer=make_employer(), email="a@b.example", expires_at=timezone.now()
    )

    answer = client.get(url("invitation", invitation.token))

    assert answer.url == f"/accounts/login/?next={url('invitation', invitation.token)}"


READS = ["employer", "team"]
READS_JOB = ["job", "preview"]
WRITES = ["job_new"]
WRITES_JOB = [
    "job_edit",
    "autosave",
    "typed_discard",
    "submit",
    "withdraw",
    "filled",
    "renew",
    "confirm",
    "copy",
    "revise",
    "discard",
]
OWNS = ["employer_edit", "domain_claim", "invite"]
GETS = {*READS, *READS_JOB, "employer_edit", "job_new"}


@pytest.mark.parametrize(
    ("names", "allowed"),
    [
        (READS, {"owner", "recruiter", "viewer"}),
        (READS_JOB, {"owner", "recruiter", "viewer"}),
        (WRITES, {"owner", "recruiter"}),
        (WRITES_JOB, {"owner", "recruiter"}),
        (OWNS, {"owner"}),
    ],
)
@pytest.mark.parametrize("role", ["owner", "recruiter", "viewer", "stranger", "visitor"])
def test_hire_pages_open_to_the_roles_they_are_for(client, names, allowed, role):
    employer = make_employer()
    if role in {"owner", "recruiter", "viewer"}:
        client.force_login(make_member(employer=employer, role=role).user)
    if role == "stranger":
        client.force_login(make_member(role="owner").user)

    answers = {name: status(client, name, employer) for name in names}

    if role == "visitor":
        assert set(answers.values()) == {"login"}
    elif role == "stranger":
        assert set(answers.values()) == {404}
    elif role in allowed:
        assert set(answers.values()) <= {200, 302, 429}
    else:
        assert set(answers.values()) == {403}


def status(client, name, employer):
    job = make_job(employer=employer, status="draft")
    by_job = name in {*READS_JOB, *WRITES_JOB}
    address = url(name, job.public_id if by_job else employer.slug)
    answer = client.get(address) if name in GETS else client.post(address)
    return "login" if "/accounts/login/" in answer.get("Location", "") else answer.status_code


def test_hire_pages_of_acts_answer_no_get(client, owner):
    job = make_job(employer=owner.employer)
    acts = [name for name in WRITES_JOB if name != "job_edit"]

    answers = {client.get(url(name, job.public_id)).status_code for name in acts}

    assert (answers, Job.objects.get().status) == ({405}, "published")
