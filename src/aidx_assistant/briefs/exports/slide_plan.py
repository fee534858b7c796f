"""Which parts of a brief stand on which of its three slides, and what the notes below each slide say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aidx_assistant.briefs.brief import (
    BarChart,
    Block,
    Brief,
    BriefKind,
    Labelled,
    Options,
    Paragraph,
    Points,
    note_of,
)
from aidx_assistant.briefs.exports.marked import numbers_in, one_line, runs_of, words_of
from aidx_assistant.briefs.exports.reading_order import (
    SOURCE,
    SOURCES,
    Part,
    about_of,
    faults_heading,
    marks_of,
    numbers_of,
    numbers_unnamed,
    parts_of,
    source_of_chart,
)

_TITLES: Mapping[BriefKind, tuple[str, str, str]] = {
    "buyer": ("Decision and recommendation", "Evidence", "Options, risks and next step"),
    "founder": ("Segment, pains and budget", "Stage of adoption", "Objections, proof and entry point"),
}
_SLIDES: Mapping[str, int] = {
    "decision": 0, "recommendation": 0, "change": 0, "why-now": 1, "evidence": 1, "differences": 1, "options": 2,
    "risks": 2, "next-step": 2, "healthcare": 2,
    "segment": 0, "pains": 0, "budget": 0, "stage": 1, "objections": 2, "proof": 2, "entry": 2,
}  # fmt: skip
"""By the section's key; a section of another key goes with the one before it."""


@dataclass(frozen=True, slots=True)
class PlannedSlide:
    """One slide, before it is known how large its text can be."""

    title: str
    below_title: str
    parts: tuple[Part, ...]
    notes: str
    """The parts in full, with the citations that they name."""
    is_first: bool = False


def planned_slides(brief: Brief) -> tuple[PlannedSlide, ...]:
    """Three slides; a citation that no text names is in the notes of the last."""
    on_slides: tuple[list[Part], ...] = ([], [], [])
    slide = 0
    for part in parts_of(brief):
        slide = _SLIDES.get(part.section.key, slide)
        on_slides[slide].append(part)
    titles = _TITLES[brief.kind]
    about = one_line(" · ".join((brief.title, *about_of(brief))))
    return tuple(
        PlannedSlide(
            title=title,
            below_title=about if place == 0 else one_line(brief.title),
            parts=tuple(parts),
            notes="\n".join(_notes(brief, parts, place)),
            is_first=place == 0,
        )
        for place, (title, parts) in enumerate(zip(titles, on_slides, strict=True))
    )


def _notes(brief: Brief, parts: Sequence[Part], place: int) -> Iterator[str]:
    numbers = numbers_of(brief)
    told = [line for part in parts for line in _told(part)]
    if place == 2 and (unnamed := numbers_unnamed(brief)):
        told.append(f"Not named above: {marks_of(unnamed)}")
    lines = [runs_of(line, numbers) for line in told]
    if place == 0 and brief.faults:
        yield f"{faults_heading(brief.faults)}:"
        yield from (one_line(f"– {fault.where}: {fault.problem}") for fault in brief.faults)
    yield from map(words_of, lines)
    named = {number for line in lines for number in numbers_in(line)}
    if named:
        yield SOURCES
    for citation in brief.citations:
        if citation.number in named:
            yield f"[{citation.number}] {one_line(note_of(citation))}"


def _told(part: Part) -> Iterator[str]:
    yield part.section.heading
    for block in part.section.blocks:
        yield from _told_of_block(block)
    if part.chart:
        yield from _told_of_chart(part.chart)


def _told_of_block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield text
        case Points(points, numbered):
            for place, point in enumerate(points, 1):
                yield f"{f'{place}.' if numbered else '–'} {point.text}"
                if point.source:
                    yield f"{SOURCE} {point.source}"
        case Options(header, rows):
            for first, *others in rows:
                yield first
                yield from (f"– {column}: {cell}" for column, cell in zip(header[1:], others, strict=True))
        case Labelled(pairs):
            yield from (f"{label}: {text}" for label, text in pairs)


def _told_of_chart(chart: BarChart) -> Iterator[str]:
    yield f"{chart.alt_text} Base: {chart.base}"
    yield f"{SOURCE} {source_of_chart(chart)}"
