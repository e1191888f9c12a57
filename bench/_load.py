"""A bounded load: some threads, each with one kept connection, fetch paths until all are done."""

import http.client
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

THREADS = 8
LONGEST = 5.0  # seconds for one class; what is left of its paths is not fetched


@dataclass(frozen=True)
class Load:
    """Times in milliseconds as a client sees them; `rate` is in answers a second."""

    fetched: int
    rate: float
    p50: float
    p95: float
    bytes: int


def load(url: str, paths: Sequence[str], *, requests: int) -> Load:
    """Fetch `requests` times, going round the paths. Raises RuntimeError unless all answer 200."""
    waiting: SimpleQueue[str] = SimpleQueue()
    for path in islice(cycle(paths), requests):
        waiting.put(path)
    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        parts = [pool.submit(_client, url, waiting, start + LONGEST) for _ in range(THREADS)]
        times = [pair for part in parts for pair in part.result()]
    spent = time.perf_counter() - start
    millis = sorted(1000 * took for took, _size in times)
    return Load(
        fetched=len(times),
        rate=len(times) / spent,
        p50=statistics.median(millis),
        p95=millis[int(0.95 * (len(millis) - 1))],
        bytes=round(statistics.mean(size for _took, size in times)),
    )


def _client(url: str, waiting: "SimpleQueue[str]", until: float) -> list[tuple[float, int]]:
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    times = []
    while time.perf_counter() < until:
        try:
            path = waiting.get_nowait()
        except Empty:
            break
        start = time.perf_counter()
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        times.append((time.perf_counter() - start, len(body)))
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
    connection.close()
    return times
