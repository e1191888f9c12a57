"""Files in the layouts of CMS and the AMA, with made-up rows; all that is text is made up too."""

import gzip
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, models
from django.utils import timezone

from codes.intake.run import Outcome, Said, load

TEXT = "Made up text"  # stands where the AMA's would
PASSING = ("id", "release", "loaded_at", "key", "nearest", "licence")


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file as its name wants it: packed for .gz and .zip, and plain else."""
    path = folder / name
    data = content.encode() if isinstance(content, str) else content
    if path.suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    if path.suffix == ".zip":
        return zipped(path, {path.stem: data})
    path.write_bytes(data)
    return path


def zipped(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def lines(*rows: str, end: str = "\r\n") -> str:
    return "".join(row + end for row in rows)


def read_in(kind: str, path: Path, *more: Path, again: bool = False, **said: Any) -> Outcome:
    now = timezone.now()
    return load(kind, path, Said(**said), now=now, watch=False, again=again, more=more)


def rows_in(model: type[models.Model]) -> list[tuple[Any, ...]]:
    """All rows as the file had them: without numbers, keys and the release, and sorted."""
    names = [field.name for field in model._meta.concrete_fields if field.name not in PASSING]
    words = {"code": "code__code", "rationale": "rationale__text"}  # where these are other rows
    related = {field.name for field in model._meta.concrete_fields if field.is_relation}
    names = [words[name] if name in related else name for name in names]
    return sorted(model._default_manager.values_list(*names), key=repr)


def tables_that_hold(word: str) -> list[str]:
    """The tables of the reference with a row in which the word stands, in whatever column."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if "codes_" in name]
        found = []
        for name in sorted(tables):
            cursor.execute(f'SELECT 1 FROM "{name}" t WHERE t::text ILIKE %s', [f"%{word}%"])  # noqa: S608
            if cursor.fetchone():
                found.append(name)
    return found


# The fee schedule: five heading rows, one word above the other. 2026 has one column more.
TITLE = "{year} National Physician Fee Schedule Relative Value File {month} Release"
HEADINGS_2025 = """\
,, , ,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,
,,,,NOT USED,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED
,,,,FOR,,,NON-FAC,,FACILITY ,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS
,,,STATUS,MEDICARE ,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,\
MULT,BILAT,ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,\
OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT"""
TEAM_PLACE = 22


def pfs_headings(year: int) -> list[str]:
    rows = [row.split(",") for row in HEADINGS_2025.splitlines()]
    if year >= 2026:
        for row, word in zip(rows, ("", "", "", "PRIC", "IND"), strict=True):
            row.insert(TEAM_PLACE + 1, word)
    return [",".join(row) for row in rows]


@dataclass(frozen=True)
class Pfs:
    """One row of the fee schedule, delimited or in fixed places."""

    code: str = "74400"
    modifier: str = ""
    status: str = "A"
    work: str = "0.49"
    factor: str = "32.3465"

    def delimited(self, year: int = 2025) -> str:
        cells = [self.code, self.modifier, TEXT, self.status, "", self.work, "3.44", "", "3.44"]
        cells += ["NA", "0.04", "3.97", "3.97", "1", "XXX", "0.10", "0.80", "0.10"]
        cells += ["4", "0", "1", "2", "9", *(["9"] if year >= 2026 else []), "45378", self.factor]
        return ",".join([*cells, "09", "0", "88", "5.64", "5.65", "0.05"])

    def fixed(self) -> str:
        text = (
            f"{self.code:5}{self.modifier:2}{TEXT:50}{self.status} {self.work:>6}   3.44     3.44"
        )
        text += (
            "NA  0.04   3.97  3.971XXX.10.80.1040129       45378 32.3465 090 88      5.64   5.65"
        )
        return f"{text}   0.05".ljust(200)


def pfs(*rows: Pfs, year: int = 2025, month: str = "October") -> str:
    notices = [f",,{TITLE.format(year=year, month=month)},", ",,A made up notice.,", "", ",, ,"]
    notices += [f",,RELEASED 09/11/{year},,"]
    return lines(*notices, *pfs_headings(year), *(row.delimited(year) for row in rows))


def pfs_fixed(*rows: Pfs) -> str:
    head = ["HDR A MADE UP NOTICE OF RIGHTS".ljust(50), "HDR RESERVED.".ljust(50)]
    return lines(*head, *(row.fixed() for row in rows))


# Practice cost indices.
GPCI_NOTICE = "ADDENDUM E. FINAL CY 2025 GEOGRAPHIC PRACTICE COST INDICES (GPCIs),,,,,,"
GPCI_HEADING = (
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
    "2025 PW GPCI (with 1.0 Floor),2025 PE GPCI,2025 MP GPCI"
)
GPCI_NOTES = (
    '"MAC Assignments as of November 22, 2023",,,,,,',
    ",,,,,,",
    "*A floor applies.,,,,,,",
)


def gpci(*rows: str) -> str:
    return lines(GPCI_NOTICE, ",,,,,,", GPCI_HEADING, *rows, *GPCI_NOTES)


# NCCI.
PTP_HEAD = (
    "A made up notice of rights.\t\t\t\t\t\t",
    "Column 1 / Column 2 Edits\t\t\t\t\t\t",
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale",
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t",
    "\t\t\t\t*=no data\t1=allowed\t",
    "\t\t\t\t\t9=not applicable\t",
)
PTP_CSV_HEADING = "column1,column2,deletion_date,modifier_indicator,rationale"
MUE_NOTICES = tuple(f'"Made up notice, part {number}",,,' for number in range(1, 10))
MUE_HEADING = '"HCPCS/\nCPT Code",{} MUE Values,MUE Adjudication Indicator,MUE Rationale'
ADD_ON_HEADING = "primary_code,add_on_code,aoc_edit_type"


def ptp(*rows: str) -> str:
    return lines(*PTP_HEAD, *rows)


def mue(*rows: str, setting: str = "Practitioner Services") -> str:
    return lines(*MUE_NOTICES, MUE_HEADING.format(setting), *rows)


# HCPCS: records of 320 places under notices.
HCPCS_NOTICES = ("***Disclaimers\t\t", "\t\t", "*Made up notice\xa0\t\t", "", "")
HCPCS_HEADING = "hcpcs_code,short_desc,long_desc,cov,date_term,date_added"


def record(
    code: str, kind: str, long: str, short: str = "", *, added: str = "", ended: str = ""
) -> str:
    coverage = "C" if kind == "3" else ""
    head = f"{code:>5}00100{kind}{long:80}{short:28}".ljust(229) + f"{coverage:1}".ljust(39)
    return f"{head}{added:8}{added:8}{ended:8}N".ljust(320)


def hcpcs(*records: str) -> bytes:
    return lines(*HCPCS_NOTICES, *records).encode("cp1252")


def order(number: int, code: str, flag: str, short: str, long: str) -> str:
    return f"{number:05} {code:7} {flag} {short:60} {long}"


@dataclass(frozen=True)
class Sample:
    """A small file of one kind, and the same with one thing wrong in it."""

    kind: str
    name: str
    good: str | bytes
    broken: str | bytes
    problem: str
    options: tuple[str, ...] = ()


def samples() -> Iterable[Sample]:
    yield Sample(
        "pfs",
        "PPRRVU2025_Oct.csv",
        pfs(Pfs(), Pfs(modifier="26")),
        pfs(Pfs(), Pfs(modifier="26", work="much")),
        "line 12, column work: 'much' is no number",
    )
    yield Sample(
        "gpci",
        "GPCI2025.csv",
        gpci("10112,AL,00,ALABAMA,1,0.869,0.575", "02102,AK,01,ALASKA*,1.5,1.081,0.592"),
        gpci("10112,AL,00,ALABAMA,1,0.869,"),
        "line 4, column mp: '' is no number",
    )
    yield Sample(
        "ptp",
        "ccipra-v313r0-f1.txt",
        ptp("74400\t36000\t\t19960101\t*\t1\tMade up rule", "74400\t36410\t*\t19950101\t*\t0\tB"),
        ptp("74400\t36000\t\t19960101\t*\t1\tMade up rule", "74400\t36410\t*\t19950101\t*\t7\tB"),
        "line 8, column indicator: '7' is no modifier indicator (0, 1, 9)",
    )
    yield Sample(
        "mue",
        "MCR_MUE_PractitionerServices_Eff_10-01-2025.csv",
        mue("74400,1,3 Date of Service Edit: Clinical,Made up rule"),
        mue("74400,1,3 Date of Service Edit: Clinical,Made up rule", "74410,some,1 Line Edit,B"),
        "line 13, column units: 'some' is no whole number",
    )
    yield Sample(
        "addon",
        "ncci_add_on_codes_2025q4.csv",
        lines(ADD_ON_HEADING, "CCCCC,0054T,2", "22864,0095T,1"),
        lines(ADD_ON_HEADING, "CCCCC,0054T,2", "22864,0095T,8"),
        "line 3, column edit_type: '8' is no add-on edit type (1, 2, 3)",
    )
    yield Sample(
        "rbcs",
        "rbcs_2024.csv",
        lines(RBCS_2024, "74400,Other,Imaging,Made up,No RBCS Family,1990-01-01,9999-12-31,x"),
        lines(RBCS_2024, "7440,Other,Imaging,Made up,No RBCS Family,1990-01-01,9999-12-31,x"),
        "line 2, column code: '7440' is no CPT or HCPCS code",
    )
    yield Sample(
        "hcpcs",
        "HCPC2025_OCT_ANWEB.txt",
        hcpcs(record("A4206", "3", "A made up syringe", "Syringe", added="19850101")),
        hcpcs(record("A4206", "3", "A made up syringe", "Syringe", added="19851301")),
        "line 6, column added: '19851301' is no day",
    )
    yield Sample(
        "icd10cm",
        "icd10cm_order_2025.txt",
        lines(order(1, "N13", "0", "Made up", "Made up heading")),
        lines(order(1, "N13", "2", "Made up", "Made up heading")),
        "line 1, column 15: the flag is '2', not 0 or 1",
    )
    yield Sample(
        "icd10pcs",
        "icd10pcs_codes_2025.txt",
        lines("0016070 Made up operation"),
        lines("0016070 Made up operation", "0016O71 Made up operation"),
        "line 2, column 1-7: '0016O71' is no ICD-10-PCS code",
    )


RBCS_2024 = (
    "hcpcs_code,rbcs_procedure,rbcs_category,rbcs_subcategory,rbcs_family,hcpcs_date_added,"
    "hcpcs_date_ended,rbcs_date_effective"
)
SAMPLES = list(samples())


# The AMA's files: a notice in prose, a blank line, and one row a code.
CPT_NOTICE = ("A made up notice", "of rights.", "")


def short_texts(*rows: tuple[str, str]) -> bytes:
    """SHORTU.txt and MEDU.txt: code in places 1-5, text from 7."""
    return lines(*CPT_NOTICE, *(f"{code} {text}" for code, text in rows)).encode("cp1252")


def long_texts(*rows: tuple[str, str]) -> bytes:
    return lines(*CPT_NOTICE, *(f"{code}\t{text}" for code, text in rows)).encode("cp1252")


def consumer_texts(*rows: tuple[str, str]) -> str:
    heading = "Concept Id\tCPT Code\tConsumer Friendly Descriptor"
    return lines(*CPT_NOTICE, heading, *(f"1001\t{code}\t{text}" for code, text in rows))


def clinician_texts(*rows: tuple[str, str]) -> str:
    heading = "Concept Id\tCPT Code\tClinician Descriptor Id\tClinician Descriptor"
    return lines(heading, *(f"1001\t{code}\t20\t{text}" for code, text in rows))
