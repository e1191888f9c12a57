from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter
from accounts.tests.factories import PASSWORD, make_member, make_user
from jobs.models import Job, ListingEvent, TypedForm
from jobs.states import Actor
from jobs.tests.factories import (
    make_credential,
    make_job,
    make_setting,
    make_state,
    require_credentials,
)
from jobs.tests.typed import typed_in

pytestmark = pytest.mark.django_db
BAD = "<script>alert(1)</script>"


@pytest.fixture
def member(client):
    member = make_member()
    client.force_login(member.user)
    return member


@pytest.fixture
def draft(member):
    return make_job(employer=member.employer, status="draft", title="", description="")


def url(name, *args):
    return reverse(f"hire:{name}", args=args)


def edit(job):
    return url("job_edit", job.public_id)


def test_job_new_makes_the_draft_by_post_only(client, member, html_validity):
    address = url("job_new", member.employer.slug)

    html_validity(client.get(address).content)
    assert Job.objects.count() == 0
    answer = client.post(address)

    job = Job.objects.get()
    assert (job.created_by, answer.url) == (member.user, edit(job))


def test_job_edit_opens_a_valid_page(client, draft, html_validity):
    page = client.get(edit(draft))

    html_validity(page.content)
    assert 'data-autosave="/hire/jobs/' in page.text


def test_job_edit_with_mistakes_keeps_all_and_counts_them(client, draft, html_validity):
    page = client.post(edit(draft), {"title": BAD, "pay_min": "lots", "sites": "nowhere"})

    html_validity(page.content)
    assert "Kept as draft." in page.text
    assert BAD not in page.text
    again = client.get(edit(draft))
    shown = [again.context["form"][name].value() for name in ("title", "pay_min", "sites")]
    assert shown == [BAD, "lots", "nowhere"]
    assert "What you typed is back" in again.text
    draft.refresh_from_db()
    assert draft.title == ""


def test_job_edit_saves_and_shows_what_was_saved(client, draft):
    answer = client.post(edit(draft), typed_in(draft, title="Urology Coder"))

    page = client.get(answer.url)
    assert f'data-autosave-clear="posting-{draft.public_id}"' in page.text
    assert page.context["form"]["title"].value() == "Urology Coder"
    assert TypedForm.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_job_edit_asks_the_same_number_of_queries(client, draft, rows, django_assert_num_queries):
    for _number in range(rows):
        require_credentials(draft, "CPC", "CUC")
        draft.questions.create(text="Why?")

    with django_assert_num_queries(22):
        client.get(edit(draft))


def test_job_edit_leads_away_from_what_cannot_be_written_on(client, member):
    job = make_job(employer=member.employer, status="pending")

    assert client.get(edit(job)).url == url("job", job.public_id)


def test_job_edit_of_a_posting_submitted_meanwhile_keeps_the_text(client, member, draft):
    typed = typed_in(draft)
    job = make_job(employer=member.employer, status="pending")

    page = client.post(edit(job), typed, follow=True)

    assert "cannot be written on. Your text is kept." in page.text
    assert TypedForm.objects.get().data["title"] == [typed["title"]]


def test_job_edit_at_once_by_two_keeps_both(client, member, draft, html_validity):
    colleague = Client()
    colleague.force_login(make_member(employer=member.employer).user)
    mine, theirs = typed_in(draft, title="Mine"), typed_in(draft, title="Theirs")
    colleague.post(edit(draft), theirs)

    page = client.post(edit(draft), mine)

    html_validity(page.content)
    assert "There is a newer version" in page.text
    draft.refresh_from_db()
    assert (draft.title, page.context["form"]["title"].value()) == ("Theirs", "Mine")
    # Saving once more, from the page that told of it, writes it over theirs.
    client.post(edit(draft), {**mine, "seen": page.context["form"]["seen"].value()})
    draft.refresh_from_db()
    assert draft.title == "Mine"


def test_job_edit_shows_the_saved_posting_beside_what_was_typed(client, member):
    job = make_job(employer=member.employer, status="draft", title="Saved")
    client.post(url("autosave", job.public_id), {"title": "Typed"})

    shown = [client.get(edit(job) + query) for query in ("", "?version=saved")]
    titles = [page.context["form"]["title"].value() for page in shown]
    client.post(url("typed_discard", job.public_id))

    assert titles == ["Typed", "Saved"]
    assert client.get(edit(job)).context["form"]["title"].value() == "Saved"


def test_autosave_keeps_what_each_person_typed_last(client, member, draft):
    colleague = Client()
    colleague.force_login(make_member(employer=member.employer).user)
    address = url("autosave", draft.public_id)

    first = client.post(address, {"title": "one"})
    client.post(address, {"title": "two", "states": ["OH", "MI"], "csrfmiddlewaretoken": "x"})
    colleague.post(address, {"title": "other"})

    kept = TypedForm.objects.order_by("pk").values_list("data", flat=True)
    assert list(first.json()) == ["saved_at"]
    assert list(kept) == [{"title": ["two"], "states": ["OH", "MI"]}, {"title": ["other"]}]


def test_autosave_refuses_more_than_any_posting_holds(client, draft):
    answer = client.post(url("autosave", draft.public_id), {"benefits": "x" * 200_001})

    assert (answer.status_code, TypedForm.objects.count()) == (429, 0)


def test_job_edit_with_too_much_text_says_so(client, draft):
    page = client.post(edit(draft), {"title": "T", "benefits": "x" * 200_001})

    assert "too much text to keep" in page.text
    assert "benefits" in page.context["form"].errors


def log_in(client, user, **more):
    fields = {"login": user.email, "password": PASSWORD, **more}
    return client.post("/accounts/login/?next=/hire/", fields)


def test_what_is_sent_while_logged_out_is_back_after_log_in(client, member, draft):
    typed = typed_in(draft, title="Typed for an hour", pay_min="lots")
    client.post("/accounts/logout/")

    answer = client.post(edit(draft), typed)
    login = client.get(answer.url)
    assert TypedForm.objects.count() == 0
    log_in(client, member.user)

    assert answer.url == f"/accounts/login/?next={edit(draft)}"
    assert "What you typed is kept" in login.text
    form = client.get(edit(draft)).context["form"]
    assert (form["title"].value(), form["pay_min"].value()) == ("Typed for an hour", "lots")
    assert "typed_while_logged_out" not in client.session


def test_what_is_sent_while_logged_out_passes_the_check_of_its_token(draft, member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member.user)
    token = client.get(edit(draft)).context["csrf_token"]
    client.post("/accounts/logout/", {"csrfmiddlewaretoken": str(token)})

    answer = client.post(edit(draft), {"title": "Kept", "csrfmiddlewaretoken": str(token)})
    login = client.get(answer.url)
    log_in(client, member.user, csrfmiddlewaretoken=str(login.context["csrf_token"]))

    assert client.get(edit(draft)).context["form"]["title"].value() == "Kept"


def test_what_a_stranger_sent_while_logged_out_reaches_no_posting(client, draft):
    client.post("/accounts/logout/")
    client.post(edit(draft), {"title": "Not yours"})

    log_in(client, make_user())

    assert TypedForm.objects.count() == 0
    assert client.get(edit(draft)).status_code == 404


def test_what_one_sent_while_logged_out_does_not_reach_a_colleague(client, member, draft):
    client.post("/accounts/logout/")
    client.post(edit(draft), {"title": "Mine", "typed_by": str(member.user.pk)})

    log_in(client, make_member(employer=member.employer).user)

    assert TypedForm.objects.count() == 0


def test_what_was_sent_while_logged_out_gives_way_to_what_was_typed_later(client, member, draft):
    client.post("/accounts/logout/")
    client.post(edit(draft), {"title": "Earlier"})
    TypedForm.objects.create(
        user=member.user,
        job=draft,
        kind="posting",
        data={"title": ["Later"]},
        saved_at=timezone.now() + timedelta(minutes=1),
    )

    log_in(client, member.user)

    assert TypedForm.objects.get().data == {"title": ["Later"]}


def test_a_session_holds_three_forms_at_most(client):
    for number in range(5):
        client.post(f"/hire/jobs/job{number}/edit/", {"title": str(number)})

    assert list(client.session["typed_while_logged_out"]) == [
        "posting:job2",
        "posting:job3",
        "posting:job4",
    ]


def test_holding_what_visitors_send_is_limited(client):
    answers = [client.post("/hire/jobs/none/edit/", {"title": "x"}) for _time in range(31)]

    assert [answer.status_code for answer in answers[-2:]] == [302, 429]


def test_preview_shows_markup_in_each_text_as_words(client, member, draft, html_validity):
    texts = ("title", "description", "bonus", "shift", "benefits", "audit_frequency")
    more = ("home_office", "apprentice_note", "requisition_id", "question_1")
    client.post(edit(draft), typed_in(draft, **dict.fromkeys(texts + more, BAD)))

    pages = [
        client.get(url("preview", draft.public_id)),
        client.get(url("job", draft.public_id)),
        client.get(edit(draft)),
        client.get(url("employer", member.employer.slug)),
    ]

    for page in pages:
        html_validity(page.content)
        assert (page.status_code, BAD in page.text) == (200, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_asks_the_same_number_of_queries(client, member, rows, django_assert_num_queries):
    job = make_job(employer=member.employer)
    for _number in range(rows):
        require_credentials(job, "CPC", "CUC")
        job.questions.create(text="Why?")

    with django_assert_num_queries(19):
        client.get(url("preview", job.public_id))


def test_the_whole_way_to_the_moderator(client, member, django_capture_on_commit_callbacks):
    make_credential("CPC"), make_state()
    client.post(url("job_new", member.employer.slug))
    job = Job.objects.get()
    client.post(url("autosave", job.public_id), {"title": "Urolo"})
    client.post(edit(job), {"title": "Urology Coder"})
    typed = typed_in(
        job,
        settings=[str(make_setting().pk)],
        mode="remote",
        state_rule="only",
        states=["OH"],
        credentials_required="CPC",
        pay_basis="hour",
        pay_min="29",
        pay_max="34",
    )

    preview = client.post(edit(job), {**typed, "intent": "preview"}, follow=True)
    job.refresh_from_db()
    sent = client.post(edit(job), {**typed_in(job), "intent": "submit"}, follow=True)

    assert "Urology Coder" in preview.text
    assert "You will be told by mail" in sent.text
    assert f'data-autosave-clear="posting-{job.public_id}"' in sent.text
    job.refresh_from_db()
    assert (job.status, job.events.get().by) == ("pending", member.user)


def test_submit_of_what_is_not_ready_leads_back_to_the_form(client, draft):
    page = client.post(url("submit", draft.public_id), follow=True)

    assert "Give the posting a title." in page.text
    assert page.redirect_chain == [(edit(draft), 302)]


def test_submit_is_limited_for_each_employer(client, draft):
    for _time in range(31):
        page = client.post(url("submit", draft.public_id), follow=True)

    assert "That was done too often" in page.text


@pytest.mark.parametrize(
    ("act", "status", "expected"),
    [
        ("withdraw", "pending", "withdrawn"),
        ("withdraw", "published", "withdrawn"),
        ("filled", "published", "filled"),
        ("filled", "withdrawn", "withdrawn"),
    ],
)
def test_acts_move_a_posting_or_say_why_not(client, member, act, status, expected):
    job = make_job(employer=member.employer, status=status)

    page = client.post(url(act, job.public_id), follow=True)

    job.refresh_from_db()
    assert job.status == expected
    assert ("can no longer be moved there" in page.text) == (status == expected)


def test_confirm_and_renew_a_live_posting(client, member, html_validity):
    job = make_job(employer=member.employer)
    day = (timezone.now() + timedelta(days=60)).date()

    client.post(url("confirm", job.public_id))
    client.post(url("renew", job.public_id), {"closes_on": day.isoformat()})
    late = client.post(url("renew", job.public_id), {"closes_on": "2020-01-01"}, follow=True)
    none = client.post(url("renew", job.public_id), {"closes_on": ""}, follow=True)

    job.refresh_from_db()
    page = client.get(url("job", job.public_id))
    html_validity(page.content)
    assert page.context["closes_on"] == day
    assert job.confirmed_open_at is not None
    assert "has passed" in late.text
    assert "Choose the new closing day." in none.text


def test_copy_and_discard(client, member):
    job = make_job(employer=member.employer, status="filled", title="Old")

    client.post(url("copy", job.public_id))
    copied = Job.objects.get(status="draft")
    page = client.post(url("discard", copied.public_id), follow=True)

    assert (copied.title, copied.copied_from) == ("Old", job)
    assert page.redirect_chain == [(url("employer", member.employer.slug), 302)]
    assert list(Job.objects.all()) == [job]


def test_revise_leaves_the_live_posting_up(client, member, html_validity):
    job = make_job(employer=member.employer, title="Live")
    answer = client.post(url("revise", job.public_id))
    revision = Job.objects.get(revision_of=job)

    html_validity(client.get(answer.url).content)
    client.post(edit(revision), {**typed_in(revision, title="New"), "intent": "submit"})
    again = client.post(url("revise", job.public_id))
    withdrawn = client.post(url("discard", revision.public_id), follow=True)

    job.refresh_from_db(), revision.refresh_from_db()
    assert (job.status, job.title) == ("published", "Live")
    assert (revision.status, revision.title) == ("withdrawn", "New")
    assert again.url == url("job", revision.public_id)
    assert withdrawn.redirect_chain == [(url("job", job.public_id), 302)]


def test_an_edit_of_nothing_that_matters_is_live_at_once(client, member):
    job = make_job(employer=member.employer)
    client.post(url("revise", job.public_id))
    revision = Job.objects.get(revision_of=job)

    page = client.post(
        edit(revision),
        {**typed_in(revision, shift="Any eight hours"), "intent": "submit"},
        follow=True,
    )

    job.refresh_from_db()
    assert "The change is live." in page.text
    assert job.shift == "Any eight hours"


@pytest.mark.parametrize(
    ("status", "next_step"),
    [
        ("changes_requested", "Change what the moderator names, then submit it again."),
        ("rejected", "Copy it to write one that fits."),
        ("removed", "cannot be put up again"),
    ],
)
def test_the_moderators_word_stands_on_top(client, member, status, next_step, html_validity):
    job = make_job(employer=member.employer, status=status)
    ListingEvent.objects.create(
        job=job,
        from_status="pending",
        to_status=status,
        actor=Actor.MODERATOR,
        by=make_user(),
        act=status,
        note=f"State the pay. {BAD}",
        at=timezone.now(),
    )
    address = edit(job) if status == "changes_requested" else url("job", job.public_id)

    page = client.get(address)

    html_validity(page.content)
    assert "State the pay. &lt;script&gt;" in page.text
    assert next_step in page.text
    assert "Pat Coder" not in client.get(url("job", job.public_id)).context["events"][0]["who"]


def test_withdraw_tells_nobody_by_mail(client, member, django_capture_on_commit_callbacks):
    job = make_job(employer=member.employer)

    client.post(url("withdraw", job.public_id))

    assert Letter.objects.count() == 0


def test_viewers_see_no_buttons(client, member):
    viewer = make_member(employer=member.employer, role="viewer")
    client.force_login(viewer.user)
    job = make_job(employer=member.employer)

    page = client.get(url("job", job.public_id))

    assert (page.context["acts"], page.context["renewable"]) == ([], False)
