"""figure-without-source, figure-unsupported: every figure rests on a cited sentence that says the same."""

from __future__ import annotations

from collections.abc import Iterator

from aidx_assistant.answers import UnsupportedFigure
from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.linting.examined import Examined
from aidx_assistant.briefs.linting.repeats import is_result_again
from aidx_assistant.briefs.linting.wording import of_document
from aidx_assistant.checking.counts import is_about_the_answer
from aidx_assistant.checking.statements import statements_of
from aidx_assistant.figures import figures_in

WITHOUT_SOURCE = "figure-without-source"
UNSUPPORTED = "figure-unsupported"


def figure_faults(text: Examined) -> Iterator[Fault]:
    """What the check of figures holds against a brief; results of right calculations are accounted for."""
    repeats = uncited_repeats(text)
    yield from repeats.values()
    for figure in unsupported_figures(text):
        where = text.marked.where(figure.start)
        if not figure.is_cited:
            yield Fault(WITHOUT_SOURCE, where, f"{figure.text}: no source is cited for it.")
        elif figure.start not in repeats:
            yield Fault(UNSUPPORTED, where, of_document(figure))


def uncited_repeats(text: Examined) -> dict[int, Fault]:
    """Figures that are cited somewhere else in the text but not where they stand, by their offset."""
    return {
        statement.start + figure.start: Fault(
            WITHOUT_SOURCE,
            text.marked.where(statement.start + figure.start),
            f"{figure.text}: no source is cited for it here.",
        )
        for statement in statements_of(text.checkable)
        for figure in (figures_in(statement.text) if statement.repeats else ())
        if not is_about_the_answer(figure, statement.text)
    }


def unsupported_figures(text: Examined) -> Iterator[UnsupportedFigure]:
    """The figures that no cited sentence bears out, but for those that a right calculation of the text gives."""
    for figure in text.checked.checks.figures_unsupported:
        if not is_result_again(figure, text):
            yield figure
