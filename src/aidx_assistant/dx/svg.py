"""The quadrants as a vector chart that stands by itself: no script, no style sheet, no font and no file from elsewhere.

Colours are those of Okabe and Ito's palette, which colour-blind readers tell apart; each quadrant has a shape of its
own as well, and its name stands in it. A title and a description say the same to who cannot see the chart.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from aidx_assistant.dx.index import DxIndex, ScoredJob
from aidx_assistant.dx.lettering import shortened, width_of
from aidx_assistant.dx.placing import Box, Labelled, Spacing, place_labels
from aidx_assistant.dx.quadrants import Quadrant
from aidx_assistant.dx.weights import shown
from aidx_assistant.printable import printable

TITLE = "AI Dx: opportunity and adoption of our jobs"
NUMBERED = 60
"""Jobs at the head of the list that get their number and a line below the chart."""
_WIDTH = 760
_MARGIN = 24
_FIELD = Box(64, 66, 736, 486)
_KEY_TOP = _FIELD.bottom + 84
_KEY_LINE = 18
_KEY_COLUMNS = 2
_NOTE_LINE = 15
_NOTE_CELLS = 132
"""Characters of a note in one line."""
_MARK = 11
_SPACING = Spacing(own_mark=2, labels=(3, 0), other_marks=(3, 2))
_INK, _SOFT_INK, _PAPER, _LINES = "#1f2328", "#57606a", "#ffffff", "#8c959f"


@dataclass(frozen=True, slots=True)
class _Type:
    """How text is set; the size in pixels."""

    size: int
    colour: str = _INK
    bold: bool = False


_HEADING, _STRONG, _PLAIN, _SMALL = _Type(16, bold=True), _Type(12, bold=True), _Type(12), _Type(11, _SOFT_INK)
_NOT_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Look:
    """How a quadrant's jobs are drawn."""

    colour: str
    tint: str
    path: str
    """Of the mark, around 0, 0."""


_LOOKS: dict[Quadrant, _Look] = {
    "look first": _Look("#d55e00", "#fdf0e7", "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z"),
    "under way": _Look("#0072b2", "#f6f8fa", "M-5-5h10v10h-10z"),
    "can wait": _Look("#6e7781", "#f6f8fa", "M0-5.5l5.5 10h-11z"),
    "well served": _Look("#009e73", "#f6f8fa", "M0-6.5l6.5 6.5l-6.5 6.5l-6.5-6.5z"),
}


def as_svg(index: DxIndex, title: str = TITLE) -> str:
    """The chart as one `<svg>` element: field, marks with numbers, the names to the numbers, and the notes.

    Jobs without an adoption score are named below, not drawn. The same index gives the same text.
    """
    marks, unplaced = _marks(index)
    key, bottom = _key(index)
    notes = [*_left_out(index, unplaced), *index.notes]
    lines = [line for note in notes for line in textwrap.wrap(note, _NOTE_CELLS)]
    note_lines = [_text(_MARGIN, bottom + 14 + _NOTE_LINE * row, line, _SMALL) for row, line in enumerate(lines)]
    height = bottom + 14 + _NOTE_LINE * len(lines)
    body = [_text(_MARGIN, 28, title, _HEADING), *_field(index), *marks, *key, *note_lines]
    described = f"{index.in_words} {' '.join(index.notes)}"
    name = "aidx-dx-" + hashlib.sha256("".join([title, described, *body]).encode()).hexdigest()[:10]
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height:g}" '
        f'viewBox="0 0 {_WIDTH} {height:g}" role="img" aria-labelledby="{name}-title {name}-desc" '
        'font-family="Helvetica, Arial, Liberation Sans, sans-serif">',
        f'<title id="{name}-title">{_escaped(title)}</title>',
        f'<desc id="{name}-desc">{_escaped(described)}</desc>',
        f'<rect width="{_WIDTH}" height="{height:g}" fill="{_PAPER}"/>',
    ]
    return "\n".join([*head, *body, "</svg>\n"])


def _x(score: Decimal) -> float:
    return round(_FIELD.left + float(score) / 100 * (_FIELD.right - _FIELD.left), 1)


def _y(score: Decimal) -> float:
    return round(_FIELD.bottom - float(score) / 100 * (_FIELD.bottom - _FIELD.top), 1)


def _field(index: DxIndex) -> Iterator[str]:
    """The quadrants with their names, the thresholds, and the scales."""
    across, upward = _x(index.split.adoption), _y(index.split.opportunity)
    left, top, right, bottom = _FIELD.left, _FIELD.top, _FIELD.right, _FIELD.bottom
    for quadrant, area in _areas(index).items():
        yield _rectangle(area, f'fill="{_LOOKS[quadrant].tint}"')
        yield from _caption(index, quadrant, area)
    lines = f"M{across:g} {top:g}V{bottom:g}M{left:g} {upward:g}H{right:g}"
    yield f'<path d="{lines}" stroke="{_LINES}" fill="none" stroke-dasharray="5 4"/>'
    yield _rectangle(_FIELD, f'fill="none" stroke="{_LINES}"')
    for score, x in ((Decimal(0), left), (index.split.adoption, across), (Decimal(100), right)):
        yield _text(x, bottom + 36, shown(score), _SMALL, anchor="middle")
    for score, y in ((Decimal(0), bottom), (index.split.opportunity, upward), (Decimal(100), top)):
        yield _text(left - 8, y + 4, shown(score), _SMALL, anchor="end")
    yield _text((left + right) / 2, bottom + 54, "Adoption score", _PLAIN, anchor="middle")
    turned = f'transform="rotate(-90 {_MARGIN} {(top + bottom) / 2:g})"'
    yield _text(_MARGIN, (top + bottom) / 2, "Opportunity score", _PLAIN, anchor="middle", more=turned)


def _areas(index: DxIndex) -> dict[Quadrant, Box]:
    across, upward = _x(index.split.adoption), _y(index.split.opportunity)
    return {
        "look first": Box(_FIELD.left, _FIELD.top, across, upward),
        "under way": Box(across, _FIELD.top, _FIELD.right, upward),
        "can wait": Box(_FIELD.left, upward, across, _FIELD.bottom),
        "well served": Box(across, upward, _FIELD.right, _FIELD.bottom),
    }


def _caption(index: DxIndex, quadrant: Quadrant, area: Box) -> Iterator[str]:
    """A quadrant's mark, name and number of jobs, outside the field; left out where it has no room."""
    text = f"{quadrant} ({len(index.within(quadrant))})"
    y = area.top - 8 if area.top == _FIELD.top else area.bottom + 18
    if 20 + width_of(text, _STRONG.size) <= area.right - area.left:
        yield _mark(quadrant, area.left + 8, y - 4)
        yield _text(area.left + 20, y, text, _STRONG)


def _marks(index: DxIndex) -> tuple[list[str], tuple[int, ...]]:
    """Marks and the numbers beside them; and the numbers for which there is no room."""
    places: dict[tuple[float, float], list[ScoredJob]] = defaultdict(list)
    for scored in index.jobs:
        if scored.adoption is not None:
            places[_x(scored.adoption), _y(scored.opportunity)].append(scored)
    boxes = {place: _box(place, jobs[0].number) for place, jobs in places.items()}
    named = [place for place, jobs in places.items() if jobs[0].number <= NUMBERED]
    labels = [_label(places[place]) for place in named]
    areas = _areas(index)
    wanted = [
        Labelled(boxes[place], width_of(label, _PLAIN.size), _PLAIN.size, areas[quadrant])
        for place, label in zip(named, labels, strict=True)
        if (quadrant := places[place][0].quadrant)
    ]
    found = place_labels(wanted, list(boxes.values()), _SPACING)
    drawn = [_mark(jobs[0].quadrant, x, y, _scale(jobs[0].number)) for (x, y), jobs in reversed(places.items())]
    unplaced: list[int] = []
    for place, label, box in zip(named, labels, found, strict=True):
        if box:
            drawn.append(_text((box.left + box.right) / 2, box.bottom - 2, label, _PLAIN, anchor="middle"))
        else:
            unplaced += [scored.number for scored in places[place] if scored.number <= NUMBERED]
    return drawn, tuple(sorted(unplaced))


def _scale(number: int) -> float:
    """How large a mark is: those without a number are small."""
    return 1 if number <= NUMBERED else 0.5


def _box(place: tuple[float, float], number: int) -> Box:
    half = _MARK / 2 * _scale(number)
    return Box(place[0] - half, place[1] - half, place[0] + half, place[1] + half)


def _label(jobs: Sequence[ScoredJob]) -> str:
    """`3`; `3,8` for two jobs in one place, `3,8+5` where five more are below the head of the list."""
    numbers = [str(scored.number) for scored in jobs if scored.number <= NUMBERED]
    return ",".join(numbers) + (f"+{len(jobs) - len(numbers)}" if len(jobs) > len(numbers) else "")


def _key(index: DxIndex) -> tuple[list[str], float]:
    """The names to the numbers, column by column, and where they end."""
    named = index.jobs[:NUMBERED]
    rows = -(-len(named) // _KEY_COLUMNS)
    column_width = (_WIDTH - 2 * _MARGIN) / _KEY_COLUMNS
    lines: list[str] = []
    for place, scored in enumerate(named):
        column, row = divmod(place, rows)
        x, y = _MARGIN + column * column_width, _KEY_TOP + row * _KEY_LINE
        lines.append(_text(x + 20, y, str(scored.number), _STRONG, anchor="end"))
        if scored.quadrant:
            lines.append(_mark(scored.quadrant, x + 33, y - 4))
        reached = "–" if scored.adoption is None else str(scored.adoption)
        name = shortened(scored.job.name, column_width - 44 - 16 - 70, _PLAIN.size)
        lines.append(_text(x + 44, y, name, _PLAIN, tip=scored.job.name))
        lines.append(_text(x + column_width - 16, y, f"{scored.opportunity} / {reached}", _SMALL, anchor="end"))
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


def _mark(quadrant: Quadrant | None, x: float, y: float, scale: float = 1) -> str:
    look = _LOOKS[quadrant or "can wait"]
    place = f"translate({x:g} {y:g})" + (f" scale({scale:g})" if scale != 1 else "")
    return f'<path d="{look.path}" transform="{place}" fill="{look.colour}" stroke="{_PAPER}"/>'


def _rectangle(box: Box, paint: str) -> str:
    size = f'width="{box.right - box.left:g}" height="{box.bottom - box.top:g}"'
    return f'<rect x="{box.left:g}" y="{box.top:g}" {size} {paint}/>'


def _text(x: float, y: float, text: str, written: _Type, anchor: str = "start", more: str = "", tip: str = "") -> str:
    """Text whose line begins at, ends at or is centred on a point; `tip` is what a pointer over it shows."""
    looks = f'font-size="{written.size}" fill="{written.colour}"'
    looks += ' font-weight="bold"' if written.bold else ""
    looks += f' text-anchor="{anchor}"' if anchor != "start" else ""
    title = f"<title>{_escaped(tip)}</title>" if tip and tip != text else ""
    return f'<text x="{x:g}" y="{y:g}" {looks}{f" {more}" if more else ""}>{title}{_escaped(text)}</text>'


def _escaped(text: str) -> str:
    return escape(_NOT_XML.sub("", printable(text)), {'"': "&quot;"})
