"""Settings come from the environment only; these readers refuse what they do not understand."""

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

SECRET_AT_LEAST = 16
SMTP_SCHEMES = {"smtp": {}, "smtps": {"EMAIL_USE_SSL": True}, "smtp+tls": {"EMAIL_USE_TLS": True}}
SMTP_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
CONNECTION_KEYS = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}


def env(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def env_bool(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, str(default))
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False, not {value!r}.")
    return value == "True"


def env_switch(name: str, default: bool) -> bool:
    """What operators turn: on or off."""
    value = os.environ.get(name, "on" if default else "off").lower()
    if value not in ("on", "off", "true", "false"):
        raise ImproperlyConfigured(f"{name} must be on or off, not {value!r}.")
    return value in ("on", "true")


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def env_choice(name: str, choices: list[str]) -> str:
    """One of `choices`, in small letters; empty when it is not set."""
    value = os.environ.get(name, "").lower()
    if value and value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def env_pair(name: str) -> str:
    """A secret as name:password, as HTTP asks for one."""
    user, colon, password = env(name).partition(":")
    if not user or not colon or len(password) < SECRET_AT_LEAST:
        raise ImproperlyConfigured(
            f"{name} must be name:password, the password of {SECRET_AT_LEAST} letters or more."
        )
    return f"{user}:{password}"


def env_list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def database(url: str) -> dict[str, Any]:
    """Django's database entry for a PostgreSQL URL; query keys libpq knows go to OPTIONS."""
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error
    entry: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}}
    entry["NAME"] = parts.pop("dbname", "postgres")
    for key, value in parts.items():
        target = entry if key in CONNECTION_KEYS else entry["OPTIONS"]
        target[CONNECTION_KEYS.get(key, key)] = value
    return entry


def email(url: str) -> dict[str, Any]:
    """The EMAIL_* settings for smtp://, smtps:// or smtp+tls://user:password@host:port."""
    parts = urlsplit(url)
    if parts.scheme not in SMTP_SCHEMES or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must be smtp://, smtps:// or smtp+tls://host:port.")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or SMTP_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        **SMTP_SCHEMES[parts.scheme],
    }


def storage(url: str) -> dict[str, Any]:
    """The private storage of uploads: file:///directory, or s3://key:secret@bucket?endpoint=…"""
    parts = urlsplit(url)
    if parts.scheme == "file":
        options: dict[str, Any] = {"location": unquote(parts.path), "base_url": None}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    if parts.scheme != "s3" or not parts.hostname:
        raise ImproperlyConfigured("STORAGE_URL must be file:///directory or s3://bucket.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    options = {
        "bucket_name": parts.hostname,
        "access_key": unquote(parts.username) if parts.username else None,
        "secret_key": unquote(parts.password) if parts.password else None,
        "endpoint_url": query.get("endpoint"),
        "region_name": query.get("region"),
        "default_acl": "private",
        "querystring_auth": True,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def celery_broker(url: str) -> str:
    """Django's cache says unix://, Celery's transport redis+socket:// for the same socket."""
    if not url.startswith("unix://"):
        return url
    path, _, query = url.removeprefix("unix://").partition("?")
    database_number = parse_qs(query).get("db", ["0"])[-1]
    return f"redis+socket://{path}?virtual_host={database_number}"
