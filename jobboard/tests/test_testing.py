"""The test services themselves: a browser sees the live server, mail really travels, a worker
really works."""

import smtplib
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.mail import send_mail

from jobboard.celery import app
from jobboard.testing.order import pytest_collection_modifyitems
from jobboard.testing.pages import axe_violations, html_errors
from jobboard.testing.services import own_cache


def test_browser_opens_the_live_server(page):
    answer = page.goto("/healthz")

    assert (answer.status, page.locator("body").inner_text().strip()) == (200, "ok")


def test_axe_names_rule_and_element(page):
    page.set_content("<html lang='en'><title>t</title><main><h1>t</h1><img src='data:,'></main>")

    violations = axe_violations(page)

    assert [line.split(":")[0] for line in violations] == ["image-alt"]


@pytest.mark.parametrize(
    ("html", "errors"),
    [
        ("<!doctype html><title>t</title><p>a</p>", 0),
        ("<!doctype html><title>t</title><p><div></div></p>", 1),
        ("<!doctype html><title>t</title><p id=a>a</p><p id=a>b</p>", 1),
    ],
)
def test_html_errors_counts_what_is_wrong(html, errors):
    assert len(html_errors(html)) == errors


def test_smtp_sink_takes_a_message(smtp_sink):
    send_mail("Subject", "Body", "a@example.com", ["b@example.com"])

    assert smtp_sink.recipients == ["b@example.com"]
    assert smtp_sink.messages[0]["Subject"] == "Subject"


def test_smtp_sink_refuses_one_recipient(smtp_sink):
    smtp_sink.refuse["b@example.com"] = "550 No such person"

    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send_mail("Subject", "Body", "a@example.com", ["b@example.com"])

    assert smtp_sink.received == []


def test_smtp_sink_keeps_and_drops(smtp_sink):
    smtp_sink.drop_after_data = True

    with pytest.raises(smtplib.SMTPServerDisconnected):
        send_mail("Subject", "Body", "a@example.com", ["b@example.com"])

    assert len(smtp_sink.received) == 1


def test_smtp_sink_hangs_until_the_sender_gives_up(smtp_sink, settings):
    smtp_sink.hang = True
    settings.EMAIL_TIMEOUT = 0.2

    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        send_mail("Subject", "Body", "a@example.com", ["b@example.com"])


def test_smtp_sink_takes_half(smtp_sink):
    smtp_sink.take = 1
    send_mail("Subject", "Body", "a@example.com", ["b@example.com"])

    with pytest.raises(smtplib.SMTPDataError, match="451"):
        send_mail("Subject", "Body", "a@example.com", ["b@example.com"])


def test_celery_worker_process_takes_a_task_from_the_broker(celery_worker_process):
    worker = celery_worker_process()

    app.send_task("celery.ping")

    worker.wait_for_log("celery.ping")


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("unix:///run/valkey.sock?db=0", "unix:///run/valkey.sock?db=2"),
        ("redis://cache:6379/0", "redis://cache:6379/2"),
        ("redis://cache:6379", "redis://cache:6379/2"),
    ],
)
def test_own_cache_gives_each_process_a_database(url, own):
    assert own_cache(url, "gw1") == own


def test_files_that_take_long_are_handed_out_first():
    items = [
        SimpleNamespace(path=Path(path), fixturenames=names)
        for path, names in [
            ("a.py", ["db"]),
            ("b.py", ["db"]),
            ("b.py", ["page", "live_server"]),
            ("c.py", []),
            ("d.py", ["shipped"]),
        ]
    ]

    pytest_collection_modifyitems(items)

    assert [str(item.path) for item in items] == ["b.py", "b.py", "d.py", "a.py", "c.py"]
