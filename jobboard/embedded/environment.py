"""What the site is told by environment variables; a variable that is set already is never
replaced."""

import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from .errors import Stop
from .places import Places, kept_secret, made, private_directory

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Address":
        text = environ.get("PORT") or "8000"
        if not text.isdecimal() or not 0 < int(text) < 65536:
            raise Stop(f"PORT must be a number from 1 to 65535, not {text!r}.")
        return cls(environ.get("HOST") or "127.0.0.1", int(text))

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def bind(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def hosts(self) -> str:
        names = ["localhost", "127.0.0.1", "[::1]"]
        return ",".join(
            names if self.host in LOOPBACK else [*names, self.host, socket.gethostname()]
        )


def is_demo(environ: Mapping[str, str]) -> bool:
    """Demo postings and log-ins go into our own database, never unasked into one that was given."""
    return environ.get("EMBEDDED", str("DATABASE_URL" not in environ)) == "True"


def site_environment(places: Places, environ: Mapping[str, str]) -> dict[str, str]:
    """All but the servers' addresses (services.start_servers adds those)."""
    address = Address.of(environ)
    ours = {
        "SECRET_KEY": environ.get("SECRET_KEY") or kept_secret(places.var / "secret_key", size=48),
        "SITE_URL": address.url,
        "ALLOWED_HOSTS": address.hosts,
        "STATIC_ROOT": str(places.var / "static"),
        "EMBEDDED": str(is_demo(environ)),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "jobboard.settings",
    }
    if is_demo(environ):
        ours["DEMO_PASSWORD"] = kept_secret(places.var / "demo_password", size=9)
    if "STORAGE_URL" not in environ:
        ours["STORAGE_URL"] = private_directory(made(places.var) / "uploads").as_uri()
    return {**ours, **environ}


def production_like() -> dict[str, str]:
    """An environment such as a production server has, for the checks that only read settings."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SITE_URL": "https://board.example",
        "ALLOWED_HOSTS": "board.example",
        "BEHIND_PROXY": "True",
        "DEBUG": "False",
        "EMBEDDED": "False",
    }
