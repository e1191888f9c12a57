"""Two who act at once, over connections of their own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection, transaction

from accounts.errors import RuleBroken

Act = Callable[[], object]
Raised = list[type[RuleBroken] | None]


def at_once(*acts: Act) -> Raised:
    """Run all acts in threads that start together; returns what each raised, or None."""
    start = Barrier(len(acts))
    raised: Raised = [None] * len(acts)

    def run(place: int, act: Act) -> None:
        try:
            start.wait(timeout=10)
            act()
        except RuleBroken as error:
            raised[place] = type(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised


def meanwhile(first: Act, second: Act) -> Raised:
    """Begin `second` while `first` is done and not committed; returns what `second` raised."""
    raised: Raised = []
    thread = Thread(target=lambda: raised.extend(at_once(second)))
    with transaction.atomic():
        first()
        thread.start()
        while thread.is_alive() and not _somebody_waits():
            pass
    thread.join(timeout=40)
    return raised


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        row: tuple[int] = cursor.fetchone()
    return row[0] > 0
