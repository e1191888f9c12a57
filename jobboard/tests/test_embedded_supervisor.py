import signal
import subprocess
import sys
import time

import pytest

from jobboard.embedded import guard, supervisor
from jobboard.embedded.errors import Stop
from jobboard.embedded.supervisor import Program, Supervisor

DEAF = "trap '' TERM; echo up; while :; do sleep 0.05; done"


@pytest.fixture
def sh(tmp_path):
    def program(script, *, name="server", layer=0):
        return Program(name, ["/bin/sh", "-c", script], tmp_path / f"{name}.log", layer=layer)

    return program


def log_says(tmp_path, words, name="server"):
    log = tmp_path / f"{name}.log"
    return lambda *_: log.exists() and words in log.read_text()


def wait_for(condition, within=5.0):
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline
    return True


def test_start_waits_until_the_program_is_ready(sh, tmp_path):
    with Supervisor() as parent:
        parent.start(sh("sleep 0.1; echo up; sleep 60"), ready=log_says(tmp_path, "up"))

        assert (tmp_path / "server.log").read_text() == "up\n"


def test_start_tells_the_last_words_of_a_program_that_ends(sh, tmp_path):
    with Supervisor() as parent, pytest.raises(Stop) as stopped:
        parent.start(
            sh("echo first; echo FATAL: no room; echo bye; exit 3"), ready=lambda _pid: False
        )

    assert str(stopped.value) == (
        f"The server stopped (exit code 3): FATAL: no room. Log: {tmp_path}/server.log"
    )


def test_start_gives_up_on_a_program_that_never_gets_ready(sh):
    with Supervisor() as parent, pytest.raises(Stop, match="not ready within 0 s"):
        parent.start(sh("sleep 60"), ready=lambda _pid: False, within=0.1)


def test_a_dead_program_is_started_again_after_growing_pauses(sh, capsys):
    with Supervisor() as parent:
        parent.start(sh("exit 1"))
        child = parent.children[0]
        now = time.monotonic()
        for _ in range(8):
            child.process.wait()
            parent._tend(child, now=now)
            parent._tend(child, now=now + 100)
            child.started_at = now

    said = capsys.readouterr().out.splitlines()
    assert [line.split("again in ")[1].split(" s")[0] for line in said] == [
        "0.5",
        "1",
        "2",
        "4",
        "8",
        "16",
        "30",
        "30",
    ]


def test_a_program_that_was_well_for_long_starts_with_the_shortest_pause(sh, capsys):
    with Supervisor() as parent:
        parent.start(sh("exit 1"))
        child = parent.children[0]
        child.process.wait()
        child.failures = 7
        parent._tend(child, now=child.started_at + 61)

    assert "again in 0.5 s" in capsys.readouterr().out


def test_stop_ends_users_before_servers(sh, tmp_path):
    order = tmp_path / "order"
    script = "trap 'echo {0} >> {1}; exit' TERM; echo up; while :; do sleep 0.02; done"
    with Supervisor() as parent:
        for name, layer in (("database", 0), ("web", 1)):
            program = sh(script.format(name, order), name=name, layer=layer)
            parent.start(program, ready=log_says(tmp_path, "up", name))

    assert order.read_text() == "web\ndatabase\n"


def test_stop_kills_the_deaf_and_their_children(sh, tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "PATIENCE", 0.2)
    parent = Supervisor()
    parent.start(sh(f"({DEAF}) & {DEAF}"), ready=log_says(tmp_path, "up\nup"))
    group = parent.children[0].process.pid

    parent.stop()

    wait_for(lambda: subprocess.run(["pgrep", "-g", str(group)], check=False).returncode == 1)


def test_guard_ends_what_a_killed_supervisor_left(monkeypatch):
    monkeypatch.setattr(guard, "PATIENCE", 0.2)
    left = [
        subprocess.Popen(["/bin/sh", "-c", script], start_new_session=True, stdout=subprocess.PIPE)
        for script in ("echo up; exec sleep 60", DEAF, "echo up; exec sleep 60")
    ]
    for process in left:
        process.stdout.readline()
    lines = [f"+ {process.pid} {int(signal.SIGTERM)}" for process in left]

    guard.listen([*lines, f"- {left[2].pid}"])

    assert [process.wait() for process in left[:2]] == [-signal.SIGTERM, -signal.SIGKILL]
    assert left[2].poll() is None
    left[2].kill()
    for process in left:
        process.communicate()


def test_guard_leaves_all_alone_after_bye():
    process = subprocess.Popen(["/bin/sh", "-c", "exec sleep 60"], start_new_session=True)

    guard.listen([f"+ {process.pid} 15", "bye"])

    assert process.poll() is None
    process.kill()
    process.wait()


def test_children_die_with_a_killed_supervisor(tmp_path):
    script = f"""
from pathlib import Path
from jobboard.embedded.supervisor import Program, Supervisor
parent = Supervisor().__enter__()
parent.start(Program("child", ["/bin/sh", "-c", "echo up; sleep 60"], Path({str(tmp_path)!r},
"log")))
print(parent.children[0].process.pid, flush=True)
parent.watch()
"""
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())

    parent.kill()
    parent.wait()

    wait_for(lambda: not guard.alive(child))
    parent.stdout.close()
