from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Letter
from accounts.tests.factories import make_user
from codes.consult import addresses, moves, work
from codes.consult.draft import setting_said
from codes.models import (
    Consult,
    ConsultMove,
    ConsultStatus,
    Inbound,
    InboundStatus,
    MessageKind,
    Reason,
)
from codes.tests.consult_samples import HSG, make_consult, make_inbound, make_mail, receive

pytestmark = pytest.mark.django_db


def take_in(row):
    work.take_in(inbound_id=row.pk, now=timezone.now())
    row.refresh_from_db()


@pytest.mark.usefixtures("shipped")
def test_the_reply_is_the_cases_draft():
    row = make_inbound(owner=make_user(email="coder@example.com"), removed={"name": 2})

    take_in(row)

    letter = Letter.objects.get()
    assert (row.status, row.text, row.consult.status) == ("taken", "", ConsultStatus.ANSWERED)
    assert letter.to == "coder@example.com"
    assert letter.subject == "Re: HSG report (draft, not verified)"
    assert "DRAFT, NOT VERIFIED" in letter.text
    assert "74740" in letter.text
    assert "Taken out: 2 names." in letter.text
    assert addresses.reference_in(letter.reply_to) == row.consult.reference


def test_a_row_is_answered_once_however_often_it_is_taken():
    row = make_inbound()

    for _number in range(3):
        take_in(row)

    assert (Consult.objects.count(), Letter.objects.count()) == (1, 1)


def test_with_review_the_reply_waits_and_a_receipt_goes_out(settings):
    settings.CONSULT_REVIEW = True

    consult = make_consult()

    assert (consult.status, consult.round, consult.reply != "") == (ConsultStatus.REVIEW, 1, True)
    assert consult.due_at - consult.created_at == timedelta(hours=settings.CONSULT_HOURS)
    letter = Letter.objects.get()
    assert letter.subject == "Received: HSG report"
    assert f"{consult.due_at.astimezone(consult.owner.zone):%H:%M}" in letter.text


def test_the_letters_of_a_consult_are_one_conversation_for_a_mail_program(settings):
    settings.CONSULT_REVIEW = True
    consult = make_consult()
    take_in(make_inbound(consult=consult))
    make_consult()

    first, second, other = Letter.objects.order_by("pk")
    before = f"<{first.message_id}@localhost>"
    named = {"In-Reply-To": before, "References": before}
    assert "References" not in first.headers | other.headers
    assert second.headers == first.headers | named


def test_what_was_not_read_is_named():
    files = [{"name": "scan.png", "why": "only text"}, {"name": "op note.docx", "why": ""}]

    take_in(make_inbound(files=files, cut=True))

    text = Letter.objects.get().text
    assert "- scan.png: only text" in text
    assert "op note.docx" not in text
    assert "Only its first part was read." in text


def test_a_reply_goes_on_with_the_thread():
    consult = make_consult(owner=make_user(email="coder@example.com"))

    take_in(receive(make_mail(text="It was the left side."), consult=consult))

    consult.refresh_from_db()
    kinds = [(each.round, each.kind) for each in consult.messages.all()]
    assert kinds == [
        (number, kind)
        for number in (1, 2)
        for kind in (MessageKind.QUESTION, MessageKind.DRAFT, MessageKind.ANSWER)
    ]
    assert Letter.objects.count() == 2
    steps = [(each.old, each.new) for each in consult.moves.all()]
    assert steps == [
        ("", "review"),
        ("review", "answered"),
        ("answered", "review"),
        ("review", "answered"),
    ]


def test_a_message_to_a_consult_closed_meanwhile_is_refused():
    consult = make_consult()
    row = make_inbound(consult=consult)
    moves.close(consult=consult, now=timezone.now())

    take_in(row)

    assert (row.status, row.reason, row.text) == (InboundStatus.REFUSED, Reason.CLOSED, "")


def test_many_queued_rows_are_answered_in_batches(monkeypatch):
    monkeypatch.setattr(work, "BATCH", 7)
    owner = make_user()
    for _number in range(20):
        make_inbound(owner=owner)

    taken = [work.take_in_due(now=timezone.now()) for _number in range(4)]

    assert taken == [7, 7, 6, 0]
    assert (Consult.objects.count(), Letter.objects.count()) == (20, 20)


def test_a_message_that_fails_holds_up_nothing_and_is_answered_without_a_draft(monkeypatch):
    bad, good = make_inbound(text="bad"), make_inbound()
    real = work.draft

    def draft(text, *, on):
        if text == "bad":
            raise ZeroDivisionError
        return real(text, on=on)

    monkeypatch.setattr(work, "draft", draft)
    for _number in range(work.TRIES):
        with pytest.raises(ZeroDivisionError):
            work.take_in_due(now=timezone.now())

    good.refresh_from_db()
    assert good.status == InboundStatus.TAKEN
    work.take_in_due(now=timezone.now())
    bad.refresh_from_db()
    assert bad.status == InboundStatus.TAKEN
    assert work.NO_DRAFT in Letter.objects.get(text__contains=work.NO_DRAFT).text


STEPS = ["_new", "_draft", "_next_round", "_keep", "_settle"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_midway_it_is_done_again_and_once(monkeypatch, step, when):
    class Killed(BaseException):
        pass

    row, real = make_inbound(), getattr(work, step)

    def die(*args, **kwargs):
        if when == "after":
            real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(work, step, die)
        with pytest.raises(Killed):
            work.take_in(inbound_id=row.pk, now=timezone.now())
    assert (Consult.objects.count(), Letter.objects.count(), ConsultMove.objects.count()) == (
        0,
        0,
        0,
    )

    work.take_in_due(now=timezone.now())

    assert (Consult.objects.count(), Letter.objects.count(), ConsultMove.objects.count()) == (
        1,
        1,
        2,
    )


def test_drafts_that_wait_go_out_when_review_is_switched_off(settings):
    settings.CONSULT_REVIEW = True
    consult = make_consult()
    assert work.answer_unreviewed(now=timezone.now()) == 0

    settings.CONSULT_REVIEW = False
    sent = [work.answer_unreviewed(now=timezone.now()) for _number in range(2)]

    consult.refresh_from_db()
    assert (sent, consult.status) == ([1, 0], ConsultStatus.ANSWERED)


def test_old_refusals_are_dropped_and_consults_kept():
    now = timezone.now()
    receive(make_mail("stranger@example.com"))
    make_consult()

    assert work.drop_old_inbound(now=now + timedelta(days=89)) == 0
    assert work.drop_old_inbound(now=now + timedelta(days=91)) == 1
    assert Inbound.objects.count() == 1


def test_setting_said_takes_the_last_line():
    assert setting_said(HSG) == "unstated"
    assert setting_said("Setting: office\nx\nsetting : Hospital claim") == "hospital"
