import logging

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts.wake import wake
from jobs import digest_mail, digests, matching
from jobs.services import closing, purging, reminding

logger = logging.getLogger(__name__)


@shared_task(time_limit=3600)
def match_new_postings() -> None:
    """One look-up for each saved search; others that start meanwhile find the rows locked."""
    matching.match_new(now=timezone.now())


@shared_task
def queue_digests() -> None:
    for digest_id in digests.queue_due(now=timezone.now()):
        wake(send_digest, digest_id)


@shared_task
def send_digest(digest_id: int) -> None:
    digest_mail.send(digest_id=digest_id, now=timezone.now())


@shared_task
def send_digests() -> None:
    """Finds the digests that were not announced, or are to be tried again."""
    digest_mail.send_due(now=timezone.now())


@shared_task
def expire_postings() -> None:
    """Tidies: a posting past its time is nowhere to be seen already."""
    if closed := closing.expire_overdue(now=timezone.now()):
        logger.info("postings closed: %s", closed)


@shared_task
def remind_employers() -> None:
    if posted := reminding.remind_employers(now=timezone.now()):
        logger.info("reminders posted: %s", posted)


@shared_task
def purge_old_data() -> None:
    purged = purging.purge_old_data(now=timezone.now())
    call_command("clearsessions")
    logger.info("rows purged: %s", purged)
