"""A brief as Markdown: CommonMark with tables and footnotes, readable as plain text too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import (
    Bar,
    BarChart,
    Block,
    Brief,
    Fault,
    Labelled,
    Options,
    Paragraph,
    Points,
)
from aidx_assistant.briefs.exports.marked import Mark, Run, Words, one_line, runs_of
from aidx_assistant.briefs.exports.reading_order import (
    SOURCE,
    SOURCES,
    Part,
    about_of,
    faults_heading,
    marks_of,
    note_around_address,
    numbers_of,
    numbers_unnamed,
    parts_of,
    segment_in_words,
    source_of_chart,
)

_ANYWHERE = re.compile(r"[\\`*\[\]<>&~|$#]|(?<!\S)(?P<open>_{2,})(?!\S)|_")
"""What would be read as Markdown; underscores that stand alone are a line to fill."""
_AT_START = re.compile(r"^(?:[+=:-]|\d{1,9}(?=[.)])|(?=_))")
_BREAK = "\\\n"


def as_markdown(brief: Brief) -> str:
    """The whole brief; each citation is a footnote of its own number, in the order of the numbers."""
    numbers = numbers_of(brief)
    paragraphs = [f"# {_plain(brief.title)}", _guarded(_plain(" · ".join(about_of(brief))))]
    paragraphs += _faults(brief.faults)
    for part in parts_of(brief):
        lines = "\n\n".join(_part(part, numbers))
        paragraphs.append(_quoted(lines) if part.section.boxed else lines)
    if brief.citations:
        paragraphs.append(f"## {SOURCES}")
    if unnamed := numbers_unnamed(brief):
        paragraphs.append(_inline(f"Not named above: {marks_of(unnamed)}", numbers))
    paragraphs += map(_note, brief.citations)
    return "\n\n".join(paragraphs) + "\n"


def _faults(faults: Sequence[Fault]) -> Iterator[str]:
    if faults:
        items = [f"> - **{_plain(fault.where)}:** {_plain(fault.problem)}" for fault in faults]
        yield "\n".join([f"> **{faults_heading(faults)}:**", ">", *items])


def _part(part: Part, numbers: Sequence[int]) -> Iterator[str]:
    yield f"## {_plain(part.section.heading)}"
    for block in part.section.blocks:
        yield _block(block, numbers)
    if part.jobs:
        yield _BREAK.join(f"*{_plain(note)}*" for note in part.jobs.notes)
    if part.chart:
        yield from _chart(part.chart, numbers)


def _block(block: Block, numbers: Sequence[int]) -> str:
    match block:
        case Paragraph(text):
            return _guarded(_inline(text, numbers))
        case Points(points, numbered):
            items = []
            for place, point in enumerate(points, 1):
                mark = f"{place}." if numbered else "-"
                source = f"{_BREAK}{' ' * (len(mark) + 1)}*{SOURCE} {_plain(point.source)}*" if point.source else ""
                items.append(f"{mark} {_guarded(_inline(point.text, numbers))}{source}")
            return "\n".join(items)
        case Options(header, rows):
            lines = [[_inline(cell, numbers) for cell in row] for row in (header, *rows)]
            return _table(lines[0], lines[1:])
        case Labelled(pairs):
            return "\n".join(f"- **{_plain(label)}:** {_inline(text, numbers)}" for label, text in pairs)


def _chart(chart: BarChart, numbers: Sequence[int]) -> Iterator[str]:
    yield f"### {_plain(chart.title)}"
    header = ("Compared", "Segment", _plain(chart.unit).capitalize() or "Figure")
    yield _table(header, (_bar(bar, numbers) for bar in chart.bars))
    yield f"*Base: {_plain(chart.base)}*{_BREAK}*{SOURCE}* {_inline(source_of_chart(chart), numbers)}"


def _bar(bar: Bar, numbers: Sequence[int]) -> tuple[str, str, str]:
    return _plain(bar.label), segment_in_words(bar.segment), _inline(f"{bar.shown} [{bar.citation}]", numbers)


def _note(citation: Citation) -> str:
    before, address, after = note_around_address(citation)
    linked = f" <{address}>" if address else ""
    return f"[^{citation.number}]: {_guarded(_plain(before))}{linked}{f' **{_plain(after)}**' if after else ''}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _inline(text: str, numbers: Sequence[int]) -> str:
    """A text of a brief; what is no mark of its own is read as nothing but itself, also a bracket behind a mark."""
    runs = runs_of(text, numbers)
    written = ""
    for place, run in enumerate(runs):
        if isinstance(run, Mark):
            written += f"[^{run.number}]"
        elif run.strong and _may_be_strong(run.text, written, runs[place + 1 :]):
            written += f"**{_escaped(run.text)}**"
        else:
            text = _escaped(run.text)
            written += f"\\{text}" if written.endswith("]") and text.startswith(("(", ":")) else text
    return written


def _may_be_strong(text: str, before: str, after: Sequence[Run]) -> bool:
    """Whether stars around a text are read as such: between two letters, or next to a space outside."""
    following = after[0] if after else Words(" ")
    opens = text[0].isalnum() or before[-1:] in ("", " ")
    closes = text[-1].isalnum() or (isinstance(following, Words) and following.text.startswith(" "))
    return text == text.strip() and opens and closes


def _plain(text: str) -> str:
    return _escaped(one_line(text))


def _escaped(text: str) -> str:
    return _ANYWHERE.sub(lambda mark: mark[0] if mark["open"] else f"\\{mark[0]}", text)


def _guarded(line: str) -> str:
    """A line whose beginning is not read as that of a heading, a list or a rule."""
    return _AT_START.sub(lambda mark: f"{mark[0]}\\" if mark[0].isdigit() else f"\\{mark[0]}", line)
