"""The verbs of `./dev`."""

import errno
import os
import signal
from collections.abc import Callable, Mapping

from . import bench, checks, instance, setup, site, suite
from .environment import Address, is_demo, site_environment
from .errors import Stop
from .manage import manage
from .places import Places
from .ports import is_free
from .services import kept_port, start_servers
from .supervisor import Supervisor
from .words import say

HELP = """\
./dev run              everything on http://localhost:8000 (PORT, HOST), private servers in var/
./dev manage COMMAND   a Django command, with the same servers
./dev test [PYTEST…]   the whole suite, browser included; or the files you name
./dev check            format, lint, types, templates, migrations, deploy check
./dev bench [NAME…]    the measurements of bench/, written to var/bench/

DATABASE_URL, REDIS_URL, EMAIL_URL and STORAGE_URL each replace the private part of that name."""


def run(places: Places, words: list[str]) -> int:
    """The whole site until a signal ends it."""
    if words:
        raise Stop(f"./dev run takes no {words[0]!r}; the port is PORT=8001 ./dev run")
    address = Address.of(os.environ)
    with instance.claimed(places) as ours:
        if not ours:
            raise instance.already_running(places)
        if not is_free(address.host, address.port):
            raise Stop(
                f"Port {address.port} is in use; "
                f"choose another, as in PORT={address.port + 1} ./dev run"
            )
        setup.ensure(places, setup.wanted(os.environ))
        with Supervisor() as supervisor:
            ready = False
            try:
                start_site(supervisor, places, address)
                ready = True
                supervisor.watch()
            except KeyboardInterrupt:
                ignore_signals()
                say("\nStopping")
                return 0 if ready else 130
    return 0


def start_site(supervisor: Supervisor, places: Places, address: Address) -> None:
    say("Starting database, cache and mail")
    servers = start_servers(supervisor, places, os.environ)
    env = {**site_environment(places, os.environ), **servers, **mail_in(places, os.environ)}
    instance.announce(places, command="run", site=env["SITE_URL"], environment=servers)
    say("Preparing the site")
    if said := site.prepare(places, env):
        say(said)
    say("Starting web server, worker and clock")
    supervisor.start(site.worker(places, env))
    supervisor.start(site.beat(places, env))
    if env.get("CONSULT_LISTEN"):
        supervisor.start(site.listener(places, env), ready=site.is_listening(env))
    local = f"http://{'[::1]' if ':' in address.host else '127.0.0.1'}:{address.port}"
    supervisor.start(site.web(places, env, address), ready=lambda _pid: site.is_healthy(local))
    say(greeting(places, env))


def mail_in(places: Places, environ: Mapping[str, str]) -> dict[str, str]:
    """Where the demo takes the mail of consults, unless that is told or switched off."""
    if "CONSULT_LISTEN" in environ or not is_demo(environ):
        return {}
    return {"CONSULT_LISTEN": f"127.0.0.1:{kept_port(places.var / 'consult_port')}"}


def greeting(places: Places, env: Mapping[str, str]) -> str:
    lines = ["", f"  Codeward is at {env['SITE_URL']}"]
    if is_demo(os.environ):
        lines += [
            "  Log in as coder@demo.example, employer@demo.example or moderator@demo.example",
            f"  with the password {env['DEMO_PASSWORD']}",
        ]
    if "MAILBOX_DIR" in env:
        lines.append(f"  Mail it sends can be read at {env['SITE_URL']}/mailbox/")
    if env.get("CONSULT_LISTEN"):
        lines.append(f"  Mail to consults@localhost is taken at {env['CONSULT_LISTEN']}")
    return "\n".join([*lines, f"  Logs are in {places.logs}. Ctrl-C ends everything.", ""])


COMMANDS: dict[str, Callable[[Places, list[str]], int]] = {
    "run": run,
    "manage": manage,
    "test": suite.run_suite,
    "check": checks.check,
    "bench": bench.bench,
}


def ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def interrupt_on_signals() -> None:
    # SIGINT too: a shell that starts this in the background has it ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


def main(root: str, argv: list[str]) -> int | str:
    """Run one command; what cannot go on ends in one line on standard error and exit code 1."""
    name, *words = argv or ["help"]
    if name in ("help", "-h", "--help"):
        say(HELP)
        return 0
    if name not in COMMANDS:
        return f"There is no ./dev {name}; see ./dev help"
    interrupt_on_signals()
    try:
        return COMMANDS[name](Places.of(root, os.environ), words)
    except Stop as reason:
        return str(reason)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return explain(error)


def explain(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{f' ({error.filename})' if error.filename else ''}."
    if isinstance(error, PermissionError) and error.filename:
        return f"{error.filename} may not be written or read by this account: {error.strerror}."
    raise error
