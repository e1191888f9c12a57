import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every account may pass through, unlike pytest's own, and with a short path."""
    folder = Path(tempfile.mkdtemp(prefix="cw-")).resolve()
    folder.chmod(0o711)
    yield folder
    for note in folder.rglob("elsewhere"):
        shutil.rmtree(note.read_text(), ignore_errors=True)
    shutil.rmtree(folder)


@pytest.fixture
def plain_environ(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a user who has set nothing."""
    for name in list(os.environ):
        if name.endswith("_URL") or name in ("PORT", "HOST", "EMBEDDED", "SECRET_KEY", "VAR_DIR"):
            monkeypatch.delenv(name)
