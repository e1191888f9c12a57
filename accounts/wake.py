import logging
from functools import partial
from typing import Any

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake(task: "Task[Any, Any]", *args: object) -> None:
    """Announce a task once the transaction commits.

    The row that the task works on is the truth: with the broker away the announcement is lost
    and logged, the request goes on, and the beat task of the same kind finds the row.
    """
    transaction.on_commit(partial(_announce, task, args))


def _announce(task: "Task[Any, Any]", args: tuple[object, ...]) -> None:
    try:
        task.delay(*args)
    except OperationalError as error:
        logger.warning("broker away, %s%s waits for beat: %s", task.name, args, error)
