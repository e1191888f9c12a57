"""The servers a site stands on, each started here unless its URL is given."""

from collections.abc import Mapping
from pathlib import Path

from . import postgres
from .places import Places, made, private_directory
from .ports import answers, free_port, is_free
from .supervisor import Program, Supervisor
from .valkey import Valkey


def start_database(
    supervisor: Supervisor, *, root: Path, home: Path, logs: Path, durable: bool = True
) -> str:
    cluster = postgres.cluster(root=root, home=home, log=logs / "postgres.log")
    cluster.make_ready(durable=durable)
    supervisor.start(cluster.program(durable=durable), ready=cluster.is_ready)
    return cluster.url


def start_valkey(
    supervisor: Supervisor, *, root: Path, home: Path, logs: Path, durable: bool = True
) -> str:
    valkey = Valkey(root=root, home=home, log=logs / "valkey.log")
    valkey.make_ready()
    supervisor.start(valkey.program(durable=durable), ready=valkey.is_ready)
    return valkey.url


def kept_port(note: Path) -> int:
    """The port it had last time, or another when that is taken."""
    port = int(note.read_text()) if note.exists() else free_port()
    if not is_free("127.0.0.1", port):
        port = free_port()
    note.write_text(str(port))
    return port


def start_mail(supervisor: Supervisor, places: Places) -> dict[str, str]:
    directory = private_directory(places.var / "mail")
    port = kept_port(places.var / "mail_port")
    program = Path(__file__).with_name("mailsink.py")
    argv: list[str | Path] = [places.python, "-P", program, str(port), directory]
    supervisor.start(
        Program("mail sink", argv, places.logs / "mail.log"), ready=lambda _pid: answers(port)
    )
    return {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "MAILBOX_DIR": str(directory)}


def start_servers(
    supervisor: Supervisor, places: Places, environ: Mapping[str, str]
) -> dict[str, str]:
    """Start what no URL replaces, and return the variables that lead to it."""
    ours: dict[str, str] = {}
    home, logs = made(places.var), places.logs
    if "DATABASE_URL" not in environ:
        ours["DATABASE_URL"] = start_database(supervisor, root=places.root, home=home, logs=logs)
    if "REDIS_URL" not in environ:
        ours["REDIS_URL"] = start_valkey(supervisor, root=places.root, home=home, logs=logs)
    if "EMAIL_URL" not in environ:
        ours |= start_mail(supervisor, places)
    return ours
