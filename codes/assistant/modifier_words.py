"""What is told of a service, and the modifier that it speaks for."""

import re

# What was told -> the modifier it speaks for; only rows of the table are told.
TOLD = [
    ("58", r"\bplanned\b|\bstaged?\b|\bsecond-? ?stage\b|\bmore extensive\b|\bprospectively\b"),
    (
        "78",
        r"\b(?:return(?:ed|s)?|back|went back|taken back)\b.{0,30}\b(?:or|operating|theater"
        r"|surgery)\b|\bcomplication\b|\bunplanned\b|\bbleed\w*\b|\bhemorrhag\w+",
    ),
    (
        "79",
        r"\bunrelated (?:procedure|surgery|operation)\b|\b(?:different|other) (?:problem"
        r"|condition|kidney|organ)\b.{0,40}\b(?:global|post-?op)|\bunrelated\b",
    ),
    (
        "24",
        r"\bunrelated (?:visit|e/?m|office)|\b(?:visit|e/?m|seen|office)\b.{0,60}\bunrelated\b"
        r"|\bunrelated\b.{0,40}\b(?:visit|e/?m)\b",
    ),
    (
        "57",
        r"\bdecision (?:for|to) (?:major )?(?:surgery|operat\w*)"
        r"|\bdecid\w+\b.{0,30}\b(?:surg\w+|operat\w+)",
    ),
    (
        "25",
        r"\b(?:visit|e/?m|office|evaluation|consult)\b.{0,60}\b(?:same day|separate"
        r"|significant)|\b(?:separate|significant)\b.{0,30}\b(?:visit|e/?m|evaluation)"
        r"|\bsame day\b.{0,40}\b(?:visit|e/?m)\b",
    ),
    ("53", r"\b(?:stopp?ed|abort\w*|terminat\w+|discontinu\w+|halted|abandon\w*)\b"),
    ("73", r"\b(?:before|prior to) (?:the )?an(?:a?)esth\w+"),
    ("74", r"\bafter (?:the )?(?:induction|an(?:a?)esth\w+)"),
    (
        "52",
        r"\breduced\b|\bpartial\w*\b|\bonly (?:one side|part|half|cream)|\bno (?:block"
        r"|nerve block|anesthetic)|\bwithout (?:a |the )?block\b|\bomitt\w+|\bless than\b"
        r"|\bone side only\b|\bincomplete\b|\bfewer\b|\bunilateral\b|\bnot (?:all|complete)",
    ),
    (
        "22",
        r"\b(?:much |far )?(?:more|extra|increased|unusual|longer|difficult)\b.{0,20}\b(?:work"
        r"|time|effort|dissection|adhesions|difficulty)|\bdense adhesions\b|\btwice as long\b"
        r"|\bhours (?:longer|more)\b|\bunusually\b",
    ),
    (
        "76",
        r"\brepeat\w*\b.{0,40}\bsame (?:doctor|physician|provider|radiologist|surgeon"
        r"|urologist|day)|\brepeat\w*\b|\bagain (?:the )?same day\b",
    ),
    (
        "77",
        r"\brepeat\w*\b.{0,60}\b(?:different|another|other) (?:doc(?:tor)?|physician|provider"
        r"|radiologist|surgeon)|\b(?:different|another|second) (?:doc(?:tor)?|physician|provider"
        r"|radiologist)\b.{0,30}\brepeat\w*",
    ),
    (
        "26",
        r"\b(?:only|just) (?:reads?|reading|interpret\w*)|\bhospital owns\b"
        r"|\bowned by the hospital\b|\bhospital(?:'s)? (?:equipment"
        r"|machine|scanner)\b|\breads? (?:the |films? |studies )?(?:at|for|in) (?:the "
        r"|a )?hospital|\bprofessional (?:part|component)\b|\binterpretation only\b",
    ),
    (
        "TC",
        r"\bonly (?:owns?|the) (?:the )?(?:equipment|machine|scanner)|\btechnical (?:part"
        r"|component)\b|\bowns? the (?:equipment|scanner|machine)\b.{0,60}\b(?:another|other"
        r"|outside|radiologist)\b",
    ),
    (
        "50",
        r"\bboth sides\b|\bbilateral\w*\b|\bboth (?:kidneys|ureters|tubes|ovaries|testes"
        r"|testicles)\b",
    ),
    ("62", r"\btwo surgeons\b|\bco-?surgeons?\b"),
    ("66", r"\bsurgical team\b|\bteam surgery\b"),
    (
        "AS",
        r"\b(?:pa|np|physician assistant|nurse practitioner)\b.{0,30}\bassist\w*"
        r"|\bassist\w*\b.{0,30}\b(?:pa|np|physician assistant|nurse practitioner)\b",
    ),
    ("82", r"\b(?:no|without) (?:qualified )?residents?\b"),
    (
        "80",
        r"\bassistant surgeon\b|\bassist\w* (?:at|in|with) (?:the )?(?:surgery|operation)\b"
        r"|\bsurgeon assist\w*",
    ),
    (
        "54",
        r"\b(?:surgery|surgical care|operation) only\b|\banother (?:doctor|physician"
        r"|practice)\b.{0,40}\b(?:after-?care|follow-?up|post-?op)",
    ),
    (
        "55",
        r"\bpost-?op\w* (?:care|management) only\b|\bonly (?:the )?(?:post-?op|after-?care"
        r"|follow-?up)\b",
    ),
    ("56", r"\bpre-?op\w* (?:care|management|visits?)? ?only\b"),
    (
        "XS",
        r"\b(?:different|separate|another|other) (?:organ|structure|site|lesion|side|kidney"
        r"|ureter)\b",
    ),
    (
        "XE",
        r"\b(?:different|separate|another) (?:encounter|session|time)\b"
        r"|\blater (?:the )?same day\b",
    ),
    ("XP", r"\b(?:different|separate|another) (?:practitioner|provider|specialist)\b"),
    ("LT", r"\bleft\b"),
    ("RT", r"\bright (?:side|kidney|ureter|ovary|testis|testicle|breast|hand|knee)\b"),
    ("33", r"\bpreventive\b|\bscreening\b.{0,30}\bcopay"),
    ("32", r"\bmandated\b|\bcourt\b"),
    ("95", r"\btelehealth\b|\bvideo visit\b"),
    ("93", r"\baudio-?only\b|\btelephone visit\b"),
]
FITTING = [(modifier, re.compile(words)) for modifier, words in TOLD]
