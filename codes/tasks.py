from celery import shared_task
from django.utils import timezone

from accounts.wake import wake
from codes.consult import work


@shared_task
def take_in_consult(inbound_id: int) -> None:
    work.take_in(inbound_id=inbound_id, now=timezone.now())


@shared_task
def take_in_consults() -> None:
    """Finds what was not announced; after a full batch it calls itself again."""
    if work.take_in_due(now=timezone.now()) >= work.BATCH:
        wake(take_in_consults)
    work.answer_unreviewed(now=timezone.now())


@shared_task
def drop_old_inbound() -> None:
    work.drop_old_inbound(now=timezone.now())
