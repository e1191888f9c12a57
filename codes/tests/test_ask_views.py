"""The page that answers: conversations, their holders, limits, complaints."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from codes.assistant import talk
from codes.models import Conversation, Turn
from jobboard.tests.world import make_moderator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
BACKEND = "django.contrib.auth.backends.ModelBackend"
ASK = "/ask/"


@pytest.fixture
def visitor(client):
    """A browser that has been given the cookie."""
    client.get(ASK)
    return client


def body(response):
    return response.content.decode()


def question(client, text, path=ASK, **fields):
    return client.post(path, {"question": text, **fields}, follow=True)


def test_a_question_is_answered_with_rows_that_can_be_opened(visitor, html_validity):
    response = question(visitor, "can I bill 52005 with 52000")

    page = body(response)
    turn = Turn.objects.get()
    html_validity(response.content)
    assert response.redirect_chain == [(f"/ask/{turn.conversation.public_id}/#turn-{turn.pk}", 302)]
    assert f'href="#f{turn.pk}-1"' in page
    assert f'id="f{turn.pk}-1"' in page
    assert "Its indicator is 0: no modifier bypasses it." in page


def test_a_conversation_keeps_its_context(visitor):
    first = question(visitor, "what is 74740")
    path = first.redirect_chain[-1][0].partition("#")[0]

    page = body(question(visitor, "and with 58340?", path))

    assert "no edit between 74740 and 58340" in page
    assert Conversation.objects.count() == 1


def test_a_code_page_gives_its_code_as_context(visitor):
    page = body(question(visitor, "with 58340?", code="74740"))

    assert "no edit between 74740 and 58340" in page


def test_a_question_waits_in_the_form(client):
    page = body(client.get(ASK, {"code": "74740", "q": "with 58340?"}))

    assert 'name="code" value="74740"' in page
    assert "with 58340?</textarea>" in page


def test_a_browser_without_cookies_is_answered_and_nothing_is_kept(client):
    response = client.post(ASK, {"question": "units of 74420"})

    assert "The limit of 74420 is 2 units" in body(response)
    assert Turn.objects.count() == 0


def test_identifiers_are_neither_stored_nor_shown(visitor, caplog):
    with caplog.at_level("DEBUG"):
        response = question(visitor, "Jane Placeholder, MRN: 00482913, units of 74420?")

    stored = str(Turn.objects.values().get())
    for place in (body(response), stored, caplog.text):
        assert "00482913" not in place
    assert "record number" in body(response)


def test_typed_markup_is_text(visitor):
    page = body(question(visitor, '<script>alert(1)</script> 74740 units "><img src=x>'))

    assert "<script>alert" not in page
    assert "<img" not in page


def test_history_belongs_to_its_holder(client, visitor):
    question(visitor, "units of 74420")
    row = Conversation.objects.get()
    path = reverse("ask:talk", args=[row.public_id])

    client.cookies.clear()
    client.get(ASK)
    stranger = client.get(path).status_code
    client.force_login(make_user(), backend=BACKEND)
    person = client.get(path).status_code

    assert (stranger, person) == (404, 404)


def test_what_a_visitor_asked_goes_on_after_log_in(visitor):
    question(visitor, "units of 74420")
    row = Conversation.objects.get()
    user = make_user()
    visitor.force_login(user, backend=BACKEND)
    path = reverse("ask:talk", args=[row.public_id])

    found = visitor.get(path).status_code
    question(visitor, "and 74740?", path=path)

    row.refresh_from_db()
    assert (found, row.owner, row.guest, row.turns.count()) == (200, user, "", 2)


def test_an_account_keeps_and_deletes_its_conversations(client):
    user = make_user()
    client.force_login(user, backend=BACKEND)
    question(client, "units of 74420")
    question(client, "units of 74740")
    first = Conversation.objects.filter(owner=user).last()

    client.post(reverse("ask:delete", args=[first.public_id]))
    left = Conversation.objects.count()
    client.post(reverse("ask:delete_all"))

    assert (left, Conversation.objects.count(), Turn.objects.count()) == (1, 0, 0)


@pytest.mark.parametrize("is_known", [False, True])
def test_a_limit_is_told_and_the_question_is_kept(client, settings, is_known):
    settings.ASK_GUEST_A_DAY = settings.ASK_MEMBER_A_DAY = 1
    if is_known:
        client.force_login(make_user(), backend=BACKEND)
    client.get(ASK)
    question(client, "units of 74420")

    response = client.post(ASK, {"question": "units of 74740"})

    assert response.status_code == 429
    assert "1 questions a day" in body(response)
    assert "units of 74740</textarea>" in body(response)
    assert Turn.objects.count() == 1


@pytest.mark.parametrize("text", ["", " ", "x" * 1001])
def test_an_empty_or_endless_question_is_asked_for_again(visitor, text):
    response = visitor.post(ASK, {"question": text})

    assert (response.status_code, Turn.objects.count()) == (200, 0)


def test_a_complaint_reaches_a_moderator_who_settles_it(visitor, client):
    question(visitor, "units of 74420")
    turn = Turn.objects.get()
    visitor.post(reverse("ask:verdict", args=[turn.pk]), {"complaint": "Call 212-555-0187: wrong"})
    moderator = make_moderator()
    client.force_login(moderator, backend=BACKEND)

    row = body(client.get(f"/admin/codes/turn/{turn.pk}/change/"))
    client.post("/admin/codes/turn/", {"action": "settled", "_selected_action": [turn.pk]})

    turn.refresh_from_db()
    assert "UnitLimit" in row
    assert "212-555" not in turn.complaint
    assert (turn.settled_by, turn.settled_at is not None) == (moderator, True)


def test_praise_needs_no_words_and_a_complaint_some(visitor):
    question(visitor, "units of 74420")
    turn = Turn.objects.get()
    path = reverse("ask:verdict", args=[turn.pk])

    visitor.post(path, {"complaint": " "})
    turn.refresh_from_db()
    without = turn.verdict
    visitor.post(path, {"verdict": "up"})
    turn.refresh_from_db()

    assert (without, turn.verdict) == ("", "up")


def test_visitors_questions_are_forgotten_with_their_cookie(visitor):
    question(visitor, "units of 74420")
    Conversation.objects.update(started_at=timezone.now() - talk.KEPT * 2)

    talk.forget_guests(now=timezone.now())

    assert Turn.objects.count() == 0


def test_the_number_of_queries_does_not_grow_with_the_history(
    visitor, django_assert_max_num_queries
):
    for _each in range(3):
        question(visitor, "units of 74420")

    with django_assert_max_num_queries(12):
        page = body(visitor.get(ASK))

    assert len(re.findall("units of 74420</a>", page)) == 3
