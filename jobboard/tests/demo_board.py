"""The demo board with what it has none of, and the addresses of its rows by name."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Employer, Invitation, User
from accounts.tests.factories import make_user
from jobboard.embedded.mailsink import store
from jobboard.mailbox import StoredMail
from jobs import demo, digest_mail
from jobs.models import Application, Digest, Job, Match
from jobs.models.parts import ApplyMethod
from jobs.services import posting
from jobs.states import ApplicationStatus, JobStatus
from jobs.tests.factories import make_alert, make_job

NEW = "new@people.example"


def fill(folder: Path) -> dict[str, Any]:
    """Rows and addresses by the names that paths are written with: "/hire/{employer.slug}/"."""
    now = timezone.now()
    call_command("load_vocabulary", verbosity=0)
    demo.load(now=now, password="demo")
    people = {
        role: User.objects.get(email=f"{role}@demo.example")
        for role in ("coder", "employer", "moderator")
    }
    people["beginner"] = make_user(email=NEW)
    employer = Employer.objects.get(members__user=people["employer"])
    return {
        "people": people,
        **postings(employer, now=now),
        **hiring(employer, by=people["employer"], now=now),
        **mail(folder, now=now),
        "sent": Application.objects.get(
            applicant=people["coder"], status=ApplicationStatus.SHORTLISTED
        ),
    }


def postings(employer: Employer, *, now: datetime) -> dict[str, str]:
    """Addresses of postings of others, one for each way a posting meets a reader."""
    others = Job.objects.originals().exclude(employer=employer).order_by("pk")
    live = others.visible(at=now)
    made = {
        "live": live.filter(apply_method=ApplyMethod.SITE, applications=None)[0],
        "away": live.exclude(apply_method=ApplyMethod.SITE)[0],
        "filled": Job.objects.filter(status=JobStatus.FILLED)[0],
        "removed": make_job(status=JobStatus.REMOVED, first_published_at=now, closes_at=now),
    }
    return {name: job.get_absolute_url() for name, job in made.items()}


def hiring(employer: Employer, *, by: User, now: datetime) -> dict[str, Any]:
    received = Application.objects.filter(job__employer=employer).order_by("pk")[0]
    edit = posting.start_revision(job=received.job, by=by, now=now)
    edit.title = f"{edit.title}, days"
    edit.save()
    posting.submit_posting(job=edit, by=by, now=now)
    invited = {"employer": employer, "email": NEW, "expires_at": now + timedelta(days=3)}
    return {
        "employer": employer,
        "received": received,
        "job": received.job,
        "edit": edit,
        "changes": employer.jobs.get(status=JobStatus.CHANGES),
        "draft": make_job(employer=employer, status=JobStatus.DRAFT, title=""),
        "invitation": Invitation.objects.create(**invited),
        "used": Invitation.objects.create(**invited, accepted_at=now),
    }


def mail(folder: Path, *, now: datetime) -> dict[str, Any]:
    alert = make_alert()
    digest = Digest.objects.create(to=alert.email, try_at=now)
    Match.objects.create(alert=alert, job=Job.objects.all()[0], digest=digest, matched_at=now)
    letter = EmailMessage()
    letter["Subject"], letter["To"] = "New jobs", "coder@demo.example"
    letter.set_content(f"A link, {settings.SITE_URL}/jobs/, and nothing else.")
    kept = store(folder, letter.as_bytes(), recipients=[letter["To"]])
    return {
        "alert": alert,
        "unconfirmed": make_alert(confirmed_at=None),
        "ended": make_alert(ended_at=now),
        "stop": digest_mail.unsubscribe_path(digest),
        "mail": StoredMail(kept).get_absolute_url(),
    }
