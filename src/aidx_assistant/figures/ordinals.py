"""Ranks ("ranks second", "the third largest", "No. 2") and numbers of slides and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aidx_assistant.figures.figure import Figure
from aidx_assistant.figures.numerals import NUMBER, number_value
from aidx_assistant.vocabulary.numbers import ONE_TO_TEN, ORDINALS

_VALUES = {word: float(value) for value, word in enumerate(ORDINALS, start=1)}
_ORDINAL = rf"(?P<ordinal>(?:{'|'.join(ORDINALS)})|\d{{1,3}}(?:st|nd|rd|th))"
_RANKED = (
    "obstacle barrier roadblock hurdle concern priority reason challenge blocker driver worry issue factor risk "
    "choice position spot place"
).replace(" ", "|")
_RANKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:rank(?:s|ed|ing)?|com(?:e|es|ing)|came|place[sd]?|finish(?:es|ed)?|stands?|sits?|is|are|was|were)"
        rf"\s+(?:in\s+|only\s+|a\s+(?:close\s+)?|as\s+)?(?:the\s+)?{_ORDINAL}\b"
        rf"(?=\s*(?:[,.;:)\[]|$|(?:only|among|in|for|with|after|behind|of|and|overall|place|on|at|across|by|to|out)\b))",
        rf"\brank(?:s|ed|ing)?\s(?:[^\s.,;:]+\s){{1,9}}?{_ORDINAL}\b(?=\s*(?:[,.;:)\[]|$|(?:among|in|for|of|and|overall|on|at|across|by)\b))",
        rf"\b{_ORDINAL}[-\s](?:place\b|ranked\b|most\b|(?:larg|bigg|high|great|strong|low|small|common)\w*est\b"
        rf"|leading\b|largest\b|top\b)",
        rf"\b{_ORDINAL}(?:[-\s]\w+)?[-\s](?:{_RANKED})s?\b",
        r"(?:\bNo\.\s?|#|\brank\s|(?<!s )\bnumber\s|\bnumber-)"
        rf"(?P<number>\d{{1,3}}|{ONE_TO_TEN})\b"
        r"(?!\s*%|\s+per\s?cent)",
    )
)
_SLIDES = re.compile(
    rf"\b(?P<unit>slide|page)s?(?:\s+(?:no\.\s?|numbers?\s+)?|\s*#\s*|\s*[(:]\s*(?=\d))(?P<first>{NUMBER})"
    rf"(?P<rest>(?:\s*(?:-|–|—|,\s*and\b|,|&|/|\bto\b|\bthrough\b|\band\b|,\s*and\b|\bor\b)\s*(?:slides?\s+)?(?:{NUMBER})(?![\w%]|\s*%))*)",
    re.IGNORECASE,
)
_SLIDE_PART = re.compile(
    rf"(?P<joint>-|–|—|\bto\b|\bthrough\b|,|&|/|\band\b|\bor\b)?\s*(?P<named>(?:slides?\s+)?(?P<number>{NUMBER}))", re.I
)
_RANGE_JOINTS = ("-", "–", "—", "to", "through")


def ranks_in(masked: str) -> Iterator[Figure]:
    """Ordinals that rank something; "the first year" and "first," are no ranks."""
    for pattern in _RANKS:
        for match in pattern.finditer(masked):
            group = "ordinal" if "ordinal" in pattern.groupindex else "number"
            written = match[group].lower()
            digits = re.match(r"\d+", written)
            value = _VALUES.get(written) or (float(digits.group()) if digits else number_value(written))
            start, end = match.span(group) if group == "ordinal" else match.span()
            yield Figure(masked[start:end], start, end, "rank", value, value)


def slides_in(masked: str) -> Iterator[Figure]:
    """Each slide number or range of a list: "slides 33–37 and 8" is two figures."""
    for match in _SLIDES.finditer(masked):
        first = number_value(match["first"])
        spans = [[match.start(), match.end("first"), first, first]]
        for part in _SLIDE_PART.finditer(masked, match.start("rest"), match.end("rest")):
            value = number_value(part["number"])
            if (part["joint"] or "").lower() in _RANGE_JOINTS and value > spans[-1][3]:
                spans[-1][1], spans[-1][3] = part.end(), value
            else:
                spans.append([part.start("named"), part.end(), value, value])
        for start, end, low, high in spans:
            start, end = int(start), int(end)  # noqa: PLW2901
            yield Figure(masked[start:end], start, end, "slide", low, high, unit=match["unit"].lower())
