"""What stands on one page, slide or picture, as blocks in reading order under a heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aidx_assistant.reading.aligned_rows import table_rows
from aidx_assistant.reading.chart_axes import axes_of
from aidx_assistant.reading.document import Block
from aidx_assistant.reading.grouped_tables import grouped_tables
from aidx_assistant.reading.labelled_figures import labelled
from aidx_assistant.reading.lone_figures import LONE_FIGURE
from aidx_assistant.reading.paragraphs import Paragraph, paragraphs_of
from aidx_assistant.reading.placed_text import PlacedText, rows_of
from aidx_assistant.reading.reading_order import bands_of, columns_of
from aidx_assistant.reading.regions import Region, outside

_HEADING_WITHIN = 0.4
"""Share of the height, from the top, in which a heading begins."""
_HEADING_LARGER = 1.15
"""Times the size of the usual text."""
_LONGEST_HEADING = 40
"""Words."""
_MOST_BEFORE = 15
"""Words that may stand over a heading: what is under it goes by another one else."""
_MOST_ORDERED = 1_500
"""Paragraphs up to which columns are looked for; a page with more of them is a drawing."""
_DEEPEST = 30
"""Columns within columns."""


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The heading stands in `blocks` as well: a slide's title may be the sentence that says most."""

    heading: str | None
    blocks: tuple[Block, ...]


def page_blocks(
    lines: Iterable[PlacedText],
    height: float,
    usual: float | None = None,
    words: frozenset[str] = frozenset(),
    charts: Sequence[Region] = (),
) -> PageBlocks:
    """Puts the lines of a page in order, and its charts, the lines of which are not among them.

    `usual` is the size of the document's text, by default that of the page's other text; `words` as in `joined`. The
    heading is the largest text at the top, where it is larger than usual and more than a figure.
    """
    lines = list(lines)
    if not lines and not charts:
        return PageBlocks(None, ())
    tables = grouped_tables(lines)
    regions = {id(region.place): region for region in (*tables, *charts)}
    paragraphs = paragraphs_of(outside(lines, tables), words)
    heading = _heading(paragraphs, height, usual, is_alone=len(paragraphs) == 1 and not regions)
    items: list[Paragraph | Block] = []
    for item in _ordered([*paragraphs, *(region.place for region in regions.values())], 0):
        region = regions.get(id(item))
        items += region.blocks if region else [item]
    return PageBlocks(heading.text if heading else None, tuple(labelled(items, heading)))


def usual_size(lines: Iterable[PlacedText]) -> float:
    """The size that most letters have; 0.0 where there are none."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _heading(paragraphs: Sequence[Paragraph], height: float, usual: float | None, is_alone: bool) -> Paragraph | None:
    at_top = [
        paragraph
        for paragraph in paragraphs
        if paragraph.top <= _HEADING_WITHIN * height
        and sum(char.isalpha() for char in paragraph.text) >= 3
        and paragraph.words <= _LONGEST_HEADING
    ]
    if not at_top:
        return None
    largest = max(at_top, key=lambda paragraph: (round(paragraph.size, 1), -paragraph.top))
    if usual is None:
        others = (paragraph for paragraph in paragraphs if paragraph is not largest)
        usual = usual_size(other for other in others if any(map(str.isalpha, other.text)))
    before = sum(paragraph.words for paragraph in paragraphs if paragraph.bottom <= largest.top)
    is_larger = largest.size >= _HEADING_LARGER * usual and before <= _MOST_BEFORE
    return largest if is_larger or is_alone else None


def _ordered(paragraphs: Sequence[Paragraph], depth: int) -> list[Paragraph | Block]:
    if len(paragraphs) > _MOST_ORDERED or depth > _DEEPEST:
        return list(_downwards(paragraphs))
    ordered: list[Paragraph | Block] = []
    for band in bands_of(paragraphs):
        columns = columns_of(band)
        if len(columns) == 1:
            ordered.extend(_downwards(band))
            continue
        is_text = all(one.lines for one in band)
        cells = _without_scale([[line for one in column for line in one.lines] for column in columns])
        rows = table_rows(cells) if is_text else None
        if rows is not None:
            ordered.extend(Block(row, "row") for row in rows)
        else:
            for column in columns:
                ordered.extend(_ordered(column, depth + 1))
    return ordered


def _without_scale(columns: Sequence[list[PlacedText]]) -> list[list[PlacedText]]:
    """The columns of a chart of lying bars without the numbers along its axis, a row of their own; others as given."""
    rows = rows_of(line for column in columns for line in column)
    figures = [[line for line in row if LONE_FIGURE.fullmatch(line.text)] for row in rows]
    scales = [row for row in rows if len(axes_of(row)) == len(row)]
    if len(scales) != 1 or any(len(some) > 1 for row, some in zip(rows, figures, strict=True) if row is not scales[0]):
        return list(columns)
    scale = {id(line) for line in scales[0]}
    remaining = [[line for line in column if id(line) not in scale] for column in columns]
    bars = [column for column in remaining if column]
    return bars if len(bars) > 1 else list(columns)


def _downwards(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    return sorted(paragraphs, key=lambda paragraph: (paragraph.top, paragraph.left))
