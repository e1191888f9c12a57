"""A real Celery worker process over the test's database and broker, to be killed at will."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import kombu.pools
import pytest
from pytest_django import Settings

from jobboard.celery import app
from jobboard.embedded.processes import dying_with_parent, how_it_ended
from jobboard.testing.services import ROOT


@dataclass
class WorkerProcess:
    process: "subprocess.Popen[bytes]"
    log: Path

    def wait_until_ready(self, within: float = 30.0) -> None:
        self.wait_for_log(" ready.", within)

    def wait_for_log(self, words: str, within: float = 30.0) -> None:
        """Wait until the worker's log holds `words`, or fail with the log."""
        deadline = time.monotonic() + within
        while words not in (text := self.log.read_text()):
            ended = self.process.poll()
            assert ended is None, f"the worker ended ({how_it_ended(ended)}):\n{text}"
            assert time.monotonic() < deadline, f"the worker never said {words!r}:\n{text}"
            time.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL for the worker and its children, as when the machine goes."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def database_url(name: str) -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{name}"))


@pytest.fixture
def celery_worker_process(
    transactional_db: None, settings: Settings, tmp_path: Path
) -> Iterator[Callable[..., WorkerProcess]]:
    """celery_worker_process(EMAIL_URL=smtp_sink.url) starts a worker and returns it ready."""
    started: list[WorkerProcess] = []

    def start(*words: str, **env: str) -> WorkerProcess:
        log = tmp_path / f"worker-{len(started)}.log"
        ours = {
            "DATABASE_URL": database_url(settings.DATABASES["default"]["NAME"]),
            "DJANGO_SETTINGS_MODULE": "jobboard.settings_test",
            "EMAIL_URL": "smtp://127.0.0.1:1",
        }
        quiet = ["--without-gossip", "--without-mingle", "--concurrency", "1", "--loglevel", "INFO"]
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "jobboard", "worker", *quiet, *words],
                env={**os.environ, **ours, **env},
                cwd=ROOT,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=dying_with_parent(signal.SIGKILL),
            )
        worker = WorkerProcess(process, log)
        started.append(worker)
        worker.wait_until_ready()
        return worker

    yield start
    for worker in started:
        worker.kill()


@pytest.fixture
def celery_app_away() -> Iterator[None]:
    """Celery with a broker that nobody answers for."""
    url = app.conf.broker_url
    _talk_to("redis://127.0.0.1:1/0")
    yield
    _talk_to(url)


def _talk_to(url: str) -> None:
    """Point the app at a broker and forget every connection to the last one."""
    kombu.pools.reset()
    app.conf.update(broker_url=url, broker_write_url=url)
    for holder, name in ((app, "_pool"), (app.amqp, "_producer_pool")):
        setattr(holder, name, None)
