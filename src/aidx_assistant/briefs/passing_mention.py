"""Sentences that have the words of a topic and say nothing of it for a decision now.

They name it only to hold something else against it, tell only what a study asks or goes on with, or tell how things
were years ago.
"""

from __future__ import annotations

import re

from aidx_assistant.figures import Figure, figures_in

_OLD = 5
"""Years before its report from which what a sentence tells is history."""
_COMPARED = re.compile(
    r"\b(?:in contrast (?:to|with)|unlike|as opposed to|contrary to|compared (?:to|with)|in comparison (?:to|with)"
    r"|resembl(?:es|ed|ing)|reminiscent of|as (?:once )?with)\b[^,;:.]*",
    re.IGNORECASE,
)
"""A thing that something else is held against, up to the end of the clause."""
_ASKS = re.compile(
    r"^(?:the|this|our|a)?\s*(?:survey|study|questionnaire|index|report|article|poll|research|interviews?)\b[^.;]*?"
    r"\b(?:asks?|asked|enquire[sd]?|inquire[sd]?|examine[sd]?|explore[sd]?|investigate[sd]?|looks? (?:at|into)"
    r"|refers? readers|announces?|is meant to|intends? to)\b",
    re.IGNORECASE,
)
_BEFORE_THEN = re.compile(r"\bhad (?:been|had|taken|needed)\b", re.IGNORECASE)
_IN_THE_PAST = re.compile(r"\b(?:took|lasted|dragged on|went on|needed|required)\b", re.IGNORECASE)
_YEARS = ("year", "years")
_AMOUNTS = frozenset({"percent", "points", "money", "ratio", "count"})


def without_comparison(sentence: str) -> str:
    """The sentence without what it holds its subject against."""
    return _COMPARED.sub(" ", sentence)


def only_asks(sentence: str) -> bool:
    """Whether a sentence tells what a study asks or means to do, and gives no share or amount that came of it."""
    return bool(_ASKS.search(sentence)) and not any(figure.kind in _AMOUNTS for figure in figures_in(sentence))


def tells_history(sentence: str, published: int | None) -> bool:
    """Whether the only figures of a sentence are a year, or years that something took, well before its report.

    `published`: the year of the report; None where it is not known.
    """
    figures = figures_in(sentence)
    return bool(figures) and all(_is_old(figure, sentence, published) for figure in figures)


def _is_old(figure: Figure, sentence: str, published: int | None) -> bool:
    if figure.kind == "year":
        return published is not None and figure.high <= published - _OLD
    if figure.kind != "duration" or figure.unit not in _YEARS:
        return False
    took_long = figure.low >= _OLD and _IN_THE_PAST.search(sentence)
    return bool(took_long or _BEFORE_THEN.search(sentence))
