import os
import smtplib
import socket
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from jobboard.embedded import instance, postgres
from jobboard.embedded.environment import Address, is_demo, site_environment
from jobboard.embedded.errors import Stop
from jobboard.embedded.places import Places, kept_secret
from jobboard.embedded.services import start_mail, start_servers
from jobboard.embedded.supervisor import Supervisor


@pytest.fixture
def places(tmp_path):
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "var").mkdir()
    return Places.of(tmp_path, {})


def send(url, subject):
    host, port = url.removeprefix("smtp://").split(":")
    message = EmailMessage()
    message["Subject"], message["To"] = subject, "ann@example.com"
    with smtplib.SMTP(host, int(port), timeout=5) as client:
        client.send_message(message, "board@example.com", ["ann@example.com", "bob@example.com"])


def test_start_mail_keeps_each_message_as_a_file(places):
    with Supervisor() as parent:
        started = start_mail(parent, places)
        send(started["EMAIL_URL"], "Hello")

    (kept,) = Path(started["MAILBOX_DIR"]).glob("*.eml")
    assert kept.read_bytes().split(b"\r\n")[:2] == [
        b"X-Envelope-To: ann@example.com, bob@example.com",
        b"Subject: Hello",
    ]


def test_start_mail_remembers_its_port_and_leaves_one_that_is_taken(places):
    with Supervisor() as parent:
        first = start_mail(parent, places)["EMAIL_URL"]
    with Supervisor() as parent:
        second = start_mail(parent, places)["EMAIL_URL"]
    with socket.create_server(("127.0.0.1", int(first.rpartition(":")[2]))), Supervisor() as parent:
        third = start_mail(parent, places)["EMAIL_URL"]

    assert second == first
    assert third != first


def test_start_servers_starts_nothing_whose_url_is_given(places):
    given = {"DATABASE_URL": "postgresql:///a", "REDIS_URL": "redis://b", "EMAIL_URL": "smtp://c"}

    with Supervisor() as parent:
        assert start_servers(parent, places, given) == {}
        assert parent.children == []


def test_system_binaries_says_what_to_do_when_there_is_none(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "SYSTEM", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Stop, match="set DATABASE_URL, or install PostgreSQL"):
        postgres.system_binaries()


def test_system_binaries_takes_the_newest(monkeypatch, tmp_path):
    for version in ("9.6", "14", "15"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    monkeypatch.setattr(postgres, "SYSTEM", tmp_path)

    assert postgres.system_binaries() == tmp_path / "15" / "bin"


def test_site_environment_keeps_secrets_over_starts_and_what_is_given(places):
    first = site_environment(places, {"PORT": "8101", "DEFAULT_FROM_EMAIL": "a@b.example"})
    second = site_environment(places, {"SECRET_KEY": "given"})

    assert (first["SITE_URL"], first["EMBEDDED"]) == ("http://localhost:8101", "True")
    assert first["DEFAULT_FROM_EMAIL"] == "a@b.example"
    assert first["DEMO_PASSWORD"] == second["DEMO_PASSWORD"]
    assert second["SECRET_KEY"] == "given"
    assert (places.var / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("environ", "demo"),
    [
        ({}, True),
        ({"DATABASE_URL": "postgresql:///a"}, False),
        ({"DATABASE_URL": "postgresql:///a", "EMBEDDED": "True"}, True),
        ({"EMBEDDED": "False"}, False),
    ],
)
def test_is_demo_only_in_our_own_database_unless_asked(environ, demo):
    assert is_demo(environ) == demo


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "80.0"])
def test_address_refuses_what_is_no_port(port):
    with pytest.raises(Stop, match="PORT must be a number"):
        Address.of({"PORT": port})


def test_address_opens_to_others_only_when_told():
    assert Address.of({}).bind == "127.0.0.1:8000"
    assert Address.of({"HOST": "::", "PORT": "81"}).bind == "[::]:81"
    assert Address.of({"HOST": "0.0.0.0"}).hosts.startswith("localhost,127.0.0.1,[::1],0.0.0.0,")


def test_kept_secret_is_made_once(tmp_path):
    assert kept_secret(tmp_path / "a", size=9) == kept_secret(tmp_path / "a", size=9)


def test_claimed_is_given_to_one_command_at_a_time(places):
    with instance.claimed(places) as first, instance.claimed(places) as second:
        instance.announce(places, command="run", site="http://localhost:1", environment={"A": "b"})

        assert (first, second) == (True, False)
        assert str(instance.already_running(places)) == (
            f"Codeward already runs in this checkout at http://localhost:1, process {os.getpid()}."
        )
        with instance.using(places) as running:
            assert running.environment == {"A": "b"}

    with instance.claimed(places) as third, instance.using(places) as running:
        assert (third, running) == (True, None)
