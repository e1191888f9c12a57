"""The words by which a question says what it wants, read in lower case and mended."""

import difflib
import re
from enum import StrEnum


class Intent(StrEnum):
    """A tool that a question asks for."""

    WHAT_IS = "what_is"
    LOOK_UP = "look_up"
    COMPARE = "compare"
    PAIR = "pair"
    MODIFIER = "modifier"
    COMPONENT = "component"
    UNITS = "unit_limit"
    GLOBAL = "global_days"
    ADD_ON = "add_on"
    FEE = "fee"
    VALIDITY = "validity"
    RECORD = "record"
    JOBS = "jobs"
    CREDENTIALS = "credentials"


CUES = {
    Intent.JOBS: r"\bjobs?\b|\bopenings\b|\bhir(?:es?|ing)\b|\bvacanc\w+|\bemployers?\b",
    Intent.CREDENTIALS: r"\bcredentials?\b|\bcertifi\w+|\bwhich exams?\b",
    Intent.RECORD: (
        r"\bdocument(?:ed|ation|ing)?\b|\bauditors?\b|\bop ?notes?\b.*\b(?:need|must|show)"
        r"|\b(?:record|note|report|chart)s? (?:must|should|need|needs|has to|have to)\b"
        r"|\b(?:must|should|need|has to) (?:be in )?(?:the |my |an? )?"
        r"(?:record|note|report|chart)\b"
    ),
    Intent.UNITS: (
        r"\bmues?\b|\bhow many (?:\d{5}|of)\b|medically unlikely|\bunits?\b"
        r"|\bhow (?:many times|often)\b|\bmai\b"
        r"|\badjudication\b"
        r"|\bx ?[2-9]\b|\d{5}x[2-9]\b|\btwice\b|\bquantity\b|\bmore than (?:once|one|1)\b"
        r"|\bper (?:day|date)\b|\b(?:unit|daily) (?:limit|max\w*)\b|\bmax(?:imum)?\b(?!imi)"
        r"|\b(?:two|three|four) of\b"
    ),
    Intent.ADD_ON: (
        r"\badd[- ]?ons?\b(?! \d{5} to)|\bprimar(?:y|ies)\b|\bparents?\b|\battach\w*"
        r"|\blisted separately\b|\balone\b|\bstands? alone\b|\bby itself\b|\bbase codes?\b"
    ),
    Intent.GLOBAL: (
        r"\bglobal\b(?! (?:bill|line|fee|rvu|amount|service|component|rate|payment))"
        r"|\bfollow[- ]?up (?:days|period)|\bpost[- ]?op\w*(?: \w+)? (?:days|period|visits?)"
        r"|\baftercare\b"
        r"|\bzzz\b|\bmmm\b|\bxxx\b|\byyy\b|\bsurgical package\b|\bdays? after\b"
    ),
    Intent.VALIDITY: (
        r"\b(?:in)?valid(?:ity)?\b|\bis \d{5} (?:a )?new\b|\b(?:in)?active\b|\bexists?\b"
        r"|\bdelet\w+|\bretired?\b"
        r"|\bdiscontinued\b|\bstill\b|\bin force\b|\bexpired?\b|\breplace\w*|\bterminated\b"
        r"|\bobsolete\b|\bended\b|\bcurrent code\b|\bright for the date\b|\bgo(?:ne|ing) away\b"
        r"|\bgood code\b|\breal code\b|\bpayable\b|\bin effect\b"
        r"|\bok(?:ay)? (?:to use )?for (?:dos|date|20\d\d)"
    ),
    Intent.FEE: (
        r"\bfees?\b|\bpays?\b|\bpayments?\b|\bpaid\b|\breimburs\w+|\ballowables?\b|\bhow much\b"
        r"|\ballowed amount\b|\brates?\b|\bprices?\b|\bcosts?\b|\$|\bdollars?\b|\bworth\b|\bmpfs\b"
        r"|\bamounts?\b|\ballowed\b(?= (?:in|for)\b)"
    ),
    Intent.COMPONENT: (
        r"\btc\b|\btechnical\b|\bprofessional (?:component|part|piece|side|only)\b|\bpc ?/ ?tc\b"
        r"|\brvus?\b|\bwrvus?\b|\brelative values?\b|\bsupervis\w+|\bcomponents?\b"
    ),
    Intent.COMPARE: r"\bdiffer\w*|\bvs\b|\bversus\b|\bcompared?\b|\btell\w* .*apart\b",
    Intent.PAIR: (
        r"\btogether\b|\bwith\b|\bbundl\w+|\bunbundl\w+|\bedits?\b|\bn?cci\b|\bptp\b|\bboth\b"
        r"|\bsame (?:day|session|time|date|claim|visit|side|kidney|ureter)\b|\bcolumn\b"
        r"|\bseparately\b|\bden(?:y|ied|ies|ial)\b|\bconflict\w*|\balongside\b|\badd \d{5} to\b"
        r"|\balong\b|\bon top of\b|\binclud\w+ in\b|\bplus\b|\bpairs?\b"
    ),
    Intent.MODIFIER: (
        r"\bmod(?:ifier)?s?\b|\bappend\w*|\bbilateral\w*|\bassistant\b|\bassist\b|\bco-?surgeons?\b"
        r"|\bteam surg\w+|\bboth sides\b|\btwo surgeons\b"
    ),
    Intent.WHAT_IS: (
        r"\bwhat ?(?:'s|s|is|are|does)\b|\bexplain\b|\bmean(?:s|ing)?\b|\bdescribe\b|\bdefin\w+"
        r"|\bstands? for\b|\bplain\b|\bcategory\b|\bclassif\w+|\btell me about\b|\bcovers?\b"
        r"|\bsynonyms?\b|\bcalled\b|\brbcs\b|\bbetos\b"
    ),
    Intent.LOOK_UP: (
        r"\bcodes? (?:for|of)\b|\bcoded\b|\bhow (?:do|to|would|should|is|are)\b.*\b(?:code"
        r"|bill|report)"
        r"|\b(?:which|what|right|correct) (?:cpt |hcpcs )?codes?\b|\bcpt for\b|\bcodes?\b|\bcpt\b"
    ),
}
PATTERNS = {intent: re.compile(pattern) for intent, pattern in CUES.items()}

# Words that a question is read by, for mending "modifer" and "reimbursment".
SPELLED_WORDS = """
    modifier modifiers global reimbursement reimburse payment allowable allowed bilateral bundled
    bundle unbundle units component technical professional together primary valid deleted active
    replaced facility nonfacility hospital office documentation credentials medicare medicaid
    national locality difference between supervision assistant abbreviation hysterosalpingogram
    maximum adjudication diagnosis patient descriptor official amount indicator category explain
"""
SPELLED = SPELLED_WORDS.split()


def mended(text: str, also: list[str]) -> str:
    """The text in lower case, words of five letters and more spelled as those we read by."""
    vocabulary = [*SPELLED, *also]
    known = set(vocabulary)

    def mend(found: re.Match[str]) -> str:
        word = found[0]
        if word in known:
            return word
        near = difflib.get_close_matches(word, vocabulary, 1, 0.88)
        return near[0] if near and near[0][0] == word[0] and not _is_form(word, near[0]) else word

    return re.sub(r"[a-z]{5,}", mend, text.lower().replace("’", "'"))


def _is_form(word: str, known: str) -> bool:
    """Another form of the same word, as a plural, is no typing error."""
    return word.startswith(known) or known.startswith(word)


def intents_in(text: str) -> list[Intent]:
    return [intent for intent, pattern in PATTERNS.items() if pattern.search(text)]
