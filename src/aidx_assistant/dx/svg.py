"""The quadrants as a vector chart that stands by itself: no script, no style sheet, no font and no file from elsewhere.

A title and a description say the same to who cannot see the chart.
"""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterator, Sequence

from aidx_assistant.dx.drawn import HEADING, PAPER, PLAIN, SMALL, STRONG, escaped, mark, text
from aidx_assistant.dx.field import NUMBERED, Field
from aidx_assistant.dx.index import DxIndex
from aidx_assistant.dx.lettering import shortened
from aidx_assistant.dx.placing import Box

TITLE = "AI Dx: opportunity and adoption of our jobs"
_FONT = "Helvetica, Arial, Liberation Sans, sans-serif"
_WIDTH = 760
_MARGIN = 24
_FIELD = Box(64, 66, 736, 486)
_KEY_TOP = _FIELD.bottom + 84
_KEY_LINE = 18
_KEY_COLUMNS = 2
_NOTE_LINE = 15
_NOTE_CELLS = 132
"""Characters of a note in one line."""
_BARE = Box(54, 26, 346, 156)
BARE_WIDTH, BARE_HEIGHT = 360, 216
"""Of the picture without names and notes, in pixels."""


def as_svg(index: DxIndex, title: str = TITLE) -> str:
    """The chart as one `<svg>` element: field, marks with numbers, the names to the numbers, and the notes.

    Jobs without an adoption score are named below, not drawn. The same index gives the same text.
    """
    field = Field(index, _FIELD)
    marks, unplaced = field.marks()
    key, bottom = _key(index)
    notes = [*_left_out(index, unplaced), *index.notes]
    lines = [line for note in notes for line in textwrap.wrap(note, _NOTE_CELLS)]
    note_lines = [text(_MARGIN, bottom + 14 + _NOTE_LINE * row, line, SMALL) for row, line in enumerate(lines)]
    height = bottom + 14 + _NOTE_LINE * len(lines)
    body = [text(_MARGIN, 28, title, HEADING), *field.ground(), *marks, *key, *note_lines]
    return _picture(index, title, body, (_WIDTH, height), _FONT)


def bare_svg(index: DxIndex, title: str = TITLE, font: str = _FONT) -> str:
    """The field alone, small, for a page that has names, scores and notes around it: `index.notes` belong there."""
    field = Field(index, _BARE)
    return _picture(index, title, [*field.ground(), *field.marks()[0]], (BARE_WIDTH, BARE_HEIGHT), font)


def _picture(index: DxIndex, title: str, body: Sequence[str], size: tuple[float, float], font: str) -> str:
    width, height = size
    described = f"{index.in_words} {' '.join(index.notes)}"
    name = "aidx-dx-" + hashlib.sha256("".join([title, described, *body]).encode()).hexdigest()[:10]
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:g}" '
        f'viewBox="0 0 {width} {height:g}" role="img" aria-labelledby="{name}-title {name}-desc" '
        f'font-family="{escaped(font)}">',
        f'<title id="{name}-title">{escaped(title)}</title>',
        f'<desc id="{name}-desc">{escaped(described)}</desc>',
        f'<rect width="{width}" height="{height:g}" fill="{PAPER}"/>',
    ]
    return "\n".join([*head, *body, "</svg>\n"])


def _key(index: DxIndex) -> tuple[list[str], float]:
    """The names to the numbers, column by column, and where they end."""
    named = index.jobs[:NUMBERED]
    rows = -(-len(named) // _KEY_COLUMNS)
    column_width = (_WIDTH - 2 * _MARGIN) / _KEY_COLUMNS
    lines: list[str] = []
    for place, scored in enumerate(named):
        column, row = divmod(place, rows)
        x, y = _MARGIN + column * column_width, _KEY_TOP + row * _KEY_LINE
        lines.append(text(x + 20, y, str(scored.number), STRONG, anchor="end"))
        if scored.quadrant:
            lines.append(mark(scored.quadrant, x + 33, y - 4))
        reached = "–" if scored.adoption is None else str(scored.adoption)
        name = shortened(scored.job.name, column_width - 44 - 16 - 70, PLAIN.size)
        lines.append(text(x + 44, y, name, PLAIN, tip=scored.job.name))
        lines.append(text(x + column_width - 16, y, f"{scored.opportunity} / {reached}", SMALL, anchor="end"))
    return lines, _KEY_TOP + rows * _KEY_LINE


def _left_out(index: DxIndex, unplaced: Sequence[int]) -> Iterator[str]:
    yield "Shaded: look first, where opportunity is high and adoption low. Beside each name: opportunity / adoption."
    without = [str(scored.number) for scored in index.within(None)[:NUMBERED]]
    if without:
        more = len(index.within(None)) - len(without)
        yield f"Without stage counts, so not drawn: {', '.join(without)}{f' and {more} more' if more else ''}."
    if unplaced:
        yield f"Drawn without a number, for lack of room: {', '.join(map(str, unplaced))}."
    beyond = len(index.jobs) - NUMBERED
    if beyond > 0:
        yield f"Only the first {NUMBERED} jobs are numbered and named; {beyond} more are in the table."
