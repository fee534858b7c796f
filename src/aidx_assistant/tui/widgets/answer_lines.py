"""An answer laid out in lines: its Markdown, the marks of its checks, its sources; and where its markers stand."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import shorten

from rich.console import Console, RenderableType
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

from aidx_assistant.answers import Answer, Citation
from aidx_assistant.answers_in_words import checks_in_words
from aidx_assistant.tui.widgets.answer_marks import (
    Lines,
    Marks,
    Stop,
    Target,
    marked_citations,
    marked_markers,
    marked_text,
    without_stand_ins,
)

_BEGINNING = 60
"""Characters of a quotation that tell it from others."""
_BLOCK = re.compile(r"\n[ \t]*\n+(?=(?!\s|\+|-|\*(?!\*)|\d{1,9}(?:[.)]|\Z)).)")
"""Blank lines, and behind them what can neither go on a list nor become a list's item."""
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_RULE = re.compile(r"(?:^|\n)[ \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}\Z")
_STYLES = {
    "markdown.h1": "bold underline", "markdown.h2": "bold underline", "markdown.h3": "bold", "markdown.h4": "bold",
    "markdown.h5": "italic", "markdown.h6": "italic", "markdown.code": "bold", "markdown.code_block": "none",
    "markdown.item.bullet": "bold", "markdown.item.number": "bold", "markdown.block_quote": "italic",
    "markdown.hr": "dim", "markdown.link": "underline", "markdown.link_url": "underline",
    "markdown.table.header": "bold", "markdown.table.border": "dim",
}  # fmt: skip
"""No colours of Rich's own: those of the app's theme are laid under and over."""


@dataclass(frozen=True, slots=True)
class AnswerLines:
    """An answer laid out for one width."""

    lines: Lines
    stops: tuple[Stop, ...]
    """In reading order: those of the text, or, where the text has none, those of the list below it."""

    @property
    def text(self) -> str:
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in self.lines)

    def stop_at(self, column: int, line: int) -> Stop | None:
        return next((stop for stop in self.stops if any(area.contains(column, line) for area in stop.regions)), None)


class StreamedLines:
    """Text as far as it has come, laid out for one width; its markers lead nowhere yet.

    Blocks that more text can no longer change are laid out once: however long the answer, what comes costs the same.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._settled: Lines = ()
        self._settled_text = ""

    def laid_out(self, text: str) -> AnswerLines:
        if not text.startswith(self._settled_text):
            self._settled, self._settled_text = (), ""
        for end in _block_ends(text, len(self._settled_text)):
            self._settled = (*self._settled, *self._block(text[len(self._settled_text) : end]))
            self._settled_text = text[:end]
        lines = (*self._settled, *self._block(text[len(self._settled_text) :]))
        return AnswerLines(_without_blank_end(lines), ())

    def _block(self, text: str) -> Lines:
        """The lines of a block, with what divides it from the one before: for that it follows a line of one letter."""
        marks = Marks()
        marked = marked_markers(text, marks)
        if not self._settled:
            lines = _lines([_markdown(marked)], self._width)
        else:
            lines = _lines([_markdown(f"x\n\n{marked}")], self._width)[1:]
        return marks.restored(lines)[0]


def _block_ends(text: str, start: int) -> Iterable[int]:
    """Where blocks end after `start`, which is itself such a place; not inside of fenced code, nor behind a rule."""
    for end in _BLOCK.finditer(text, start):
        fence = ""
        for mark in _FENCE.finditer(text, start, end.start()):
            fence = ("" if mark[1].startswith(fence) else fence) if fence else mark[1]
        if not fence and not _RULE.search(text, start, end.start()):
            yield end.end()


def answer_lines(answer: Answer, width: int) -> AnswerLines:
    """A finished answer with its reason, sources or nearest passages, disagreements and checks."""
    marks, marks_below = Marks(), Marks()
    body = _without_blank_end(_lines([_markdown(marked_text(answer, marks))], width))
    below = _without_blank_end(_lines([*_below(answer, marks_below)], width))
    body, in_text = marks.restored(body)
    below, in_list = marks_below.restored(below, len(body))
    return AnswerLines((*body, *below), (in_text if answer.answered else ()) or in_list)


def kept_lines(text: str, citations: Iterable[Citation], width: int) -> AnswerLines:
    """What had come of an answer that was never finished; its markers lead where they are known to."""
    marks = Marks()
    lines = _without_blank_end(_lines([_markdown(marked_citations(text, citations, marks))], width))
    return AnswerLines(*marks.restored(lines))


def _below(answer: Answer, marks: Marks) -> Iterable[RenderableType]:
    known = {citation.number: citation for citation in (*answer.nearest, *answer.citations)}

    def marker(number: int, cited: bool = True) -> str:
        return f"[{marks.stand_in(str(number), Target(known.get(number), cited=cited))}]"

    if answer.reason:
        yield _text(f"\n{answer.reason}", style="italic")
    if answer.citations:
        yield Text("\nSources", style="bold")
        for citation in answer.citations:
            yield Text.assemble(marker(citation.number), _source(citation))
    if answer.nearest:
        yield Text("\nNearest in the library", style="bold")
        for citation, label in zip(answer.nearest, _labels_apart(answer.nearest), strict=True):
            yield Text.assemble(marker(citation.number, cited=False), _text(f" {label}"))
    if answer.disagreements:
        yield Text("\nSources differ", style="bold")
        for disagreement in answer.disagreements:
            yield Text.assemble(*map(marker, disagreement.citations), _text(f" {disagreement.about}"))
    if answer.answered:
        yield Text(f"\n{checks_in_words(answer.checks)}", style="dim")


def _labels_apart(citations: Sequence[Citation]) -> list[str]:
    """The label of each; behind those that are alike, how the quotation begins."""
    alike = Counter(citation.label for citation in citations)
    return [f"{one.label}: “{_beginning(one.quote)}”" if alike[one.label] > 1 else one.label for one in citations]


def _beginning(quote: str) -> str:
    return shorten(quote, _BEGINNING, placeholder=" …", break_on_hyphens=False)


def _source(citation: Citation) -> Text:
    standing = (" · verified", "dim") if citation.verified else (" · NOT VERIFIED", "bold")
    return Text.assemble(_text(f" {citation.label}"), standing)


def _text(text: str, style: str = "") -> Text:
    return Text(without_stand_ins(text), style)


def _markdown(text: str) -> RenderableType:
    from aidx_assistant.tui.widgets.answer_markdown import AnswerMarkdown

    return AnswerMarkdown(text)


def _lines(parts: list[RenderableType], width: int) -> Lines:
    console = _console(max(width, 1))
    return tuple(tuple(line) for part in parts for line in console.render_lines(part, console.options, pad=False))


def _without_blank_end(lines: Lines) -> Lines:
    end = len(lines)
    while end and not "".join(segment.text for segment in lines[end - 1]).strip():
        end -= 1
    return lines[:end]


@lru_cache(maxsize=8)
def _console(width: int) -> Console:
    theme = Theme({name: Style.parse(style) for name, style in _STYLES.items()})
    return Console(
        width=width, theme=theme, file=io.StringIO(), color_system="truecolor", force_terminal=True,
        legacy_windows=False, markup=False, emoji=False, highlight=False,
    )  # fmt: skip
