"""Slide numbers: those that hold because of where a cited passage stands, those said to carry a figure, and lists.

A passage that is a slide bears out its number, of the segments it speaks of. A passage beside which its source shows a
slide bears out only that: what the slide holds is not known from it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from aidx_assistant.answers import Citation
from aidx_assistant.checking.stated import StatedFigure
from aidx_assistant.checking.words import concepts
from aidx_assistant.evidence import Passage
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.segments import mentions

_NUMBER = re.compile(r"\d+")
_BESIDE = re.compile(
    r"\b(?:beside|next\s+to|alongside|accompan\w+|along\s+with|facing|goes\s+with|paired|together\s+with)\b",
    re.IGNORECASE,
)
_CARRIES = re.compile(
    r"\bslides?\s[^.;,]{0,16}?\b(?:shows?|reports?|says?|gives?|carr(?:y|ies)|has|have|states?|puts?|presents?|contains?|lists?"
    r"|features?|tells?|displays?|finds?|names?)\b|\b(?:on|in|from|per)\s+slides?\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[\s,&/]*(?:and|or)?\s*(?:slides?\s*)?", re.IGNORECASE)


def slides_of(passage: Passage, citation: Citation) -> tuple[StatedFigure, ...]:
    """The slide or page that a cited passage is, and the slide that its source shows beside it."""
    cited = " ".join(passage.sentences[slice(*citation.sentences)])
    found = []
    if passage.locator.kind in ("slide", "page") and passage.locator.number is not None:
        found.append(_stated(passage.locator.kind, passage.locator.number, passage, cited))
    if passage.shown_beside and (match := _NUMBER.search(passage.shown_beside)):
        found.append(replace(_stated("slide", int(match.group()), passage, cited), segments=frozenset(), beside=True))
    return tuple(found)


def says_beside(text: str) -> bool:
    """Whether a text says of a slide that it stands beside something."""
    return bool(_BESIDE.search(text))


def slides_carrying(text: str) -> frozenset[int]:
    """The slides of which a text says that they show or report what else it tells; empty where it says so of none."""
    slides = [figure for figure in figures_in(text) if figure.kind == "slide"]
    if not slides or says_beside(text) or not _CARRIES.search(text):
        return frozenset()
    return frozenset(number for slide in slides for number in range(int(slide.low), int(slide.high) + 1))


def repeats_in_list(figure: Figure, text: str) -> bool:
    """Whether a figure of a text is a slide that the list which it stands in names before."""
    if figure.kind != "slide":
        return False
    before = [other for other in figures_in(text) if other.kind == "slide" and other.end <= figure.start]
    listed = len(before)
    while listed and _LISTED.fullmatch(text[before[listed - 1].end : ([*before, figure])[listed].start]):
        listed -= 1
    return any((other.low, other.high) == (figure.low, figure.high) for other in before[listed:])


def _stated(kind: str, number: int, passage: Passage, cited: str) -> StatedFigure:
    written = f"{kind} {number}"
    return StatedFigure(
        figure=Figure(written, 0, len(written), "slide", float(number), float(number), unit=kind),
        sentence=cited,
        segments=frozenset(passage.segments) - {"all"},
        mentioned=frozenset(mention.segment for mention in mentions(cited)),
        years=frozenset(),
        sizes=frozenset(),
        completed=None,
        base=None,
        timing=None,
        words=dict.fromkeys(concepts(f"{cited} {passage.locator.heading or ''}"), 1.0),
        tight="",
        own="",
        passage_id=passage.id,
        source_id=passage.source_id,
    )
