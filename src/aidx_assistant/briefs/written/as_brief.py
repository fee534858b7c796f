"""A brief made anew of the document that was written from it and edited since: to measure it, not to judge it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import (
    Bar,
    BarChart,
    Block,
    Brief,
    Labelled,
    Options,
    Paragraph,
    Point,
    Points,
    Section,
    markers_in,
)
from aidx_assistant.briefs.templates import brief_template
from aidx_assistant.briefs.written.brief_form import Told, head_of_brief, kind_of_brief, told_with_sources
from aidx_assistant.briefs.written.document import LINK_MARK, NOTE_MARK, Note, WrittenDocument
from aidx_assistant.briefs.written.own_jobs import own_jobs_apart
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.evidence import Locator
from aidx_assistant.figures import figures_in

_LABELLED = ("decision", "labelled")
"""Kinds of sections whose labelled lines have no bullets."""
_SOURCES = re.compile(r"\W*sources\W*", re.IGNORECASE)
_LABEL = re.compile(r"\*\*(?P<label>[^*]+?):?\*\*:?\s*(?P<text>.*)")
_NOTE = re.compile(r"(?P<label>.*?)\. “(?P<quote>.*)”\s*(?P<address>https?://\S+)?.*", re.DOTALL)
_AUDIENCE = re.compile(r"For (?P<audience>.+?)(?= · |$)")
_BASE = re.compile(r"\W*Base:\s*(?P<base>.*)")


def brief_again(document: WrittenDocument) -> Brief | None:
    """The brief that a document shows, as far as its length goes; None where it is none."""
    kind = kind_of_brief(document.pieces)
    if kind is None:
        return None
    numbers = {note.label: number for number, note in enumerate(document.notes, 1)}
    pieces, jobs = own_jobs_apart(document.pieces)
    told = [_numbered(one, numbers) for one in told_with_sources(pieces)]
    starts = [place for place, one in enumerate(told) if one.piece.kind == "heading" and one.piece.level == 2]
    first = starts[0] if starts else len(told)
    audience = next((match["audience"] for one in told[:first] if (match := _AUDIENCE.match(one.piece.text))), None)
    head = head_of_brief(document.pieces)
    made_of = {template.heading.casefold(): template for template in brief_template(kind).sections}
    sections: list[Section] = []
    chart = None
    for start, end in zip(starts, [*starts[1:], len(told)], strict=True):
        body = told[start + 1 : end]
        if _SOURCES.fullmatch(told[start].piece.text):
            continue
        if found := _chart(body):
            chart, body = found
        heading = told[start].piece.text
        template = made_of.get(heading.casefold())
        labelled = template is None or template.makes in _LABELLED
        boxed = template is not None and template.boxed
        sections.append(Section(f"section-{start}", heading, tuple(_blocks(body, labelled=labelled)), boxed))
    return Brief(
        kind=kind,
        topic=told[0].piece.text.partition(":")[2].strip(),
        segment=(head and head.segment) or "all",
        audience=audience,
        made_on=date.today(),
        mode="evidence",
        model=None,
        sections=tuple(sections),
        citations=tuple(_citation(number, note) for number, note in enumerate(document.notes, 1)),
        chart=chart,
        jobs=jobs.jobs if jobs else None,
    )


def _numbered(told: Told, numbers: Mapping[str, int]) -> Told:
    """A piece whose notes are markers again, and whose links are their words."""

    def plain(piece: Piece) -> Piece:
        text = NOTE_MARK.sub(lambda match: f"[{numbers[match[1]]}]" if match[1] in numbers else "", piece.text)
        return replace(piece, text=LINK_MARK.sub("", text), breaks=())

    return Told(plain(told.piece), plain(told.source) if told.source else None)


def _blocks(body: Sequence[Told], *, labelled: bool) -> Iterator[Block]:
    """What a section has; `labelled`: whether points that all begin with a label are lines without bullets."""
    for kind, group in groupby(body, key=lambda one: "row" if one.piece.kind == "header" else one.piece.kind):
        found = list(group)
        texts = [one.piece.text for one in found]
        match kind:
            case "item":
                pairs = [match for text in texts if (match := _LABEL.fullmatch(text))]
                if labelled and len(pairs) == len(texts):
                    yield Labelled(tuple((match["label"], match["text"]) for match in pairs))
                else:
                    points = (Point(one.piece.text, one.source.text if one.source else None) for one in found)
                    yield Points(tuple(points), numbered=found[0].piece.ordinal is not None)
            case "row":
                rows = [one.piece.cells for one in found]
                width = max(map(len, rows))
                header, *others = ((*cells, *[""] * (width - len(cells))) for cells in rows)
                yield Options(header, tuple(others))
            case _:
                yield from (Paragraph(f"**{text}**" if kind == "heading" else text) for text in texts)


def _chart(body: Sequence[Told]) -> tuple[BarChart, list[Told]] | None:
    """The first chart of a section, a table over its base, and the section without it."""
    for place, one in enumerate(body):
        base = _BASE.match(one.piece.text)
        start = place - 1
        while base and start >= 0 and body[start].piece.kind in ("row", "header"):
            start -= 1
        bars = [bar for row in body[start + 2 : place] if (bar := _bar(row.piece))]
        if base and bars and 0 <= start < place - 2:
            title = body[start].piece.text.strip("* ")
            source = one.source.text if one.source else ""
            chart = BarChart(title, "percent", tuple(bars), base["base"].strip(" *"), source)
            return chart, [*body[:start], *body[place + 1 :]]
    return None


def _bar(piece: Piece) -> Bar | None:
    figures = figures_in(piece.cells[-1])
    cited = markers_in(piece.cells[-1])
    if len(figures) != 1 or not cited:
        return None
    return Bar(piece.cells[0], figures[0].low, figures[0].text, "all", cited[0])


def _citation(number: int, note: Note) -> Citation:
    text = LINK_MARK.sub(lambda match: f" {match[1]}", note.text)
    match = _NOTE.fullmatch(text)
    label, quote, address = (match["label"], match["quote"], match["address"]) if match else (text, "", None)
    return Citation(number, "", "", "", (0, 1), Locator("section"), None, label, quote, address, None, verified=True)
