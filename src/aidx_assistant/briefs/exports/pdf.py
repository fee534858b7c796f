"""A brief as a tagged PDF on A4, set by Typst: offline, with its own fonts, those of the machine, those of an extra."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import MOST_PAGES, Block, Brief, Labelled, Options, Paragraph, Points
from aidx_assistant.briefs.exports.fonts import fonts, letters_refused
from aidx_assistant.briefs.exports.marked import Words, one_line, runs_of
from aidx_assistant.briefs.exports.pictures import Picture, pictures_of
from aidx_assistant.briefs.exports.reading_order import (
    LANGUAGE,
    SOURCE,
    SOURCES,
    Part,
    about_of,
    column_shares,
    faults_heading,
    faults_pointer,
    marks_of,
    note_around_address,
    numbers_of,
    numbers_unnamed,
    parts_of,
)

_FONT = "Libertinus Serif"
_LOOK = Path(__file__).with_name("brief.typ")
_WHOLE, _WHOLE_CLOSE, _PARTED = "whole", "whole, close", "parted"
"""How rows of a table stand: on one page each, the same with all closer together, or wherever the page ends."""


@dataclass(frozen=True, slots=True)
class _Set:
    """A brief that was set."""

    content: bytes
    """The PDF."""
    letters: str
    """Those that no font has."""
    pages: int
    """Of the brief: without a list of its faults that stands on a page of its own."""


def as_pdf(brief: Brief) -> bytes:
    """The whole brief, with title, language, outline and tags as PDF/UA-1 asks for them.

    Letters that no font has keep a PDF from being PDF/UA-1; then it is tagged all the same.
    """
    return _set(brief).content


def letters_without_font(brief: Brief) -> str:
    """The letters that stand as boxes in the PDF."""
    return _set(brief).letters


def page_count(brief: Brief) -> int:
    """The pages of the brief in the PDF; a list of faults that would make them too many does not count."""
    return _set(brief).pages


def pages_at_ease(brief: Brief) -> int:
    """The pages where nothing stands closer to make it fit, and a page may break a row of a table."""
    return _compiled(brief, _PARTED).pages


def _set(brief: Brief) -> _Set:
    """The PDF, set in the first way that has no page too many, or the fewest.

    Where only the list of its faults makes it too long, this goes to a page of its own behind the brief.
    """
    made = []
    for rows in (_WHOLE, _WHOLE_CLOSE, _PARTED):
        made.append(_compiled(brief, rows))
        if made[-1].pages <= MOST_PAGES:
            return made[-1]
    for rows in (_WHOLE, _WHOLE_CLOSE, _PARTED) if brief.faults else ():
        pages = _compiled(replace(brief, faults=brief.faults[:1]), rows, are_faults_apart=True).pages - 1
        if pages <= MOST_PAGES:
            return replace(_compiled(brief, rows, are_faults_apart=True), pages=pages)
    return min(made, key=lambda one: one.pages)


def _pages(content: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)


def _compiled(brief: Brief, rows: str, *, are_faults_apart: bool = False) -> _Set:
    """The PDF with rows set in one of the look's ways; `are_faults_apart`: their list goes behind the brief."""
    import typst

    look, held = _LOOK.read_bytes(), fonts()
    inputs = {"brief": json.dumps(_content(brief, are_faults_apart)), "rows": rows}
    made = datetime.combine(brief.made_on, time(), UTC)
    try:
        content = typst.compile(
            look, format="pdf", font_paths=held, sys_inputs=inputs, timestamp=made, pdf_standards="ua-1"
        )
    except typst.TypstError as error:
        content = typst.compile(look, format="pdf", font_paths=held, sys_inputs=inputs, timestamp=made)
        return _Set(content, letters_refused(error.diagnostic), _pages(content))
    return _Set(content, "", _pages(content))


def _content(brief: Brief, are_faults_apart: bool) -> dict[str, Any]:
    """What the look shows, as JSON: texts as runs, the rest as it is written."""
    writing = _Writing(numbers_of(brief))
    language, _, region = LANGUAGE.partition("-")
    unnamed = numbers_unnamed(brief)
    content = {
        "language": language,
        "region": region,
        "title": one_line(brief.title),
        "about": one_line(" · ".join(about_of(brief))),
        "faults": _faults(brief, are_faults_apart),
        "parts": [writing.part(part) for part in parts_of(brief)],
        "sources": SOURCES,
        "unnamed": writing.runs(f"Not named above: {marks_of(unnamed)}") if unnamed else None,
    }
    return {**content, "notes": [_note(citation, citation.number in writing.named) for citation in brief.citations]}


def _faults(brief: Brief, are_apart: bool) -> dict[str, Any] | None:
    if not brief.faults:
        return None
    items = [{"where": one_line(fault.where), "problem": one_line(fault.problem)} for fault in brief.faults]
    pointer = faults_pointer(brief.faults) if are_apart else None
    return {"heading": faults_heading(brief.faults), "pointer": pointer, "items": items}


def _note(citation: Citation, named: bool) -> dict[str, Any]:
    before, address, after = note_around_address(citation)
    return {
        "number": citation.number,
        "named": named,
        "before": one_line(before) + (" " if address else ""),
        "address": address,
        "after": f" {one_line(after)}" if after else "",
    }


class _Writing:
    """Turns the parts into data, and knows which citations have been named so far."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers = numbers
        self.named: set[int] = set()

    def part(self, part: Part) -> dict[str, Any]:
        return {
            "heading": one_line(part.section.heading),
            "boxed": part.section.boxed,
            "blocks": [self._block(block) for block in part.section.blocks],
            "pictures": [self._picture(picture) for picture in pictures_of(part)],
            "notes": [one_line(note) for note in part.jobs.notes] if part.jobs else None,
        }

    def runs(self, text: str) -> list[dict[str, Any]]:
        return list(self._runs(text))

    def _runs(self, text: str) -> Iterator[dict[str, Any]]:
        for run in runs_of(text, self._numbers):
            if isinstance(run, Words):
                yield {"text": run.text, "strong": run.strong}
            else:
                yield {"mark": run.number, "first": run.number not in self.named}
                self.named.add(run.number)

    def _block(self, block: Block) -> dict[str, Any]:
        match block:
            case Paragraph(text):
                return {"kind": "paragraph", "runs": self.runs(text)}
            case Points(points, numbered):
                items = [
                    {
                        "runs": self.runs(point.text),
                        "source": f"{SOURCE} {one_line(point.source)}" if point.source else None,
                    }
                    for point in points
                ]
                return {"kind": "points", "numbered": numbered, "points": items}
            case Options(header, rows):
                shown = [[self.runs(cell) for cell in row] for row in (header, *rows)]
                return {"kind": "options", "rows": shown, "shares": column_shares(block)}
            case Labelled(pairs):
                named = [{"label": one_line(label), "runs": self.runs(text)} for label, text in pairs]
                return {"kind": "labelled", "pairs": named}

    def _picture(self, picture: Picture) -> dict[str, Any]:
        return {
            "svg": picture.svg(_FONT),
            "title": picture.title,
            "alt": picture.alt,
            "lines": [self.runs(line) for line in picture.lines],
        }
