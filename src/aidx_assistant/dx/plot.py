"""The quadrants as plain text, for a terminal, a pipe or a file: each job is its number, at the place of its scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from aidx_assistant.dx.index import DxIndex, ScoredJob
from aidx_assistant.dx.quadrants import QUADRANTS, Quadrant

NARROWEST = 40
"""Columns below which there is no chart."""
NUMBERED = 60
"""Jobs at the head of the list that are shown by number; the others are dots."""
_LEFT = 5
_LOWEST, _HIGHEST = 11, 34
_MOST_AT_ONE_PLACE = 4


@dataclass(frozen=True, slots=True)
class Signs:
    """What the chart is drawn with."""

    unnumbered: str
    beyond: str
    across: str
    down: str
    cross: str
    corners: str
    """Top left, top middle, top right, then those of the bottom."""
    ends: str
    """Of the line between low and high, on the frame."""


BOXES = Signs("●", "·", "─", "│", "┼", "┌┬┐└┴┘", "├┤")
ASCII = Signs("o", ".", "-", "|", "+", "++++++", "++")
"""For what can show nothing else."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart in text."""

    lines: tuple[str, ...]
    """None is wider than asked for."""
    unnumbered: tuple[int, ...]
    """Numbers that there was no room for; their jobs are marks without a number."""
    beyond: int
    """Jobs below the head of the list, which are marks without a number."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """Cells from 0 on for scores from 0 to 100; the cell of the line between low and high holds no score."""

    cells: int
    split: Decimal

    @property
    def line(self) -> int:
        """The cell of the line."""
        return min(max(1, round(float(self.split) / 100 * self.cells)), self.cells - 2)

    def cell(self, score: Decimal) -> int:
        if score < self.split:
            return int(score / self.split * self.line)
        room = self.cells - self.line - 1
        return self.line + 1 + min(int((score - self.split) / (100 - self.split) * room), room - 1)


def plotted(index: DxIndex, width: int, signs: Signs = BOXES) -> Plot:
    """Opportunity upward, adoption to the right; `width` columns at most, from `NARROWEST` on.

    Jobs without an adoption score are left out. Jobs in one place stand together, `3,8`; the first digit or the last
    is at the place. Where numbers find no room, the chart is made higher, up to `_HIGHEST` rows.
    """
    rows = max(_LOWEST, (width - _LEFT) // 4)
    plot = _plotted(index, width, min(rows, _HIGHEST), signs)
    while plot.unnumbered and rows < _HIGHEST:
        rows += 4
        higher = _plotted(index, width, min(rows, _HIGHEST), signs)
        plot = higher if len(higher.unnumbered) < len(plot.unnumbered) else plot
    return plot


def _plotted(index: DxIndex, width: int, rows: int, signs: Signs) -> Plot:
    across = _Axis(width - _LEFT - 2, index.split.adoption)
    upward = _Axis(rows, index.split.opportunity)
    places = _places(index, across, upward)
    field = [[" "] * across.cells for _ in range(upward.cells)]
    dividing = upward.cells - 1 - upward.line
    field[dividing] = [signs.across] * across.cells
    for row in field:
        row[across.line] = signs.down
    field[dividing][across.line] = signs.cross
    unnumbered = _put_numbers(field, places, across.line, signs)
    lines = _framed(field, across, dividing, index, signs)
    beyond = sum(scored.number > NUMBERED for jobs in places.values() for scored in jobs)
    return Plot(tuple(line.rstrip() for line in lines), unnumbered, beyond)


def _places(index: DxIndex, across: _Axis, upward: _Axis) -> dict[tuple[int, int], list[ScoredJob]]:
    """The jobs by column and row."""
    places: dict[tuple[int, int], list[ScoredJob]] = defaultdict(list)
    for scored in index.jobs:
        if scored.adoption is not None:
            places[across.cell(scored.adoption), upward.cells - 1 - upward.cell(scored.opportunity)].append(scored)
    return places


def _put_numbers(
    field: list[list[str]], places: dict[tuple[int, int], list[ScoredJob]], line: int, signs: Signs
) -> tuple[int, ...]:
    """Draws the jobs, those at the head of the list first; gives back the numbers without room."""
    numbers = {place: [scored.number for scored in jobs if scored.number <= NUMBERED] for place, jobs in places.items()}
    for column, row in places:
        field[row][column] = signs.unnumbered if numbers[column, row] else signs.beyond
    unnumbered: list[int] = []
    for column, row in sorted(filter(numbers.__getitem__, places), key=lambda place: numbers[place]):
        here, cells = numbers[column, row], field[row]
        label = _label(here, len(places[column, row]))
        cells[column] = " "
        start = next((begin for begin in (column, column - len(label) + 1) if _free(cells, begin, label, line)), None)
        if start is None:
            cells[column] = signs.unnumbered
            unnumbered += here
        else:
            cells[start : start + len(label)] = label
            unnumbered += here[_MOST_AT_ONE_PLACE:]
    return tuple(sorted(unnumbered))


def _free(cells: Sequence[str], begin: int, label: str, line: int) -> bool:
    """Whether a label has room there: no job under it, no digit next to it, and no reaching across the line."""
    end = begin + len(label)
    if begin < 0 or end > len(cells) or begin <= line < end:
        return False
    around = [cells[at] for at in (begin - 1, end) if 0 <= at < len(cells)]
    return set(cells[begin:end]) <= {" "} and not any(neighbour.isdigit() for neighbour in around)


def _label(numbers: Sequence[int], jobs: int) -> str:
    """`3,8`, or `3,8,9,12+5` where more jobs are in the place."""
    shown = [str(number) for number in numbers[:_MOST_AT_ONE_PLACE]]
    return ",".join(shown) + (f"+{jobs - len(shown)}" if jobs > len(shown) else "")


def _framed(field: list[list[str]], across: _Axis, dividing: int, index: DxIndex, signs: Signs) -> list[str]:
    """The field with its frame, the quadrants' names in it, and the scales of both scores."""
    room = (across.line, across.cells - across.line - 1)
    top = _edge(QUADRANTS[:2], room, signs.corners[:3], signs)
    bottom = _edge(QUADRANTS[2:], room, signs.corners[3:], signs)
    ticks = {0: "100", dividing: _tick(index.split.opportunity), len(field) - 1: "0"}
    lines = [" opportunity", " " * _LEFT + top]
    for number, row in enumerate(field):
        left, right = tuple(signs.ends if number == dividing else signs.down * 2)
        lines.append(f"{ticks.get(number, ''):>{_LEFT - 1}} {left}{''.join(row)}{right}")
    lines.append(" " * _LEFT + bottom)
    return [*lines, _scale(across, index.split.adoption)]


def _edge(names: Sequence[Quadrant], room: tuple[int, int], corners: str, signs: Signs) -> str:
    """`┌ look first ───┬ under way ────┐`; a name that does not fit is left out."""
    parts = []
    for name, cells in zip(names, room, strict=True):
        text = f" {name} " if len(name) + 3 <= cells else ""
        parts.append((signs.across + text if text else "") + signs.across * (cells - len(text) - bool(text)))
    return corners[0] + parts[0] + corners[1] + parts[1] + corners[2]


def _scale(across: _Axis, split: Decimal) -> str:
    """The scale of adoption below the field."""
    title = "adoption"
    line = [" "] * (across.cells + 2)
    line[1:2] = "0"
    line[-4:-1] = "100"
    tick = _tick(split)
    start = across.line + 1 - len(tick) // 2
    if start > 2 and start + len(tick) < len(line) - 5:
        line[start : start + len(tick)] = tick
    else:
        start, tick = 2, ""
    begin = start + len(tick) + 2
    if begin + len(title) < len(line) - 5:
        line[begin : begin + len(title)] = title
    return " " * _LEFT + "".join(line)


def _tick(score: Decimal) -> str:
    return f"{score:.0f}" if score == int(score) else f"{score:.1f}"
