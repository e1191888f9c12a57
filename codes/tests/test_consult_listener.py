"""Real conversations with the listener."""

import logging
import os
import signal
import smtplib
import socket
import subprocess
import sys
from threading import Thread

import pytest
from django.db import DatabaseError

from accounts.models import Letter
from accounts.tests.factories import make_user
from codes.consult import intake
from codes.consult.addresses import thread_address
from codes.models import Inbound, Reason
from codes.tests.consult_samples import ADDRESS, listening, make_consult, make_mail
from jobboard.embedded.ports import free_port
from jobboard.testing.services import ROOT
from jobboard.testing.workers import database_url

pytestmark = pytest.mark.django_db(transaction=True)
SENDER = "coder@example.com"


@pytest.fixture
def port():
    make_user(email=SENDER)
    with listening() as port:
        yield port


def send(port, mail, *, sender=SENDER, to=ADDRESS, client=smtplib.SMTP):
    """The server's refusal, or None when it took the mail."""
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    with client("127.0.0.1", port, timeout=20) as smtp:
        try:
            smtp.sendmail(sender, [to], raw)
        except smtplib.SMTPRecipientsRefused as error:
            return next(iter(error.recipients.values()))[0]
        except smtplib.SMTPResponseException as error:
            return error.smtp_code
    return None


@pytest.mark.parametrize("client", [smtplib.SMTP, smtplib.LMTP])
def test_a_mail_taken_is_a_row(port, client):
    assert send(port, make_mail(), client=client) is None

    assert Inbound.objects.waiting().count() == 1


def test_delivered_twice_and_at_once_it_is_one_row(port):
    mail = make_mail()
    codes = []
    threads = [Thread(target=lambda: codes.append(send(port, mail))) for _number in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert codes == [None] * 4
    assert Inbound.objects.count() == 1


def test_two_recipients_take_two_transactions(port):
    consult = make_consult()
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        refused = smtp.sendmail(
            SENDER, [ADDRESS, thread_address(consult.reference)], b"Subject: x\r\n\r\ny"
        )

    assert [code for code, _words in refused.values()] == [452]


@pytest.mark.parametrize(
    "to", ["nobody@localhost", "consults+guess@localhost", f"consults+{'a' * 32}@localhost"]
)
def test_other_addresses_are_refused_at_once(port, to):
    assert send(port, make_mail(), to=to) == 550
    assert not Inbound.objects.exists()


def test_more_than_five_megabytes_are_refused(port):
    mail = make_mail(text="Cystoscopy.\n" * 450_000)

    assert send(port, mail) == 552
    assert not Inbound.objects.exists()


def test_more_than_five_megabytes_unannounced_are_refused(port):
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as smtp:
        smtp.helo("sender")
        smtp.mail(SENDER)
        smtp.rcpt(ADDRESS)
        code, _words = smtp.data(b"Subject: x\r\n\r\n" + b"Cystoscopy was done.\r\n" * 250_000)

    assert code == 552
    assert not Inbound.objects.exists()


def test_a_bounce_is_taken_and_dropped(port):
    assert send(port, make_mail(), sender="") is None

    assert Inbound.objects.get().reason == Reason.AUTOMATIC
    assert not Letter.objects.exists()


def test_lines_longer_than_allowed_are_taken(port):
    raw = (
        b"From: coder@example.com\r\nMessage-ID: <long>\r\n\r\n" + b"Cystoscopy. " * 1000 + b"\r\n"
    )

    assert send(port, raw) is None
    assert Inbound.objects.get().text.startswith("Cystoscopy.")


def test_what_cannot_be_kept_stays_with_the_sender(port, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise DatabaseError("Jane Doe")

    monkeypatch.setattr(intake, "words_of_mail", fail)
    with caplog.at_level(logging.DEBUG):
        assert send(port, make_mail()) == 451

    assert not Inbound.objects.exists()
    assert "Jane" not in caplog.text


def test_a_sender_that_dies_midway_leaves_no_row(port):
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        lines = [
            b"HELO x",
            b"MAIL FROM:<coder@example.com>",
            b"RCPT TO:<consults@localhost>",
            b"DATA",
        ]
        for said in lines:
            line.recv(200)
            line.sendall(said + b"\r\n")
        line.recv(200)
        line.sendall(b"From: coder@example.com\r\n\r\nCystoscopy was")

    assert send(port, make_mail(text="Another")) is None
    assert [row.text for row in Inbound.objects.all()] == ["Another"]


def test_the_command_listens_keeps_and_ends(tmp_path, settings):
    make_user(email=SENDER)
    port = free_port()
    env = {
        **os.environ,
        "DATABASE_URL": database_url(settings.DATABASES["default"]["NAME"]),
        "DJANGO_SETTINGS_MODULE": "jobboard.settings_test",
        "CONSULT_LISTEN": f"127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "manage.py", "receive_mail"]
    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert "Taking mail" in process.stdout.readline()
            _retried(port)
            assert Inbound.objects.waiting().count() == 1
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def _retried(port, tries=50):
    import time

    for _number in range(tries):
        try:
            assert send(port, make_mail()) is None
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError
