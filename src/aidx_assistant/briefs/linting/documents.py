"""Judges a written document: a brief by all rules, any other by what it says of the library's sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from aidx_assistant.briefs.brief import BriefKind, Fault
from aidx_assistant.briefs.linting.attributed import misquotations
from aidx_assistant.briefs.linting.calculations import MISSING, calculation_faults
from aidx_assistant.briefs.linting.chart import WRONG as CHART_WRONG
from aidx_assistant.briefs.linting.disagreements import disagreement_faults
from aidx_assistant.briefs.linting.examined import Examined
from aidx_assistant.briefs.linting.figures import UNSUPPORTED, uncited_repeats
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.linting.labels import label_faults
from aidx_assistant.briefs.linting.length import length_faults
from aidx_assistant.briefs.linting.linter import NOT_DRAFTED
from aidx_assistant.briefs.linting.own_scores import own_score_faults
from aidx_assistant.briefs.linting.placeholders import open_lines, placeholder_faults
from aidx_assistant.briefs.linting.quoted_statements import quoted_statements
from aidx_assistant.briefs.linting.references import ReferredFigures, ToldHowFar, nothing_shown
from aidx_assistant.briefs.linting.source_lines import source_line_faults
from aidx_assistant.briefs.linting.status_quo import status_quo_faults
from aidx_assistant.briefs.linting.taken_away import taken_away_faults
from aidx_assistant.briefs.linting.unsourced import unsourced_statements
from aidx_assistant.briefs.linting.verdicts import verdict_faults
from aidx_assistant.briefs.linting.written_chart import written_chart_faults
from aidx_assistant.briefs.tracing.reference import ADDRESS_WRONG, UNRESOLVED, Resolved
from aidx_assistant.briefs.tracing.shelf import Shelf
from aidx_assistant.briefs.tracing.source_list import without_source_list
from aidx_assistant.briefs.tracing.traced import Traced, traced
from aidx_assistant.briefs.written.brief_form import body_of_brief, head_of_brief, kind_of_brief, told_with_sources
from aidx_assistant.briefs.written.document import Note, WrittenDocument
from aidx_assistant.briefs.written.given import given_in, without_given_figures
from aidx_assistant.briefs.written.own_jobs import own_jobs_apart
from aidx_assistant.briefs.written.piece import divided

_NOT_DRAFTED = re.compile(r"\W*Not drafted\b", re.IGNORECASE)
PageCounter = Callable[[WrittenDocument], int | None]
"""Counts the pages of a brief; None where it cannot."""


@dataclass(frozen=True, slots=True)
class DocumentLint:
    """What was found in a document."""

    kind: BriefKind | None
    """None where it is no brief."""
    faults: tuple[Fault, ...]
    """In the order of the text."""
    figures: int
    """Figures that were checked against the library."""
    figures_unchecked: int
    """Figures without a reference to the library, in a document that is no brief."""
    references: int
    """To sources of the library."""
    references_unresolved: int
    """Of these, those with a fault of their own."""
    references_left_out: int
    """Beyond the 999 that can be numbered: not looked up."""
    pages: int | None
    to_fill: tuple[tuple[str, str], ...]
    """What a reader has to fill in by hand: labels, each with where it stands."""


def lint_document(
    document: WrittenDocument,
    shelf: Shelf,
    count_pages: PageCounter,
    as_kind: BriefKind | None = None,
    progress: ToldHowFar = nothing_shown,
) -> DocumentLint:
    """Holds a document against the library; `as_kind`: a kind of brief by whose rules it is judged all the same."""
    held = HeldShelf(shelf)
    kind = as_kind or kind_of_brief(document.pieces)
    pieces, listed = without_source_list(tuple(divided(document.pieces)))
    jobs = None
    if kind:
        pieces, jobs = own_jobs_apart(body_of_brief(pieces))
        pieces = tuple(without_given_figures(pieces, given_in(document.pieces)))
    found = traced(told_with_sources(pieces), (*listed, *document.notes), held)
    figures = ReferredFigures(found, held)
    pages = count_pages(document) if kind else document.pages
    if kind:
        faults = [
            *_of_brief(kind, figures, found, held, progress),
            *_of_head(document, found, held),
            *own_score_faults(jobs),
            *length_faults(pages, _place_of_all(document)),
        ]
        unchecked = 0
    else:
        faults, unchecked = _of_any(figures, found, held, progress)
    ours = [one for one in found.references if one.is_of_library]
    return DocumentLint(
        kind=kind,
        faults=_in_order(_told_once(faults), document),
        figures=figures.text.checked.checks.figures - unchecked + len(figures.text.calculations),
        figures_unchecked=unchecked,
        references=len(ours),
        references_unresolved=sum(bool(one.faults) for one in ours),
        references_left_out=found.refused,
        pages=pages,
        to_fill=open_lines(pieces) if kind else (),
    )


def _of_brief(
    kind: BriefKind, figures: ReferredFigures, found: Traced, shelf: HeldShelf, progress: ToldHowFar
) -> Iterator[Fault]:
    repeats = uncited_repeats(figures.text)
    yield from repeats.values()
    yield from (fault for figure, fault in figures.faults(progress) if figure.start not in repeats)
    yield from calculation_faults(figures.text)
    yield from _reference_faults(found, shelf, of_brief=True)
    yield from _unnamed_sources(found)
    yield from unsourced_statements(found)
    yield from disagreement_faults(figures.text)
    yield from placeholder_faults(figures.text.pieces)
    for piece in figures.text.pieces:
        if _NOT_DRAFTED.match(piece.text):
            yield Fault(NOT_DRAFTED, piece.where, "This section was not drafted.")
    if kind == "buyer":
        yield from status_quo_faults(figures.text.pieces)


def _of_head(document: WrittenDocument, found: Traced, shelf: HeldShelf) -> Iterator[Fault]:
    """What goes against what the head of a brief says of it."""
    head = head_of_brief(document.pieces)
    if head and head.is_evidence:
        statements = tuple(quoted_statements(found, shelf, head.segment or "all"))
        yield from label_faults(head, statements, found, shelf)
        yield from verdict_faults(found.pieces, statements)
        yield from taken_away_faults(found, shelf)
    yield from written_chart_faults(document, found, shelf)


def _of_any(figures: ReferredFigures, found: Traced, shelf: HeldShelf, progress: ToldHowFar) -> tuple[list[Fault], int]:
    """The faults of a document that is no brief, and how many figures are the writer's own or refer elsewhere."""
    faults = [*_reference_faults(found, shelf, of_brief=False)]
    unchecked = 0
    for figure, fault in figures.faults(progress):
        if _refers_elsewhere(figures.references_at(figure.start)) or figures.is_of_the_writer(figure.start):
            unchecked += 1
        else:
            faults.append(fault)
    faults += (fault for fault in calculation_faults(figures.text) if _is_referred(fault, figures.text))
    return faults, unchecked


def _refers_elsewhere(references: Sequence[Resolved]) -> bool:
    """Whether a figure may come from somewhere else: its sentence refers to nothing of the library, or not only."""
    return not references or not all(one.is_of_library for one in references)


def _is_referred(fault: Fault, text: Examined) -> bool:
    """Whether a calculation's figures are the library's, or it is called an own calculation."""
    if fault.rule == MISSING:
        return False
    return any(
        one.calculation.marked or any(operand.citations for operand in one.calculation.operands)
        for one in text.calculations
        if text.marked.where(one.span[0]) == fault.where
    )


def _reference_faults(found: Traced, shelf: HeldShelf, *, of_brief: bool) -> Iterator[Fault]:
    for one in found.references:
        yield from one.faults
    yield from misquotations(found, shelf)
    yield from source_line_faults(found, shelf, of_brief=of_brief)


def _unnamed_sources(found: Traced) -> Iterator[Fault]:
    """In a brief every reference has to lead to the library, and every address, each told once, to its source."""
    told: set[str] = set()
    for one in found.references:
        if not one.is_of_library:
            problem = f"{one.reference.written} names no source of the library."
            yield Fault(UNRESOLVED, one.reference.where, problem)
        for address in set(one.reference.addresses) - told:
            told.add(address)
            problem = f"{one.reference.written} gives {address}, which is no address of the source that it names."
            yield Fault(ADDRESS_WRONG, one.reference.where, problem)


def _place_of_all(document: WrittenDocument) -> str:
    return document.pieces[0].where if document.pieces else "1"


def _told_once(faults: Sequence[Fault]) -> Iterator[Fault]:
    """The faults, but for what is wrong with the label of a bar of which the figure is told already."""
    told = {fault.where for fault in faults if fault.rule == UNSUPPORTED}
    return (fault for fault in faults if fault.rule != CHART_WRONG or fault.where not in told)


def _in_order(faults: Iterable[Fault], document: WrittenDocument) -> tuple[Fault, ...]:
    """As the text has them, what is wrong with notes last; each once."""
    order: dict[str, int] = {}
    for piece in document.pieces:
        for where in (piece.where, *(where for _, where in piece.breaks)):
            order.setdefault(where, len(order))
    notes: Sequence[Note] = document.notes
    for note in notes:
        order.setdefault(note.where, len(order))
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: order.get(fault.where, len(order))))
