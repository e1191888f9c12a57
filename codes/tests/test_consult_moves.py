from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from accounts.models import Letter
from codes.consult import moves, work
from codes.consult.errors import ConsultMoved
from codes.consult.states import MOVES, Actor, sources
from codes.models import Consult, ConsultMessage, ConsultStatus, MessageKind
from codes.tests.consult_samples import make_consult, make_consultant, make_inbound

pytestmark = pytest.mark.django_db
now = timezone.now


@pytest.fixture
def consult(settings):
    settings.CONSULT_REVIEW = True
    return make_consult()


def together(*acts):
    """Run acts in threads that start at once; what each returned or raised."""
    barrier, outcomes = Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait()
            outcomes.append(act())
        except ConsultMoved as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_claim_edit_and_sign(consult):
    dana = make_consultant()
    moves.claim(consult=consult, by=dana, now=now())
    moves.save_reply(consult=consult, by=dana, text="74740 with 58340. Seen by Jane Doe, MD.")
    assert "Jane" not in Consult.objects.get().reply

    moves.sign(consult=consult, by=dana, text="74740 with 58340.", seen=1, now=now())

    letter = Letter.objects.get(key__startswith="consult-answer")
    assert (consult.status, consult.signed_by, consult.claimed_by) == ("answered", dana, None)
    assert "74740 with 58340.\n\nDana Expert\nConsultant" in letter.text
    assert "NOT VERIFIED" not in letter.text
    steps = [(each.old, each.new, each.by_id) for each in consult.moves.all()]
    assert steps == [
        ("", "review", consult.owner_id),
        ("review", "claimed", dana.pk),
        ("claimed", "answered", dana.pk),
    ]


def test_lines_of_the_draft_stand_and_new_ones_are_screened(consult):
    draft = "Date of service: 25 Nov 2026.\n   http://localhost/codes/cpt/74740/"
    consult.messages.filter(kind=MessageKind.DRAFT).update(text=draft)

    moves.sign(
        consult=consult,
        by=make_consultant(),
        text=f"{draft}\nSeen on 3/4/2024, MRN 12345678.\nBill 74740.",
        seen=1,
        now=now(),
    )

    text = consult.messages.get(kind=MessageKind.ANSWER).text
    assert text == f"{draft}\nSeen on [date: 2024], MRN [record number].\nBill 74740."


def test_a_claimed_consult_is_anothers_only_after_a_while(consult):
    first, second = make_consultant(), make_consultant()
    moves.claim(consult=consult, by=first, now=now())

    with pytest.raises(ConsultMoved):
        moves.claim(consult=consult, by=second, now=now())
    with pytest.raises(ConsultMoved):
        moves.sign(consult=consult, by=second, text="x", seen=1, now=now())
    with pytest.raises(ConsultMoved):
        moves.save_reply(consult=consult, by=second, text="x")
    with pytest.raises(ConsultMoved):
        moves.release(consult=consult, by=second, now=now())

    moves.claim(consult=consult, by=second, now=now() + moves.CLAIM_LASTS + timedelta(seconds=1))
    assert consult.claimed_by == second


def test_release_puts_it_back_with_what_was_written(consult):
    dana = make_consultant()
    moves.claim(consult=consult, by=dana, now=now())
    moves.save_reply(consult=consult, by=dana, text="half written")

    moves.release(consult=consult, by=dana, now=now())

    assert (consult.status, consult.claimed_by, consult.reply) == ("review", None, "half written")


def test_a_further_message_voids_the_signature_not_the_claim(consult):
    dana = make_consultant()
    moves.claim(consult=consult, by=dana, now=now())
    work.take_in(inbound_id=make_inbound(consult=consult, text="The left side.").pk, now=now())

    with pytest.raises(ConsultMoved):
        moves.sign(consult=consult, by=dana, text="x", seen=1, now=now())

    moves.sign(consult=consult, by=dana, text="x", seen=2, now=now())
    assert consult.status == ConsultStatus.ANSWERED


def test_a_closed_consult_is_final(consult):
    moves.close(consult=consult, now=now())

    for act in (
        lambda: moves.close(consult=consult, now=now()),
        lambda: moves.claim(consult=consult, by=make_consultant(), now=now()),
        lambda: moves.sign(consult=consult, by=make_consultant(), text="x", seen=1, now=now()),
        lambda: moves.answer_with_draft(consult=consult, seen=1, text="x", now=now()),
    ):
        with pytest.raises(ConsultMoved):
            act()


@pytest.mark.parametrize("old", ConsultStatus)
@pytest.mark.parametrize("new", ConsultStatus)
@pytest.mark.parametrize("actor", Actor)
def test_sources_are_those_of_the_table(old, new, actor):
    assert (old in sources(new, actor)) == (actor in MOVES.get((old, new), set()))


@pytest.mark.django_db(transaction=True)
def test_of_two_consultants_who_sign_at_once_one_signs(consult):
    people = [make_consultant(), make_consultant()]

    outcomes = together(
        *(
            lambda by=by: moves.sign(
                consult=Consult.objects.get(), by=by, text=f"By {by.pk}", seen=1, now=now()
            )
            for by in people
        )
    )

    assert sorted(type(each).__name__ for each in outcomes) == ["ConsultMessage", "ConsultMoved"]
    answer = ConsultMessage.objects.get(kind=MessageKind.ANSWER)
    assert answer.by == Consult.objects.get().signed_by
    assert Letter.objects.filter(key__startswith="consult-answer").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_a_consultant_and_the_software_one_answers(consult):
    dana = make_consultant()

    outcomes = together(
        lambda: moves.sign(consult=Consult.objects.get(), by=dana, text="Hers", seen=1, now=now()),
        lambda: moves.answer_with_draft(
            consult=Consult.objects.get(), seen=1, text="Its", now=now()
        ),
    )

    assert sorted(type(each).__name__ for each in outcomes) == ["ConsultMessage", "ConsultMoved"]
    assert ConsultMessage.objects.filter(kind=MessageKind.ANSWER).count() == 1
    assert Letter.objects.filter(key__startswith="consult-answer").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_a_row_once(settings):
    settings.CONSULT_REVIEW = False
    row = make_inbound()

    together(*[lambda: work.take_in(inbound_id=row.pk, now=now())] * 3)

    assert (Consult.objects.count(), Letter.objects.count()) == (1, 1)


def test_one_answer_a_round(consult):
    fields = {"consult": consult, "round": 1, "kind": MessageKind.ANSWER, "at": now()}
    ConsultMessage.objects.create(**fields)

    with pytest.raises(IntegrityError, match="consult_one_of_a_kind_a_round"):
        ConsultMessage.objects.create(**fields)


def test_a_claimant_only_while_claimed(consult):
    with pytest.raises(IntegrityError, match="consult_claimant_while_claimed"):
        Consult.objects.update(claimed_by=make_consultant())
