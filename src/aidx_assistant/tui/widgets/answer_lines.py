"""An answer laid out in lines: its Markdown, the marks of its checks, its sources; and where its markers stand."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

from aidx_assistant.answers import Answer, Citation, text_with_faults

_MARKER = re.compile(r"\[(\d+)\]")
_STOP = re.compile(r"\[(?:(?P<number>\d+)|unsupported)\]")
_STYLES = {
    "markdown.h1": "bold underline", "markdown.h2": "bold underline", "markdown.h3": "bold", "markdown.h4": "bold",
    "markdown.h5": "italic", "markdown.h6": "italic", "markdown.code": "bold", "markdown.code_block": "none",
    "markdown.item.bullet": "bold", "markdown.item.number": "bold", "markdown.block_quote": "italic",
    "markdown.hr": "dim", "markdown.link": "underline", "markdown.link_url": "underline",
    "markdown.table.header": "bold", "markdown.table.border": "dim",
}  # fmt: skip
"""No colours of Rich's own: those of the app's theme are laid under and over."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place in the lines that leads somewhere: a citation's marker, or the mark of an unsupported figure."""

    line: int
    start: int
    end: int
    """Columns, in cells; the end is exclusive."""
    kind: Literal["citation", "figure"]
    number: int
    """Of the citation as its marker says; of the figure, its 0-based place among the unsupported ones."""


@dataclass(frozen=True, slots=True)
class AnswerLines:
    """An answer laid out for one width."""

    lines: tuple[tuple[Segment, ...], ...]
    stops: tuple[Stop, ...]
    """In reading order: those of the text, or, where the text has none, those of the list below it."""

    @property
    def text(self) -> str:
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in self.lines)

    def stop_at(self, column: int, line: int) -> Stop | None:
        return next((stop for stop in self.stops if stop.line == line and stop.start <= column < stop.end), None)


def streamed_lines(text: str, width: int) -> AnswerLines:
    """Text as far as it has come; its markers lead nowhere yet."""
    return AnswerLines(_lines([_markdown(text)], width), ())


def answer_lines(answer: Answer, width: int) -> AnswerLines:
    """A finished answer with its reason, sources or nearest passages, disagreements and checks."""
    body = _lines([_markdown(text_with_faults(answer))], width)
    rest = _lines([*_below(answer)], width)
    known = {citation.number for citation in (*answer.citations, *answer.nearest)}
    in_text = _stops(body, known, 0) if answer.answered else ()
    return AnswerLines((*body, *rest), in_text or _stops(rest, known, len(body)))


def checks_line(answer: Answer) -> str:
    """What the checks established, in one line of words."""
    checks = answer.checks
    verified = checks.citations - checks.citations_unverified
    parts = [f"citations verified: {verified} of {checks.citations}"]
    supported = checks.figures - len(checks.figures_unsupported)
    parts.append(f"figures supported: {supported} of {checks.figures}" if checks.figures else "no figures")
    if checks.sentences_uncited:
        parts.append(f"sentences without a citation: {checks.sentences_uncited}")
    return " · ".join(parts)


def _below(answer: Answer) -> Iterable[RenderableType]:
    if answer.reason:
        yield Text(f"\n{answer.reason}", style="italic")
    if answer.citations:
        yield Text("\nSources", style="bold")
        yield from map(_source, answer.citations)
    if answer.nearest:
        yield Text("\nNearest in the library", style="bold")
        yield from (_entry(pointer, "") for pointer in answer.nearest)
    if answer.disagreements:
        yield Text("\nSources differ", style="bold")
        for disagreement in answer.disagreements:
            markers = "".join(f"[{number}]" for number in disagreement.citations)
            yield Text(f"{markers} {disagreement.about}")
    if answer.answered:
        yield Text(f"\n{checks_line(answer)}", style="dim")


def _source(citation: Citation) -> Text:
    return _entry(citation, "verified" if citation.verified else "NOT VERIFIED")


def _entry(citation: Citation, standing: str) -> Text:
    line = Text(f"[{citation.number}] {citation.label}")
    if standing:
        line.append(f" · {standing}", style="dim" if citation.verified else "bold")
    return line


def _markdown(text: str) -> RenderableType:
    from rich.markdown import Markdown  # a tenth of a second: not before there is an answer

    return Markdown(_MARKER.sub(r"\\[\1\\]", text), hyperlinks=False)


def _lines(parts: list[RenderableType], width: int) -> tuple[tuple[Segment, ...], ...]:
    console = _console(max(width, 1))
    lines = [tuple(line) for part in parts for line in console.render_lines(part, console.options, pad=False)]
    while lines and not "".join(segment.text for segment in lines[-1]).strip():
        lines.pop()
    return tuple(lines)


@lru_cache(maxsize=8)
def _console(width: int) -> Console:
    theme = Theme({name: Style.parse(style) for name, style in _STYLES.items()})
    return Console(
        width=width, theme=theme, file=io.StringIO(), color_system="truecolor", force_terminal=True,
        legacy_windows=False, markup=False, emoji=False, highlight=False,
    )  # fmt: skip


def _stops(lines: tuple[tuple[Segment, ...], ...], known: set[int], first_line: int) -> tuple[Stop, ...]:
    stops, figures = [], 0
    for position, line in enumerate(lines):
        text = "".join(segment.text for segment in line)
        for match in _STOP.finditer(text):
            start, end = (_cells(text[: match.start()]), _cells(text[: match.end()]))
            if match["number"] is None:
                stops.append(Stop(first_line + position, start, end, "figure", figures))
                figures += 1
            elif int(match["number"]) in known:
                stops.append(Stop(first_line + position, start, end, "citation", int(match["number"])))
    return tuple(stops)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
