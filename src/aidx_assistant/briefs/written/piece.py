"""The pieces of a written text, and all of them as one Markdown text of which every offset still says where it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from aidx_assistant.figures import figures_in

PieceKind = Literal["heading", "paragraph", "item", "header", "row"]
"""header, row: a table's first row and every other."""

BETWEEN_CELLS = " | "
_BETWEEN_ITEMS = "\n- "
"""As long as what stands between cells, so that every offset stays."""
_LINE_END = re.compile(r"\s")
_MARKER = re.compile(r"\[\d{1,4}\]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 2_000
"""Characters of a piece: most of a page without a paragraph's end."""
_SENTENCE_END = re.compile(r"[.!?][\"'”’)*_]*(?:\s*\[\d[\d\s,;–-]*\])*\s+(?=[\"'“‘(*_]*[A-Z])")
_PROSE = 5
"""Words from which a cell with a figure and a citation of its own is a sentence, not an entry."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a paragraph, an item of a list or a row of a table; citations stand in it as `[3]`."""

    kind: PieceKind
    text: str
    """In one line; the cells of a row are parted by `BETWEEN_CELLS`."""
    where: str
    """Where it begins, for a reader: a line's number, a section's heading."""
    level: int = 1
    """Of a heading, from 1; of a list's item, from 1 for the outermost."""
    breaks: tuple[tuple[int, str], ...] = ()
    """Offsets in `text` from which on it stands elsewhere (another line), and where, in order."""
    ordinal: int | None = None
    """Of an item of a numbered list: its number."""

    @property
    def cells(self) -> tuple[str, ...]:
        """Of a row."""
        return tuple(cell.strip() for cell in self.text.split(BETWEEN_CELLS))

    def part(self, start: int, end: int) -> Piece:
        """The piece from one offset of its text to another, which says where that stands."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        breaks = tuple((offset - start, where) for offset, where in self.breaks if start < offset < end)
        return replace(self, text=text.strip(), where=self.where_at(start), breaks=breaks)

    def where_at(self, offset: int) -> str:
        return next((where for start, where in reversed(self.breaks) if start <= offset), self.where)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Pieces as one Markdown text whose `[3]` markers name citations."""

    text: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    """The offset in `text` of each piece's own text."""

    def place(self, offset: int) -> tuple[Piece, int]:
        """The piece that an offset lies in, or after, and the offset in it."""
        index = max(bisect_right(self.starts, offset) - 1, 0)
        return self.pieces[index], offset - self.starts[index]

    def where(self, offset: int) -> str:
        piece, within = self.place(offset)
        return piece.where_at(within)


def row(cells: Sequence[str], where: str, *, header: bool = False) -> Piece:
    """A row of a table; a bar in a cell, which would part it, becomes a broken one."""
    text = BETWEEN_CELLS.join(cell.replace("|", "¦") for cell in cells)
    return Piece("header" if header else "row", text, where)


def divided(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, those of absurd length parted: a sentence is looked through for every figure of it."""
    for piece in pieces:
        start = 0
        while len(piece.text) - start > _LONGEST:
            end = _parting(piece.text, start)
            yield piece.part(start, end)
            start = end
        yield piece.part(start, len(piece.text)) if start else piece


def _parting(text: str, start: int) -> int:
    """Where the stretch from `start` ends that is read together: with a sentence, else with a word, if there is one."""
    most = start + _LONGEST
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, most)]
    word = text.rfind(" ", start, most) + 1
    return ends[-1] if ends else word if word > start else most


def marked_text(pieces: Iterable[Piece]) -> MarkedText:
    """All pieces in order, as Markdown that the checks of figures read by its structure."""
    kept = tuple(pieces)
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    prose = _rows_of_prose(kept)
    for number, piece in enumerate(kept):
        text = _LINE_END.sub(" ", piece.text)
        if number in prose:
            before, after, text = "\n- ", "\n", text.replace(BETWEEN_CELLS, _BETWEEN_ITEMS)
        else:
            before, after = _around(piece, kept[number - 1] if number else None)
        starts.append(length + len(before))
        parts.append(f"{before}{text}{after}")
        length += len(parts[-1])
    return MarkedText("".join(parts), kept, tuple(starts))


def _rows_of_prose(pieces: Sequence[Piece]) -> frozenset[int]:
    """The rows of tables whose cells are sentences with citations: each cell speaks for itself, not for its row."""
    found: set[int] = set()
    table: list[int] = []
    for number, piece in enumerate((*pieces, Piece("header", "", ""))):
        if piece.kind == "row":
            table.append(number)
            continue
        if any(_is_prose(cell) for row_number in table for cell in pieces[row_number].cells):
            found.update(table)
        table = [number] if piece.kind == "header" and number < len(pieces) else []
    return frozenset(found)


def _is_prose(cell: str) -> bool:
    words = _MARKER.sub(" ", cell)
    return words != cell and len(_WORD.findall(words)) >= _PROSE and bool(figures_in(words))


def _around(piece: Piece, previous: Piece | None) -> tuple[str, str]:
    """What makes a piece a heading, an item or a row."""
    together = previous is not None and previous.kind == piece.kind == "item"
    gap = "" if together or (previous is not None and piece.kind == "row") else "\n"
    match piece.kind:
        case "heading":
            return f"{gap}{'#' * min(piece.level, 6)} ", "\n"
        case "item":
            return f"{gap}{'  ' * (piece.level - 1)}- ", "\n"
        case "header":
            rule = "|" + "---|" * len(piece.cells)
            return f"{gap}| ", f" |\n{rule}\n"
        case "row":
            return "| ", " |\n"
        case _:
            return gap, "\n"
