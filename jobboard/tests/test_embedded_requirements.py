"""The pinned files follow from the named ones, and anyone may install from them."""

import re

import pytest

from jobboard.tests.checkouts import ROOT

FILES = {
    "requirements/runtime.in": "requirements.txt",
    "requirements/embedded.in": "requirements/embedded.txt",
    "requirements/test.in": "requirements/test.txt",
}
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\\n]+)((?:\\\n|.)*)", re.MULTILINE)


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file):
    return {canonical(name): version for name, version, _ in PIN.findall((ROOT / file).read_text())}


def named(file):
    lines = (ROOT / file).read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-"))]
    return {canonical(re.split(r"[\[<>=]", line)[0]) for line in wanted}


@pytest.mark.parametrize(("source", "pinned"), FILES.items())
def test_every_named_package_is_pinned(source, pinned):
    assert named(source) - set(pins(pinned)) == set()


@pytest.mark.parametrize("file", FILES.values())
def test_every_pin_has_hashes(file):
    without = [
        name
        for name, _, rest in PIN.findall((ROOT / file).read_text())
        if "--hash=sha256:" not in rest
    ]

    assert without == []


@pytest.mark.parametrize("file", [*FILES, *FILES.values()])
def test_no_file_names_an_index_or_a_place(file):
    text = (ROOT / file).read_text()

    assert re.findall(r"https?://|file:|index-url|find-links|/home|/work", text) == []


def test_one_package_has_one_version_in_all_files():
    versions = {}
    for file in FILES.values():
        for name, version in pins(file).items():
            versions.setdefault(name, set()).add(version)

    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_each_dependency_is_explained():
    explained = (ROOT / "docs" / "dependencies.md").read_text()
    wanted = {name for file in FILES for name in named(file)}

    assert sorted(name for name in wanted if f"`{name}`" not in explained) == []
