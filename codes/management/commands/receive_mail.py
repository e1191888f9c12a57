import asyncio
import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from codes.consult.listener import serve


class Command(BaseCommand):
    help = "Take consults by SMTP and LMTP at CONSULT_LISTEN (host:port) until a signal ends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--listen", default=settings.CONSULT_LISTEN, help="host:port")

    def handle(self, *args: Any, listen: str, **options: Any) -> None:
        if not listen:
            self.stdout.write("CONSULT_LISTEN is not set: consults by mail are off.")
            return
        host, _colon, port = listen.rpartition(":")
        if not host or not port.isdecimal():
            raise CommandError("CONSULT_LISTEN must be host:port, such as 127.0.0.1:2525.")
        self.stdout.write(f"Taking mail to {settings.CONSULT_ADDRESS} at {listen}")
        try:
            asyncio.run(until_told(host.strip("[]"), int(port)))
        except OSError as error:
            raise CommandError(f"{listen}: {error.strerror}") from error


async def until_told(host: str, port: int) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await serve(host, port, stopped)
