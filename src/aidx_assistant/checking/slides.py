"""Slide numbers that hold because of where a cited passage stands."""

from __future__ import annotations

import re

from aidx_assistant.answers import Citation
from aidx_assistant.checking.stated import StatedFigure
from aidx_assistant.checking.words import concepts
from aidx_assistant.evidence import Passage
from aidx_assistant.figures import Figure
from aidx_assistant.segments import mentions

_NUMBER = re.compile(r"\d+")


def slides_of(passage: Passage, citation: Citation) -> tuple[StatedFigure, ...]:
    """The slide or page that a cited passage is, and the slide that its source shows beside it."""
    numbers: list[tuple[str, int]] = []
    if passage.locator.kind in ("slide", "page") and passage.locator.number is not None:
        numbers.append((passage.locator.kind, passage.locator.number))
    if passage.shown_beside and (match := _NUMBER.search(passage.shown_beside)):
        numbers.append(("slide", int(match.group())))
    cited = " ".join(passage.sentences[slice(*citation.sentences)])
    return tuple(_stated(kind, number, passage, cited) for kind, number in numbers)


def _stated(kind: str, number: int, passage: Passage, cited: str) -> StatedFigure:
    written = f"{kind} {number}"
    return StatedFigure(
        figure=Figure(written, 0, len(written), "slide", float(number), float(number), unit=kind),
        sentence=cited,
        segments=frozenset(),
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
