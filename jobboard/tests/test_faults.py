"""Parts that die at the worst moment: what was promised still happens, and happens once."""

import re
import shutil
import sys
import threading
import urllib.parse
import urllib.request
from datetime import timedelta
from functools import partial
from http.cookiejar import CookieJar
from time import monotonic, sleep

import psutil
import pytest
from django.utils import timezone

from accounts import postman
from accounts.models import OutgoingStatus
from accounts.tests.factories import make_employer, make_user
from jobboard.tests.checkouts import ROOT, running
from jobs import digest_mail, digests, matching
from jobs.models import Digest, Job, Publication
from jobs.services import moderation
from jobs.states import Actor, JobStatus
from jobs.tasks import send_digest
from jobs.tests.factories import make_alert, make_job


def wait_until(condition, within=40):
    deadline = monotonic() + within
    while not condition():
        assert monotonic() < deadline
        sleep(0.1)


def publish_pending():
    job = make_job(
        title="Urology Coder",
        status=JobStatus.PENDING,
        employer=make_employer(owner=make_user(email="owner@example.com")),
        submitted_at=timezone.now(),
    )
    moderation.publish_posting(
        job=job, actor=Actor.MODERATOR, by=make_user(is_staff=True), now=timezone.now()
    )
    return job


@pytest.mark.django_db(transaction=True)
def test_a_posting_published_while_the_broker_is_away_is_live_and_alerted(
    celery_app_away, smtp_sink
):
    make_alert(email="reader@example.com", query="q=urology")
    job = publish_pending()

    assert Job.objects.visible().get() == job
    assert Publication.objects.unmatched().count() == 1

    matching.match_new(now=timezone.now())  # what beat starts once the broker is back
    digests.queue_due(now=timezone.now())
    digest_mail.send_due(now=timezone.now())
    postman.send_due(now=timezone.now())

    assert sorted(smtp_sink.recipients) == ["owner@example.com", "reader@example.com"]


@pytest.mark.parametrize(("flag", "mails"), [("hang", 1), ("hang_after_data", 2)])
def test_a_worker_killed_over_a_digest_loses_nothing_and_repeats_one_mail_at_most(
    celery_worker_process, smtp_sink, flag, mails
):
    """`hang`: killed between claim and send. `hang_after_data`: between send and mark."""
    make_alert(email="reader@example.com", query="q=urology")
    job = make_job(title="Urology Coder")
    Publication.objects.create(job=job, published_at=timezone.now())
    matching.match_new(now=timezone.now())
    (digest_id,) = digests.queue_due(now=timezone.now())
    setattr(smtp_sink, flag, True)
    worker = celery_worker_process(EMAIL_URL=smtp_sink.url)
    send_digest.delay(digest_id)
    wait_until(lambda: smtp_sink.sessions_in_data)
    worker.kill()
    setattr(smtp_sink, flag, False)

    def sent():
        digest_mail.send_due(now=timezone.now())
        return Digest.objects.get().status == OutgoingStatus.SENT

    wait_until(sent)
    digest_mail.send_due(now=timezone.now() + timedelta(days=1))

    assert smtp_sink.recipients == ["reader@example.com"] * mails
    assert len({mail["Message-ID"] for mail in smtp_sink.messages}) == 1


class Visitor:
    """A person with a browser's cookies and patience, who knows which forms were taken."""

    def __init__(self, port):
        self.base = f"http://localhost:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path):
        with self.opener.open(self.base + path, timeout=20) as answer:
            return answer.read().decode()

    def ask_for_alert(self, word, email):
        """True when the site said that it has the alert; no answer or a fault is False."""
        try:
            page = self.get(f"/alerts/new/?q={word}")
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
            fields = {
                "csrfmiddlewaretoken": token,
                "email": email,
                "cadence": "daily",
                "time_zone": "America/New_York",
            }
            data = urllib.parse.urlencode(fields).encode()
            path = f"{self.base}/alerts/new/?q={word}"
            with self.opener.open(path, data, timeout=20) as answer:
                return answer.geturl().endswith("/alerts/sent/")
        except (OSError, TypeError):
            return False


def make_site(folder):
    """The whole site as a checkout of its own, with this run's virtual environment."""
    checkout = folder / "site"
    left_out = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", "tests")
    shutil.copytree(ROOT, checkout, ignore=left_out)
    (checkout / ".venv").symlink_to(sys.prefix)
    return checkout


def mailed_to(site):
    """Recipients of what the embedded mail server took."""
    texts = (path.read_text(errors="replace") for path in site.checkout.glob("var/mail/*.eml"))
    return sorted(re.search(r"^To: (.+)$", text, re.MULTILINE)[1] for text in texts)


def test_a_database_killed_under_load_loses_nothing_that_was_taken(folder):
    with running(make_site(folder), within=180, EMBEDDED="False") as site:
        readers = [threading.Thread(target=read_on, args=(site,), daemon=True) for _n in range(4)]
        for reader in readers:
            reader.start()
        people = [f"reader{number}@example.com" for number in range(12)]
        for number, email in enumerate(people):
            if number == 5:
                kill_database(site)
            ask = partial(Visitor(site.port).ask_for_alert, f"urology{number}", email)
            wait_until(ask, within=60)

        wait_until(lambda: len(mailed_to(site)) >= len(people), within=90)

        assert mailed_to(site) == sorted(people)


def read_on(site):
    while site.process.poll() is None:
        try:
            Visitor(site.port).get("/jobs/?q=urology")
        except OSError:
            sleep(0.05)


def kill_database(site):
    children = psutil.Process(site.process.pid).children()
    next(c for c in children if any("postgres" in word for word in c.cmdline())).kill()
