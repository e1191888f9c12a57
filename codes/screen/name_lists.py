"""The lists the rules for names read; `data/README.md` says where they are from."""

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def among(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Read as words however they are written: they are names too seldom beside what they otherwise say.
NEVER = among(
    "a an and any are as at be because but by can could did do does even for from had has"
    " have he her his if"
    " in into is it its may more most my no none not of on or our say see she should so"
    " some than that the"
    " their then there they this to unknown was we were what when who will with would yes you your"
    " left right major minor early long male female man woman boy girl infant baby child"
    " son case job"
    " patient pt exam history name unremarkable normal general local none day week month"
    " year today am pm"
    " north south east west english french spanish german chinese american"
    " wife husband spouse partner daughter son mother father mom dad sister brother"
    " grandmother grandfather aunt uncle"
    " dr drs mr mrs ms miss prof doctor nurse surgeon physician san santa both all"
    " mrn dob ssn acct dos age sex npi id ph tel fax cpt icd hcpcs hpi cc pmh dx hx md do rn np"
    " pa crna phd fnp cnm lpn pac dpm dds dmd facs"
)


@cache
def given() -> frozenset[str]:
    return _words_of("given")


@cache
def surnames() -> frozenset[str]:
    return _words_of("surnames")


@cache
def words() -> frozenset[str]:
    """Clinical words, and English ones that are names as well: Rose, Brown, Will."""
    return _words_of("words") | NEVER


@cache
def eponyms() -> frozenset[str]:
    """Names that in a record mostly mean an instrument, sign, product or place."""
    return _words_of("eponyms")


@cache
def things() -> frozenset[str]:
    """What is named for people: after one of these a name is an eponym's."""
    return _words_of("things")


def _words_of(name: str) -> frozenset[str]:
    return frozenset((DATA / f"{name}.txt").read_text("ascii").split())
