import shutil
import threading

import pytest
import redis

from jobboard.embedded import valkey
from jobboard.embedded.errors import Stop
from jobboard.embedded.places import socket_directory
from jobboard.embedded.supervisor import Supervisor
from jobboard.embedded.valkey import Valkey
from jobboard.tests.checkouts import ROOT


def start(parent, home):
    server = Valkey(root=ROOT, home=home, log=home / "valkey.log")
    server.make_ready()
    parent.start(server.program(durable=True), ready=server.is_ready)
    return redis.Redis.from_url(server.url)


def test_queue_survives_a_killed_server(folder):
    with Supervisor() as parent, start(parent, folder) as client:
        client.rpush("celery", "task")
        client.execute_command("WAITAOF", 1, 0, 2000)
        parent.children[0].process.kill()
        parent.children[0].process.wait()

    with Supervisor() as parent, start(parent, folder) as client:
        assert client.lrange("celery", 0, -1) == [b"task"]


def test_an_orphan_is_ended_first(folder):
    lost = Supervisor()
    start(lost, folder).close()
    orphan = lost.children[0].process
    init = threading.Thread(target=orphan.wait)
    init.start()

    with Supervisor() as parent, start(parent, folder) as client:
        assert client.ping()

    init.join()
    assert orphan.returncode == 0


def test_blanks_and_long_paths_work(folder):
    home = folder / ("a b" * 30)
    home.mkdir()

    with Supervisor() as parent, start(parent, home) as client:
        assert client.ping()

    shutil.rmtree(socket_directory(home / "valkey"))


def test_binary_falls_back_to_path(folder, monkeypatch):
    server = folder / "redis-server"
    server.touch(mode=0o755)
    monkeypatch.setattr(valkey, "wheel_folder", lambda root: None)
    monkeypatch.setenv("PATH", str(folder))

    assert valkey.binary(ROOT) == server


def test_binary_says_what_to_do_when_there_is_none(folder, monkeypatch):
    monkeypatch.setattr(valkey, "wheel_folder", lambda root: None)
    monkeypatch.setenv("PATH", str(folder))

    with pytest.raises(Stop, match="set REDIS_URL, or install"):
        valkey.binary(ROOT)
