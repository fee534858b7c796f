"""calculation-…: own arithmetic is right, marked, and made of cited figures that go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from aidx_assistant.briefs.brief import OWN_CALCULATION, Fault
from aidx_assistant.briefs.calculation import NOT_CALCULATED, Operand
from aidx_assistant.briefs.linting.bases import Counted, why_not_added
from aidx_assistant.briefs.linting.examined import CalculationAt, Examined, without_calculations
from aidx_assistant.briefs.linting.wording import as_sentence, of_document
from aidx_assistant.checking import check_answer
from aidx_assistant.checking.sentences import sentence_spans
from aidx_assistant.checking.stated import StatedFigure, stated_in
from aidx_assistant.checking.values import fit
from aidx_assistant.figures import figures_in
from aidx_assistant.segments import mentions

WRONG = "calculation-wrong"
UNMARKED = "calculation-unmarked"
UNSUPPORTED = "calculation-unsupported"
MIXED = "calculation-mixed"
MISSING = "calculation-missing"
_MOST_MEANT, _MOST_TRIED = 6, 300
"""Figures that an operand may be, and combinations of them that are tried."""


def calculation_faults(text: Examined) -> Iterator[Fault]:
    """What is wrong with the calculations of a text, and those that could not be made."""
    for one in text.calculations:
        where = text.marked.where(one.span[0])
        for rule, problem in _problems(one, text):
            yield Fault(rule, where, as_sentence(f"{_shown(one, text)}: {problem}"))
    position = text.marked.text.find(NOT_CALCULATED)
    while position >= 0:
        reason = text.marked.text[position:].split("\n")[0]
        yield Fault(MISSING, text.marked.where(position), f"A result is missing {reason[: reason.find(')') + 1]}.")
        position = text.marked.text.find(NOT_CALCULATED, position + 1)


def _problems(one: CalculationAt, text: Examined) -> Iterator[tuple[str, str]]:
    calculation = one.calculation
    if calculation.fault:
        yield WRONG, calculation.fault
    if not calculation.marked:
        yield UNMARKED, f"own arithmetic has to be marked {OWN_CALCULATION}"
    counted = [_counted(operand, one, text) for operand in calculation.operands]
    for operand, found in zip(calculation.operands, counted, strict=True):
        if isinstance(found, str):
            shown = text.marked.text[one.base + operand.quantity.start : one.base + operand.quantity.end]
            yield UNSUPPORTED, found if found.startswith(shown) else f"{shown}: {found}"
    figures = [found for found in counted if isinstance(found, tuple)]
    if len(figures) == len(counted) and (reason := _why_mixed(figures, one, text)):
        yield MIXED, reason


def _why_mixed(figures: Sequence[tuple[Counted, ...]], one: CalculationAt, text: Examined) -> str | None:
    """What stands against a calculation, whichever of the figures that an operand may be it is."""
    named = _named(one, text)
    reasons = (
        why_not_added(chosen, one.calculation.operators, named) for chosen in islice(product(*figures), _MOST_TRIED)
    )
    first = next(reasons, None)
    return None if first is None or any(reason is None for reason in reasons) else first


def _shown(one: CalculationAt, text: Examined) -> str:
    start, end = one.span
    return " ".join(text.marked.text[start:end].split())


def _counted(operand: Operand, one: CalculationAt, text: Examined) -> tuple[Counted, ...] | str:
    """What of the library an operand may be; a sentence on what is wrong where nothing bears it out.

    It holds by itself ("46% of large providers [1]") or with the rest of its sentence ("Large ones lead: 46% [1]").
    """
    if not operand.citations:
        return "no source is cited for it"
    written = text.marked.text[one.base + operand.start : one.base + operand.end].strip()
    alone = written + "".join(f" [{number}]" for number in operand.citations)
    before, after = _rest_of_sentence(one, text)
    fault = _fault_of(f"{alone}.", 0, text)
    if fault and _fault_of(f"{before}{alone}{after}", len(before), text):
        return fault
    finding = text.evidence.finding
    found = (
        Counted(stated, finding(stated.finding) if stated.finding else None)
        for stated in _stated(alone, operand.citations, text)
    )
    return tuple(islice(found, _MOST_MEANT)) or "the cited sentence has it only as a count of something else"


def _fault_of(sentence: str, start: int, text: Examined) -> str | None:
    """What is wrong with the figure that stands in a sentence at `start`."""
    faults = check_answer(sentence, text.citations, text.evidence).checks.figures_unsupported
    return next((of_document(fault) for fault in faults if fault.start <= start < fault.end), None)


def _rest_of_sentence(one: CalculationAt, text: Examined) -> tuple[str, str]:
    """What stands in a calculation's sentence before and after it, without the word that marks it."""
    piece, _ = text.marked.place(one.base)
    start, end = one.calculation.start, one.calculation.end
    spans = [span for span in sentence_spans(piece.text) if span[0] <= start < span[1]]
    first, last = spans[0] if spans else (0, len(piece.text))
    return piece.text[first:start], without_calculations(piece.text[end : max(last, end)], ())


def _stated(alone: str, numbers: tuple[int, ...], text: Examined) -> Iterator[StatedFigure]:
    """The figures of the cited sentences that have an operand's value and unit."""
    figures = figures_in(alone)
    for citation in (citation for number in numbers for citation in text.cited(number) if citation.verified):
        passage = text.evidence.passage(citation.passage_id)
        for position in range(*citation.sentences) if passage and figures else ():
            findings = text.evidence.findings_of(citation.passage_id, (position,))
            for stated in stated_in(passage, position, findings) if passage else ():
                if fit(figures[0], stated.figure) == "same":
                    yield stated


def _named(one: CalculationAt, text: Examined) -> frozenset[str]:
    """The segments that the calculation's sentence names."""
    piece, _ = text.marked.place(one.base)
    start, end = one.calculation.start, one.calculation.end
    for first, last in sentence_spans(piece.text):
        if first <= start < last or first < end <= last:
            return frozenset(mention.segment for mention in mentions(piece.text[first:last])) - {"all"}
    return frozenset()
