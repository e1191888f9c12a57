"""Text as terms: one spelling for what clinicians write in many ways."""

import re
from functools import lru_cache

# Order matters: later patterns see what earlier ones made.
SPELLINGS = [
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (r"[’`]", "'"),
        (r"\bpost-?\s?partum\b", "postpartum"),
        (r"\b(?:c-?\s?section|caesar[ei]an(?: section)?|cesarean section)s?\b", "cesarean"),
        (r"\bd\s?(?:&|and)\s?c\b", "dilation and curettage"),
        (r"\bd\s?(?:&|and)\s?e\b", "dilation and evacuation"),
        (r"\bi\s?(?:&|and)\s?d\b", "incision and drainage"),
        (r"\bdilatation\b", "dilation"),
        (r"\b(?:ureth?eral |ureter )?(?:double|dbl)[- ]j\b|\b[jd]-?j\b", "double-j"),
        (r"\b(?:x-?\s?rays?|radiographs?|radiographic|plain films?|roentgenograms?)\b", "xray"),
        (
            r"\b(?:ultra-?\s?sound|ultrasonograph(?:y|ic)|sonograph(?:y|ic)|sonograms?|u\s?/?s)\b",
            "ultrasound",
        ),
        (
            r"\b(?:cat[ -]scans?|c\.?t\.? scans?|computed tomograph(?:y|ic)|"
            r"computerized tomography)\b",
            "ct",
        ),
        (r"\b(?:magnetic resonance(?: imaging)?|m\.?r\.?i\.?(?: scans?)?)\b", "mri"),
        (r"\bmagnetic resonance angiogra(?:m|phy)\b|\bmr angiogra(?:m|phy)\b", "mra"),
        (r"\b(?:ct|computed tomograph(?:y|ic)) angiogra(?:m|phy)\b|\bct-?a\b", "cta"),
        (r"\bcystourethroscop", "cystoscop"),
        (r"\bpan-?endoscopy\b", "cystoscopy"),
        (r"\bureteropyeloscop|\bpyeloureteroscop|\bureterorenoscop", "ureteroscop"),
        (r"salpingo\s?-?\s?oophorectom(y|ies)", "salpingo oophorectomy"),
        (r"salpingo\s?-?\s?ophorectom(y|ies)", "salpingo oophorectomy"),
        (r"\bhystero\s?-?salpingo", "hysterosalpingo"),
        (r"\b(?:shock[- ]?wave|shockwave)\b", "shockwave"),
        (r"\b(?:calculus|calculi|calculous|lithiasis)\b", "stone"),
        (r"\bnephrolithiasis\b|\brenal stone", "kidney stone"),
        (r"\brobot(?:ic)?[- ]?(?:ally)?[- ]?assist(?:ed)?\b|\bda ?vinci\b", "robotic"),
        (r"\bhand[- ]assist(?:ed)?\b", "hand assisted"),
        (r"\blap\b(?= |-)", "laparoscopic"),
        (r"\btumou?rs?\b", "tumor"),
        (r"\btrans\s?-?urethral", "transurethral"),
        (r"\bnon-?\s?contrast(?:ed)?\b|\bunenhanced\b|\bw/o\b", "without contrast"),
        (r"\bsub-?total\b", "subtotal"),
        (r"\bd[uú]plex\b", "duplex"),
        (r"\bmeatotomy\b", "meatotomy"),
    )
]
SAME = {
    "renal": "kidney",
    "kidneys": "kidney",
    "nephric": "kidney",
    "vesical": "bladder",
    "vesicle": "bladder",
    "uterine": "uterus",
    "uteri": "uterus",
    "womb": "uterus",
    "ovarian": "ovary",
    "ovaries": "ovary",
    "prostatic": "prostate",
    "ureteral": "ureter",
    "ureteric": "ureter",
    "ureters": "ureter",
    "urethral": "urethra",
    "testicle": "testis",
    "testicles": "testis",
    "testicular": "testis",
    "testes": "testis",
    "fallopian": "tube",
    "tubal": "tube",
    "tubes": "tube",
    "vaginal": "vagina",
    "abdominal": "abdomen",
    "pelvic": "pelvis",
    "penile": "penis",
    "scrotal": "scrotum",
    "mammary": "breast",
    "breasts": "breast",
    "hepatic": "liver",
    "splenic": "spleen",
    "pulmonary": "lung",
    "lungs": "lung",
    "thoracic": "thorax",
    "cardiac": "heart",
    "fetal": "fetus",
    "foetal": "fetus",
    "pregnant": "pregnancy",
    "endometrial": "endometrium",
    "vulvar": "vulva",
    "perineal": "perineum",
    "inguinal": "groin",
    "epididymal": "epididymis",
    "stones": "stone",
    "neoplasm": "tumor",
    "myoma": "fibroid",
    "myomas": "fibroid",
    "leiomyoma": "fibroid",
    "leiomyomata": "fibroid",
    "adnexal": "adnexa",
    "cranial": "head",
    "miscarriage": "abortion",
    "excise": "excis",
    "removed": "remov",
    "taken": "taken",
    "lumbosacral": "lumbar",
    "extraction": "remov",
    "implantation": "placement",
    "insertion": "placement",
    "inserted": "placement",
    "placed": "placement",
    "insert": "placement",
    "place": "placement",
    "afterloading": "afterload",
    "prostheses": "prosthesis",
    "cysto": "cystoscop",
    "peri": "peri",
    "tib": "tibia",
    "fib": "fibula",
    "heterotopic": "heterotopic",
    "views": "view",
    "one": "1",
    "single": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
}
STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "is",
        "was",
        "were",
        "be",
        "been",
        "are",
        "as",
        "it",
        "its",
        "this",
        "that",
        "which",
        "then",
        "than",
        "into",
        "through",
        "using",
        "used",
        "under",
        "over",
        "after",
        "before",
        "there",
        "no",
        "not",
        "he",
        "she",
        "his",
        "her",
        "patient",
        "patients",
        "done",
        "made",
        "each",
        "any",
        "other",
        "if",
        "both",
        "all",
        "per",
        "via",
        "who",
        "had",
        "has",
        "have",
        "up",
        "out",
        "off",
        "procedure",
        "performed",
        "examination",
        "exam",
        "study",
    ]
)
TERM = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
ENDINGS = (
    "ically",
    "ations",
    "ation",
    "ating",
    "ative",
    "ated",
    "ates",
    "ions",
    "ings",
    "ical",
    "ally",
    "ion",
    "ing",
    "ies",
    "ied",
    "ous",
    "ate",
    "ic",
    "ed",
    "es",
    "al",
    "er",
    "y",
    "s",
    "e",
)
WHOLE = frozenset(SAME.values()) | {"axial", "lateral", "retrograde", "antegrade", "cesarean"}


def plain(text: str) -> str:
    """Lower case, in one spelling. Its offsets are not those of `text`."""
    for pattern, word in SPELLINGS:
        text = pattern.sub(word, text)
    return text.lower()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A light stem: laparoscopy, laparoscopic and laparoscopically become one term."""
    word = SAME.get(word, word)
    if word in WHOLE or word[0].isdigit() or len(word) < 5:
        return (
            word[:-1] if len(word) == 4 and word.endswith("s") and word[-2] not in "isu" else word
        )
    for family in ("scop", "ectom", "otom", "ostom", "plast", "graph", "gram"):
        if (at := word.rfind(family)) >= 3:
            return word[:at] + {"gram": "gra", "graph": "gra"}.get(family, family)
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def terms(text: str) -> list[str]:
    """The terms of a text in their order, without words that tell nothing."""
    return [stem(word) for word in TERM.findall(plain(text)) if word not in STOP]
