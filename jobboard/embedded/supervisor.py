"""One parent for all processes: starts them in order, starts again what dies, ends all of them in
reverse order."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from . import guard
from .errors import Stop
from .processes import Account, dying_with_parent, how_it_ended
from .words import end_of, say, telling_line

PATIENCE = 10.0
HEALTHY_AFTER = 60.0
LONGEST_PAUSE = 30.0
TICK = 0.1
SHORTEST_LOOK, LONGEST_LOOK = 0.01, 0.3


@dataclass(frozen=True)
class Program:
    name: str
    argv: list[str | Path]
    log: Path
    env: Mapping[str, str] | None = None
    cwd: Path | str = "/"
    stop_signal: signal.Signals = signal.SIGTERM
    account: Account | None = None
    layer: int = 0  # a higher layer uses the lower ones, and is ended first

    def start(self) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.argv,
                env=self.env,
                cwd=self.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the supervisor only
                preexec_fn=dying_with_parent(self.stop_signal),
                **(self.account.arguments() if self.account else {}),
            )

    def log_size(self) -> int:
        return self.log.stat().st_size if self.log.exists() else 0


@dataclass
class Child:
    program: Program
    process: "subprocess.Popen[bytes]"
    started_at: float
    log_began: int = 0
    failures: int = 0
    due_at: float | None = None

    def report(self) -> str:
        reason = how_it_ended(self.process.returncode)
        log = self.program.log
        words = (
            telling_line(end_of(log, since=self.log_began)) if self.process.returncode > 0 else ""
        )
        return f"{self.program.name} stopped ({reason})" + (f": {words}" if words else "")


@dataclass
class Supervisor:
    children: list[Child] = field(default_factory=list)
    _guard: "subprocess.Popen[str] | None" = None

    def __enter__(self) -> Self:
        argv = [sys.executable, "-I", "-S", guard.__file__]
        self._guard = subprocess.Popen(
            argv, stdin=subprocess.PIPE, text=True, cwd="/", start_new_session=True
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(
        self,
        program: Program,
        *,
        ready: Callable[[int], bool] = lambda _pid: True,
        within: float = 60.0,
    ) -> None:
        """Start a program and wait until it is ready; raises Stop when it ends before, or is too
        slow.

        `ready` is asked with the process id.
        """
        pause, log_began = SHORTEST_LOOK, program.log_size()
        child = Child(program, self._spawn(program), time.monotonic(), log_began)
        self.children.append(child)
        while not ready(child.process.pid):
            if child.process.poll() is not None:
                self._tell_guard(f"- {child.process.pid}")
                self.children.remove(child)
                raise Stop(f"The {child.report()}. Log: {program.log}")
            if time.monotonic() - child.started_at > within:
                raise Stop(
                    f"The {program.name} was not ready within {within:.0f} s. Log: {program.log}"
                )
            time.sleep(pause)
            pause = min(pause * 1.5, LONGEST_LOOK)

    def watch(self) -> None:
        """Keep every program running until a signal raises KeyboardInterrupt."""
        while True:
            for child in self.children:
                self._tend(child, now=time.monotonic())
            time.sleep(TICK)

    def stop(self) -> None:
        """End what uses the servers, then the servers; whoever does not listen is killed."""
        for layer in sorted({child.program.layer for child in self.children}, reverse=True):
            _end([child for child in self.children if child.program.layer == layer])
        self.children.clear()
        if self._guard is not None:
            self._tell_guard("bye")
            self._guard.communicate()
            self._guard = None

    def _spawn(self, program: Program) -> "subprocess.Popen[bytes]":
        process = program.start()
        self._tell_guard(f"+ {process.pid} {int(program.stop_signal)}")
        return process

    def _tend(self, child: Child, *, now: float) -> None:
        if child.due_at is not None:
            if now >= child.due_at:
                child.log_began = child.program.log_size()
                child.process = self._spawn(child.program)
                child.started_at, child.due_at = now, None
        elif child.process.poll() is not None:
            guard.send(child.process.pid, signal.SIGKILL, group=True)
            self._tell_guard(f"- {child.process.pid}")
            child.failures = 0 if now - child.started_at > HEALTHY_AFTER else child.failures + 1
            pause = min(0.5 * 2 ** max(0, child.failures - 1), LONGEST_PAUSE)
            child.due_at = now + pause
            say(f"The {child.report()}; starting it again in {pause:g} s. Log: {child.program.log}")

    def _tell_guard(self, line: str) -> None:
        if self._guard is None or self._guard.stdin is None:
            return
        with suppress(BrokenPipeError):  # somebody killed the guard: Linux still ends our children
            self._guard.stdin.write(line + "\n")
            self._guard.stdin.flush()


def _end(children: list[Child]) -> None:
    for child in reversed(children):
        if child.process.poll() is None:
            guard.send(child.process.pid, child.program.stop_signal)
    deadline = time.monotonic() + PATIENCE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
        guard.send(child.process.pid, signal.SIGKILL, group=True)
        child.process.wait()
