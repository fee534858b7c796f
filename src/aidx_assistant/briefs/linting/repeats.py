"""The result of a calculation where a text gives it again: in its headline, in the sentence beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aidx_assistant.answers import UnsupportedFigure
from aidx_assistant.briefs.linting.examined import CalculationAt, Examined
from aidx_assistant.briefs.quantity import Quantity, quantity_at

_MARKED = re.compile(r"[^.!?\n|]{0,80}?\bown\s+calculation", re.IGNORECASE)


def is_result_again(figure: UnsupportedFigure, text: Examined) -> bool:
    """Whether a figure is the result of a right and marked calculation: of the same piece of text, or, if it is itself
    marked as an own calculation, of any.
    """
    written = _first_quantity(figure.text)
    if written is None:
        return False
    same = [one for one in _right(text) if _is_same(one.calculation.result, written)]
    piece = text.marked.place(figure.start)[0]
    if any(text.marked.place(one.span[0])[0] is piece for one in same):
        return True
    return bool(same) and _MARKED.match(text.marked.text, figure.end) is not None


def _right(text: Examined) -> Iterator[CalculationAt]:
    for one in text.calculations:
        if one.calculation.marked and one.calculation.fault is None:
            yield one


def _first_quantity(written: str) -> Quantity | None:
    match = re.search(r"(?:US\$|[$€£])?\d", written)
    return quantity_at(written, match.start()) if match else None


def _is_same(one: Quantity, other: Quantity) -> bool:
    return (one.value, one.kind) == (other.value, other.kind) or (
        one.value == other.value and {one.kind, other.kind} == {"times", "count"}
    )
