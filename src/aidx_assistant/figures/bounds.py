"""Words before or after a number that make it a bound or an approximation."""

from __future__ import annotations

import re

from aidx_assistant.figures.figure import Bound

_BEFORE: tuple[tuple[Bound, str], ...] = (
    (
        "just over",
        r"(?:just|slightly|a\s+little|marginally|a\s+bit)\s+(?:over|above|more\s+than|higher\s+than)",
    ),
    (
        "nearly",
        r"(?:just|slightly|a\s+little|marginally)\s+(?:under|below|less\s+than|fewer\s+than|shy\s+of)"
        r"|nearly|almost|not\s+quite|close\s+to|approaching",
    ),
    (
        "at least",
        r"at\s+least|no\s+(?:fewer|less)\s+than|not\s+(?:fewer|less)\s+than|a\s+minimum\s+of|≥\s*|>=\s*",
    ),
    ("at most", r"at\s+most|up\s+to|(?:no|not)\s+more\s+than|a\s+maximum\s+of|≤\s*|<=\s*"),
    (
        "more than",
        r"(?:well\s+|far\s+)?(?:more|greater|higher|larger)\s+than|(?:well\s+)?(?:over|above)|exceed(?:s|ed|ing)?|(?:sur)?pass(?:es|ed|ing)?|upwards\s+of"
        r"|north\s+of|in\s+excess\s+of|>\s*",
    ),
    (
        "less than",
        r"not\s+even|(?:well\s+|far\s+)?(?:less|fewer|lower|smaller)\s+than|(?:well\s+)?(?:under|below)|<\s*",
    ),
    (
        "about",
        r"about|around|roughly|approximately|approx\.?|circa|ca\.|some|~\s*|≈\s*|an?\s+estimated"
        r"|(?:closer|nearer)\s+to"
        r"|in\s+the\s+region\s+of|more\s+or\s+less",
    ),
)
_ENDS_THERE = r"(?!\s+(?:\d|an?|one|two|three|four|five|once|twice|half|\w+ly)\b)"
"""Else the bound is of what follows: "46% at least twice"."""
_AFTER: tuple[tuple[Bound, str], ...] = (
    (
        "at least",
        r"\s?\+(?!\w)|\s+(?:or|and)\s+more\b|(?<=\d)(?=\s+[a-z]+\s+or\s+more\b)|(?:-|\s)plus\b"
        rf"|\s+at\s+least\b{_ENDS_THERE}",
    ),
    (
        "at most",
        r"\s+(?:or|and)\s+(?:less|fewer)\b|(?<=\d)(?=\s+[a-z]+\s+or\s+(?:less|fewer)\b)"
        rf"|\s+at\s+(?:the\s+)?most\b{_ENDS_THERE}",
    ),
    ("about", r"\s+or\s+so\b|-ish\b"),
)
_BEFORE_PATTERNS = tuple(
    (bound, re.compile(rf"(?:(?<![\w-])(?:{words})\s*(?:[*_]{{1,2}})?|(?:{words}))$", re.IGNORECASE))
    for bound, words in _BEFORE
)
_AFTER_PATTERNS = tuple((bound, re.compile(words, re.IGNORECASE)) for bound, words in _AFTER)
_REACH = 60
_IS_ROUND = re.compile(r"(?!\d)|[\d,.]*[05](?![\d.,]*\d)")
"""What is rounded by "some": "some 400", and no more than said before "some 29%"."""
_SPOKEN_OF = re.compile(
    r"\b(?:ask\w*|question\w*|quer\w+|survey\w*|interview\w*|poll\w*|inquir\w+|talk\w*|speak\w*|spoke|told|tell\w*|inform\w*"
    r"|(?:slides?|pages?|sections?|chapters?|tables?)\s[\w\s–,-]{0,14}?(?:is|are))\b[^.;:,]{0,40}$",
    re.IGNORECASE,
)
"""Before "about" these make it the preposition: "asked executives about 59 jobs"."""


def bound_before(text: str, start: int) -> tuple[Bound, int]:
    """The bound that the words ending at `start` put on a number, and where those words begin."""
    window_start = max(0, start - _REACH)
    window = text[window_start:start]
    for bound, pattern in _BEFORE_PATTERNS:
        match = pattern.search(window)
        if match and match.group().lower().startswith("some") and not _IS_ROUND.match(text, start):
            return "exact", window_start + match.start()
        if match and bound == "about" and _SPOKEN_OF.search(window[: match.start()]):
            continue
        if match and (match.group()[0] in "<>≤≥~≈" or match.group()[-1] in " \n\t\u00a0*_"):
            return bound, window_start + match.start()
    return "exact", start


def bound_after(text: str, end: int) -> tuple[Bound, int]:
    """The bound that the words at `end` put on the number before them, and where those words end."""
    for bound, pattern in _AFTER_PATTERNS:
        if match := pattern.match(text, end):
            return bound, match.end()
    return "exact", end
