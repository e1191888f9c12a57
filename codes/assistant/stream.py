"""Work that tells its steps while it is done."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

from django.db import connection

from codes.assistant.answer import Step, Tell

T = TypeVar("T")


def steps_of(work: Callable[[Tell], T]) -> Iterator[Step | T]:
    """Each step as it is done, and last what `work` returns; what it raises is raised here.

    The work goes on when whoever waits has left, so what it keeps is kept.
    """
    steps: SimpleQueue[Step | None] = SimpleQueue()
    pool = ThreadPoolExecutor(1, thread_name_prefix="answer")
    done = pool.submit(_closing_its_connection, work, steps.put)
    done.add_done_callback(lambda _done: steps.put(None))
    pool.shutdown(wait=False)
    yield from iter(steps.get, None)
    yield done.result()


def _closing_its_connection(work: Callable[[Tell], T], tell: Tell) -> T:
    try:
        return work(tell)
    finally:
        connection.close()
