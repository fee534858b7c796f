"""The claims of an answer: each figure with the words that say what it measures, of whom, and which way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from aidx_assistant.checking.clauses import Clause, clauses_of, divides
from aidx_assistant.checking.in_columns import in_column
from aidx_assistant.checking.segments import affirmed, named, nearest
from aidx_assistant.checking.slides import repeats_in_list, slides_carrying
from aidx_assistant.checking.statements import Marker, Statement
from aidx_assistant.checking.subgroups import Group, group_of
from aidx_assistant.checking.time_borders import Border, border_of
from aidx_assistant.checking.told_by import publishers_named, sources_named
from aidx_assistant.checking.traits import base_after, completion_in, sizes_in, timing_in
from aidx_assistant.checking.words import concepts
from aidx_assistant.evidence import Segment, Source
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.segments import mentions
from aidx_assistant.vocabulary.grammar import CONTRASTING

Said = Literal["here", "before", "after", "above"]
"""Where a claim's segment is named: in the figure's own words, before or after them, or in a lead-in, a heading or
the sentence before, which may only name whom the answer is written for."""

_OWN_WEIGHT, _LABEL_WEIGHT, _SHARED_WEIGHT, _CONTEXT_WEIGHT = 1.0, 0.8, 0.5, 0.4
_COORDINATED = re.compile(rf"\s*(?:;|,?\s*(?:{CONTRASTING}|and|but|yet|so)\b)", re.IGNORECASE)
"""What begins another clause after a citation; a relative clause ("which is …") goes on with the same."""
_POINTER = re.compile(
    r"\bthe\s+(?:(?P<first>former|first)|latter|second|other)\b(?!\s+(?:year|part|slide|place))", re.IGNORECASE
)
_JOINT = re.compile(r"\s(?:and|or|than|versus|vs\.?)\s", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:more|less|fewer|\w+er|ahead|compared)\s+(?:than|of|with|to)\s+(?:in|at|for|among|that\s+of|those\s+of)\s+[^,;:.()]+",
    re.I,
)
"""Whom a figure is only compared with: "higher than at health plans"."""
_THIN = 2


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
    group: Group
    """Of whom the figure is, where that is a part of a segment, or none."""
    years: frozenset[int]
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
    taken_up: tuple[tuple[str, tuple[int, ...]], ...]
    """Where words with other citations say more of the figure ("…, in the brief after it [2]"): these and those."""
    weights: Mapping[str, float]
    """Content words, weighted by how near to the figure they stand."""
    tight: str
    own: str
    around: str
    slides: frozenset[int] = frozenset()
    """Slides that are said to carry the figure."""
    sources: frozenset[str] = frozenset()
    """Ids of the sources that are said to give the figure."""
    publishers: tuple[re.Pattern[str], ...] = ()
    """The names of publishers in the statement."""

    @property
    def time_border(self) -> Border | None:
        """Whether its year or date is a border ("before 2026"), and which."""
        return border_of(self.statement.text, self.figure, self.start - self.statement.start)


def claims_of(statement: Statement, sources: Sequence[Source] = ()) -> tuple[Claim, ...]:
    """The claims of one statement, one for each figure; `sources`: those of the library, which it may name."""
    figures = [in_column(figure, statement) for figure in figures_in(statement.text)]
    clauses = clauses_of(_divided_by_markers(statement), figures)
    publishers = publishers_named(statement.text, sources)
    return tuple(
        replace(_claim(clause, statement), sources=_told_by(clause, statement, sources), publishers=publishers)
        for clause in clauses
    )


def _told_by(clause: Clause, statement: Statement, sources: Sequence[Source]) -> frozenset[str]:
    """The sources named nearest to the figure: in its own words, its labels, or what leads to it."""
    levels = (clause.own, statement.labels, clause.opening, statement.context)
    return next((named for level in levels if (named := sources_named(level, sources))), frozenset())


def _divided_by_markers(statement: Statement) -> str:
    """The text with a comma for every marker: what follows a citation is another clause.

    A clause without a figure that comes last and has a citation of its own is blanked: it speaks of something else.
    """
    text = statement.text
    tail = _cited_apart(statement)
    text = text[:tail] + " " * (len(text) - tail)
    for marker in statement.markers:
        place = marker.end - statement.start - 1
        if 0 <= place < len(text):
            text = f"{text[:place]},{text[place + 1 :]}"
    return text


def _cited_apart(statement: Statement) -> int:
    """Where the clauses begin, after the last figure and its citation, that rest on other citations; else the end."""
    figures = figures_in(statement.text)
    last = statement.start + figures[-1].end if figures else 0
    after = [marker for marker in statement.markers if marker.start >= last]
    if not after or statement.kind == "cell":
        return len(statement.text)
    for one, other in zip(after, after[1:], strict=False):
        place = one.end - statement.start
        coordinated = _COORDINATED.match(statement.text, place, other.start - statement.start)
        if coordinated and not set(other.numbers) & set(one.numbers):
            return place
    return len(statement.text)


def _claim(clause: Clause, statement: Statement) -> Claim:
    figure = clause.figure
    labels, context, previous = statement.labels, statement.context, statement.previous
    levels = (clause.tight, f"{clause.own} ; {labels}", clause.scope, clause.opening, context, previous)
    group = group_of(statement.text, figure, clause.span, labels)
    above = ("", "") if group.of_no_segment else (context, previous)
    segments, said = _segments(clause, statement.text[: figure.start], labels, *above)
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
        group=group,
        years=clause.years,
        sizes=_sizes(clause, labels),
        sizes_near=next((sizes for level in near if (sizes := sizes_in(level))), frozenset()),
        completed=True if True in said_completed else False if False in said_completed else None,
        completed_near=any(completion_in(level) for level in near),
        base=base_after(statement.text[figure.end :]) if figure.kind == "percent" else None,
        timing=next((timing for level in levels[1:-1] if (timing := timing_in(level))), None),
        repeats=repeats_in_list(figure, statement.text),
        taken_up=_taken_up(clause, statement),
        weights=_weights(clause, statement),
        tight=clause.tight,
        own=clause.own,
        around=f"{labels} ; {clause.shared} ; {context}",
        slides=slides_carrying(statement.text[slice(*clause.span)]) if figure.kind != "slide" else frozenset(),
    )


def _pointed_at(clause: Clause, before: str) -> frozenset[Segment]:
    """The segment that "the former" or "the latter" stands for: one of two named in the words before."""
    pointer = _POINTER.search(clause.tight)
    listed = list(dict.fromkeys(mention.segment for mention in mentions(before)))
    if pointer is None or len(listed) != 2:  # noqa: PLR2004
        return frozenset()
    return frozenset({listed[0] if pointer["first"] else listed[1]})


def _in_place(clause: Clause) -> str:
    """Of as many segments as there are figures in a series, the one in the figure's place, with the word before it.

    What is set apart comes last: "not payers but providers, 71% against 66%".
    """
    if clause.series < 2:  # noqa: PLR2004
        return ""
    listed = next((text for text in (clause.own, clause.scope) if mentions(text)), clause.opening)
    not_set_apart = affirmed(listed)
    in_order = sorted(mentions(listed), key=lambda mention: mention not in not_set_apart)
    if len(in_order) != clause.series:
        return ""
    mention = in_order[clause.position]
    return " ".join(listed[: mention.start].split()[-1:]) + f" {listed[mention.start : mention.end]}"


def _sizes(clause: Clause, labels: str) -> frozenset[str]:
    if in_place := _in_place(clause):
        return sizes_in(in_place)
    return sizes_in(clause.tight) | sizes_in(f"{clause.own} ; {labels}")


def _segments(
    clause: Clause, statement_before: str, labels: str, context: str, previous: str
) -> tuple[frozenset[Segment], Said]:
    """The segments of the nearest words that name any; in a series, the one in the figure's place."""
    if pointed := _pointed_at(clause, statement_before):
        return pointed, "here"
    if in_place := _in_place(clause):
        return named(in_place), "here"
    levels: tuple[tuple[str, Said], ...] = (
        (clause.tight, "here"),
        (clause.antecedent, "here"),
        (f"{labels} ; {clause.head}", "before"),
        (clause.tail, "after"),
        (clause.scope, "before"),
        (clause.opening, "above"),
        (context, "above"),
        (previous, "above"),
    )
    subject = nearest(statement_before, len(statement_before))
    for text, said in levels:
        found = affirmed(text)
        if found and named(clause.own) == {"all"}:
            return frozenset({"all"}), said
        if found and said == "before" and len(named(text)) > 1:
            return nearest(text, len(text)), said
        if found:  # what stands above gives way to what the sentence itself is about
            return subject if subject and text in (context, previous) else named(text), said
    return subject if " of them" in clause.tight else frozenset(), "after"


def _numbers(clause: Clause, statement: Statement) -> tuple[int, ...]:
    """The citations within the figure's own words, else those of its statement."""
    apart = statement.start + _cited_apart(statement)
    for span in (clause.span, clause.part) if statement.kind != "cell" else ():
        start, end = (statement.start + offset for offset in span)
        own = [marker for marker in statement.markers if start <= marker.start < min(end, apart)]
        if own and (clause.divides or own[-1].start >= statement.start + clause.figure.end):
            return _numbers_after(own, statement.start + clause.figure.end)
    return statement.numbers


def _numbers_after(markers: list[Marker], figure_end: int) -> tuple[int, ...]:
    after = [marker for marker in markers if marker.start >= figure_end]
    return tuple(dict.fromkeys(number for marker in after or markers for number in marker.numbers))


def _weights(clause: Clause, statement: Statement) -> dict[str, float]:
    own = concepts(_COMPARED.sub(" ", clause.own)) | _pointed_words(clause)
    thin = len(own) < _THIN
    weights: dict[str, float] = {}
    for text, weight in (
        (statement.previous if thin else "", _CONTEXT_WEIGHT),
        (statement.context, _CONTEXT_WEIGHT),
        (clause.shared, _SHARED_WEIGHT),
        (statement.labels, _LABEL_WEIGHT),
    ):
        for word in concepts(text):
            weights[word] = max(weight, weights.get(word, 0.0))
    return {**weights, **dict.fromkeys(own, _OWN_WEIGHT)}


def _pointed_words(clause: Clause) -> frozenset[str]:
    """The words that "the former" or "the latter" stands for: what stands before, or after, the opening's one joint."""
    pointer = _POINTER.search(clause.tight)
    halves = _JOINT.split(clause.opening)
    if pointer is None or len(halves) != 2:  # noqa: PLR2004
        return frozenset()
    return concepts(halves[0] if pointer["first"] else halves[1])


def _taken_up(clause: Clause, statement: Statement) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The stretches between citations, from the figure's own up to the next that has a figure to divide by."""
    if statement.kind == "cell" or not clause.divides:
        return ()
    others = [f.start for f in figures_in(statement.text) if divides(f) and f.start >= clause.figure.end]
    start = clause.span[0]
    found: list[tuple[str, tuple[int, ...]]] = []
    for marker in statement.markers:
        place, end = marker.start - statement.start, marker.end - statement.start
        if place < clause.figure.end:
            continue
        if any(start <= other < place for other in others):
            break
        text = statement.text[start:place]
        if text.strip() or not found:
            found.append((text, marker.numbers))
        else:
            found[-1] = (found[-1][0], (*found[-1][1], *marker.numbers))
        start = end
    return tuple(found) if len(found) > 1 else ()
