"""What of a file's name may be kept: the words of a clinical list, and a known ending.

Names of files run words together ("doejane_hsg.pdf"), so here the screen's rules do not do.
"""

import re

from codes.screen.name_lists import given, surnames, words

ENDINGS = frozenset(
    {"pdf", "doc", "docx", "txt", "rtf", "odt", "jpg", "jpeg", "png", "gif", "tif", "tiff"}
    | {"heic", "zip", "dcm", "eml", "html", "xml"}
)
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def safe_name(name: str, number: int) -> str:
    """ "op note.pdf" of "Doe_Jane_op-note 0304.pdf"; "file 2.pdf" where no word is left."""
    stem, dot, ending = name.rpartition(".")
    ending = ending.lower() if dot and ending.lower() in ENDINGS else ""
    allowed = words() - given() - surnames()
    kept = [each.lower() for each in WORD.findall(stem or name) if each.lower() in allowed]
    label = " ".join(kept)[:60] or f"file {number}"
    return f"{label}.{ending}" if ending else label
