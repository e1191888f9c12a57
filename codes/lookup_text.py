"""What somebody typed into the look-up box: a code, a run of codes, or words."""

import re
import unicodedata
from dataclasses import dataclass

from codes.codes import CodeSystem, key_of, system_of

AT_MOST = 200
# Letters and digits of other scripts are no codes.
LETTERS = re.IGNORECASE | re.ASCII
CUES = re.compile(
    r"^(?:cpt|hcpcs|icd-?10(?:-?(?:cm|pcs))?|code)\s*[:#-]?(?:\s+|(?=\d{4}))", LETTERS
)
DASH = r"\s*(?:[-–—\u2010\u2212]|\bto\b|\bthr(?:ough|u)\b)\s*"
FIVE = r"(?:\d{4}[0-9AFMTU]|[A-V]\d{4})"
CODE = re.compile(rf"(?<![\w.-]){FIVE}(?![\w.])", LETTERS)
RANGE = re.compile(rf"({FIVE}){DASH}({FIVE})", LETTERS)
WITH_MODIFIERS = re.compile(rf"({FIVE})((?:\s*[-, ]\s*[0-9A-Z]{{2}}){{0,4}})", LETTERS)
ICD10CM = re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?", LETTERS)
ICD10CM_BARE = re.compile(r"[A-Z]\d[0-9A-Z][0-9A-Z]{1,4}", LETTERS)
ICD10PCS = re.compile(r"(?=.*\d)[0-9A-HJ-NP-Z]{7}", LETTERS)
# Letters typed for the digits they look like: 7474O.
LOOKALIKE = re.compile(r"(?=(?:.*\d){3})[0-9OIL]{5}", LETTERS)
DIGITS = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Typed:
    """What was meant. `codes` are candidates as (system, code without dot), likeliest first.

    `meant` is the code that looks like what was typed, where that is none.
    """

    text: str
    codes: tuple[tuple[str, str], ...] = ()
    modifiers: tuple[str, ...] = ()
    run: tuple[str, str] | None = None
    meant: str = ""

    @property
    def is_code(self) -> bool:
        return bool(self.codes)

    @property
    def bare(self) -> str:
        """Without the name of a code system before it."""
        return CUES.sub("", self.text)


def parse(text: str) -> Typed:
    """Well-formed is not in force: whether the codes exist is for the look-up to say."""
    text = _cleaned(text)
    bare = Typed(text).bare
    if found := RANGE.fullmatch(bare):
        lo, hi = found[1].upper(), found[2].upper()
        if system_of(lo) == system_of(hi):
            return Typed(text, run=(lo, hi) if key_of(lo) <= key_of(hi) else (hi, lo))
    if found := WITH_MODIFIERS.fullmatch(bare):
        code = found[1].upper()
        modifiers = tuple(re.findall(r"[0-9A-Z]{2}", found[2].upper()))
        return Typed(text, codes=_candidates(code, alone=not modifiers), modifiers=modifiers)
    if codes := _diagnosis(bare):
        return Typed(text, codes=codes)
    if LOOKALIKE.fullmatch(bare):
        return Typed(text, meant=bare.upper().translate(DIGITS))
    return Typed(text)


def _cleaned(text: str) -> str:
    """Without what no code or word holds; full-width and other variant letters as plain ones."""
    text = text.encode("utf-8", "ignore").decode().replace("\0", " ").replace("®", " ")
    text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split())[:AT_MOST].strip()


def codes_in(text: str) -> list[str]:
    """The five-character codes that stand among other words, in their order."""
    return [code.upper() for code in CODE.findall(text)]


def _candidates(code: str, *, alone: bool) -> tuple[tuple[str, str], ...]:
    """A letter and four digits may be HCPCS, or an ICD-10-CM code typed without its dot."""
    found = [(system_of(code), code)]
    if alone and ICD10CM_BARE.fullmatch(code):
        found.append((CodeSystem.ICD10CM, code))
    return tuple(found)


def _diagnosis(text: str) -> tuple[tuple[str, str], ...]:
    code = text.upper().replace(".", "")
    if ICD10CM.fullmatch(text) or (ICD10CM_BARE.fullmatch(text) and not text.isalpha()):
        extra = ((CodeSystem.ICD10PCS, code),) if ICD10PCS.fullmatch(code) else ()
        return ((CodeSystem.ICD10CM, code), *extra)
    if ICD10PCS.fullmatch(text) and not text.isalpha():
        return ((CodeSystem.ICD10PCS, code),)
    return ()
