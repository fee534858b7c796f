"""The blocks of an answer's Markdown: paragraphs, headings, list items and table cells, each with what leads to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEADING = re.compile(r"^(?P<prefix>[ \t>]*\#{1,6}[ \t]+(?:\d+(?:\.\d+)*[.)]?[ \t]+)?)(?=\S)")
_ITEM = re.compile(r"^(?P<indent>[ \t>]*)(?P<bullet>[-*+•][ \t]+|\(?\d{1,3}[.)][ \t]+)(?=\S)")
_RULE = re.compile(r"^[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|?[ \t]*$")
_FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*[\w.+-]*[ \t]*$")
_BOLD_LINE = re.compile(r"^\s*(?:\*\*|__)[^*_]+(?:\*\*|__):?\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text in the answer; offsets, end exclusive."""

    kind: str
    """"paragraph", "heading", "item" or "cell"."""
    start: int
    end: int
    context: str = ""
    labels: str = ""
    row: tuple[tuple[int, int], ...] = ()
    """For a cell: the spans of all cells of its row."""
    column: tuple[tuple[int, int], ...] = ()
    """For a cell: the spans of all cells under its header."""
    unit: int = 0
    items: int = 0
    """For a block that a list follows directly: how many items it has at its first level."""


@dataclass(slots=True)
class _Lines:
    """Lines gathered into blocks, with the headings and lead-ins that stand above."""

    headings: list[str] = field(default_factory=list)
    lead: str = ""
    parents: list[tuple[int, str]] = field(default_factory=list)
    """Indent and text of the list items that are open."""

    def context(self, with_lead: bool) -> str:
        parents = [text for _, text in self.parents]
        return " ; ".join([*self.headings[-1:], *([self.lead] if with_lead and self.lead else []), *parents])


def blocks_of(answer: str) -> tuple[Block, ...]:
    """The blocks of `answer` in order; what a fence encloses is read as any text, the fence itself is left out."""
    blocks: list[Block] = []
    state = _Lines()
    lines = _lines(answer)
    position = 0
    while position < len(lines):
        start, line = lines[position]
        if not line.strip() or _FENCE.match(line):
            position += 1
        elif (
            "|" in line
            and position + 1 < len(lines)
            and _RULE.match(lines[position + 1][1])
            and "|" in lines[position + 1][1]
        ):
            position = _read_table(lines, position, blocks, state)
        elif heading := _HEADING.match(line):
            blocks.append(Block("heading", start + heading.end(), start + len(line)))
            state.headings.append(line[heading.end() :].strip())
            state.lead, state.parents = "", []
            position += 1
        elif item := _ITEM.match(line):
            position = _read_item(lines, position, item, blocks, state)
        else:
            position = _read_paragraph(lines, position, blocks, state)
    return tuple(_with_items(blocks))


def _lines(answer: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for line in answer.split("\n"):
        found.append((start, line))
        start += len(line) + 1
    return found


def _continues(line: str) -> bool:
    return bool(line.strip()) and not (
        _ITEM.match(line) or _HEADING.match(line) or _FENCE.match(line) or line.lstrip().startswith("|")
    )


def _read_paragraph(lines: list[tuple[int, str]], position: int, blocks: list[Block], state: _Lines) -> int:
    first, start = position, lines[position][0]
    indented = lines[position][1][:1] in (" ", "\t")
    if not indented:
        state.parents = []
    end = start + len(lines[position][1])
    position += 1
    while position < len(lines) and _continues(lines[position][1]):
        end = lines[position][0] + len(lines[position][1])
        position += 1
    text = "\n".join(line for _, line in lines[first:position])
    if _BOLD_LINE.match(text):
        blocks.append(Block("heading", start, end))
        state.headings.append(text.strip())
        state.lead = ""
        return position
    blocks.append(Block("paragraph", start, end, context=state.context(False)))
    state.lead = _last_sentence(text) if text.rstrip(" *_").endswith(":") else ""
    return position


def _read_item(
    lines: list[tuple[int, str]], position: int, item: re.Match[str], blocks: list[Block], state: _Lines
) -> int:
    start, line = lines[position]
    indent = len(item["indent"].expandtabs(4))
    state.parents = [(depth, text) for depth, text in state.parents if depth < indent]
    end = start + len(line)
    position += 1
    while position < len(lines) and _continues(lines[position][1]):
        end = lines[position][0] + len(lines[position][1])
        position += 1
    blocks.append(Block("item", start + item.end(), end, context=state.context(True), unit=indent))
    state.parents.append((indent, line[item.end() :].strip()))
    return position


def _last_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?\]])\s+(?=[A-Z*])", text.strip())[-1]


def _read_table(lines: list[tuple[int, str]], position: int, blocks: list[Block], state: _Lines) -> int:
    headers = _cells(*lines[position])
    texts = [lines[position][1][start - lines[position][0] : end - lines[position][0]] for start, end in headers]
    header_line = position
    position += 2
    rows = []
    while position < len(lines) and "|" in lines[position][1] and lines[position][1].strip():
        rows.append((position, _cells(*lines[position])))
        position += 1
    every_cell = tuple(span for _, row in rows for span in row)
    for start, end in headers:
        blocks.append(Block("cell", start, end, state.context(True), "", every_cell, (), header_line + 1))
    for number, row in rows:
        offset, line = lines[number]
        label = line[row[0][0] - offset : row[0][1] - offset] if row else ""
        for column, (start, end) in enumerate(row):
            header = texts[column] if column < len(texts) else ""
            others = line[row[0][1] - offset :].replace("|", " ; ")
            labels = f"{label} ; {header}" if column else f"{header} ; {others}"
            below = tuple(cells[column] for _, cells in rows if column < len(cells))
            blocks.append(Block("cell", start, end, state.context(True), labels, tuple(row), below, number + 1))
    return position


def _cells(offset: int, line: str) -> list[tuple[int, int]]:
    """Spans of the cells of one line of a table."""
    edges = [match.start() for match in re.finditer(r"(?<!\\)\|", line)]
    if not line.lstrip().startswith("|"):
        edges.insert(0, -1)
    if not line.rstrip().endswith("|"):
        edges.append(len(line))
    return [(offset + left + 1, offset + right) for left, right in zip(edges, edges[1:], strict=False)]


def _with_items(blocks: list[Block]) -> Iterator[Block]:
    for position, block in enumerate(blocks):
        if (
            block.kind in ("paragraph", "heading")
            and position + 1 < len(blocks)
            and blocks[position + 1].kind == "item"
        ):
            first = blocks[position + 1].unit
            count = 0
            for item in blocks[position + 1 :]:
                if item.kind != "item":
                    break
                count += item.unit == first
            yield Block(block.kind, block.start, block.end, block.context, items=count)
        else:
            yield block
