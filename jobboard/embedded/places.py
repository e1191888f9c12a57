"""Where things lie: everything `./dev` writes is below `var/`, or where only a short or open path
will do."""

import hashlib
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import Stop

# What a directory may have so that "/.s.PGSQL.5432" still fits a socket's address (104 bytes on
# macOS).
SOCKET_ROOM = 86


@dataclass(frozen=True)
class Places:
    root: Path
    var: Path

    @classmethod
    def of(cls, root: str | Path, environ: Mapping[str, str]) -> "Places":
        root = Path(root).resolve()
        return cls(root, Path(environ.get("VAR_DIR") or root / "var").absolute())

    @property
    def logs(self) -> Path:
        return made(self.var / "log")

    @property
    def python(self) -> Path:
        return self.root / ".venv" / "bin" / "python"


def made(directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def private_directory(path: Path, *, owner: int | None = None, mode: int = 0o700) -> Path:
    """Make `path` for `owner`, or take it when it is that already; others may write beside it, so
    no link is followed."""
    owner = os.geteuid() if owner is None else owner
    try:
        path.mkdir(mode=mode)
        if owner != os.geteuid():
            os.chown(path, owner, -1)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o022:
            raise Stop(
                f"{path} belongs to someone else; remove it or move this checkout."
            ) from None
    path.chmod(mode)
    return path


def socket_directory(wanted: Path, *, owner: int | None = None) -> Path:
    """`wanted`, or a short one where the address of a socket in it would be too long."""
    if len(os.fsencode(wanted)) <= SOCKET_ROOM:
        return wanted
    short = Path("/tmp", f"codeward-{owner or os.geteuid()}-{digest(wanted)}")  # noqa: S108 (checked)
    return private_directory(short, owner=owner)


def kept_secret(file: Path, *, size: int) -> str:
    """The secret in `file`, made on first use and readable by its owner only."""
    if not file.exists():
        made(file.parent)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(size))
        draft.replace(file)
    return file.read_text().strip()
