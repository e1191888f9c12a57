"""What a first visit costs, from the production server with its compressed files."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings

from jobboard.embedded.ports import free_port
from jobboard.embedded.processes import dying_with_parent
from jobboard.testing.services import ROOT
from jobboard.testing.workers import database_url
from jobs.models import Job
from jobs.tests.factories import add_code_range, make_job, make_question, require_credentials

FIRST_VISIT = 60 * 1024
TEXT = "<p>Codes cystoscopies, stone cases and the clinic, from the notes of four surgeons.</p>"


@pytest.fixture
def server(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """gunicorn as ./dev runs it, over the test's database; returns its address."""
    port = free_port()
    ours = {
        "DATABASE_URL": database_url(settings.DATABASES["default"]["NAME"]),
        "DJANGO_SETTINGS_MODULE": "jobboard.settings_test",
        "ALLOWED_HOSTS": "127.0.0.1",
        "STATIC_MANIFEST": "True",
        "STATIC_ROOT": str(tmp_path),
    }
    python, env = [sys.executable, "-m"], {**os.environ, **ours}
    collect = [*python, "django", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, env=env, cwd=ROOT, check=True)
    process = subprocess.Popen(
        [*python, "gunicorn", "--no-control-socket", "-b", f"127.0.0.1:{port}", "jobboard.wsgi"],
        env=env,
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
        preexec_fn=dying_with_parent(signal.SIGKILL),
    )
    wait_for_answer(port)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


def wait_for_answer(port: int, within: float = 30.0) -> None:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except ConnectionRefusedError:
            time.sleep(0.02)
            continue
        return
    raise AssertionError("gunicorn never answered")


@pytest.fixture
def transferred(browser: Browser) -> Iterator[Callable[[str], dict[str, int]]]:
    """transferred(url): what a browser without a cache received of each address, in bytes."""
    context = browser.new_context()

    def visit(url: str) -> dict[str, int]:
        page = context.new_page()
        wire, named, bytes_of = context.new_cdp_session(page), {}, {}
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", lambda e: named.update({e["requestId"]: e["request"]}))
        wire.on(
            "Network.loadingFinished",
            lambda e: bytes_of.update({named[e["requestId"]]["url"]: e["encodedDataLength"]}),
        )
        page.goto(url, wait_until="networkidle")
        return bytes_of

    yield visit
    context.close()


def long_posting() -> Job:
    job = make_job(title="Urology Coder", description=TEXT * 60, benefits="Dental. " * 40)
    for number in range(20):
        add_code_range(job, f"{52000 + number * 20}", f"{52009 + number * 20}")
    require_credentials(job, "CPC", "CCS-P", "COC", "CUC")
    make_question(job)
    return job


def test_first_visit_to_a_posting_stays_light(
    server: str, transferred: Callable[[str], dict[str, int]]
) -> None:
    job = long_posting()

    received = transferred(server + job.get_absolute_url())

    assert len(received) >= 8, "style and scripts came too"
    assert sum(received.values()) <= FIRST_VISIT, received
