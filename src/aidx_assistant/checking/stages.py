"""How far something has come: an idea, a pilot, being implemented, live, dropped; no two of them at once."""

from __future__ import annotations

import re
from functools import lru_cache

from aidx_assistant.checking.directions import denied

PILOTS = r"proofs?[-\s]of[-\s]concepts?|pocs?|pilots?"
"""What tries something out."""
_TRIED = rf"(?:{PILOTS}|test|trial)"
_HEADS = r"(?:(?<=[;:]\s)|^)"
"""Where the header of a column begins: "Fraud detection; Pilot: 32%; Production: 53%"."""
_STAGES: tuple[tuple[str, str], ...] = (
    ("idea", r"ideation|idea\s+(?:stage|phase)" + rf"|{_HEADS}idea(?=:)"),
    (
        "pilot",
        r"pilot(?:ing|ed)|running\s+(?:\w+\s+)?pilots|trial+ing|(?:are|is|now|actively|still|be|being)\s+(?:test(?:ing|ed)|tr(?:ying|ied)\s+out)"
        rf"|{_TRIED}\s+(?:stage|phase)|(?:in|at)\s+(?:the\s+)?(?:ideation\s+or\s+)?(?:stage\s+of\s+)?(?:ideation\s+or\s+)?{_TRIED}"
        rf"(?=\s*(?:[,.;:)]|$|stage|phase))|{_HEADS}{_TRIED}(?=:)",
    ),
    (
        "implement",
        r"(?<!of )(?<!after )(?<!since )(?<!from )(?<!start )(?<!begin )(?<!began )(?<!when )"
        r"(?:implementing|introducing|installing|rolling\s+out)"
        r"|being\s+(?:implemented|introduced|installed|rolled\s+out|built)"
        r"|(?:in|under)\s+(?:the\s+)?(?:middle\s+of\s+|process\s+of\s+)?implement(?:ation|ing)",
    ),
    (
        "live",
        r"(?:have|has|had|already|been|is|are|fully)\s+(?:\w+\s+)?(?:deployed|rolled\s+out|introduced|implemented|installed)"
        r"|(?:in|into|to)\s+production|in\s+(?:\w+\s+)?use|(?:went|gone|go|goes)\s+live"
        rf"|{_HEADS}(?:production|live|deployed)(?=:)",
    ),
    (
        "dropped",
        r"dropped|abandon(?:ed|ing)|discontinued|scrapped|cancelled|canceled|given\s+up|gave\s+up|withdrawn|shelved|sunset"
        r"|(?:stop(?:s|ped)?|ceased?|quit|halt(?:s|ed)?|end(?:s|ed)|paused?|suspended)\s+(?:\w+\s+)?(?:us|pilot|implement|test|try|deploy|work)ing"
        r"|(?:rul(?:e|es|ed|ing)|phas(?:e|es|ed|ing))\s+out",
    ),
)  # fmt: skip
_PATTERNS = tuple((name, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)) for name, words in _STAGES)
_LEFT_BEHIND = re.compile(
    r"\b(?:beyond|past|out\s+of|left|leave|leaving|after|following|from|than|those|who|that\s+(?:have|are)|moved?\s+on"
    r"|stop(?:s|ped)|ceased?|quit|halt(?:s|ed)|suspended|gave\s+up|given\s+up)\b[^,;:.]*$",
    re.IGNORECASE,
)
"""Before a stage that is over, given up or that of others: "beyond ideation", "beside those that have deployed"."""


@lru_cache(maxsize=4096)
def stages_in(text: str) -> frozenset[str]:
    """The stages that a text says something has reached; those it denies, or that are over, left out."""
    return frozenset(
        name
        for name, pattern in _PATTERNS
        for match in pattern.finditer(text)
        if not denied(text, match.start()) and not _LEFT_BEHIND.search(text[: match.start()])
    )


def stages_clash(claimed: str, stated: str) -> bool:
    """Whether two texts name stages, and none that both name."""
    one, other = stages_in(claimed), stages_in(stated)
    return bool(one and other and not one & other)
