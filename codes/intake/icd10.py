"""ICD-10-CM and ICD-10-PCS: the order file, or the shorter file of codes.

Source: CMS, "ICD-10-CM Order Files" and "ICD-10-PCS Order File" of each fiscal year. Places count
from 1. Order file: 1-5 the order, 7-13 the code without its dot, 15 the flag (0 heading, 1
billable), 17-76 the short text, from 78 the long one. Codes file: 1-7 the code, from 9 the text.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from codes.codes import CodeSystem
from codes.intake.batch import Batch, Told, Values, once
from codes.intake.files import BadFile, Line

CM_MEMBER = r"^icd10cm[_-](order|codes).*\.txt$"
PCS_MEMBER = r"^icd10pcs[_-](order|codes).*\.txt$"
COLUMNS = ("code", "short_text", "long_text", "billable")
CODES = {
    CodeSystem.ICD10CM: re.compile(r"[A-Z]\d[0-9A-Z][0-9A-Z]{0,4}"),
    CodeSystem.ICD10PCS: re.compile(r"[0-9A-HJ-NP-Z]{3}(?:[0-9A-HJ-NP-Z]{4})?"),
}
ORDER = re.compile(r"\d{5} \S")
YEAR = re.compile(r"(20\d\d)")
SHORT_AT_MOST = 60


def read_cm(lines: Iterator[Line], file_name: str) -> Batch:
    return _read(lines, file_name, CodeSystem.ICD10CM)


def read_pcs(lines: Iterator[Line], file_name: str) -> Batch:
    return _read(lines, file_name, CodeSystem.ICD10PCS)


def _read(lines: Iterator[Line], file_name: str, system: CodeSystem) -> Batch:
    first = next(lines)
    told = Told()
    if found := YEAR.search(file_name):
        year = int(found[1])
        told.name = f"{system.label} FY{year}"
        told.effective_from, told.effective_to = date(year - 1, 10, 1), date(year, 9, 30)
    take = _ordered if ORDER.match(first[1]) else _listed
    everything = (each for each in chain([first], lines) if each[1].strip())
    rows = ((number, take(number, text, system)) for number, text in everything)
    return Batch(COLUMNS, once(rows), told)


def _ordered(number: int, text: str, system: CodeSystem) -> Values:
    flag = text[14:15]
    if flag not in ("0", "1"):
        raise BadFile(f"the flag is {flag!r}, not 0 or 1", line=number, column=15)
    code = _code(text[6:13], number, "7-13", system)
    short, long = text[16:76].strip(), text[77:].strip()
    if not long:
        raise BadFile("the long text is missing", line=number, column=78)
    return code, short, long, flag == "1"


def _listed(number: int, text: str, system: CodeSystem) -> Values:
    code, long = _code(text[:7], number, "1-7", system), text[8:].strip()
    if not long:
        raise BadFile("the text is missing", line=number, column=9)
    return code, long[:SHORT_AT_MOST], long, True


def _code(text: str, number: int, places: str, system: CodeSystem) -> str:
    code = text.strip()
    if not CODES[system].fullmatch(code):
        raise BadFile(f"{code!r} is no {system.label} code", line=number, column=places)
    return code
