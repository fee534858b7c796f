"""A brief as pieces of text, so that the same rules judge it as a document that was written from it."""

from __future__ import annotations

from collections.abc import Iterator

from aidx_assistant.briefs.brief import BarChart, Block, Brief, Labelled, Options, Paragraph, Points
from aidx_assistant.briefs.written.given import without_given_figures
from aidx_assistant.briefs.written.piece import Piece, row

CHART = "chart"
DISAGREEMENTS = "disagreements"
"""Where a fault of the chart, or of what is said of disagreements, stands."""


def pieces_of(brief: Brief) -> Iterator[Piece]:
    """Every text of a brief in reading order, each under its section's heading; `Source:` lines are left out.

    In the user's own texts the figures are left out too: they are no claims of the brief.
    """
    return without_given_figures(_all_pieces_of(brief), brief.given)


def _all_pieces_of(brief: Brief) -> Iterator[Piece]:
    for section in brief.sections:
        yield Piece("heading", section.heading, section.heading, level=2)
        for block in section.blocks:
            yield from _of_block(block, section.heading)
    if brief.chart is not None:
        yield from _of_chart(brief.chart)
    for disagreement in brief.disagreements:
        markers = "".join(f"[{number}]" for number in disagreement.citations)
        yield Piece("paragraph", f"{disagreement.about} {markers}", DISAGREEMENTS)


def _of_block(block: Block, where: str) -> Iterator[Piece]:
    match block:
        case Paragraph(text):
            yield Piece("paragraph", text, where)
        case Points(points):
            for point in points:
                yield Piece("item", point.text, where)
        case Options(header, rows):
            yield row(header, where, header=True)
            for cells in rows:
                yield row(cells, where)
        case Labelled(pairs):
            for label, text in pairs:
                yield Piece("item", f"**{label}:** {text}", where)


def _of_chart(chart: BarChart) -> Iterator[Piece]:
    yield Piece("heading", f"{chart.title} ({chart.base})", CHART, level=3)
    yield row(("", chart.title), CHART, header=True)
    for bar in chart.bars:
        yield row((bar.label, f"{bar.shown} [{bar.citation}]"), CHART)
