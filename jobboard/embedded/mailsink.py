"""The mail server of embedded mode: takes every message and keeps it as a file, for /mailbox/ to
show.

Run as a program by the supervisor: mailsink.py PORT DIRECTORY.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


def store(directory: Path, content: bytes, *, recipients: list[str]) -> Path:
    """Keep one message; it appears whole or not at all, and names sort by arrival."""
    name = f"{time.time_ns():020d}-{os.urandom(3).hex()}.eml"
    draft = directory / f".{name}"
    header = "X-Envelope-To: " + ", ".join(recipients)
    draft.write_bytes(header.encode("ascii", "replace") + b"\r\n" + content)
    return draft.rename(directory / name)


class Keeper:
    def __init__(self, directory: Path) -> None:
        self.directory = directory

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        try:
            store(self.directory, content, recipients=envelope.rcpt_tos)
        except OSError as error:
            return f"452 {error.strerror}"
        return "250 Kept"


async def serve(port: int, directory: Path) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    keeper = Keeper(directory)
    server = await loop.create_server(
        lambda: SMTP(keeper, hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", port
    )
    async with server:
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
