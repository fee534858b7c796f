"""Divides a sentence among its figures: which words belong to which figure.

Every figure owns the words around it up to the strongest border towards its neighbour. Words before the first
and after the last figure's clause are shared by all. Durations, years, ranks and slides do not divide a
sentence that has percentages, counts or money; they belong to the figure in whose words they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aidx_assistant.checking.borders import spans_of, stretch_around
from aidx_assistant.checking.series import grouped, is_series, items_after
from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import Figure
from aidx_assistant.vocabulary.grammar import CONTRASTING

_DIVIDING = frozenset({"percent", "points", "count", "money", "ratio"})
_NOT_DIVIDING_UNITS = frozenset({"segments", "sectors", "groups"})
_CONTRAST = re.compile(
    rf"\b(?:{CONTRASTING}|but|yet|however|versus|vs|against|compared|in\s+contrast|as\s+opposed|relative\s+to"
    r"|than)\b|;",
    re.IGNORECASE,
)
_CONCESSION = re.compile(rf"\s*(?:{CONTRASTING}|unlike|despite|even\s+though)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\s*(?:(?:of|for|among|at|in)\s+)?(?:whom|whose|which|who|where)\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"\b(?:than\s+(?:in|for|during)|since|before)\s+(?:the\s+)?$", re.IGNORECASE)
"""Before a year that another figure is of: "more than in 2023"."""
_SAME_AGAIN = re.compile(
    r"\b(?:do(?:es|ing|ne)?\s+(?:so|the\s+same)|did\s+so|the\s+same|likewise|follow(?:s|ed)?\s+suit|as\s+well)\b",
    re.IGNORECASE,
)
"""These take up what was said of the figure before."""
_LABEL = re.compile(r"[;,.]\s[^;,.:]{1,40}:\s*$")
"""A label of a figure that is not the sentence's first."""
_LONGEST_LIST = 9
_THIN = 2
"""Content words under which a clause borrows subject and predicate."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of one figure, as text: `tight` within its commas, `own` all its own, `shared` the sentence's."""

    figure: Figure
    tight: str
    head: str
    tail: str
    """What of `own` stands before and after `tight`; a concession ("while payers lag, …") is left out."""
    own: str
    antecedent: str
    """What a relative clause around the figure refers to: "unlike payers, of whose leaders 66% …"."""
    shared: str
    scope: str
    """The part of `shared` that limits this figure too: not what stands on the other side of a contrast."""
    span: tuple[int, int]
    """Offsets of `own` in the sentence."""
    years: frozenset[int] = frozenset()
    """Years named within `own`."""
    divides: bool = True
    """Whether the figure has words of its own; else it stands within those of another."""
    position: int = 0
    """Place in a series of figures that share their words ("22, 19 and 18 jobs"), from 0."""
    series: int = 1
    """Length of that series."""
    opening: str = ""
    """Words before a colon that open a sentence of several figures."""
    part: tuple[int, int] = (0, 0)
    """Offsets of the part of the sentence, between semicolons, that the figure stands in."""


def clauses_of(text: str, figures: Sequence[Figure]) -> tuple[Clause, ...]:
    """One clause for each figure, in the order of `figures` (offsets into `text`)."""
    if not figures:
        return ()
    opened = _opening(text, figures)
    text = _without_numbers(text, figures)
    found: list[Clause] = []
    for start, end in _parts(text, figures, opened):
        within = [figure for figure in figures if start <= figure.start < end]
        if not within:
            continue
        clauses = _divided(" " * start + text[start:end], within, (start, end))
        shared = text[opened : figures[0].start] if start > opened else ""
        found.extend(_opened(clause, text[:opened], shared) for clause in clauses)
    return tuple(found)


def _opened(clause: Clause, opening: str, shared: str) -> Clause:
    """The clause with what is said ahead of it: the words before a colon, and those before the first figure."""
    return replace(clause, opening=opening, shared=f"{clause.shared} ; {opening} ; {shared}")


def _opening(text: str, figures: Sequence[Figure]) -> int:
    """Where the words end that open a sentence of several figures and a colon closes; 0 where none do.

    A colon that every figure has of its own only ties it to its label ("providers: 35%, pharma: 24%").
    """
    told = [figure for figure in figures if not _announces(figure)]
    if sum(divides(figure) for figure in told) <= 1:
        return 0
    colon = text.rfind(":", 0, told[0].start) + 1
    labelled = any(_LABEL.search(text, 0, figure.start) for figure in told[1:])
    return 0 if labelled else colon


def _announces(figure: Figure) -> bool:
    """Whether a figure only says how many things the sentence goes on to tell: "three stages: …"."""
    return figure.kind == "count" and figure.bound == "exact" and figure.low <= _LONGEST_LIST


def _parts(text: str, figures: Sequence[Figure], opened: int) -> list[tuple[int, int]]:
    """Parts of a sentence between semicolons, from `opened` on; words before the first figure join its part."""
    cuts = [0, opened] if any(figure.start < opened for figure in figures) else [opened]
    for match in re.compile(";").finditer(text, opened):
        before = any(cuts[-1] <= figure.start < match.start() for figure in figures)
        if before:
            cuts.append(match.end())
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _divided(text: str, figures: Sequence[Figure], part: tuple[int, int]) -> tuple[Clause, ...]:
    undated = [figure for figure in figures if figure.kind not in ("year", "date")]
    dividing = [figure for figure in figures if divides(figure)] or undated or list(figures)
    if all(figure.kind == "ratio" for figure in dividing):  # it compares the others, which have words of their own
        dividing = undated
    groups = grouped(dividing, text)
    spans = spans_of(groups, text, part)
    divided = {}
    for group, span in zip(groups, spans, strict=True):
        shared, scope = _shared(text, spans, groups, span)
        for position, figure in enumerate(group):
            clause = _clause(text, figure, group, position, span, (shared, scope))
            dated = (
                f
                for f in figures
                if f.kind == "year" and span[0] <= f.start < span[1] and not _OF_ANOTHER.search(text[: f.start])
            )
            years = frozenset(int(end) for f in dated for end in (f.low, f.high))
            divided[figure.start] = replace(clause, part=part, years=years)
    return tuple(divided.get(figure.start) or _inherited(figure, text, divided, spans) for figure in figures)


def _without_numbers(text: str, figures: Sequence[Figure]) -> str:
    """Figures blanked, so that "more than 400" is not taken for a comparison; plain durations stay."""
    for figure in figures:
        if figure.kind != "duration" or figure.bound != "exact":
            text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
    return text


def divides(figure: Figure) -> bool:
    """Whether a figure has words of its own in a sentence; others belong to the figure in whose words they stand."""
    return figure.kind in _DIVIDING and figure.unit not in _NOT_DIVIDING_UNITS


def _shared(
    text: str, spans: Sequence[tuple[int, int]], groups: Sequence[Sequence[Figure]], own: tuple[int, int]
) -> tuple[str, str]:
    """The words before the first and after the last figure's own; and those of them within the same contrast.

    A figure with hardly a word of its own ("72% of provider and 64% of payer leaders expect …") shares the
    subject before the first and the predicate after the last figure.
    """
    parts, within = [], []
    first, last = spans[0], spans[-1]
    if own != first:
        end = stretch_around(text, groups[0][0], groups[0][-1], first)[0]
        parts.append(text[first[0] : end])
        if not _CONCESSION.match(parts[-1]) and not _CONTRAST.search(text, end, own[0] + 12):
            within.append(parts[-1])
    if own != last:
        start = stretch_around(text, groups[-1][0], groups[-1][-1], last)[1]
        parts.append(text[start : last[1]])
        if not _CONTRAST.search(text, own[1], last[1]):
            within.append(parts[-1])
    if _SAME_AGAIN.search(text, own[0], own[1]):
        parts.append(text[first[0] : own[0]])
    if len(concepts(text[own[0] : own[1]])) < _THIN and len(spans) > 1:
        parts += [text[first[0] : groups[0][0].start], text[groups[-1][-1].end : last[1]]]
    return " ; ".join(parts), " ; ".join(within)


def _clause(
    text: str, figure: Figure, group: Sequence[Figure], position: int, span: tuple[int, int], around: tuple[str, str]
) -> Clause:
    shared, scope = around
    tight_span = stretch_around(text, group[0], group[-1], span)
    tight, own = text[tight_span[0] : tight_span[1]], text[span[0] : span[1]]
    head, after = text[span[0] : tight_span[0]], text[tight_span[1] : span[1]]
    antecedent = head if _RELATIVE.match(tight) else ""
    head = "" if _CONCESSION.match(head) else head
    if is_series(group, text):
        if listed := items_after(text[group[-1].end : span[1]], len(group)):
            items, common = listed
            before = f"{text[span[0] : group[0].start]} ; {common}"
            shared, scope = f"{shared} ; {before}", f"{scope} ; {before}"
            tight = own = f"{items[position]}"
            head = after = ""
    if not is_series(group, text):
        position, group = 0, [figure]
    return Clause(
        figure, tight, head, after, own, antecedent, shared, scope, span, position=position, series=len(group)
    )


def _inherited(figure: Figure, text: str, divided: dict[int, Clause], spans: Sequence[tuple[int, int]]) -> Clause:
    for clause in divided.values():
        if clause.span[0] <= figure.start < clause.span[1]:
            start, end = stretch_around(text, figure, figure, clause.span)
            head, tail = text[clause.span[0] : start], text[end : clause.span[1]]
            head = "" if _CONCESSION.match(head) else head
            return replace(
                clause, figure=figure, tight=text[start:end], head=head, tail=tail, divides=False, position=0, series=1
            )
    return Clause(figure, text, "", "", text, "", "", "", (0, len(text)))
