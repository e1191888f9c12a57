"""Ends what a supervisor left behind: it reads pids from the supervisor, and acts when the pipe
breaks.

Linux kills the children of a dead parent by itself (processes.dying_with_parent), but not theirs,
and macOS
kills none. Each line is `+ pid signal`, `- pid`, or `bye` for an orderly end.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable

PATIENCE = 6.0


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def send(pid: int, number: int, *, group: bool = False) -> None:
    try:
        (os.killpg if group else os.kill)(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def end(children: dict[int, int]) -> None:
    for pid in reversed(children):
        send(pid, children[pid])
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(alive(pid) for pid in children):
        time.sleep(0.05)
    for pid in children:
        send(pid, signal.SIGKILL, group=True)


def listen(lines: Iterable[str]) -> None:
    children: dict[int, int] = {}
    for line in lines:
        match line.split():
            case ["+", pid, number]:
                children[int(pid)] = int(number)
            case ["-", pid]:
                children.pop(int(pid), None)
            case ["bye"]:
                return
    end(children)


if __name__ == "__main__":
    listen(sys.stdin)
