"""The words by which a question asks for what is declined; read in lower case."""

import re

# Reason, what is not loaded, and the words that ask for it. The first that fits is told.
OUT_OF_SCOPE = [
    (
        "medicaid_edits_not_loaded",
        "Medicaid's own edits, limits, fees and policies (the loaded tables are those of Medicare)",
        r"\bmedicaid\b|\bmedi-?cal\b|\bmasshealth\b|\bchip\b(?= program)",
    ),
    (
        "payer_policy_not_loaded",
        "policies and fees of payers other than Medicare's published tables",
        r"\baetna\b|\bcigna\b|\bunited ?health\w*|\buhc\b|\boptum\b|\bhumana\b|\banthem\b"
        r"|\bblue ?(?:cross|shield)\b|\bbcbs\w*|\bkaiser\b|\btricare\b|\bchampva\b|\bmolina\b"
        r"|\bcentene\b|\bwellcare\b|\bambetter\b|\bworkers'? ?comp\w*|\bcommercial\b"
        r"|\bprivate (?:payers?|insur\w+|plans?)\b|\bmedicare advantage\b|\badvantage plans?\b"
        r"|\binsur(?:ance|ers?)\b|\bpayers?\b.{0,20}\bpolic\w+|\bpayer rules?\b|\bva (?:pay"
        r"|cover)\w*|\bcontract(?:ed)? rates?\b",
    ),
    (
        "coverage_not_loaded",
        "coverage policies (NCD, LCD, articles) and prior authorization rules",
        r"\blcds?\b|\bncds?\b|\b(?:local|national) coverage\b|\bcoverage\b"
        r"|\bmedical(?:ly)? necess\w+|\b(?:prior|pre)-? ?auth\w*|\bprecert\w*|\bis (?:it "
        r"|\w+ )?covered\b|\bcovered (?:by|under|for)\b|\bcovers? (?:it|this|infertility)\b"
        r"|\bdoes medicare cover\b",
    ),
    (
        "diagnosis_codes_not_loaded",
        "which diagnosis codes support a service",
        r"\b(?:icd-?10?(?:-?(?:cm|pcs))?|icd|dx|diagnos[ie]s)\b.{0,40}\b(?:support\w*"
        r"|justif\w+|go(?:es)? with|link\w*|needed?|required?|use|code|for|pair)\b|\b(?:what"
        r"|which)\b.{0,20}\b(?:icd\S*|dx|diagnos[ie]s)\b",
    ),
    (
        "facility_payment_not_loaded",
        "payment systems of hospitals and surgery centers (APC, DRG, ASC), and the laboratory and "
        "anesthesia schedules",
        r"\bapcs?\b|\bdrgs?\b|\bms-?drg\b|\bopps (?:pay\w*|rate|status)|\basc (?:pay\w*|rate"
        r"|fee|group)|\brevenue codes?\b|\bclfs\b|\blab(?:oratory)? fee schedule\b"
        r"|\banesthesia (?:units?|time|base|minutes)\b|\bndc\b|\basp pric\w+",
    ),
    (
        "other_country_not_loaded",
        "fees and codes of other countries",
        r"\bnhs\b|\bopcs\b|\bohip\b|\bcanad\w+\b|\baustralia\w*\b|\bmbs item\w*"
        r"|\bunited kingdom\b|\bengland\b|\bgerman\w*\b|\bebm\b|\bgoä\b|\bindia\b|\beurope\w*\b",
    ),
    (
        "claims_process_not_loaded",
        "claims, eligibility, appeals and filing rules",
        r"\btimely filing\b|\bfiling limits?\b|\bappeal (?:letter|deadline|form)\b"
        r"|\bwrite (?:me )?(?:an? )?(?:appeal|letter|email)\b"
        r"|\bclaim status\b|\beligibility\b|\bdeductibles?\b|\bco-?pays?\b|\bcoinsurance\b"
        r"|\bremark codes?\b|\bcarc\b|\brarc\b|\bdenial code\b|\bco-?(?:97|16|50|4)\b",
    ),
]
WHIMS = re.compile(
    r"\b(?:poems?|haiku|limerick|jokes?|recipes?|weather|horoscope|lottery|football|baseball"
    r"|movie|lyrics|song)\b"
)
SCOPE = [(reason, missing, re.compile(words)) for reason, missing, words in OUT_OF_SCOPE]

PAY = (
    r"(?:pay(?:s|ing|ment|ments)?|paid|reimburs\w+|revenue|money|rvus?|dollars?|lucrative"
    r"|profit\w*|collections?)"
)
MORE = r"(?:highest|best|better|higher|most|more|bigger|biggest|larger|top|extra|maximum)"
WHO = r"(?:i|we|you|they|he|she)"
SAY = r"(?:say|call|bill|code|report|claim|charge|document|submit|use|get|pretend|list|put)"
UPCODES = [
    rf"\b{MORE}\b[\w -]{{0,14}}\b{PAY}\b",
    rf"\b{PAY}\b[\w -]{{0,12}}\b{MORE}\b",
    r"\bmaximi[sz]\w+|\boptimi[sz]\w+ (?:the |our |my |this )?(?:pay\w*|reimb\w*|revenue"
    r"|rvus?|claim|billing|coding)\b",
    r"\bup-?cod\w+|\bbump(?:ing|ed)? (?:it |this |the \w+ )?up\b|\bboost\b"
    r"|\bpad(?:ding)? the\b|\bsqueeze\b|\bjuice\b",
    rf"\b(?:raise|increase|inflate|enhance)s?\b.{{0,30}}\b{PAY}\b",
    r"\bfinancially\b|\bmore profit\w*",
    r"\bget (?:us |me |them )?(?:paid )?more\b(?! info)|\bpays? off (?:best|most)\b",
]
MISREPORTS = [
    r"\b(?:only|just) (?:did|done|looked|scanned|imaged"
    r"|saw)\b.{0,80}\bbut (?:\w+ )?(?:wants?|asks?|told)\b",
    r"\bmake (?:the|my|our|this|his|her) (?:note|report|record|chart|documentation)\b",
    rf"\b(?:only|just) (?:did|done|performed|had|looked|scanned|imaged|saw|examined|took"
    rf"|checked)\b.{{0,80}}\b(?:but|can {WHO}|could {WHO}|should {WHO}|may {WHO}|let's"
    rf"|want)\b.{{0,40}}\b{SAY}\b",
    rf"\b(?:didn't|did not|wasn't|was not|weren't|were not|cannot|never|no|without|missing"
    rf"|not)\b.{{0,60}}\b(?:but|so|,|\.)?\s*(?:can|could|may|should|shall) {WHO} (?:still"
    rf"|just|anyway|go ahead)\b.{{0,20}}\b{SAY}\b",
    r"\b(?:bill|code|report|charge|claim|use|submit) (?:it|this|that|for it|\d{5}|complete"
    r"|the \w+)\b.{0,30}\b(?:anyway|anyhow|regardless|even (?:though|if) .{0,40}(?:not|n't"
    r"|never|no|only|limited))",
    rf"\b(?:but|though|although)\b.{{0,20}}\b(?:can|could|may|should) {WHO} (?:just "
    rf"|still )?(?:say|call|pretend|claim)\b",
    r"\b(?:change|alter|edit|amend|add to|fix|tweak|doctor|rewrite|adjust"
    r"|reword)\w* (?:the |my |our |this |his |her )?(?:\w+ )?(?:note|record|report"
    r"|diagnosis|dx|date|dates|documentation|chart|indication|order)\b.{0,60}\b(?:so|to"
    r"|and|until|get|paid|pays?|cover\w*|approv\w+|pass\w*|support)\b",
    r"\b(?:which|what) (?:diagnosis|dx|icd\S*)\b.{0,40}\b(?:gets?|make|to get"
    r"|will)\b.{0,30}\b(?:paid|pay|covered|approved|through)\b",
    r"\bback[- ]?dat\w+|\bantedat\w+|\bfalsif\w+|\bfabricat\w+|\bmake (?:it )?up\b|\bpretend\w*\b"
    r"|\bphantom\b|\bfake\b|\bmake it look\b|\bfudge\b",
    r"\b(?:another|different|other|partner's|supervising) (?:provider|doctor|physician|npi"
    r"|name)\w*(?:'s)?\b.{0,40}\b(?:so|to avoid|get around|to get|instead)\b",
    r"\b(?:change|move|shift|use a different|another) (?:the )?(?:dos|date of service"
    r"|service date)\b",
]
BYPASSES = [
    r"\b(?:get(?:ting)? (?:around|past|by|through)|work ?around|circumvent|beat|trick|fool"
    r"|defeat|dodge|sneak|evade|outsmart|game)\b.{0,40}\b(?:edits?|n?cci|mues?|bundl\w+"
    r"|denials?|limits?|indicator|scrubber|rules?|audits?|system|pair|\d{5})\b",
    r"\b(?:ignore|skip|disable|disregard|forget)\b.{0,20}\b(?:edits?|n?cci|mues?|bundl\w+"
    r"|limit|indicator)\b",
    rf"\b(?:how|want|need|help|please|let's|ways?|trick|just)\b.{{0,20}}\b(?:bypass"
    rf"|override|avoid)\w*\b.{{0,40}}\b(?:edits?|n?cci|mues?|bundl\w+|denials?|limits?"
    rf"|indicator|{PAY})\b",
    rf"\b(?:add|append|use|put|slap|stick|attach|throw|tack)\w*\b.{{0,24}}\b(?:59|25"
    rf"|x[esup]|modifier\w*|91|76|lt|rt|58|79|78|24|57|mod)\b.{{0,60}}\b(?:so|to"
    rf"|and)\b.{{0,30}}\b(?:{PAY}|get\b|pass\w*|go(?:es)? through|clear\w*|works?|bypass\w*"
    rf"|both)",
    r"\b(?:so|to get|and get|have|want|get)\b (?:that )?(?:they|both|it|them|the two|each"
    r"|these|\d{5}) .{0,30}\b(?:paid|pays?|through)\b",
    r"\b(?:which|what) (?:mod(?:ifier)?|x\{?epsu\}?)\w*\b.{0,40}\b(?:gets?|make|will"
    r"|to get|beats?|bypass\w*|overrid\w+|unbundl\w+)\b",
    r"\b(?:to|can (?:i|we)|could (?:i|we)|how (?:do|can) (?:i|we)|want to|should (?:i|we)"
    r"|let's|please|just|help (?:me|us)) unbundle\b",
    r"\bmake\b.{0,40}\b(?:go|get) (?:through|thru)\b",
    rf"\b(?:pieces|parts|components|steps)\b.{{0,40}}\b(?:one by one|separately|individually"
    rf"|apart|each)\b.{{0,40}}\b{PAY}\b",
    r"\bsplit\w*\b.{0,40}\b(?:claims?|days?|dates?|lines?|sessions?|visits?"
    r"|units)\b.{0,60}\b(?:avoid|bypass|around|so|dodge|beat|to get|exceed|limit)\b",
    r"\b(?:different|another|two|separate|next) (?:dates?|days?"
    r"|claims?)\b.{0,60}\b(?:avoid|bypass|around|so (?:that )?(?:both|it|they|we)|dodge"
    r"|beat)\b",
]
PRESSURE = re.compile(
    r"\bdo it\b|\banyway\b|\banyhow\b|\bregardless\b|\bjust (?:add|do|use|bill|tell|say"
    r"|append)\b|\binsists?\b"
    r"|\b(?:manager|boss|supervisor|doctor|dr|surgeon|provider|client|physician|director"
    r"|owner|auditor|biller)\b.{0,30}\b(?:says?|said|wants?|told|insist\w*|asks?|orders?"
    r"|demands?|tells?)\b"
    r"|\b(?:told|wants?|ordered|asked) (?:me|us)\b|\beveryone\b|\beverybody\b"
    r"|\bother (?:coders|practices|clinics)\b"
    r"|\balways (?:works?|paid|do|did|add)\b|\bi don'?t care\b|\bnobody (?:will|checks)\b"
    r"|\bstill (?:add|want|use|append)\b"
    r"|\bcome on\b|\bthis once\b|\bjust once\b|\bexception\b|\bi'?ll (?:add|use|append"
    r"|put)\b|\bgoing to (?:add|use|append|put)\b"
)
ACTS = re.compile(
    r"\b(?:add|append|use|bill|report|put|override|bypass|unbundle|do it|anyway|modifier"
    r"|59|25|x[esup]|lt|rt|paid|both)\b"
)
TREATMENTS = [
    r"\bmy (?:doctor|urologist|gyn\w+|ob-?gyn|radiologist|oncologist|nurse)\b.{0,40}\bi "
    r"(?:need|should|must|have to)\b|\bshould i (?:do|get|have) (?:it|this|that|the|an?) ?"
    r"(?:\w+ )?(?:done|biopsy|surgery|scan|test|procedure|operation)?\s*(?:\?|$)",
    r"\b(?:should|can|could|must|does|do|will) (?:the |my |this |a |our )?(?:patients?|she"
    r"|he|wife|husband|baby|mom|mother|father|child|daughter|son)\b.{0,40}\b(?:take|stop"
    r"|start|get|undergo|need|try|treat\w*|biops\w+|surgery|medication|antibiotics?|worry"
    r"|wait|have (?:a|an|the|surgery))\b",
    r"\b(?:should|can|must) (?:i|we) (?:take|stop|start|treat|worry|prescribe|give (?:him"
    r"|her|the patient)|undergo|operate)\b",
    r"\b(?:is|are) (?:it|this|that|an?|the|these) ?(?:\w+ ){0,3}(?:safe|dangerous"
    r"|cancer\w*|malignant|benign|harmful|risky|painful)\b",
    r"\b(?:is|are) (?:\w+ ){1,4}safe (?:for|in|during)\b",
    r"\b(?:what|which|right|correct|safe) (?:dos\w+|medication|drug|antibiotics?|treatment"
    r"|therapy)\b|\bhow (?:many|much) (?:mg|ml|milligrams?|contrast|radiation)\b"
    r"|\bdosage\b|\bdose of\b",
    r"\b(?:best|better|recommended|alternative) (?:treatment|therapy|surgery|drug"
    r"|medication|antibiotic|procedure for)\b|\bhow (?:do|should|would) (?:i|we"
    r"|you) treat\b|\btreat(?:ment)? (?:for|of) (?:my|a|an|the|her|his)\b"
    r"|\bside effects?\b|\bsymptoms?\b|\bprescri\w+",
    r"\bdiagnos(?:e|is) (?:my|me|this|her|him|for these)\b|\bwhat(?:'s| is) wrong with\b"
    r"|\bdo i have\b|\bdoes (?:this|it|that) mean (?:i|she|he|the patient)\b|\b(?:my|her"
    r"|his) (?:results?|scan|x-?ray|ultrasound)\b.{0,30}\b(?:mean|show|normal|bad)",
    r"\bshould (?:we|the \w+|they|i) (?:do|choose|order|recommend|perform)\b.{0,60}\b(?:or"
    r"|instead|for (?:this|the|her|his|a) patient|first)\b",
]
OFFICIAL = [
    r"\b(?:official|ama(?:'s)?|verbatim|exact|full|complete|long|short|medium|licensed"
    r"|actual)\b.{0,24}\b(?:descriptors?|descriptions?|wording|text|definitions?|language"
    r"|nomenclature)\b",
    r"\bword for word\b|\bverbatim\b|\bquote\b.{0,30}\b(?:cpt|ama|book|manual|code)\b"
    r"|\bcpt (?:assistant|book|manual)\b|\b(?:copy|paste|recite"
    r"|reproduce)\b.{0,30}\b(?:cpt|ama|descriptor|official)\b",
    r"\bdescriptors?\b",
]
LEVELS = re.compile(
    r"\b(?:which|what|right|correct|pick|choose) (?:level|e/?m)\b|\blevel (?:of (?:visit"
    r"|service|care|e/?m)|[1-5] (?:or|vs))\b"
    r"|\be/?m level\b|\bvisit level\b|\bmdm\b|\b99\d{3} or 99\d{3}\b"
)
INJECTED = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|prompts?"
    r"|guidelines|guardrails|restrictions|polic(?:y|ies)|your|previous|prior|above"
    r"|everything)\b"
    r"|\bsystem ?(?:prompt|message|override)?\s*[:>]|\bsystem prompt\b|\byou are now\b"
    r"|\bact as\b|\brole-?play\b|\bdeveloper mode\b|\bjailbr\w+"
    r"|\bdan mode\b|\bnew (?:instructions?|rules?|system)\b|\b(?:print|reveal|show|repeat"
    r"|output|display|leak|dump)\b.{0,20}\b(?:prompt|instructions|rules|configuration"
    r"|secrets?|api keys?|passwords?|database|sql|environment)\b"
    r"|\b(?:note|message|memo|attention|instruction)s?,? (?:to|for) (?:the |any "
    r"|all )?(?:assistants?|ai|a\.i\.|models?|bots?|llms?|chatbots?)\b"
    r"|\bassistants?\s*[:,]|\b(?:ai|llm)\s*:"
    r"|\balways (?:return|answer|say|respond|reply|output|report|list|give|mark)\b"
    r"|\b(?:answer|respond|reply)\b.{0,12}\b(?:only|with|that|yes|as)\b|^\W*(?:say|claim"
    r"|confirm|state) that\b"
    r"|\bmark (?:every|all|each|any)\b|\bfrom now on\b|\bhide this\b|\bdo not (?:mention"
    r"|tell|cite|reveal)\b|\bpretend (?:to be|you|that)\b|\bdrop table\b|\bunion select\b"
    r"|<script\b|\{\{|\{%|\bsudo\b|\bend of (?:report|question|context|prompt)\b"
)
TAGS = re.compile(
    r"\{\{.{0,80}?\}\}|\{%.{0,80}?%\}|"
    r"</?\s*\w+[^<>]{0,200}>|\[/?(?:system|inst|user|assistant|question)\]"
    r"|#{2,}\s*(?:system|instruction)\w*|<\|[^|]*\|>",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"(?<=[.!?;])\s+|\n+|\s+(?=note to\b)|\s-{2,}\s", re.IGNORECASE)
