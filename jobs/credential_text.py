"""Credentials as employers write them: "CPC or CCS-P; CUC" is one of two, and CUC besides."""

import re
from collections.abc import Iterable, Mapping

GROUPS = re.compile(r"[;\n]+|\band\b|\+|&", re.IGNORECASE)
ALTERNATIVES = re.compile(r"[,/|]|\bor\b", re.IGNORECASE)
BLANKS = re.compile(r"[\s.®]+")


class UnknownCredentials(ValueError):
    """Carries the words that are no credential here."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(", ".join(words))
        self.words = words


def parse_groups(text: str, known: Mapping[str, str]) -> list[list[str]]:
    """The any-of groups of `text`, as codes in the order written, each once.

    `known` maps what may be written (see `spelling`) to the code meant. Raises UnknownCredentials.
    """
    unknown: list[str] = []
    groups: list[list[str]] = []
    for part in GROUPS.split(text):
        words = [word.strip() for word in ALTERNATIVES.split(part) if word.strip()]
        unknown += [word for word in words if spelling(word) not in known]
        codes = [known[spelling(word)] for word in words if spelling(word) in known]
        if codes and codes not in groups:
            groups.append(list(dict.fromkeys(codes)))
    if unknown:
        raise UnknownCredentials(list(dict.fromkeys(unknown)))
    return groups


def print_groups(groups: Iterable[Iterable[str]]) -> str:
    return "\n".join(" or ".join(group) for group in groups)


def spelling(word: str) -> str:
    """What two ways to write one credential share: "ccs p" and "CCS-P"."""
    return BLANKS.sub("", word).replace("-", "").replace("–", "").upper()
