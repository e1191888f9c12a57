"""Starting programs so that none of them outlives its parent."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import Stop

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Account:
    """Whom a server runs as when we are root; PostgreSQL refuses to be root."""

    uid: int
    gid: int

    def arguments(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account() -> Account | None:
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    raise Stop("PostgreSQL will not run as root, and there is no account nobody: set DATABASE_URL.")


def may_enter(account: Account | None, directory: Path) -> bool:
    if account is None:
        return True
    try:
        test = subprocess.run(
            ["/bin/sh", "-c", 'test -x "$0"', directory],
            cwd="/",
            check=False,
            **account.arguments(),
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise Stop(
            "PostgreSQL will not run as root, and root may not become another here: "
            "set DATABASE_URL."
        ) from error
    return test.returncode == 0


def dying_with_parent(with_signal: signal.Signals) -> Callable[[], None] | None:
    """What the child does before it becomes its program; Linux only, elsewhere the guard has to
    do."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def prepare() -> None:
        libc.prctl(PR_SET_PDEATHSIG, with_signal)
        if os.getppid() != parent:
            os.kill(os.getpid(), with_signal)

    return prepare


def how_it_ended(returncode: int) -> str:
    if returncode < 0:
        return f"killed by {signal.Signals(-returncode).name}"
    return f"exit code {returncode}"


def run_briefly(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | str | None = None,
    **options: Any,
) -> subprocess.CompletedProcess[str]:
    """Run a short program to its end, its words kept; it dies when we do."""
    return subprocess.run(
        list(argv),
        env=env,
        cwd=cwd,
        check=False,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=dying_with_parent(signal.SIGKILL),
        **options,
    )
