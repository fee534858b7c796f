"""chart-wrong: a bar is as long as the figure written at it says."""

from __future__ import annotations

from collections.abc import Iterator

from aidx_assistant.briefs.brief import BarChart, Fault
from aidx_assistant.briefs.linting.brief_pieces import CHART
from aidx_assistant.figures import figures_in

WRONG = "chart-wrong"


def chart_faults(chart: BarChart | None) -> Iterator[Fault]:
    """Bars whose length is not their figure; that the figure is the source's is checked with those of the text."""
    for bar in chart.bars if chart else ():
        figures = figures_in(bar.shown)
        if len(figures) != 1 or figures[0].low != bar.value:
            yield Fault(WRONG, CHART, f"The bar “{bar.label}” is {bar.value:g} long and is labelled {bar.shown}.")
