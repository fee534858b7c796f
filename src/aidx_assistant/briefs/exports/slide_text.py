"""Text on a slide: how much room it takes, and what of it is shown where there is not enough."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from aidx_assistant.briefs.brief import Block, Labelled, Options, Paragraph, Points, markers_in
from aidx_assistant.briefs.exports.marked import Mark, Run, Words, numbers_in, one_line, runs_of
from aidx_assistant.briefs.exports.reading_order import Part
from aidx_assistant.dx.lettering import width_of

LineKind = Literal["heading", "figure", "text", "point", "caption"]
"""figure: a number set large; caption: small, below a picture or at the end."""
MORE = "More in the notes."
_LEADING = 1.2
_SHARE = {"heading": 0.9, "figure": 1.6, "text": 1.0, "point": 1.0, "caption": 0.62}
"""Sizes of letters by kind, as parts of the text's."""
SMALLEST = 12.0
"""Points of the smallest letters on a slide."""
_ABOVE = {"heading": 0.7, "figure": 0.5, "text": 0.2, "point": 0.25, "caption": 0.3}
"""Space above by kind, as parts of the text's size."""
INDENT = 1.15
"""Of points, as part of the text's size."""
_MARK_SHARE = 0.66
_LAST_ASKS = re.compile(r"(?:^|[.!?] )[^.!?]+: (?P<ask>ask [^.!?]+[.!?]?)$")
"""A last sentence that says what to ask: what stands before it, without a citation, is told on the first slide."""
_SILENT = re.compile(r"(?:On the topic itself the|The|the) sources are silent: (?P<ask>\S.*)")
_ARIAL = 0.95
"""Of the estimated width that of Arial is 0.88 to 0.93, on the sentences of the corpus."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a slide."""

    kind: LineKind
    runs: tuple[Run, ...]
    ordinal: int | None = None
    """Of a point in a numbered list."""


def size_of(kind: LineKind, size: float) -> float:
    """Points of the letters of a line, where its slide's text has `size`."""
    return max(size * _SHARE[kind], SMALLEST)


def space_above(kind: LineKind, size: float) -> float:
    return size * _ABOVE[kind]


def lines_of(part: Part, numbers: Sequence[int], most_jobs: int) -> list[Line]:
    """The heading of a part and its text, tables left out; what is boxed is told shortly, its notes have it in full.

    Of the user's own jobs the first rows of the table stand below what has to be said of them.
    """
    lines = [heading_of(part.section.heading)]
    if part.jobs:
        listed = part.jobs.listed[:most_jobs]
        told: list[tuple[LineKind, str]] = [("text", part.jobs.lead), ("caption", part.jobs.short_note)]
        told += (("text", line) for line in listed)
        told += [("caption", MORE)] if len(listed) < len(part.jobs.listed) else []
        return [*lines, *(Line(kind, runs_of(text, numbers)) for kind, text in told)]
    for block in part.section.blocks:
        lines += _lines_of_block(_shortly(block) if part.section.boxed else block, numbers)
    return lines


def heading_of(words: str) -> Line:
    return Line("heading", (Words(one_line(words), strong=True),))


def _shortly(block: Block) -> Block:
    """Labelled points on which the sources are silent, with what is to be asked and what stands for background."""
    if not isinstance(block, Labelled):
        return block
    return Labelled(tuple((label, _asked(text)) for label, text in block.pairs))


def _asked(text: str) -> str:
    silent = _SILENT.search(text)
    if silent is None:
        asks = None if markers_in(text) else _LAST_ASKS.search(text)
        return _capitalised(asks["ask"]) if asks else text
    numbers = dict.fromkeys(markers_in(text[: silent.start()]))
    known = f"background only {''.join(f'[{number}]' for number in numbers)}" if numbers else "the sources are silent"
    return f"{known}. {_capitalised(silent['ask'])}"


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lines_of_block(block: Block, numbers: Sequence[int]) -> list[Line]:
    lines: list[Line] = []
    match block:
        case Paragraph(text):
            lines.append(Line("text", runs_of(text, numbers)))
        case Points(points, numbered):
            for place, point in enumerate(points, 1):
                lines.append(Line("point", runs_of(point.text, numbers), place if numbered else None))
        case Labelled(pairs):
            for label, text in pairs:
                label_runs = (Words(f"{one_line(label)}: ", strong=True),)
                lines.append(Line("text", (*label_runs, *runs_of(text, numbers))))
        case Options():
            pass
    return lines


def height_of(lines: Sequence[Line], width: float, size: float) -> float:
    """Points from top to bottom of lines set `width` points wide in letters of `size` points."""
    return sum(_height(line, width, size) for line in lines)


def rows_needed(runs: Sequence[Run], width: float, size: float, *, bold: bool = False) -> int:
    """How many rows a text breaks into; estimated, rather one too many than one too few."""
    rows, room = 1, width
    for word, letters in _words(runs, size, bold=bold):
        across = _ARIAL * width_of(word, letters)
        if across > room and room < width:
            rows, room = rows + 1, width
        while across > width:
            rows, across = rows + 1, across - width
        room -= across + _ARIAL * width_of(" ", letters)
    return rows


def cut(groups: Sequence[Sequence[Line]], width: float, size: float, room: float) -> list[Line]:
    """As much of the groups, each below its heading, as has room, with a pointer to the notes where that is not all.

    The longest group gives way first, so that every heading keeps something below it as long as that is possible.
    """
    kept = [list(group) for group in groups]
    if height_of(joined(kept), width, size) <= room:
        return joined(kept)
    pointer = Line("caption", (Words(MORE),))
    while kept and height_of([*joined(kept), pointer], width, size) > room:
        longest = max(kept, key=lambda group: height_of(group, width, size))
        rows = _rows(longest[-1], width, size)
        if len(longest) > 2:
            longest.pop()
        elif rows > 1:
            across, letters = _inner_width(longest[-1], width, size), size_of(longest[-1].kind, size)
            longest[-1] = replace(longest[-1], runs=shortened(longest[-1].runs, across, letters, max(rows * 3 // 4, 1)))
        else:
            kept.remove(longest)
    return [*joined(kept), pointer]


def joined(groups: Sequence[Sequence[Line]]) -> list[Line]:
    return [line for group in groups for line in group]


def shortened(runs: Sequence[Run], width: float, size: float, rows: int) -> tuple[Run, ...]:
    """As much of a text as stands in so many rows, then an ellipsis and the citations that were named after it."""
    if rows_needed(runs, width, size) <= rows:
        return tuple(runs)
    pieces = [piece for run in runs for piece in _pieces(run)]

    def cut_after(count: int) -> tuple[Run, ...]:
        shown = numbers_in(pieces[:count])
        rest = dict.fromkeys(number for number in numbers_in(pieces[count:]) if number not in shown)
        return (*pieces[:count], Words("…"), *map(Mark, rest))

    def is_too_long(count: int) -> bool:
        return rows_needed(cut_after(count), width, size) > rows

    return cut_after(bisect_left(range(1, len(pieces) + 1), True, key=is_too_long))


def _pieces(run: Run) -> list[Run]:
    """Words one by one, each with the spaces before it."""
    if isinstance(run, Mark):
        return [run]
    return [replace(run, text=piece) for piece in re.findall(r" *[^ ]+| +$", run.text)]


def _height(line: Line, width: float, size: float) -> float:
    return _rows(line, width, size) * size_of(line.kind, size) * _LEADING + space_above(line.kind, size)


def _rows(line: Line, width: float, size: float) -> int:
    letters = size_of(line.kind, size)
    return rows_needed(line.runs, _inner_width(line, width, size), letters, bold=line.kind in ("heading", "figure"))


def _inner_width(line: Line, width: float, size: float) -> float:
    return width - (INDENT * size if line.kind == "point" else 0)


def _words(runs: Sequence[Run], size: float, *, bold: bool) -> list[tuple[str, float]]:
    """Words and the size of their letters; strong ones are wider. A mark belongs to the word before it."""
    words: list[tuple[str, float]] = []
    for run in runs:
        if isinstance(run, Mark):
            words.append((f"[{run.number}]", size * _MARK_SHARE))
            continue
        letters = size * (1.06 if bold or run.strong else 1.0)
        words += [(word, letters) for word in run.text.split(" ") if word]
    return words
