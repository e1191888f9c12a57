"""Mail that a sending service posts: its secret, each service's shape, and when 200 is said."""

import base64
import hashlib
import hmac
import json

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.tests.factories import make_user
from codes.consult import webhook
from codes.consult.addresses import thread_address
from codes.models import Inbound, InboundStatus, Reason
from codes.tests.consult_samples import ADDRESS, HSG, make_consult, make_mail, receive

pytestmark = pytest.mark.django_db
SENDER = "coder@example.com"
SECRET = "post:a-long-enough-secret"
KEY = "mailgun-key"
NAMES = {"From": f"Cora Coder <{SENDER}>", "To": ADDRESS, "Subject": "HSG report"}


@pytest.fixture
def turn_on(settings):
    """Switches a service on, and returns the account that writes."""

    def on(service):
        settings.CONSULT_WEBHOOK = service
        settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
        return writer

    writer = make_user(email=SENDER)
    return on


def auth(secret=SECRET):
    return {"authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def post(service, payload, *, secret=SECRET):
    """What the service's own server does. JSON, or a form for Mailgun."""
    form = {} if service == "mailgun" else {"content_type": "application/json"}
    path = f"/consults/mail/{service}/"
    client = Client(enforce_csrf_checks=True)
    return client.post(path, payload, headers=auth(secret), **form).status_code


def mailgun(headers, text, sender, recipient, **fields):
    token, stamp = "t" * 50, "1764000000"
    signature = hmac.new(KEY.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "sender": sender,
        "recipient": recipient,
        "message-headers": json.dumps([list(each) for each in headers.items()]),
        "body-plain": text,
        "token": token,
        "timestamp": stamp,
        "signature": signature,
        **fields,
    }


def mailjet(headers, text, sender, recipient):
    return {"Sender": sender, "Recipient": recipient, "Headers": headers, "Text-part": text}


def postmark(headers, text, sender, recipient):
    listed = [{"Name": name, "Value": value} for name, value in headers.items()]
    return {
        "FromFull": {"Email": SENDER, "Name": "Cora Coder", "MailboxHash": ""},
        "ToFull": [{"Email": ADDRESS, "Name": "", "MailboxHash": ""}],
        "OriginalRecipient": recipient,
        "Subject": headers["Subject"],
        "TextBody": text,
        "Headers": [{"Name": "Return-Path", "Value": f"<{sender}>"}, *listed[3:]],
    }


def sparkpost(headers, text, sender, recipient):
    mail = make_mail(text=text, Message_ID=headers["Message-ID"])
    for name in set(headers) - set(NAMES) - {"Message-ID"}:
        mail[name] = headers[name]
    content = {"email_rfc822": mail.as_string(), "email_rfc822_is_base64": False}
    relay = {"msg_from": sender, "rcpt_to": recipient, "protocol": "smtp", "content": content}
    return [{"msys": {"relay_message": relay}}]


SHAPES = {"mailgun": mailgun, "mailjet": mailjet, "postmark": postmark, "sparkpost": sparkpost}
each_service = pytest.mark.parametrize("service", SHAPES)


def posted(service, *, text=HSG, sender=SENDER, recipient=ADDRESS, number="1@example.com", **more):
    headers = {**NAMES, "Message-ID": f"<{number}>", **more}
    return post(service, SHAPES[service](headers, text, sender, recipient))


@each_service
def test_a_message_is_a_row_and_a_second_call_the_same(turn_on, service):
    turn_on(service)

    assert [posted(service), posted(service)] == [200, 200]

    row = Inbound.objects.get()
    assert (row.status, row.subject, row.text) == (InboundStatus.WAITING, "HSG report", HSG)


@each_service
def test_posted_and_by_smtp_it_is_one_message(turn_on, service):
    turn_on(service)
    receive(make_mail(Message_ID="<1@example.com>"))

    assert posted(service) == 200
    assert Inbound.objects.count() == 1


@each_service
def test_it_goes_on_with_its_thread(turn_on, service):
    consult = make_consult(owner=turn_on(service))

    assert posted(service, recipient=thread_address(consult.reference)) == 200

    row = Inbound.objects.get(recipient=thread_address(consult.reference))
    assert (row.status, row.consult) == (InboundStatus.WAITING, consult)


@each_service
@pytest.mark.parametrize("secret", ["", "post:", "post:another-secret-of-it", ":"])
def test_without_the_secret_nothing_is_taken(turn_on, service, secret):
    turn_on(service)
    payload = SHAPES[service]({**NAMES, "Message-ID": "<1@e>"}, HSG, SENDER, ADDRESS)

    assert post(service, payload, secret=secret) == 403
    assert not Inbound.objects.exists()


def test_mailgun_must_sign_as_well(turn_on):
    turn_on("mailgun")
    payload = mailgun({**NAMES, "Message-ID": "<1@e>"}, HSG, SENDER, ADDRESS, signature="0" * 64)

    assert post("mailgun", payload) == 403


def test_only_the_service_that_is_switched_on_is_there(turn_on):
    turn_on("postmark")

    assert [posted(each) for each in SHAPES] == [404, 404, 200, 404]
    turn_on("")
    assert [posted(each) for each in SHAPES] == [404, 404, 404, 404]


@each_service
def test_mail_to_nobody_here_is_not_sent_again(turn_on, service):
    turn_on(service)

    assert posted(service, recipient="someone@localhost") == 200
    assert not Inbound.objects.exists()


@each_service
def test_a_bounce_is_dropped(turn_on, service):
    turn_on(service)

    assert posted(service, sender="") == 200
    assert Inbound.objects.get().reason == Reason.AUTOMATIC


@pytest.mark.parametrize(
    ("service", "header", "value"),
    [
        ("mailgun", "X-Mailgun-Spf", "Fail"),
        ("mailgun", "X-Mailgun-Dkim-Check-Result", "Fail"),
        ("postmark", "Received-SPF", "fail (example.com: not permitted) client-ip=192.0.2.1"),
        ("sparkpost", "Received-SPF", "Fail"),
    ],
)
def test_a_failed_check_of_the_sender_is_respected(turn_on, service, header, value):
    turn_on(service)

    assert posted(service, **{header: value}) == 200
    assert Inbound.objects.get().reason == Reason.FORGED


@pytest.mark.parametrize("value", ["Pass", "SoftFail", "Neutral", "none"])
def test_a_check_that_does_not_fail_is_believed(turn_on, value):
    turn_on("mailgun")

    assert posted("mailgun", **{"X-Mailgun-Spf": value}) == 200
    assert Inbound.objects.get().reason == Reason.NONE


def test_attached_files_are_read(turn_on):
    turn_on("postmark")
    payload = postmark({**NAMES, "Message-ID": "<1@e>"}, "See the report.", SENDER, ADDRESS)
    content = base64.b64encode(HSG.encode()).decode()
    payload["Attachments"] = [{"Name": "r.txt", "ContentType": "text/plain", "Content": content}]

    assert post("postmark", payload) == 200
    assert Inbound.objects.get().text == f"See the report.\n\n{HSG}"


@each_service
@pytest.mark.parametrize(
    "payload", ["", "[]", "{", '"x"', "[1]", '{"Headers": 7}', '{"a": "\\ud800"}']
)
def test_what_is_no_message_of_the_service_is_refused(turn_on, service, payload):
    turn_on(service)
    client = Client()
    path = f"/consults/mail/{service}/"

    answer = client.post(path, payload, headers=auth(), content_type="application/json")

    # SparkPost posts an empty list to see whether somebody is there.
    probe = (service, payload) == ("sparkpost", "[]")
    assert answer.status_code == 200 if probe else answer.status_code in (400, 403)
    assert not Inbound.objects.exists()


def test_too_large_a_call_is_refused_unread(turn_on):
    turn_on("postmark")
    payload = {"TextBody": "x" * (5 * 1024 * 1024)}

    assert post("postmark", payload) == 413


def test_a_database_that_is_away_leaves_it_with_the_service(turn_on, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise OperationalError("could not keep Jane Doe")

    turn_on("postmark")
    monkeypatch.setattr(webhook, "receive", fail)

    assert posted("postmark") == 503
    assert [each.getMessage() for each in caplog.records if each.name.startswith("codes")] == [
        "a message of postmark was not taken: OperationalError"
    ]


def test_head_finds_somebody_there(turn_on):
    turn_on("postmark")

    assert Client().head("/consults/mail/postmark/").status_code == 200
    assert Client().get("/consults/mail/postmark/").status_code == 405
