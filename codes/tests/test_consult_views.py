from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Letter
from accounts.tests.factories import make_user
from codes.consult import moves, work
from codes.consult.consultants import ensure_consultants, may_sign
from codes.management.commands import load_codes
from codes.models import Consult, Inbound
from codes.tests.case_rows import make_case
from codes.tests.consult_samples import HSG, make_consult, make_consultant, make_inbound

pytestmark = pytest.mark.django_db


def log_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def coder(client):
    return log_in(client, make_user())


@pytest.fixture
def waiting(settings):
    settings.CONSULT_REVIEW = True
    return make_consult()


def queue_path(consult, act=""):
    return f"/consults/queue/{consult.public_id}/{act}"


def test_the_list_shows_ones_own_and_what_is_being_read(client, coder, html_validity):
    make_consult(owner=coder)
    make_consult()
    make_inbound(owner=coder)

    answer = client.get("/consults/")

    assert len(answer.context["page"].object_list) == 1
    assert b"Being read" in answer.content
    html_validity(answer.content)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_one_number_of_queries(client, coder, django_assert_num_queries, rows):
    for _number in range(rows):
        make_consult(owner=coder)
    client.get("/consults/")

    with django_assert_num_queries(6):
        client.get("/consults/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_takes_one_number_of_queries(client, settings, django_assert_num_queries, rows):
    settings.CONSULT_REVIEW = True
    log_in(client, make_consultant())
    for _number in range(rows):
        make_consult()
    client.get("/consults/queue/")

    with django_assert_num_queries(5):
        client.get("/consults/queue/")


def test_a_consult_is_sent_from_the_site_once_and_screened(client, coder):
    text = f"Patient: Jane Doe.\n{HSG}"
    for _number in range(2):
        answer = client.post("/consults/new/", {"subject": "HSG", "text": text, "token": "t1"})

    assert answer.status_code == 302
    row = Inbound.objects.get()
    assert (row.owner, row.channel, "Jane" in row.text) == (coder, "site", False)


def test_a_kept_case_begins_a_consult(client, coder):
    own, others = make_case(owner=coder), make_case(owner=make_user())

    shown = [client.get(f"/consults/new/?case={each.public_id}") for each in (own, others)]

    assert [each.context["form"].initial.get("text") for each in shown] == [own.text, None]


def test_the_allowance_holds_on_the_site_and_keeps_the_words(client, coder, settings):
    settings.CONSULT_A_DAY = 1
    client.post("/consults/new/", {"text": HSG, "token": "t1"})

    answer = client.post("/consults/new/", {"text": "Another one", "token": "t2"})

    assert b"too often" in answer.content
    assert b"Another one" in answer.content
    assert Inbound.objects.count() == 1


def test_a_thread_goes_on_here_and_ends(client, coder, html_validity):
    consult = make_consult(owner=coder)
    path = consult.get_absolute_url()

    client.post(f"{path}add/", {"text": "<b>The left side.", "token": "t1"})
    before = client.get(path)
    work.take_in_due(now=timezone.now())
    after = client.get(path)
    client.post(f"{path}close/")
    client.post(f"{path}add/", {"text": "One more", "token": "t2"})
    closed = client.get(path)

    assert b"being read" in before.content
    assert b"&lt;b&gt;The left side." in after.content
    assert after.content.count(b"Draft of the software, not verified") == 2
    assert b"This consult is closed" in closed.content
    assert Inbound.objects.count() == 2
    for page in (before, after, closed):
        html_validity(page.content)


@pytest.mark.parametrize("act", ["", "add/", "close/"])
def test_a_stranger_gets_404(client, coder, act):
    path = f"{make_consult().get_absolute_url()}{act}"

    answer = client.post(path) if act else client.get(path)

    assert answer.status_code == 404


def test_a_consultant_claims_edits_and_signs(client, waiting, html_validity):
    dana = log_in(client, make_consultant())
    path = queue_path(waiting)
    first = client.get(path)
    client.post(queue_path(waiting, "claim/"))
    claimed = client.get(path)
    client.post(queue_path(waiting, "answer/"), {"text": "Half", "seen": 1})
    assert client.get(path).context["form"].initial["text"] == "Half"

    done = client.post(queue_path(waiting, "answer/"), {"text": "74740.", "seen": 1, "sign": "1"})

    assert done["Location"] == "/consults/queue/"
    assert Consult.objects.get().signed_by == dana
    assert "74740.\n\nDana Expert" in Letter.objects.get(key__startswith="consult-answer").text
    for page in (first, claimed, client.get(path), client.get("/consults/queue/")):
        html_validity(page.content)


def test_words_of_a_consultant_who_was_too_late_stay_on_the_page(client, waiting, html_validity):
    log_in(client, make_consultant())
    other = make_consultant()
    client.post(queue_path(waiting, "claim/"))
    row = make_inbound(consult=waiting, text="The left side.")
    work.take_in(inbound_id=row.pk, now=timezone.now())

    answer = client.post(queue_path(waiting, "answer/"), {"text": "Mine", "seen": 1, "sign": "1"})

    assert b"moved meanwhile" in answer.content
    assert b"Mine" in answer.content
    html_validity(answer.content)
    later = timezone.now() + moves.CLAIM_LASTS + timedelta(seconds=1)
    moves.claim(consult=Consult.objects.get(), by=other, now=later)
    answer = client.post(queue_path(waiting, "answer/"), {"text": "Mine too", "seen": 2})
    assert b"Mine too" in answer.content
    html_validity(answer.content)


def test_release_puts_it_back(client, waiting):
    log_in(client, make_consultant())
    client.post(queue_path(waiting, "claim/"))

    client.post(queue_path(waiting, "release/"))

    assert Consult.objects.get().status == "review"


def test_the_queue_is_the_consultants_and_never_ones_own(client, waiting):
    log_in(client, make_user())
    assert client.get("/consults/queue/").status_code == 403
    log_in(client, waiting.owner)
    waiting.owner.groups.add(ensure_consultants())

    assert client.get(queue_path(waiting)).status_code == 404
    assert not client.get("/consults/queue/").context["page"].object_list


def test_a_consultant_cannot_read_what_was_never_in_the_queue(client):
    consult = make_consult()
    log_in(client, make_consultant())

    assert client.get(queue_path(consult)).status_code == 404


def test_overdue_stands_out(client, waiting):
    Consult.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    log_in(client, make_consultant())

    assert b"overdue" in client.get("/consults/queue/").content


def test_load_codes_makes_the_group(monkeypatch):
    monkeypatch.setattr(load_codes, "load_all", lambda now: {})
    call_command("load_codes", stdout=StringIO())

    group = Group.objects.get(name="Consultants")
    assert [each.codename for each in group.permissions.all()] == ["sign_consult"]
    assert ensure_consultants() == group
    assert (may_sign(make_consultant()), may_sign(make_user())) == (True, False)


def test_pages_are_accessible(page, axe, live_server, settings):
    """As owner and as consultant, at two widths."""
    settings.CONSULT_REVIEW, settings.CONSULT_BY_MAIL = True, True
    consult, dana = make_consult(), make_consultant()
    make_inbound(owner=consult.owner)
    moves.claim(consult=consult, by=dana, now=timezone.now())
    own = ["/consults/", "/consults/new/", consult.get_absolute_url()]
    for user, paths in (
        (consult.owner, own),
        (dana, ["/consults/queue/", queue_path(consult)]),
    ):
        enter(page, live_server, user)
        for path in paths:
            page.goto(path)
            for width in (1440, 375):
                page.set_viewport_size({"width": width, "height": 900})
                axe(page)
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def enter(page, live_server, user):
    from django.test import Client

    client = Client()
    log_in(client, user)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
