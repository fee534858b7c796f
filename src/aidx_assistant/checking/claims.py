"""The claims of an answer: each figure with the words that say what it measures, of whom, and which way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from aidx_assistant.checking.clauses import Clause, clauses_of
from aidx_assistant.checking.segments import named, nearest
from aidx_assistant.checking.statements import Marker, Statement
from aidx_assistant.checking.traits import base_after, completion_in, sizes_in, timing_in
from aidx_assistant.checking.words import concepts
from aidx_assistant.evidence import Segment
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.segments import mentions

Said = Literal["here", "before", "after", "above"]
"""Where a claim's segment is named: in the figure's own words, before or after them, or in a lead-in, a heading or
the sentence before, which may only name whom the answer is written for."""

_OWN_WEIGHT, _LABEL_WEIGHT, _SHARED_WEIGHT, _CONTEXT_WEIGHT = 1.0, 0.8, 0.5, 0.4
_COLUMN = re.compile(r"\b(?P<pages>slide|page)(?:s|\(s\))?\b|%|\bper\s?cent\b", re.IGNORECASE)
_SLIDES_ARE = re.compile(
    r"(?<!number of )\bslides?\b[^.;:\d]{0,40}\b(?:are|is|numbers?|numbered)\s+(?:\d+\s*(?:,|and|or|–|-|\s)+)*$",
    re.IGNORECASE,
)
_AFTER_SLIDES = re.compile(r"\bslides?\s*[,:–—-]?\s*(?:numbers?\s+)?$", re.IGNORECASE)
_LISTED = re.compile(r"[\s,&/]*(?:and|or)?\s*(?:slides?\s*)?", re.IGNORECASE)
_THIN = 2
"""Content words under which a clause borrows from what stands around it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of an answer and what is claimed with it."""

    figure: Figure
    start: int
    end: int
    """Offsets of the figure in the answer."""
    statement: Statement
    numbers: tuple[int, ...]
    """Citations that the figure rests on."""
    segments: frozenset[Segment]
    segments_said: Said
    years: frozenset[int]
    """Years named with the figure."""
    sizes: frozenset[str]
    sizes_near: frozenset[str]
    completed: bool | None
    """Whether the proofs of concept are called completed; None where the clause names none."""
    completed_near: bool
    """Whether words around the clause call them completed."""
    base: str | None
    timing: str | None
    repeats: bool
    """Whether a list of slides names this one a second time."""
    weights: Mapping[str, float]
    """Content words, weighted by how near to the figure they stand."""
    tight: str
    own: str
    around: str
    """Shared words, labels and context: where "own" says too little."""


def claims_of(statement: Statement) -> tuple[Claim, ...]:
    """The claims of one statement, one for each figure."""
    figures = [_in_column(figure, statement) for figure in figures_in(statement.text)]
    return tuple(_claim(clause, statement) for clause in clauses_of(_divided_by_markers(statement), figures))


def _divided_by_markers(statement: Statement) -> str:
    """The text with a comma for every marker: what follows a citation is another clause."""
    text = statement.text
    for marker in statement.markers:
        place = marker.end - statement.start - 1
        if 0 <= place < len(text):
            text = f"{text[:place]},{text[place + 1 :]}"
    return text


def _in_column(figure: Figure, statement: Statement) -> Figure:
    """A bare number under a header, or in a list after a lead-in, that says what it is: slides, or a percentage."""
    if figure.kind != "count" or figure.unit:
        return figure
    before = statement.text[: figure.start]
    if _SLIDES_ARE.search(before):
        return replace(figure, kind="slide", unit="slide")
    if figure.low != figure.high and _AFTER_SLIDES.search(before):
        return replace(figure, kind="slide", unit="slide")
    if not before.strip(" (") and (
        named_kind := _COLUMN.search(statement.labels if statement.kind == "cell" else statement.context)
    ):
        if named_kind["pages"]:
            return replace(figure, kind="slide", unit=named_kind["pages"].lower())
        if statement.kind == "cell":
            return replace(figure, kind="percent")
    return figure


def _claim(clause: Clause, statement: Statement) -> Claim:
    figure = clause.figure
    labels, context, previous = statement.labels, statement.context, statement.previous
    levels = (clause.tight, f"{clause.own} ; {labels}", clause.scope, context, previous)
    segments, said = _segments(clause, labels, context, previous)
    near = (*levels, statement.before)
    said_completed = [completion_in(level) for level in levels[:2]]
    return Claim(
        figure=figure,
        start=statement.start + figure.start,
        end=statement.start + figure.end,
        statement=statement,
        numbers=_numbers(clause, statement),
        segments=segments,
        segments_said=said,
        years=clause.years,
        sizes=sizes_in(clause.tight) | sizes_in(f"{clause.own} ; {labels}"),
        sizes_near=next((sizes for level in near if (sizes := sizes_in(level))), frozenset()),
        completed=True if True in said_completed else False if False in said_completed else None,
        completed_near=any(completion_in(level) for level in near),
        base=base_after(statement.text[figure.end :]) if figure.kind == "percent" else None,
        timing=timing_in(clause.own) or timing_in(labels) or timing_in(clause.scope) or timing_in(context),
        repeats=_repeats(clause, statement),
        weights=_weights(clause, statement),
        tight=clause.tight,
        own=clause.own,
        around=f"{labels} ; {clause.shared} ; {context}",
    )


def _segments(clause: Clause, labels: str, context: str, previous: str) -> tuple[frozenset[Segment], Said]:
    """The segments of the nearest words that name any; in a series, the one in the figure's place."""
    in_order = mentions(clause.own)
    if clause.series > 1 and len(in_order) == clause.series:
        return frozenset({in_order[clause.position].segment}), "here"
    levels: tuple[tuple[str, Said], ...] = (
        (clause.tight, "here"),
        (f"{labels} ; {clause.head}", "before"),
        (clause.tail, "after"),
        (clause.scope, "before"),
        (context, "above"),
        (previous, "above"),
    )
    for text, said in levels:
        found = mentions(text)
        if found and named(clause.own) == {"all"}:
            return frozenset({"all"}), said
        if found and said == "before" and len(named(text)) > 1:
            return nearest(text, len(text)), said
        if found:
            return named(text), said
    return frozenset(), "after"


def _numbers(clause: Clause, statement: Statement) -> tuple[int, ...]:
    """The citations within the figure's own words, else those of its statement."""
    for span in (clause.span, clause.part) if statement.kind != "cell" else ():
        start, end = (statement.start + offset for offset in span)
        own = [marker for marker in statement.markers if start <= marker.start < end]
        if own:
            return _numbers_after(own, statement.start + clause.figure.end)
    return statement.numbers


def _numbers_after(markers: list[Marker], figure_end: int) -> tuple[int, ...]:
    after = [marker for marker in markers if marker.start >= figure_end]
    return tuple(dict.fromkeys(number for marker in after or markers for number in marker.numbers))


def _weights(clause: Clause, statement: Statement) -> dict[str, float]:
    own = concepts(clause.own)
    thin = len(own) < _THIN
    weights: dict[str, float] = {}
    for text, weight in (
        (statement.previous if thin else "", _CONTEXT_WEIGHT),
        (statement.context, _CONTEXT_WEIGHT),
        (clause.shared, _SHARED_WEIGHT),
        (statement.labels, _LABEL_WEIGHT),
        (clause.own, _OWN_WEIGHT),
    ):
        for word in concepts(text):
            weights[word] = max(weight, weights.get(word, 0.0))
    return weights


def _repeats(clause: Clause, statement: Statement) -> bool:
    figure = clause.figure
    if figure.kind != "slide":
        return False
    before = [other for other in figures_in(statement.text) if other.kind == "slide" and other.end <= figure.start]
    listed = len(before)
    while listed and _LISTED.fullmatch(statement.text[before[listed - 1].end : ([*before, figure])[listed].start]):
        listed -= 1
    return any((other.low, other.high) == (figure.low, figure.high) for other in before[listed:])
