import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Callable[[str], Path]]:
    """Makes folders every account may pass through, unlike pytest's own, and with short paths."""
    made: list[Path] = []

    def make(name: str) -> Path:
        folder = Path(tempfile.mkdtemp(prefix=f"cw-{name[:8]}-")).resolve()
        folder.chmod(0o711)
        made.append(folder)
        return folder

    yield make
    for folder in made:
        for note in folder.rglob("elsewhere"):
            shutil.rmtree(note.read_text(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder(open_folder: Callable[[str], Path]) -> Path:
    return open_folder("test")
