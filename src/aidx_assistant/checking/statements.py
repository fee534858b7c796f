"""Divides an answer, Markdown with [1] markers, into the statements that are checked one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from aidx_assistant.checking.blocks import Block, blocks_of
from aidx_assistant.checking.sentences import sentence_spans
from aidx_assistant.figures import figures_in

MARKER = re.compile(r"\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")
_PRONOUN = re.compile(
    r"\b(?:they|their|theirs|them|(?:this|that|these|those)\s+(?:group|segment|sector|organi[sz]ations|companies|ones))\b",
    re.IGNORECASE,
)
_FRAGMENT = 8
"""Words up to which a sentence without a marker is taken for the short answer that the next sentence supports."""


@dataclass(frozen=True, slots=True)
class Marker:
    start: int
    end: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, a list item's sentence, a heading or a table cell; `text` has markers and formatting blanked."""

    kind: str
    """"sentence", "heading", "lead-in" or "cell"."""
    text: str
    start: int
    """Offset of `text` in the answer; blanking keeps every offset."""
    markers: tuple[Marker, ...]
    unit: int
    """Statements with the same number, the cells of a table row, count as one."""
    labels: str = ""
    """Row label and column header of a cell, and what else its row says of it."""
    row: str = ""
    """All cells of a cell's row."""
    context: str = ""
    """Lead-ins and headings above."""
    previous: str = ""
    """The sentence before, where this one refers back to it."""
    before: str = ""
    """The sentence before in any case."""
    items: int = 0
    """Length of the list that a lead-in introduces."""
    repeats: bool = False
    """Whether it has no markers of its own and gives only figures that cited sentences give: it has theirs."""

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(number for marker in self.markers for number in marker.numbers))


def statements_of(answer: str) -> tuple[Statement, ...]:
    """Every statement of an answer, in order.

    A marker belongs to the sentence it stands in or directly follows. An item without markers has those of its
    lead-in; a lead-in or heading without markers has those of the statements under it.
    """
    found: list[Statement] = []
    for number, block in enumerate(blocks_of(answer)):
        if block.kind == "cell":
            found.append(_cell(block, answer))
        else:
            found.extend(_sentences(block, answer, number))
    return _with_repeated_figures(list(_with_borrowed_markers(found)))


def blanked(text: str) -> str:
    """Markers, emphasis and code signs as spaces, every offset kept."""
    text = MARKER.sub(lambda match: " " * len(match.group()), text)
    text = re.sub(r"(?<=[*_])\d{1,2}\.(?=\s|[*_])", lambda match: " " * len(match.group()), text)
    return re.sub(r"[*_`]", " ", text)


def markers_in(text: str, start: int) -> tuple[Marker, ...]:
    """The markers of a stretch of the answer that begins at `start`."""
    return tuple(
        Marker(start + match.start(), start + match.end(), _numbers(match[1])) for match in MARKER.finditer(text)
    )


def _numbers(written: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for part in re.split(r"\s*[,;]\s*", written):
        first, *rest = (int(number) for number in re.split(r"\s*[–-]\s*", part))
        last = rest[0] if rest and first < rest[0] <= first + 50 else first
        numbers.extend(range(first, last + 1))
    return tuple(numbers)


def _cell(block: Block, answer: str) -> Statement:
    text = answer[block.start : block.end]
    markers = markers_in(text, block.start)
    for around in (block.row, block.column):
        markers = markers or tuple(m for start, end in around for m in markers_in(answer[start:end], start))
    row = [answer[start:end] for start, end in block.row]
    labels = " ; ".join([block.labels, *_described(text, row)])
    return Statement(
        "cell", blanked(text), block.start, markers, -block.unit, blanked(labels), blanked(" ; ".join(row)),
        blanked(block.context),
    )  # fmt: skip


def _described(cell: str, row: list[str]) -> Iterator[str]:
    """What the other cells of a row say of its one cell with figures: those without a citation of something else."""
    if sum(bool(figures_in(other)) for other in row) != 1 or not figures_in(cell):
        return
    numbers = {number for marker in markers_in(cell, 0) for number in marker.numbers}
    for other in row[1:]:
        cited = {number for marker in markers_in(other, 0) for number in marker.numbers}
        if other != cell and (cited <= numbers or not numbers):
            yield other


def _sentences(block: Block, answer: str, number: int) -> Iterator[Statement]:
    text = answer[block.start : block.end]
    spans = sentence_spans(text)
    before = ""
    for position, (start, end) in enumerate(spans):
        piece = text[start:end]
        clean = blanked(piece)
        last = position == len(spans) - 1
        kind = block.kind if block.kind == "heading" else "sentence"
        if kind == "sentence" and last and clean.rstrip().endswith(":"):
            kind = "lead-in"
        yield Statement(
            kind,
            clean,
            block.start + start,
            markers_in(piece, block.start + start),
            number * 1000 + position + 1,
            context=blanked(block.context),
            previous=before if _PRONOUN.search(clean) else "",
            before=before,
            items=block.items if last else 0,
        )
        before = clean


def _with_borrowed_markers(found: list[Statement]) -> Iterator[Statement]:
    """Lead-ins and headings rest on what stands under them, items on their lead-in."""
    lead: tuple[Marker, ...] = ()
    for position, statement in enumerate(found):
        if statement.markers:
            if statement.kind == "lead-in":
                lead = statement.markers
            yield statement
            continue
        if statement.kind in ("lead-in", "heading"):
            lead = ()
            yield replace(statement, markers=_markers_below(statement, found[position + 1 :]))
        elif fragment_of := _supporting(statement, found[position + 1 : position + 2]):
            yield replace(statement, markers=fragment_of)
        elif lead and statement.context:
            yield replace(statement, markers=lead)
        else:
            if not statement.context:
                lead = ()
            yield statement


def _markers_below(statement: Statement, following: list[Statement]) -> tuple[Marker, ...]:
    markers: list[Marker] = []
    own = statement.text.strip(" #:\n")
    for below in following:
        if below.kind == "heading" or own not in below.context:
            break
        markers.extend(below.markers)
    return tuple(dict.fromkeys(markers))


def _with_repeated_figures(found: list[Statement]) -> tuple[Statement, ...]:
    """A sentence that announces or sums up figures of cited sentences rests on the same citations."""
    sources: dict[tuple[str, float, float], list[Marker]] = {}
    for statement in found:
        for figure in figures_in(statement.text) if statement.markers else ():
            sources.setdefault((figure.kind, figure.low, figure.high), []).extend(statement.markers)
    return tuple(statement if statement.markers else _repeating(statement, sources) for statement in found)


def _repeating(statement: Statement, sources: dict[tuple[str, float, float], list[Marker]]) -> Statement:
    figures = [(figure.kind, figure.low, figure.high) for figure in figures_in(statement.text)]
    if not figures or not all(figure in sources for figure in figures):
        return statement
    markers = tuple(dict.fromkeys(marker for figure in figures for marker in sources[figure]))
    return replace(statement, markers=markers, repeats=True)


def _supporting(statement: Statement, following: list[Statement]) -> tuple[Marker, ...]:
    """The markers of the next sentence of the paragraph, where this one is a short answer: "Slide 8." """
    if statement.kind != "sentence" or len(statement.text.split()) > _FRAGMENT:
        return ()
    return following[0].markers if following and following[0].unit == statement.unit + 1 else ()
