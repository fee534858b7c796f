"""The vocabulary of the field: phrases and words that mean the same in reports on technology in healthcare.

PHRASES are replaced first, in order, by one or more names in capitals; SYNONYMS map single words, by their
stems, to a name; a word may belong to several classes. WEIGHTLESS words say nothing about what is measured.
"""

from __future__ import annotations

PHRASES: tuple[tuple[str, str], ...] = (
    (r"chief\s+information\s+officers?|CIOs?", "CIO"),
    (r"chief\s+medical\s+officers?|CMOs?", "CMO"),
    (r"chief\s+financial\s+officers?|CFOs?", "CFO"),
    (r"chief\s+operating\s+officers?|COOs?", "COO"),
    (r"chief\s+nursing\s+officers?|CNOs?", "CNO"),
    (r"phases?\s+(?:1|I)(?!\s*(?:and|to|/|–|-)\s*(?:\d|I))", "PHASEONE"),
    (r"phases?\s+(?:2|II)(?!\s*(?:and|to|/|–|-)\s*(?:\d|I))", "PHASETWO"),
    (r"phases?\s+(?:3|III)(?!\s*(?:and|to|/|–|-)\s*(?:\d|I))", "PHASETHREE"),
    (r"phases?\s+(?:2|II)\s*(?:and|to|/|–|-)\s*(?:3|III)", "PHASETWO PHASETHREE"),
    (r"Amazon\s+Web\s+Services", "AWS"),
    (r"jobs?[-\s]to[-\s]be[-\s]done|jtbds?", "JOB"),
    (r"proofs?[-\s]of[-\s]concepts?|pocs?", "PILOT"),
    (r"generative\s+(?:ai|artificial\s+intelligence)|gen[-\s]?ai|artificial\s+intelligence", "AI"),
    (
        r"electronic\s+(?:health\s+|medical\s+|patient\s+)?records?|(?:digital|electronic)\s+record\w*|ehrs?|emrs?",
        "EHR",
    ),
    (r"large\s+language\s+models?|llms?", "LLM"),
    (
        r"ambient(?:\s+\w+)?\s+(?:scribes?|documentation|listening|notes?)|(?:ai|digital|medical)\s+scribes?|scribes?",
        "SCRIBE",
    ),
    (r"returns?\s+on\s+(?:their\s+|the\s+)?investments?|roi|paybacks?", "RETURN"),
    (
        r"c[-\s]suites?|chief\s+executives?|executive\s+suites?|ceos?|top\s+management|senior\s+leadership",
        "CSUITE",
    ),
    (
        r"big\s+tech(?:nology)?|(?:large|big)\s+tech(?:nology)?(?:\s+(?:companies|firms|vendors|players|incumbents))?"
        r"|tech(?:nology)?\s+giants?|established\s+(?:players?|vendors?|compan\w+|suppliers?|firms?|providers?)"
        r"|legacy\s+vendors?|incumbents?",
        "INCUMBENT",
    ),
    (r"start[-\s]?ups?|young\s+compan\w+|new\s+entrants?|newcomers?", "STARTUP"),
    (r"early[-\s]stage|at\s+an\s+early\s+stage", "EARLYSTAGE STARTUP"),
    (
        r"co[-\s]?(?:develop|build|creat|design|innovat)\w*|(?:jointly|together)\s+(?:develop|build|creat)\w*"
        r"|(?:develop|build|creat)\w*\s+(?:jointly|together|alongside|side\s+by\s+side)|joint\s+development",
        "CODEVELOP",
    ),
    (r"in[-\s]house|internal(?:ly)?|from\s+(?:inside|within)|own\s+teams?", "INHOUSE"),
    (
        r"(?:system|enterprise|organi[sz]ation|company|hospital)[-\s]?wide|across\s+the(?:ir)?\s+(?:whole|entire|full)\s+\w+"
        r"|(?:throughout|across)\s+the(?:ir)?\s+(?:system|organi[sz]ation|enterprise)\w*|full(?:y|-scale)?\s+roll\w*",
        "WIDE ROLLOUT",
    ),
    (r"roll(?:s|ed|ing)?[-\s]?outs?|in\s+(?:full\s+|live\s+)?use", "ROLLOUT"),
    (
        r"go(?:es|ing|ne)?[-\s]live|went\s+live|at\s+scale|scal(?:e|ed|ing)(?:\s+up)?|productioni[sz]\w*",
        "PRODUCTION",
    ),
    (
        r"put(?:ting|s)?\s+(?:them\s+|it\s+|\w+\s+\w+\s+)?in(?:to)?\s+place|in\s+(?:the\s+)?(?:middle|process)\s+of\s+implement\w*",
        "IMPLEMENT",
    ),
    (r"use[-\s]cases?", "USECASE"),
    (r"(?:labou?r|staff(?:ing)?|personnel|wage|payroll|workforce)\s+(?:costs?|expens\w+|bills?)", "LABOR COST"),
    (r"bring(?:s|ing)?\s+(?:\w+\s+){0,3}down|drive(?:s|n)?\s+(?:\w+\s+){0,3}down", "REDUCE"),
    (r"decision[-\s]makers?", "PERSON"),
    (r"decision[-\s]making", "DECISION"),
    (
        r"those\s+(?:surveyed|asked|polled|questioned)|survey\s+participants|c-level",
        "PERSON",
    ),
    (r"paid\s+for|pa(?:y|ys|ying)\s+for|foot(?:s|ed)?\s+the\s+bill", "FUND"),
    (r"information\s+technology", "INFOTECH"),
    (
        r"how\s+ready\s+(?:the(?:ir)?\s+)?data|data\s+readiness|readiness\s+of\s+(?:the(?:ir)?\s+)?data",
        "DATA READINESS",
    ),
    (r"first\s+(?:year|twelve\s+months|12\s+months)|year\s+one", "FIRSTYEAR"),
    (r"would\s+(?:rather|sooner)", "PREFER"),
)

SYNONYMS: tuple[tuple[str, str], ...] = (
    ("pilot", "proof proofs pilot pilots piloting piloted trial trials trialling trialing trialled testing tests"),
    ("experiment", "experiment experiments experimenting experimentation experimental"),
    ("production", "production deployed deployment operational live"),
    ("rollout", "deploy deploys deployed deploying deployment deployments rollout wide widely"),
    ("implement", "implement implementing implementation implemented install installing introducing"),
    ("idea", "idea ideas ideation ideate conceptual"),
    ("person", "executive executives exec execs leader leaders respondent respondents buyer buyers participant "
     "participants people persons professionals stakeholders purchasers officials representatives surveyed "
     "interviewees managers"),
    ("organisation", "organisation organisations organization company companies institution firm enterprise"),
    ("impact", "impact impacts impacting affect affects effect effects influence influences change changes changed "
     "changing alter reshape reshapes reshaping transform transforms transformative transformation transforming "
     "transformational revolutionise revolutionary"),
    ("transform", "transform transforms transformative transformation transforming transformational "
     "revolutionise revolutionary"),
    ("clinical", "clinical clinician clinicians bedside"),
    ("decision", "decision decisions decide decides"),
    ("reduce", "reduce reduces reduction lower lowers lowering cut cuts cutting decrease decreases shrink saving "
     "savings save saves"),
    ("automation", "automation automate automates automating automated"),
    ("drug", "drug drugs therapy therapies treatment treatments medicine medicines therapeutic"),
    ("discovery", "discovery discoveries discover discovered discovering"),
    ("governance", "governance govern governing oversight"),
    ("committee", "committee committees body bodies council councils"),
    ("return", "return returns payoff"),
    ("job", "job jobs task tasks"),
    ("usecase", "application applications app apps"),
    ("application", "application applications app apps"),
    ("budget", "budget budgets budgetary budgeting"),
    ("spend", "budget budgets spend spending spends expenditure expenditures outlay outlays"),
    ("faster", "faster outpace outpaces outpacing outpaced outgrow outgrowing exceed exceeds exceeding outstrip "
     "outstripping quicker quickly outrun"),
    ("grow", "grow grows growing growth grown rise rises rising increase increases increasing expand expanding "
     "outpace outpacing grew rose risen raise raises raised raising climb climbs climbed climbing increased"),
    ("program", "program programs programme programmes"),
    ("build", "build builds building built"),
    ("buy", "buy buys buying bought purchase purchases purchased"),
    ("become", "become becomes became becoming"),
    ("project", "project projects initiative initiatives effort efforts"),
    ("superior", "superior better outperform outperforms stronger best"),
    ("prefer", "prefer prefers preferred preference preferring rather favour favours sooner"),
    ("open", "open openness willing willingness receptive amenable"),
    ("partner", "partner partners partnering partnership collaborate collaboration"),
    ("barrier", "barrier barriers obstacle obstacles roadblock roadblocks hurdle hurdles blocker blockers challenge "
     "challenges impediment impediments stumbling"),
    ("concern", "concern concerns worry worries fear fears"),
    ("expertise", "expertise skill skills talent knowhow specialists"),
    ("security", "security cybersecurity secure"),
    ("integration", "integration integrate integrating integrations"),
    ("fund", "fund funds funded funding finance financed financing pay pays"),
    ("central", "central centrally centralised centralized"),
    ("publish", "publish published publication publishing released release appeared dated"),
    ("records", "records record recordkeeping"),
    ("shortage", "shortage lack lacking scarce scarcity missing insufficient gap gaps"),
    ("strategy", "strategy strategies strategic"),
    ("plan", "plan plans planned planning intend intends intended aim aims"),
    ("revenue", "revenue revenues income sales"),
    ("vendor", "vendor vendors supplier suppliers seller sellers"),
    ("death", "death deaths fatality fatalities died"),
    ("survey", "survey surveys surveying surveyed poll polled cover covers covered covering ask asked asks"),
)  # fmt: skip

WEIGHTLESS = """
a about above according across actually after again all almost already also although always am among amongst an and
another any apply applies applied are around article as at available back be because been before being below
between both brief but by came can cent come comes coming could currently deal did do does doing done down during
each either especially even ever every expect expected expectation expecting expects fact far few fewer figure
figures finding finds first for found from fully further gave generally get gets getting give given gives go goes
going gone got had half has have having healthcare health hence her here highlight him his how however i if in
index indeed instead into is it its itself just keep kind largely last later least less let like likely look make
makes making many may meanwhile merely might mild more moreover most mostly much must my namely nearly need no nor
not note noted notes notably now number of off often on once one only onto or other others otherwise our out over
overall own part particular per percent percentage perhaps place point points put quarter quite rank ranks ranked
report reported reporting reports respectively roughly said same saw say saying says second section see seeing seen
sees segment segments sector sectors segment's several shall share shares should show showing shown shows similarly
since slightly so some source sources still stood such take taken takes taking tell than that the their them then
there therefore these they thing think thinks third this those though three through thus to today together too
toward towards two under unlike until up upon us use used using very via view views was way we well were what when
where whereas whether which while who whole whom whose why will with within without would year years yet you your
according believe believes believed belief state states stated state's respondent provider providers payer payers
pharma pharmaceutical hospital hospitals insurer insurers against versus vs compared contrast roughly approximately
main whereas companion bain slide slides deck month months week weeks decade decades day days
"""
