import http.client
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from accounts.tests.factories import make_user
from jobboard.embedded.ports import free_port
from jobboard.embedded.processes import dying_with_parent
from jobboard.testing.services import ROOT
from jobboard.testing.workers import database_url
from jobs import uploads
from jobs.models import Application, TypedForm
from jobs.tests.factories import make_job

MAX = 5 * 1024 * 1024
MEGABYTE = 1024 * 1024
SECRET = "c" * 32


def post(**files):
    fields = {"message": "Hello", **files, "last": "kept"}
    return RequestFactory().post("/", fields)


def sized(size):
    return SimpleUploadedFile("cv.pdf", b"x" * size)


def test_size_limit_lets_a_file_of_just_the_size_through():
    with closing(post(upload=sized(MAX))) as request:
        assert request.FILES["upload"].size == MAX
        assert not uploads.too_large(request)


def test_size_limit_drops_a_larger_file_and_keeps_every_field(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path

    with closing(post(upload=sized(MAX + 1))) as request:
        assert request.POST.dict() == {"message": "Hello", "last": "kept"}
        assert uploads.too_large(request)
        assert list(request.FILES) == []
        assert list(tmp_path.iterdir()) == []


def test_size_limit_counts_all_files_of_a_request():
    with closing(post(first=sized(MAX - 10), second=sized(11))) as request:
        assert list(request.FILES) == ["first"]
        assert uploads.too_large(request)


def test_size_limit_does_not_read_a_body_without_bounds():
    with closing(post(upload=sized(1000))) as request:
        request.META["CONTENT_LENGTH"] = str(uploads.READ_AT_MOST + 1)

        assert request.POST.dict() == {"message": "Hello"}
        assert uploads.too_large(request)
        assert list(request.FILES) == []


class Server:
    """gunicorn, as in production, over the test's database, with its own folder for uploads."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.folder = folder / "uploads"
        self.folder.mkdir()
        words = ["--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread"]
        ours = {
            "DATABASE_URL": database_url(settings.DATABASES["default"]["NAME"]),
            "DJANGO_SETTINGS_MODULE": "jobboard.settings_test",
            "SITE_URL": "http://127.0.0.1",
            "TMPDIR": str(self.folder),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--no-control-socket", *words, "jobboard.wsgi"],
            env={**os.environ, **ours},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=dying_with_parent(signal.SIGKILL),
        )

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def wait(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            connection = self.connect()
            try:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.05)
            finally:
                connection.close()
        raise AssertionError("gunicorn never answered")

    def stored(self) -> int:
        """Bytes that lie in the folder of uploads now."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())

    def peak_memory(self) -> int:
        """The most bytes that one of its processes has used so far."""
        pids = [self.process.pid, *map(int, self.children())]
        lines = [Path(f"/proc/{pid}/status").read_text() for pid in pids]
        return max(int(text.split("VmHWM:")[1].split()[0]) * 1024 for text in lines)

    def children(self) -> list[str]:
        pid = self.process.pid
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@pytest.fixture
def server(transactional_db, tmp_path):
    server = Server(tmp_path)
    server.wait()
    yield server
    server.process.terminate()
    server.process.wait(timeout=20)


def send(server, path, session, size):
    """Post a form with a file of `size` bytes; returns the answer and the most that lay on disk."""
    edge = "----edge"
    fields = {"csrfmiddlewaretoken": SECRET, "message": "My long letter"}
    start = "".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    start += (
        f'--{edge}\r\nContent-Disposition: form-data; name="upload"; filename="cv.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    end = f"\r\n--{edge}--\r\n"
    connection = server.connect()
    connection.putrequest("POST", path)
    connection.putheader("Content-Type", f"multipart/form-data; boundary={edge}")
    connection.putheader("Content-Length", str(len(start) + size + len(end)))
    connection.putheader("Cookie", f"sessionid={session}; csrftoken={SECRET}")
    connection.putheader("Origin", "http://127.0.0.1")
    connection.endheaders(start.encode())
    stored = 0
    for _number in range(size // MEGABYTE):
        connection.send(b"x" * MEGABYTE)
        stored = max(stored, server.stored())
    connection.send(end.encode())
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, stored


@pytest.mark.django_db(transaction=True)
def test_an_upload_of_200_mb_gets_a_page_and_fills_nothing(server, client):
    job, coder = make_job(), make_user()
    client.force_login(coder)
    before = server.peak_memory()

    status, body, stored = send(
        server,
        reverse("desk:apply", args=[job.slug]),
        client.session.session_key,
        200 * MEGABYTE,
    )

    assert status == 200
    assert "The file is larger than 5 MB." in body
    assert "My long letter" in body
    assert TypedForm.objects.get().data["message"] == ["My long letter"]
    assert Application.objects.count() == 0
    assert stored <= MAX
    assert server.stored() == 0
    assert server.peak_memory() - before < 40 * MEGABYTE


@pytest.mark.django_db(transaction=True)
def test_an_upload_of_200_mb_without_log_in_fills_nothing(server):
    job = make_job()
    before = server.peak_memory()

    status, _body, stored = send(
        server, reverse("desk:apply", args=[job.slug]), "nobody", 200 * MEGABYTE
    )

    assert status == 302
    assert stored <= MAX
    assert server.peak_memory() - before < 40 * MEGABYTE
