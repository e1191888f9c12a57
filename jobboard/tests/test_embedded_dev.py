"""`./dev` as a person meets it: real processes, a small site."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pip
import psutil
import pytest

from jobboard.embedded.ports import answers, free_port
from jobboard.tests.checkouts import (
    ROOT,
    clean_environment,
    dev,
    make_checkout,
    processes_of,
    running,
    wait_until_gone,
)

KILL_DATABASE = """\
import os, pathlib, psycopg, signal
os.kill(int(pathlib.Path({!r}).read_text().split()[0]), signal.SIGKILL)
psycopg.connect(os.environ["DATABASE_URL"])
"""
SHOW_SERVERS = """\
import os
print(os.environ["DATABASE_URL"], os.environ["EMBEDDED"], "MAILBOX_DIR" in os.environ)
"""


@pytest.fixture(scope="module")
def template(open_folder):
    """A checkout whose database is made; making it is most of the time of these tests."""
    checkout = make_checkout(open_folder("template") / "board")
    assert dev(checkout, "manage", "SELECT 7").stdout == "7\n"
    return checkout


@pytest.fixture(scope="module")
def copy_of(template):
    def copy(target: Path) -> Path:
        subprocess.run(["cp", "-a", template, target], check=True)
        return target

    return copy


@pytest.fixture
def checkout(folder, copy_of):
    return copy_of(folder / "board")


@pytest.fixture(scope="module")
def shared(open_folder, copy_of):
    """A site that runs for several tests, which leave it running."""
    with running(copy_of(open_folder("shared") / "board")) as site:
        yield site


def visit(site) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{site.port}/", timeout=10) as answer:
        return int(answer.read())


def program(site, name) -> psutil.Process:
    """One of the site's direct children, by a word of its command line."""
    children = psutil.Process(site.process.pid).children()
    return next(child for child in children if any(name in word for word in child.cmdline()))


def test_run_serves_keeps_its_data_and_ends_everything(checkout, folder):
    with running(checkout) as site:
        visits = visit(site)
        said = site.said()
        assert len(processes_of(folder)) >= 9
        assert answers(int(re.search(r"@localhost is taken at 127.0.0.1:(\d+)", said)[1]))
        assert site.end(signal.SIGINT) == 0
    wait_until_gone(folder)

    with running(checkout) as again:
        assert visit(again) > visits

    assert f"Codeward is at http://localhost:{site.port}" in said
    assert "coder@demo.example, employer@demo.example or moderator@demo.example" in said
    assert f"http://localhost:{site.port}/mailbox/" in said


def test_run_leaves_nothing_when_it_is_killed(checkout, folder):
    with running(checkout) as site:
        site.process.kill()
        site.process.wait()

        wait_until_gone(folder)

    with running(checkout) as again:
        assert visit(again) > 1


def test_run_starts_a_killed_database_again_and_the_site_recovers(shared):
    before = visit(shared)
    program(shared, "postgres").kill()

    said = shared.wait_for("The database stopped (killed by SIGKILL); starting it again in 0.5 s")

    assert recovered(shared) > before
    assert said.count("stopped") == 1


def recovered(site) -> int:
    while True:
        try:
            return visit(site)
        except OSError:
            site.process.poll()


def test_two_checkouts_run_side_by_side(shared, checkout):
    with running(checkout) as other:
        for _ in range(5):
            visit(shared)

        assert visit(other) < visit(shared)


def test_a_second_run_in_the_same_checkout_is_refused(shared):
    second = dev(shared.checkout, "run", PORT=str(free_port()))

    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"Codeward already runs in this checkout at http://localhost:{shared.port}, "
        f"process {shared.process.pid}.\n"
    )


def test_a_port_in_use_is_named(checkout):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = dev(checkout, "run", PORT=str(port))

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"Port {port} is in use; choose another, as in PORT={port + 1} ./dev run\n"
    )


def test_a_site_that_cannot_be_prepared_is_named_and_leaves_nothing(checkout, folder):
    (checkout / "jobboard" / "prepare.py").write_text("raise SystemExit('No such table: wishes')")

    refused = dev(checkout, "run", PORT=str(free_port()))

    assert refused.returncode == 1
    assert refused.stderr == (
        "The site could not be prepared: No such table: wishes "
        f"Log: {checkout}/var/log/prepare.log\n"
    )
    wait_until_gone(folder)


def test_a_database_that_stopped_while_the_site_is_prepared_is_named(checkout, folder):
    script = KILL_DATABASE.format(str(checkout / "var" / "postgres" / "postmaster.pid"))
    (checkout / "jobboard" / "prepare.py").write_text(script)

    refused = dev(checkout, "run", PORT=str(free_port()))

    assert refused.returncode == 1
    assert refused.stderr.startswith("The site could not be prepared: ")
    assert refused.stderr.count("\n") == 1
    wait_until_gone(folder)


def test_given_servers_replace_the_private_ones(folder):
    checkout = make_checkout(folder / "board")
    (checkout / "manage.py").write_text(SHOW_SERVERS)
    given = {"DATABASE_URL": "postgresql:///x", "REDIS_URL": "redis://x", "EMAIL_URL": "smtp://x"}

    said = dev(checkout, "manage", **given)

    assert said.stdout == "postgresql:///x False False\n"
    assert not list((checkout / "var").glob("*/PG_VERSION"))


def test_manage_starts_servers_and_ends_them(checkout, folder):
    first = dev(checkout, "manage", "SELECT 7")

    assert (first.stdout, first.returncode) == ("7\n", 0)
    wait_until_gone(folder)


def test_manage_uses_servers_that_run(shared):
    visits = visit(shared)

    said = dev(shared.checkout, "manage", "SELECT count(*) FROM visits")

    assert int(said.stdout) >= visits


def test_manage_returns_the_exit_code_of_the_command(shared):
    assert dev(shared.checkout, "manage", "SELECT 1/0").returncode == 1


def test_two_commands_at_once_share_one_database(checkout):
    argv = [sys.executable, checkout / "dev", "manage", "SELECT 7"]
    both = [
        subprocess.Popen(argv, env=clean_environment(), stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]

    assert [process.communicate(timeout=60)[0] for process in both] == ["7\n", "7\n"]


def test_a_full_disk_is_named(checkout, folder):
    (checkout / "var" / "log" / "prepare.log").symlink_to("/dev/full")
    (checkout / "jobboard" / "prepare.py").write_text("print('Prepared')")

    refused = dev(checkout, "run", PORT=str(free_port()))

    assert refused.returncode == 1
    assert refused.stderr.startswith("The disk is full")
    wait_until_gone(folder)


def test_a_folder_only_its_owner_may_enter(folder):
    folder.chmod(0o700)
    checkout = make_checkout(folder / "board")

    said = dev(checkout, "manage", "SELECT 7")

    assert (said.stdout, said.stderr) == ("7\n", "")


def test_a_signal_during_set_up_ends_pip_too(folder):
    checkout = make_checkout(folder / "board")
    (checkout / ".venv").unlink()
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho $$ > pip.pid.new; mv pip.pid.new pip.pid; exec sleep 60\n")
    python.chmod(0o755)
    (checkout / ".venv" / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    (checkout / ".venv" / "lib" / "python3.11" / "site-packages" / "pip").symlink_to(
        Path(pip.__file__).parent
    )
    run = subprocess.Popen(
        [sys.executable, checkout / "dev", "run"],
        env=clean_environment(PORT=str(free_port())),
        cwd=checkout,
        stdout=subprocess.DEVNULL,
    )
    while not (checkout / "pip.pid").exists():
        assert run.poll() is None

    run.terminate()

    assert run.wait(10) == 130
    wait_until_gone(folder)


def test_an_ordinary_account_runs_it_too(checkout):
    python, who = ordinary_account(checkout)
    (checkout / "manage.py").write_text("import os; print(os.environ['DATABASE_URL'])")

    said = subprocess.run(
        [python, "dev", "manage"],
        env=clean_environment(EMAIL_URL="smtp://127.0.0.1:1"),
        cwd=checkout,
        text=True,
        capture_output=True,
        check=False,
        **who,
    )

    data = checkout / "var" / "postgres"
    assert (said.stdout, said.stderr) == (f"postgresql://postgres@/codeward?host={data}\n", "")
    assert data.stat().st_uid == who.get("user", os.geteuid())


def ordinary_account(checkout):
    """Give the checkout to an account that is not root, with a Python that it may run."""
    if os.geteuid():
        return sys.executable, {}
    python = shutil.which("python3", path="/usr/bin") or sys.executable
    installed = Path(sys.prefix)
    (checkout / ".venv").unlink()
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to(python)
    (checkout / ".venv" / "lib").symlink_to(installed / "lib")
    for stamp in installed.glob("installed-*"):
        (checkout / ".venv" / stamp.name).touch()
    for path in [checkout, *checkout.rglob("*")]:
        os.chown(path, 65534, 65534, follow_symlinks=False)
    return python, {"user": 65534, "group": 65534, "extra_groups": []}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["dance"], "There is no ./dev dance; see ./dev help\n"),
        (["run", "fast"], "./dev run takes no 'fast'; the port is PORT=8001 ./dev run\n"),
        (["bench", "none"], "There is no bench/none.py; there are: none.\n"),
    ],
)
def test_a_wrong_word_is_named(checkout, words, said):
    assert dev(checkout, *words).stderr == said


def test_help_names_the_commands(checkout):
    said = dev(checkout)

    assert said.returncode == 0
    assert [
        name
        for name in ("run", "manage", "test", "check", "bench")
        if f"./dev {name}" not in said.stdout
    ] == []


def test_an_old_python_gets_plain_words(tmp_path):
    script = (ROOT / "dev").read_text().replace("WANTED = (3, 11)", "WANTED = (99, 0)")
    (tmp_path / "dev").write_text(script)

    said = subprocess.run(
        [sys.executable, tmp_path / "dev", "run"],
        env={"PATH": str(Path(tmp_path))},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (
        said.stderr == f"Codeward needs Python 3.11 or newer; this is {sys.version.split()[0]}.\n"
    )
