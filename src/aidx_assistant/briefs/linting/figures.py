"""figure-without-source, figure-unsupported: every figure rests on a cited sentence that says the same."""

from __future__ import annotations

from collections.abc import Iterator

from aidx_assistant.answers import UnsupportedFigure, fault_in_words
from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.linting.examined import Examined
from aidx_assistant.briefs.linting.repeats import is_result_again

WITHOUT_SOURCE = "figure-without-source"
UNSUPPORTED = "figure-unsupported"


def figure_faults(text: Examined) -> Iterator[Fault]:
    """What the check of figures holds against a text; results of right calculations are accounted for."""
    for figure in unsupported_figures(text):
        where = text.marked.where(figure.start)
        if figure.is_cited:
            yield Fault(UNSUPPORTED, where, fault_in_words(figure))
        else:
            yield Fault(WITHOUT_SOURCE, where, f"{figure.text}: no source is cited for it.")


def unsupported_figures(text: Examined) -> Iterator[UnsupportedFigure]:
    """The figures that no cited sentence bears out, but for those that a right calculation of the text gives."""
    for figure in text.checked.checks.figures_unsupported:
        if not is_result_again(figure, text):
            yield figure
