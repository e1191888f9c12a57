"""Unpacks the Brotli files of the npm build: unpack_chromium.py FROM TO. Needs the environment's
`brotli`."""

import io
import sys
import tarfile
from pathlib import Path

import brotli

SCRIPT = """\
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
"""
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def unpack(source: Path, target: Path) -> None:
    for packed in source.glob("*.tar.br"):
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress(packed.read_bytes()))) as archive:
            archive.extractall(target, filter="data")
    (target / "chromium").write_bytes(brotli.decompress((source / "chromium.br").read_bytes()))
    (target / "fonts.conf").write_text(FONTS.format(fonts=target / "fonts", cache=target / "cache"))
    (target / "chromium.sh").write_text(SCRIPT)
    for name in ("chromium", "chromium.sh"):
        (target / name).chmod(0o755)


if __name__ == "__main__":
    unpack(Path(sys.argv[1]), Path(sys.argv[2]))
