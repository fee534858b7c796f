"""A brief as one HTML file: nothing is fetched, no script runs; readable on a telephone and on paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import (
    Block,
    Brief,
    Fault,
    Labelled,
    Options,
    Paragraph,
    Points,
)
from aidx_assistant.briefs.exports.marked import Words, one_line, runs_of, words_of
from aidx_assistant.briefs.exports.pictures import Picture, pictures_of
from aidx_assistant.briefs.exports.reading_order import (
    LANGUAGE,
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
)

_LOOK = Path(__file__).with_name("brief.css")


def as_html(brief: Brief) -> str:
    """The whole brief as one document, which forbids itself everything but its own style sheet."""
    look = _LOOK.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(look.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{LANGUAGE}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        f"<title>{_plain(brief.title)}</title>",
        f"<style>{look}</style>",
        "</head>",
        "<body>",
        "<main>",
        *_Writing(numbers_of(brief)).body(brief),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


class _Writing:
    """Writes the parts in order, and knows which citations have been named so far."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers = numbers
        self._named: set[int] = set()

    def body(self, brief: Brief) -> Iterator[str]:
        yield f"<h1>{_plain(brief.title)}</h1>"
        yield f'<p class="about">{_plain(" · ".join(about_of(brief)))}</p>'
        if brief.faults:
            yield from _faults(brief.faults)
        for part in parts_of(brief):
            yield from self._part(part)
        if brief.citations:
            yield from self._sources(brief)

    def _part(self, part: Part) -> Iterator[str]:
        kind = "boxed" if part.section.boxed else "jobs" if part.jobs else ""
        yield f'<section class="{kind}">' if kind else "<section>"
        yield f"<h2>{_plain(part.section.heading)}</h2>"
        for block in part.section.blocks:
            yield from self._block(block)
        for picture in pictures_of(part):
            yield from self._picture(picture)
        if part.jobs:
            yield f'<p class="source">{" <br>".join(map(_plain, part.jobs.notes))}</p>'
        yield "</section>"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(text):
                yield f"<p>{self._runs(text)}</p>"
            case Points(points, numbered):
                kind = "ol" if numbered else "ul"
                yield f"<{kind}>"
                for point in points:
                    source = f'\n<span class="source">{SOURCE} {_plain(point.source)}</span>' if point.source else ""
                    yield f"<li>{self._runs(point.text)}{source}</li>"
                yield f"</{kind}>"
            case Options():
                yield from self._table(block)
            case Labelled(pairs):
                yield "<dl>"
                for label, text in pairs:
                    yield f"<div><dt>{_plain(label)}:</dt> <dd>{self._runs(text)}</dd></div>"
                yield "</dl>"

    def _table(self, options: Options) -> Iterator[str]:
        """Each cell knows its column's name, to show it where a narrow screen has the cells below each other."""
        columns = [_plain(words_of(runs_of(cell, ()))) for cell in options.header]
        yield "<table>\n<thead>\n<tr>"
        for cell in options.header:
            yield f'<th scope="col">{self._runs(cell)}</th>'
        yield "</tr>\n</thead>\n<tbody>"
        for first, *others in options.rows:
            yield f'<tr>\n<th scope="row">{self._runs(first)}</th>'
            for column, cell in zip(columns[1:], others, strict=True):
                yield f'<td data-column="{column}">{self._runs(cell)}</td>'
            yield "</tr>"
        yield "</tbody>\n</table>"

    def _picture(self, picture: Picture) -> Iterator[str]:
        yield "<figure>"
        if picture.title:
            yield f"<h3>{_plain(picture.title)}</h3>"
        yield picture.svg()
        if picture.lines:
            yield "<figcaption>"
            yield from (f'<span class="source">{self._runs(line)}</span>' for line in picture.lines)
            yield "</figcaption>"
        yield "</figure>"

    def _sources(self, brief: Brief) -> Iterator[str]:
        yield f'<section class="sources">\n<h2>{SOURCES}</h2>'
        if unnamed := numbers_unnamed(brief):
            yield f"<p>{self._runs(f'Not named above: {marks_of(unnamed)}')}</p>"
        yield '<ol class="notes">'
        yield from map(_note, brief.citations)
        yield "</ol>\n</section>"

    def _runs(self, text: str) -> str:
        written = ""
        for run in runs_of(text, self._numbers):
            if isinstance(run, Words):
                words = escape(run.text)
                written += f"<strong>{words}</strong>" if run.strong else words
            else:
                written += self._mark(run.number)
        return written

    def _mark(self, number: int) -> str:
        """The first mark of a citation is where its note leads back to."""
        place = "" if number in self._named else f' id="mark-{number}"'
        self._named.add(number)
        return f'<sup><a href="#note-{number}"{place} aria-label="Source {number}">[{number}]</a></sup>'


def _faults(faults: Sequence[Fault]) -> Iterator[str]:
    yield f'<aside class="faults">\n<p>{faults_heading(faults)}:</p>\n<ul>'
    for fault in faults:
        yield f"<li><strong>{_plain(fault.where)}:</strong> {_plain(fault.problem)}</li>"
    yield "</ul>\n</aside>"


def _note(citation: Citation) -> str:
    number = citation.number
    before, address, doubt = note_around_address(citation)
    text = _plain(before)
    if address:
        text += f' <a href="{escape(address)}" rel="noopener noreferrer">{escape(address)}</a>'
    if doubt:
        text += f" <strong>{_plain(doubt)}</strong>"
    back = f'<a class="number" href="#mark-{number}" aria-label="Source {number}, back to the text">[{number}]</a>'
    return f'<li id="note-{number}">{back} {text}</li>'


def _plain(text: str) -> str:
    return escape(one_line(text))
