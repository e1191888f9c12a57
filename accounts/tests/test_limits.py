from datetime import timedelta

import pytest

from accounts.limits import TooMany, take

HOUR = timedelta(hours=1)


def test_take_refuses_the_one_too_many():
    for _time in range(3):
        take(what="post", who="ann@example.com", limit=3, period=HOUR)

    with pytest.raises(TooMany, match="too often"):
        take(what="post", who="ann@example.com", limit=3, period=HOUR)


def test_take_counts_each_person_and_act_apart():
    take(what="post", who="ann@example.com", limit=1, period=HOUR)

    take(what="post", who="bob@example.com", limit=1, period=HOUR)
    take(what="ask", who="ann@example.com", limit=1, period=HOUR)
