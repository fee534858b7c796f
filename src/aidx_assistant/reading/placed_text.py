"""Text where it stands on a page or picture, and the lines it makes. Points or pixels from the top left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from aidx_assistant.reading.lone_figures import is_figure

_WORD_GAP = 0.17
"""Ems between two pieces of a line from which they are two words; kerning stays below, the narrowest space above."""
_COLUMN_GAP = 1.1
"""Ems from which they are two lines side by side: columns, cells."""
TIGHT = 0.5
"""Ems from which they are two labels of a chart: more than a space."""
_CELL_GAP = 0.35
"""Ems from which they may be two cells: more than a space."""
_LOOSE = 0.4
"""Ems from which a gap is wider than any space between words; that of bold type is up to 0.38."""
_IN_LINE = 0.2
"""Ems within which two cells begin in one line."""
_ROWS_NEAR = 3
_ROW_HEIGHT = 3.5
"""Ems of one row of a table, at most."""
_BULLET_GAP = 4.0
"""Ems up to which a bullet or a number belongs to the text right of it."""
BULLET = re.compile(r"[•▪▫■□●○◦‣∙·–—*➢➤✓✔►-]|\(?(?:\d{1,2}|[a-z])[.)]")
_DRAWN_BULLET = re.compile(r"(?:[•▪▫■□●○◦‣∙·➢➤✓✔►]+\s+|[–—*-]\s+(?=[^\W\d_]))")
_NOTE_MARK = re.compile(r"[\d,*†‡§]{1,4}")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOST_MARKS = 300
"""Small raised numbers looked at on one page."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A run of text, or a line or a paragraph made of runs. `size` is that of its letters (the em)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    loose: bool = False
    """Of a line: whether it has a gap that is wider than a space, and may be two cells that were not told apart."""

    @property
    def base(self) -> float:
        """Where its letters stand."""
        return self.bottom - 0.2 * (self.bottom - self.top)

    @property
    def words(self) -> int:
        return len(self.text.split())

    def beside(self, other: PlacedText) -> bool:
        """Whether they share some height: half of the lower one's."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared >= 0.5 * min(self.bottom - self.top, other.bottom - other.top)

    def over(self, other: PlacedText) -> bool:
        """Whether they share some width: a third of the narrower one's."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        return shared >= 0.3 * min(self.right - self.left, other.right - other.left)


def around(text: str, pieces: Sequence[PlacedText]) -> PlacedText:
    """A piece that says `text` where all these stand."""
    return PlacedText(
        text,
        min(piece.left for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.bottom for piece in pieces),
        median(piece.size for piece in pieces),
        all(piece.bold for piece in pieces),
    )


def without_bullet(text: str) -> str:
    """The text without the bullet that begins it; numbers of items stay."""
    return _DRAWN_BULLET.sub("", text, count=1) if _DRAWN_BULLET.match(text) else text


def rows_of(pieces: Iterable[PlacedText]) -> list[list[PlacedText]]:
    """What stands on one height, from the top; each row from the left."""
    rows: list[list[PlacedText]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.base, piece.left)):
        if rows and piece.base - rows[-1][0].base <= 0.35 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def lines_of(runs: Iterable[PlacedText], apart: float = _COLUMN_GAP) -> list[PlacedText]:
    """The lines that runs make. What stands side by side with a gap of so many ems between is two lines.

    The raised number of a note is left out; one after a digit could be an exponent, and is kept apart: `10 ⁶`.
    """
    rows = [_pieces(row, apart) for row in rows_of(_marks_resolved(_drawn_once(runs)))]
    gaps = [_between_figures(row) for row in rows]
    lines = []
    for number, row in enumerate(rows):
        near = list(_neighbours(rows, number))
        starts = [pieces[0] for other in near for pieces in rows[other][1:]]
        free = [gap for other in (number, *near) for gap in gaps[other]]
        lines += [_line(cell) for pieces in row for cell in _cells(pieces, starts, free)]
    return [line for line in lines if line.text]


def _pieces(row: Sequence[PlacedText], apart: float) -> list[list[PlacedText]]:
    """What of a row belongs together."""
    together: list[list[PlacedText]] = []
    for run in row:
        last = together[-1] if together else []
        if not last or (run.left - last[-1].right > apart * _em(run, last[-1]) and not _opens(last, run)):
            together.append([])
        together[-1].append(run)
    return together


def _between_figures(row: Sequence[Sequence[PlacedText]]) -> list[tuple[float, float]]:
    """From where to where there is nothing between two figures that stand side by side, in two columns surely."""
    runs = [run for pieces in row for run in pieces]
    cells = [(cell, is_figure(_line(cell).text)) for cell in _pieces(runs, TIGHT)]
    return [(cell[-1].right, other[0].left) for (cell, one), (other, another) in pairwise(cells) if one and another]


def _neighbours(rows: Sequence[list[list[PlacedText]]], number: int) -> Iterator[int]:
    """The rows above and below that are near enough to be of one table, by number."""
    here = rows[number][0][0]
    for other in range(max(0, number - _ROWS_NEAR), min(len(rows), number + 1 + _ROWS_NEAR)):
        if other != number and abs(rows[other][0][0].base - here.base) <= _ROWS_NEAR * _ROW_HEIGHT * here.size:
            yield other


def _cells(
    pieces: list[PlacedText], starts: Sequence[PlacedText], free: Sequence[tuple[float, float]]
) -> Iterator[list[PlacedText]]:
    """Cells of a narrow table, with a small gap between.

    A cell begins where one begins in a row near by, or where figures of this row or one near by stand apart.
    """
    cell: list[PlacedText] = []
    for run in pieces:
        gap = run.left - cell[-1].right if cell else 0.0
        if gap >= _CELL_GAP * run.size and not _opens(cell, run):
            in_line = any(abs(start.left - run.left) <= _IN_LINE * run.size for start in starts)
            wide = gap >= TIGHT * run.size
            if in_line or (wide and any(left < run.left and cell[-1].right < right for left, right in free)):
                yield cell
                cell = []
        cell.append(run)
    yield cell


def _em(first: PlacedText, second: PlacedText) -> float:
    return max(first.size, second.size)


def _opens(pieces: Sequence[PlacedText], run: PlacedText) -> bool:
    """Whether the pieces are but the bullet of what follows."""
    bullet = BULLET.fullmatch("".join(piece.text for piece in pieces).strip())
    return bullet is not None and run.left - pieces[-1].right <= _BULLET_GAP * run.size


def _line(pieces: Sequence[PlacedText]) -> PlacedText:
    text = pieces[0].text
    widest = 0.0
    for before, piece in pairwise(pieces):
        gap = (piece.left - before.right) / _em(piece, before)
        text += f" {piece.text}" if gap > _WORD_GAP else piece.text
        widest = max(widest, gap)
    written = [piece for piece in pieces if piece.text.strip()] or pieces
    kinds: Counter[tuple[float, bool]] = Counter()
    for piece in written:
        kinds[piece.size, piece.bold] += len(piece.text)
    size, bold = kinds.most_common(1)[0][0]
    return replace(around(" ".join(text.split()), written), size=size, bold=bold, loose=widest >= _LOOSE)


def _drawn_once(runs: Iterable[PlacedText]) -> list[PlacedText]:
    """Without what is drawn again over itself, as shadows and false bold type are; `ll` is no such thing."""
    seen: dict[tuple[str, int, int], PlacedText] = {}
    kept = []
    for run in runs:
        step = max(run.size / 4, 0.1)
        across, down = round(run.left / step), round(run.base / step)
        near = (seen.get((run.text, across + x, down + y)) for x in (-1, 0, 1) for y in (-1, 0, 1))
        if run.text.strip() and any(
            other and abs(run.left - other.left) < 0.5 * (other.right - other.left) for other in near
        ):
            continue
        seen[run.text, across, down] = run
        kept.append(run)
    return kept


def _marks_resolved(runs: list[PlacedText]) -> list[PlacedText]:
    written = [run for run in runs if run.text.strip()]
    if not written:
        return []
    usual = median(run.size for run in written)
    marks = [run for run in written if run.size < 0.85 * usual and _NOTE_MARK.fullmatch(run.text.strip())][:_MOST_MARKS]
    resolved = {id(mark): _as_exponent(mark, bearer) for mark in marks if (bearer := _bearer(mark, written))}
    return [run for piece in runs if (run := resolved.get(id(piece), piece)) is not None]


def _bearer(mark: PlacedText, written: Sequence[PlacedText]) -> PlacedText | None:
    """What a mark is raised from: larger text that ends where the mark begins, and stands a bit lower."""
    for run in written:
        raised = run.base - mark.base
        near = abs(mark.left - run.right) <= 0.35 * run.size
        if near and mark.size <= 0.8 * run.size and 0.15 * run.size <= raised <= 0.75 * run.size:
            return run
    return None


def _as_exponent(mark: PlacedText, bearer: PlacedText) -> PlacedText | None:
    if not bearer.text.rstrip()[-1:].isdigit():
        return None
    lowered = bearer.base - mark.base
    return replace(
        mark, text=f" {mark.text.strip().translate(_RAISED)}", top=mark.top + lowered, bottom=mark.bottom + lowered
    )
