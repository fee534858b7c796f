"""Other things that a true figure might falsely be said to measure, and other sources that might be said to say it."""

from __future__ import annotations

import re

VERB = re.compile(
    r"\b(?:expects?|believes?|ha(?:ve|s)|say|sees?|are|is|reach(?:es)?|go(?:es)?|gets?|think|consider|prefer|want|report"
    r"|plan|use|do|name|cite|describe|anticipate|make|end|become|led|lead|come|say|state|treat|agree|support)\b"
    r"(?P<rest>[^.;:()\[\]|\n]*)",
    re.IGNORECASE,
)
PREDICATES = (
    "plan to hire data engineers",
    "have appointed a chief AI officer",
    "use chatbots for patients",
    "see regulation as the main risk",
    "lost money on it",
    "fear job losses",
    "have been abandoned",
    "run in the public cloud",
    "train their own models",
    "have been sued",
    "raise prices",
    "concern radiology",
    "are profitable",
    "are led by consultants",
)
STAGES: tuple[tuple[str, str, str], ...] = (
    (r"\b(?:(?:are|is) )?(?:actively |still )?(?:piloting|testing)\b", "have rolled out", r"pilot|test"),
    (r"\b(?:(?:are|is) )?(?:actively |still )?(?:piloting|testing)\b", "have abandoned", r"pilot|test"),
    (r"(?<!of )(?<!since )\b(?:(?:are|is) )?(?:implementing|introducing)\b", "have dropped", r"implement|introduc"),
    (r"(?<!of )(?<!since )\b(?:(?:are|is) )?(?:implementing|introducing)\b", "are piloting", r"implement|introduc"),
    (r"\bhave (?:already )?(?:deployed|rolled out|introduced)\b", "are piloting", r"deployed|rolled|introduced"),
    (r"\bstill (?:in|at)(?: the)?(?: stages? of)?(?: ideation or (?:at )?(?:proof of concept|POC)|"
     r" planning or negotiation| planning)(?: stages?)?\b", "in production", r"still"),
    (r"\b(?:go|gone|get|moved?)(?: on)? (?:in)?to production\b", "fail in production", r"production"),
    (r"\breach(?:es|ed)? production\b", "are dropped", r"production"),
    (r"\bare (?:open|willing) to\b", "already take part in", r"open to|willing"),
    (r"\bsee a meaningful\b", "expect a meaningful", r"meaningful"),
    (r"\bexpect\b(?=[\w\s]* to )", "have already seen", r"expect"),
)  # fmt: skip
"""Another stage, or a fact for an expectation: pattern, replacement, and what the cited sentence must have."""

SOURCES = (
    (re.compile(r"\bBain[’']s (?:companion )?brief\b|\bthe (?:companion )?brief\b(?!’)", re.IGNORECASE), "the index"),
    (re.compile(r"(?<!the )\bBain\b(?! &|[’'-]| companion)"), "Bessemer"),
    (re.compile(r"\bthe (?:Healthcare AI Adoption )?Index\b(?! by)", re.IGNORECASE), "Bain’s brief"),
)
"""How an answer names a source of the corpus, and the other one."""
