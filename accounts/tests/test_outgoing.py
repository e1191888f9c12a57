from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic, sleep

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from accounts import letters, postman
from accounts.models import Letter, OutgoingStatus
from accounts.tasks import send_letter
from accounts.tests.factories import numbers

NOW = timezone.now()


def make_letter(**fields):
    number = next(numbers)
    fields.setdefault("key", f"test:{number}")
    fields.setdefault("to", f"reader{number}@example.com")
    fields.setdefault("subject", "About your posting")
    fields.setdefault("text", "It is live.")
    fields.setdefault("try_at", NOW - timedelta(minutes=1))
    return Letter.objects.create(**fields)


def state(letter):
    letter.refresh_from_db()
    return (letter.status, letter.attempts)


@pytest.mark.django_db
def test_send_mails_once_and_marks_the_row(smtp_sink):
    letter = make_letter(html="<p>It is live.</p>", reply_to="hr@example.com")

    postman.send(letter_id=letter.pk, now=NOW)
    postman.send(letter_id=letter.pk, now=NOW)

    (mail,) = smtp_sink.messages
    assert state(letter) == (OutgoingStatus.SENT, 1)
    assert (mail["To"], mail["Subject"], mail["Reply-To"], mail["Message-ID"]) == (
        letter.to,
        "About your posting",
        "hr@example.com",
        f"<{letter.message_id}@localhost>",
    )


@pytest.mark.django_db
def test_put_stores_a_letter_once_per_key():
    fields = {"to": "a@example.com", "subject": "s", "text": "t", "try_at": NOW}

    first, second = letters.put(key="once", **fields), letters.put(key="once", **fields)

    assert (first.key, second, Letter.objects.count()) == ("once", None, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "status", "wait"),
    [
        ("550 No such person", OutgoingStatus.REFUSED, timedelta(minutes=-1)),
        ("451 Try later", OutgoingStatus.WAITING, timedelta(minutes=1)),
    ],
)
def test_send_keeps_what_the_server_answers(smtp_sink, answer, status, wait):
    smtp_sink.refuse["*"] = answer
    letter = make_letter()

    postman.send(letter_id=letter.pk, now=NOW)

    assert (*state(letter), letter.try_at) == (status, 1, NOW + wait)
    assert letter.error.startswith(answer[:3])


@pytest.mark.django_db
def test_send_waits_longer_each_time_and_gives_up_in_the_end(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens
    letter = make_letter()
    now, waits = NOW, []

    while state(letter)[0] == OutgoingStatus.WAITING:
        postman.send(letter_id=letter.pk, now=now)
        letter.refresh_from_db()
        waits.append(letter.try_at - now)
        now = max(letter.try_at, now)

    assert state(letter) == (OutgoingStatus.REFUSED, 9)
    assert [int(wait.total_seconds() / 60) for wait in waits[:-1]] == [
        1,
        5,
        15,
        60,
        240,
        480,
        720,
        720,
    ]


@pytest.mark.django_db
def test_send_gives_a_silent_server_up_after_the_time_limit(smtp_sink, settings):
    settings.EMAIL_TIMEOUT = 0.3
    smtp_sink.hang = True
    letter = make_letter()

    postman.send(letter_id=letter.pk, now=NOW)

    assert state(letter) == (OutgoingStatus.WAITING, 1)


@pytest.mark.django_db
def test_send_due_sends_each_letter_once_when_the_server_takes_half(smtp_sink):
    rows = [make_letter() for _number in range(6)]
    smtp_sink.take = 3

    postman.send_due(now=NOW)
    half = sorted(smtp_sink.recipients)
    smtp_sink.take = None
    postman.send_due(now=NOW + timedelta(minutes=2))

    assert len(half) == 3
    assert sorted(smtp_sink.recipients) == sorted(row.to for row in rows)


@pytest.mark.django_db(transaction=True)
def test_send_by_many_workers_at_once_mails_once(smtp_sink):
    letter = make_letter()

    def work(_number):
        postman.send(letter_id=letter.pk, now=NOW)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    assert smtp_sink.recipients == [letter.to]


@pytest.mark.django_db
def test_forget_secrets_erases_the_words_of_what_was_sent(smtp_sink):
    secret, plain, waiting = make_letter(forget=True), make_letter(), make_letter(forget=True)
    for letter in (secret, plain):
        postman.send(letter_id=letter.pk, now=NOW)

    assert postman.forget_secrets() == 1

    texts = [Letter.objects.get(pk=row.pk).text for row in (secret, plain, waiting)]
    assert texts == ["", "It is live.", "It is live."]


@pytest.mark.django_db
def test_sent_at_goes_with_the_status():
    with pytest.raises(IntegrityError, match="letter_sent_at_when_sent"):
        make_letter(status=OutgoingStatus.SENT)


def wait_until(condition):
    deadline = monotonic() + 20
    while not condition():
        assert monotonic() < deadline
        sleep(0.02)


@pytest.mark.parametrize(("flag", "mails"), [("hang", 1), ("hang_after_data", 2)])
def test_a_killed_worker_loses_nothing_and_repeats_one_mail_at_most(
    celery_worker_process, smtp_sink, flag, mails
):
    """`hang`: killed between claim and send. `hang_after_data`: between send and mark."""
    letter = make_letter()
    setattr(smtp_sink, flag, True)
    worker = celery_worker_process(EMAIL_URL=smtp_sink.url)
    send_letter.delay(letter.pk)
    worker.wait_for_log("send_letter")
    wait_until(lambda: smtp_sink.sessions_in_data)
    worker.kill()
    setattr(smtp_sink, flag, False)

    def send():
        postman.send_due(now=timezone.now())
        return state(letter)[0] == OutgoingStatus.SENT

    wait_until(send)

    assert state(letter) == (OutgoingStatus.SENT, 1)
    assert smtp_sink.recipients == [letter.to] * mails
    assert {mail["Message-ID"] for mail in smtp_sink.messages} == {
        f"<{letter.message_id}@localhost>"
    }
