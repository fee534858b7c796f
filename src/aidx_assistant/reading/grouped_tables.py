"""Tables under two rows of headers, the upper ones over several columns: each figure with both of its headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from aidx_assistant.reading.chart_axes import is_year
from aidx_assistant.reading.document import Block
from aidx_assistant.reading.header_spans import Extent, shares_of
from aidx_assistant.reading.lone_figures import is_value
from aidx_assistant.reading.paragraphs import joined
from aidx_assistant.reading.placed_text import PlacedText, around, rows_of
from aidx_assistant.reading.regions import Region, region
from aidx_assistant.reading.rows import row_text

_FEWEST_ROWS = 2
_MOST_ROWS = 300
_MOST_COLUMNS = 20
_LINE_PITCH = 1.4
"""Ems from line to line within one cell, at most."""
_ROW_PITCH = 4.0
"""Ems from row to row, at most."""
_LARGER = 1.3
"""Times that the letters of a header may be larger than those of the figures."""
_LONGEST_HEADER = 8
"""Words of one line."""
_MOST_HEADER_LINES = 6

Row = list[PlacedText]


@dataclass(slots=True)
class _Body:
    """Rows of figures below each other in the same columns."""

    numbers: list[int]
    """Which rows of the page they are."""
    figures: list[Row]
    columns: list[Extent]


def grouped_tables(lines: Sequence[PlacedText]) -> list[Region]:
    """The tables with two rows of headers among the lines of a page.

    Only what is sure: two rows or more, each with a label and two figures or more; over them in one row headers of
    columns; over that fewer headers, which can stand over the columns in one way only.
    """
    rows = rows_of(lines)
    return [table for body in _bodies(rows) if (table := _table(body, rows)) is not None]


def _bodies(rows: Sequence[Row]) -> Iterator[_Body]:
    body: _Body | None = None
    for number, row in enumerate(rows):
        figures = _figures(row)
        columns = _together(body.columns, figures) if body and figures else None
        if body and columns and _pitch(rows[body.numbers[-1]], row) <= _ROW_PITCH:
            body.numbers.append(number)
            body.figures.append(figures)
            body.columns = columns
        elif figures or (body and any(piece.right >= body.columns[0][0] for piece in row)):
            if body and len(body.numbers) >= _FEWEST_ROWS:
                yield body
            body = _Body([number], [figures], [(one.left, one.right) for one in figures]) if figures else None
    if body and len(body.numbers) >= _FEWEST_ROWS:
        yield body


def _figures(row: Row) -> Row:
    """The figures at the end of a row, two or more; none where it is one of years, or has much before them."""
    figures = list(takewhile(lambda piece: is_value(piece.text), reversed(row)))[::-1]
    if len(figures) < 2 or len(row) - len(figures) > 1 or all(map(is_year, figures)):
        return []
    return figures


def _together(columns: Sequence[Extent], figures: Row) -> list[Extent] | None:
    """The columns with these figures among them; None where one figure stands in two columns, or two in one."""
    joined: list[Extent] = []
    for left, right in sorted([*columns, *((one.left, one.right) for one in figures)]):
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined if len(joined) == max(len(columns), len(figures)) else None


def _pitch(upper: Row, lower: Row) -> float:
    """Ems from one row to the next."""
    return (lower[0].base - upper[0].base) / max(upper[0].size, 1.0)


def _table(body: _Body, rows: Sequence[Row]) -> Region | None:
    if len(body.numbers) > _MOST_ROWS or len(body.columns) > _MOST_COLUMNS:
        return None
    labels = _labels(body, rows)
    if labels is None:
        return None
    above, over_labels = _above(body, rows, labels)
    headers = _headers(above, body.columns)
    if headers is None and above and len(above[-1]) > 1 and above[-1][0].right < body.columns[0][0]:
        first, *others = above[-1]  # between labels and figures: it may be the header over the labels
        above, over_labels = [*above[:-1], others], [*over_labels, first]
        headers = _headers(above, body.columns)
    if headers is None:
        return None
    over_columns, rows_used = headers
    texts = []
    for label, figures in zip(labels, body.figures, strict=True):
        cells = {_column(figure, body.columns): figure.text for figure in figures}
        texts.append([_text(label), *(cells.get(number, "") for number in range(len(body.columns)))])
    blocks = [Block(row_text([_text(over_labels), *over_columns], cells), "row") for cells in texts]
    lines = [*over_labels, *(piece for row in (*above[-rows_used:], *labels, *body.figures) for piece in row)]
    return region(blocks, lines)


def _column(figure: PlacedText, columns: Sequence[Extent]) -> int:
    return next(number for number, (left, right) in enumerate(columns) if left <= figure.left <= right)


def _labels(body: _Body, rows: Sequence[Row]) -> list[Row] | None:
    """The lines of the label of each row of figures; None where one has none, or a line belongs to none surely."""
    edge = body.columns[0][0]
    labels = [[piece for piece in rows[number] if piece.right < edge] for number in body.numbers]
    first, last = body.numbers[0] - (0 if labels[0] else 1), body.numbers[-1] + 1
    for number in range(max(first, 0), min(last + 1, len(rows))):
        if number in body.numbers or any(piece.right >= edge for piece in rows[number]):
            continue
        base = rows[number][0].base
        nearest = min(range(len(labels)), key=lambda one: abs(rows[body.numbers[one]][-1].base - base))
        far = abs(rows[body.numbers[nearest]][-1].base - base) > _LINE_PITCH * rows[number][0].size
        if far and number < body.numbers[-1]:
            return None
        if not far:
            labels[nearest].extend(rows[number])
    return labels if all(labels) else None


def _above(body: _Body, rows: Sequence[Row], labels: Sequence[Row]) -> tuple[list[Row], Row]:
    """The rows of headers over the columns of figures, from the top, and the header over the labels."""
    start = min(piece.left for label in labels for piece in label)
    end = max(piece.right for label in labels for piece in label)
    used = {id(piece) for label in labels for piece in label}
    above: list[Row] = []
    over_labels: Row = []
    lower = rows[body.numbers[0]]
    free = ([piece for piece in row if id(piece) not in used] for row in reversed(rows[: body.numbers[0]]))
    for row in filter(None, free):
        is_header = _pitch(row, lower) <= _ROW_PITCH and len(above) < _MOST_HEADER_LINES and len(row) <= _MOST_COLUMNS
        if not is_header or any(_is_no_header(piece, body, start) for piece in row):
            break
        over_labels = [*(piece for piece in row if piece.left < end), *over_labels]
        if over := [piece for piece in row if piece.left >= end]:
            above.insert(0, over)
        lower = row
    return above, over_labels


def _is_no_header(piece: PlacedText, body: _Body, start: float) -> bool:
    """Whether it is a figure, or a title or a caption: larger, longer, or from the labels into the figures."""
    reaches_in = piece.left <= start + piece.size and piece.right > body.columns[0][1]
    is_long = len(piece.text.split()) > _LONGEST_HEADER
    is_cell = is_value(piece.text) and not is_year(piece)
    return is_cell or reaches_in or is_long or piece.size > _LARGER * body.figures[0][0].size


def _headers(above: Sequence[Row], columns: Sequence[Extent]) -> tuple[list[str], int] | None:
    """What stands over each column, the upper header first, and how many rows of lines that are.

    None where no header stands surely over several columns.
    """
    for top, split, is_close in _ways_to_divide(above):
        upper, lower = _cells(above[top:split]), _cells(above[split:])
        shares = shares_of(upper, lower, columns, in_the_middle=is_close)
        if shares is None or all(len(share.columns) == 1 for share in shares):
            continue
        below = iter(lower)
        headers = []
        for header, share in zip(upper, shares, strict=True):
            headers += [header.text if share.alone else f"{header.text} {next(below).text}" for _ in share.columns]
        return headers, len(above) - top
    return None


def _ways_to_divide(above: Sequence[Row]) -> Iterator[tuple[int, int, bool]]:
    """Where the upper and the lower headers begin, and whether a header on two lines would look the same."""
    wide = [number for number in range(1, len(above)) if _pitch(above[number - 1], above[number]) > _LINE_PITCH]
    for split in reversed(wide):
        top = max((number for number in wide if number < split), default=0)
        yield top, split, False
    if len(above) == 3:  # a header over one column may stand half-way
        yield 0, 2, _pitch(above[0], above[2]) <= _LINE_PITCH
    if not wide:
        for split in range(len(above) - 1, 0, -1):
            yield 0, split, True


def _cells(rows: Sequence[Row]) -> Row:
    """The cells of one row of headers, from the left, each of one line or more."""
    cells: list[Row] = []
    for piece in sorted((piece for row in rows for piece in row), key=lambda piece: (piece.base, piece.left)):
        cell = next((cell for cell in cells if any(one.over(piece) for one in cell)), None)
        if cell is None:
            cells.append([piece])
        else:
            cell.append(piece)
    return sorted((around(_text(cell), cell) for cell in cells), key=lambda cell: cell.left)


def _text(lines: Sequence[PlacedText]) -> str:
    return joined([line.text for line in sorted(lines, key=lambda line: (line.base, line.left))])
