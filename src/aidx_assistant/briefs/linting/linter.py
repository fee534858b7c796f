"""Judges a brief: every rule in turn, the faults in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator

from aidx_assistant.briefs.brief import Brief, Fault
from aidx_assistant.briefs.linting.brief_pieces import pieces_of
from aidx_assistant.briefs.linting.calculations import calculation_faults
from aidx_assistant.briefs.linting.chart import chart_faults
from aidx_assistant.briefs.linting.citations import marker_faults, quotation_faults
from aidx_assistant.briefs.linting.disagreements import disagreement_faults
from aidx_assistant.briefs.linting.examined import Examined, examined
from aidx_assistant.briefs.linting.figures import figure_faults
from aidx_assistant.briefs.linting.length import length_faults
from aidx_assistant.briefs.linting.placeholders import placeholder_faults
from aidx_assistant.briefs.linting.status_quo import status_quo_faults
from aidx_assistant.checking import Evidence

NOT_DRAFTED = "section-not-drafted"
WHOLE = "whole brief"
"""Where a fault stands that is no section's."""


def faults_of(brief: Brief, evidence: Evidence, pages: int | None) -> tuple[Fault, ...]:
    """All that the rules hold against a brief; `pages`: of its PDF, None where that was not measured."""
    text = examined(pieces_of(brief), brief.citations, evidence)
    faults = [*length_faults(pages, WHOLE), *_not_drafted(brief), *text_faults(text), *chart_faults(brief.chart)]
    if brief.kind == "buyer":
        faults += status_quo_faults(text.pieces)
    return tuple(dict.fromkeys(faults))


def text_faults(text: Examined) -> Iterator[Fault]:
    """What the rules that every brief is held to find in its text."""
    yield from figure_faults(text)
    yield from calculation_faults(text)
    yield from marker_faults(text)
    yield from quotation_faults(text)
    yield from disagreement_faults(text)
    yield from placeholder_faults(text.pieces)


def _not_drafted(brief: Brief) -> Iterator[Fault]:
    for section in brief.sections:
        if not section.drafted:
            yield Fault(NOT_DRAFTED, section.heading, "This section was not drafted.")
        elif not section.blocks:
            yield Fault(NOT_DRAFTED, section.heading, "This section has no text.")
