from celery import shared_task
from django.utils import timezone

from accounts import postman


@shared_task
def send_letter(letter_id: int) -> None:
    postman.send(letter_id=letter_id, now=timezone.now())


@shared_task
def send_due_letters() -> None:
    postman.send_due(now=timezone.now())
    postman.forget_secrets()
