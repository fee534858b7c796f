"""A section as the model wrote it, in Markdown, turned into blocks: nothing it says is lost, whatever its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aidx_assistant.briefs.brief import Block, Labelled, Options, Paragraph, Point, Points

_BULLET = re.compile(r"^\s*(?:[-*•–]|(?P<number>\d{1,2})[.)])\s+(?P<text>.*)$")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?P<text>.*?)\s*#*\s*$")
_RULE = re.compile(
    r"^\s*(?:(?=[^|]*\|)\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?|(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})\s*$"
)
"""What parts the head of a table from its rows, or one paragraph from the next."""
_QUOTE = re.compile(r"^\s*>\s?")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_SOURCE = re.compile(r"^\s*[*_]{0,2}source[*_]{0,2}:", re.IGNORECASE)
"""A line that code writes, from what is cited."""
_LABEL = re.compile(r"^\*\*(?P<label>[^*]{1,80}?)\s*:?\*\*\s*:?\s*(?:[–—-]\s+)?(?P<text>.*)$", re.DOTALL)
_LINK = re.compile(r"\[([^\]\[]+)\]\((\S+?)\)")
_STRONG = re.compile(r"__(?=\S)(.+?)(?<=\S)__")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?![\w_])"
)
_LISTED = frozenset({"item", "number", "row"})
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(slots=True)
class _Gathered:
    """Lines of one kind that belong together."""

    kind: str
    lines: list[str]


def blocks_of(markdown: str, heading: str) -> tuple[Block, ...]:
    """The blocks of a reply in order. A line that repeats the section's heading goes,
    and one that begins with `Source:`; other headings become strong."""
    return tuple(_block(gathered) for gathered in _gathered(markdown, heading))


def labelled_of(blocks: Sequence[Block], labels: Sequence[tuple[str, str]]) -> tuple[Block, ...]:
    """Blocks of which every point that begins with a label is a pair; `labels`: each with what stands where it lacks.

    What belongs to no label follows as it was written.
    """
    said: dict[str, str] = {}
    rest: list[Block] = []
    for block in blocks:
        others: list[Point] = []
        for text in _lines_of(block):
            match = _LABEL.match(text)
            name = next((label for label, _ in labels if match and _same(label, match["label"])), None)
            if match and name:
                said[name] = f"{said[name]} {match['text']}" if name in said else match["text"]
            else:
                others.append(Point(text))
        rest += [Points(tuple(others))] if others else []
    pairs = tuple((label, said.get(label, "").strip() or silent) for label, silent in labels)
    return (Labelled(pairs), *rest)


def options_of(
    blocks: Sequence[Block], header: tuple[str, ...], labels: Sequence[str], silent: str
) -> tuple[Block, ...]:
    """Blocks whose first table has a row for each label, in that order, and then what else it had.

    A cell that is missing or empty says `silent`.
    """
    table = next((block for block in blocks if isinstance(block, Options)), None)
    rows = list(table.rows) if table else []
    shown = []
    for label in labels:
        row = next((row for row in rows if _is_row_of(label, row)), None)
        if row is not None:
            rows.remove(row)
        shown.append((label, *(row or ())[1:]))
    shown += rows
    width = max(len(header), *map(len, shown))
    filled = tuple(tuple(cell.strip() or silent for cell in (*row, *[""] * (width - len(row)))) for row in shown)
    others = tuple(block for block in blocks if block is not table)
    return (Options(header if table is None or width == len(header) else table.header, filled), *others)


def _is_row_of(label: str, row: tuple[str, ...]) -> bool:
    """Whether a row is an option's: “Wait” is “Wait (do nothing)” too."""
    return _same(label.split(" (", maxsplit=1)[0], row[0].split(" (")[0])


def _gathered(markdown: str, heading: str) -> list[_Gathered]:
    found: list[_Gathered] = []
    after_blank = False
    for raw in markdown.splitlines():
        line = _QUOTE.sub("", raw)
        if _FENCE.match(line) or _RULE.match(line) or _SOURCE.match(line):
            continue
        kind, text = _kind_of(line, heading)
        if kind == "blank":
            after_blank = True
            continue
        last = found[-1] if found else None
        if last and kind == "text" and _goes_on(last, line, after_blank):
            last.lines[-1] = f"{last.lines[-1]} {text}"
        elif last and kind == last.kind and kind in _LISTED and not (kind == "row" and after_blank):
            last.lines.append(text)
        else:
            found.append(_Gathered(kind, [text]))
        after_blank = False
    return found


def _goes_on(last: _Gathered, line: str, after_blank: bool) -> bool:
    """Whether a line of text belongs to what stands before it; one that begins with a strong label never does."""
    if line.startswith("**"):
        return False
    if last.kind in ("item", "number"):
        return not after_blank or line.startswith("  ")
    return last.kind == "text" and not after_blank


def _kind_of(line: str, heading: str) -> tuple[str, str]:
    """What a line is, and its text."""
    if not line.strip():
        return "blank", ""
    if line.strip().startswith("|"):
        return "row", line.strip()
    if match := _HEADING.match(line):
        return (
            ("blank", "") if _same(match["text"], heading) else ("heading", f"**{_plain(match['text']).strip('*')}**")
        )
    if match := _BULLET.match(line):
        return ("number" if match["number"] else "item"), _plain(match["text"])
    if _same(line, heading):
        return "blank", ""
    return "text", _plain(line)


def _block(gathered: _Gathered) -> Block:
    match gathered.kind:
        case "row":
            rows = [_cells(line) for line in gathered.lines]
            width = max(map(len, rows))
            padded = [(*row, *[""] * (width - len(row))) for row in rows]
            return Options(padded[0], tuple(padded[1:]))
        case "item" | "number":
            return Points(tuple(map(Point, gathered.lines)), numbered=gathered.kind == "number")
        case _:
            return Paragraph(" ".join(gathered.lines))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(_plain(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", inner))


def _lines_of(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield text
        case Points(points):
            yield from (point.text for point in points)
        case Options(header, rows):
            for row in (header, *rows):
                yield f"**{row[0].strip('*')}:** {' '.join(cell for cell in row[1:] if cell)}"
        case Labelled(pairs):
            yield from (f"**{label}:** {text}" for label, text in pairs)


def _plain(text: str) -> str:
    """The text with the two marks of a brief and no others."""
    text = _LINK.sub(lambda link: f"{link[1]} ({link[2]})", text)
    text = _CODE.sub(r"\1", _STRONG.sub(r"**\1**", text))
    text = _EMPHASIS.sub(lambda emphasis: emphasis[1] or emphasis[2], text)
    return " ".join(text.replace("<br>", " ").split())


def _same(one: str, other: str) -> bool:
    """Whether two names are the same but for case, marks and a final colon."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return " ".join(re.sub(r"\[\d+\]|[^\w\s]", " ", text).casefold().split())
