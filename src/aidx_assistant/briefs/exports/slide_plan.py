"""Which parts of a brief stand on which of its three slides, and what the notes below each slide say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aidx_assistant.briefs.brief import (
    BarChart,
    Block,
    Brief,
    BriefKind,
    Labelled,
    Options,
    Paragraph,
    Points,
    Section,
    note_of,
)
from aidx_assistant.briefs.exports.marked import Run, Words, numbers_in, one_line, runs_of, words_of
from aidx_assistant.briefs.exports.reading_order import (
    SOURCE,
    SOURCES,
    Part,
    about_of,
    faults_heading,
    marks_of,
    numbers_named,
    numbers_of,
    numbers_unnamed,
    parts_of,
    source_of_chart,
)
from aidx_assistant.briefs.exports.slide_text import Line, heading_of
from aidx_assistant.briefs.exports.slide_titles import SlideTitle, title_of
from aidx_assistant.figures import figures_in

_SLIDES: Mapping[str, int] = {
    "decision": 0, "recommendation": 0, "change": 0, "next-step": 0, "why-now": 1, "evidence": 1, "risks": 1,
    "differences": 1, "options": 2, "healthcare": 2,
    "segment": 0, "pains": 0, "budget": 0, "stage": 1, "objections": 2, "proof": 2, "entry": 2,
}  # fmt: skip
"""By the section's key; a section of another key goes with the one before it."""
_SLIDE_OF_JOBS: Mapping[BriefKind, int] = {"buyer": 0, "founder": 1}
_RECOMMENDATION, _NEXT, _CHANGE = "recommendation", "next-step", "change"
_KEY_FIGURES = "Key figures"
_MOST_FIGURES = 3
_POINTING = re.compile(r"“[^”]*”|(?<=evidence) (?:below|above)|(?<=healthcare points) (?:below|above)")
"""Quotations, which stay as they are, and where the brief on paper has what is on another slide here."""
_TIMES = ("year", "date", "duration", "slide")
"""Kinds of figures that say when or where another one holds."""


@dataclass(frozen=True, slots=True)
class PlannedSlide:
    """One slide, before it is known how large its text can be."""

    title: SlideTitle
    below_title: str
    parts: tuple[Part, ...]
    figures: tuple[Line, ...]
    """Key figures, where there is nothing to be drawn."""
    sources: str
    """Where its citations are from, in a line."""
    notes: str
    """The parts in full, with the citations that they name."""
    is_first: bool = False


def planned_slides(brief: Brief) -> tuple[PlannedSlide, ...]:
    """Three slides; a citation that no text names is in the notes of the last.

    The first one shows figures at a glance: a buyer's own jobs, else the chart, else key figures of the evidence; of a
    founder's brief the chart stands with the stage of adoption, where the jobs leave it room.
    """
    on_slides: tuple[list[Part], ...] = ([], [], [])
    slide = 0
    parts = [_as_on_slides(part) for part in parts_of(brief)]
    for part in _in_slide_order(parts):
        slide = _slide_of(part, brief, slide)
        on_slides[slide].append(replace(part, chart=None) if part.section.blocks else part)
        if part.chart and part.section.blocks:
            on_slides[_slide_of_chart(brief)].append(Part(Section("chart", part.chart.title, ()), chart=part.chart))
    is_drawn = any(part.jobs or part.chart for part in on_slides[0])
    figures = () if is_drawn else _key_figures(brief)
    sections = {part.section.key: part.section for part in parts}
    slides = enumerate(zip(on_slides, (figures, (), ()), strict=True))
    return tuple(_planned(brief, place, title_of(brief, sections, place), *slide) for place, slide in slides)


def _as_on_slides(part: Part) -> Part:
    """Without “below” and “above” behind what stands on another slide."""
    section = part.section
    blocks = tuple(
        Paragraph(_POINTING.sub(lambda found: found[0] if found[0][0] == "“" else "", block.text))
        if isinstance(block, Paragraph)
        else block
        for block in section.blocks
    )
    return replace(part, section=replace(section, blocks=blocks))


def _in_slide_order(parts: Sequence[Part]) -> Sequence[Part]:
    """The next step right after the recommendation, as both stand on the first slide."""
    step = [part for part in parts if part.section.key == _NEXT]
    others = [part for part in parts if part not in step]
    place = next((n for n, part in enumerate(others, 1) if part.section.key == _RECOMMENDATION), len(others))
    return [*others[:place], *step, *others[place:]]


def _slide_of(part: Part, brief: Brief, before: int) -> int:
    """`before`: where the part before it stands. What would change the verdict gives way to the user's own jobs."""
    if part.jobs:
        return _SLIDE_OF_JOBS[brief.kind]
    if brief.jobs and part.section.key == _CHANGE:
        return 1
    return _SLIDES.get(part.section.key, before)


def _slide_of_chart(brief: Brief) -> int:
    """The one that the user's own jobs do not stand on; without them a founder's is beside the stage of adoption."""
    jobs = _SLIDE_OF_JOBS[brief.kind]
    return 1 - jobs if brief.jobs else jobs


def _planned(
    brief: Brief, place: int, title: SlideTitle, parts: Sequence[Part], figures: tuple[Line, ...]
) -> PlannedSlide:
    *about, written = about_of(brief)
    shown = {number for runs in (title.runs, *(line.runs for line in figures)) for number in numbers_in(runs)}
    sources = _sources(brief, shown | set(numbers_named(parts, numbers_of(brief))))
    return PlannedSlide(
        title=title,
        below_title=one_line(" · ".join((brief.title, *(about if place == 0 else (written,))))),
        parts=tuple(parts),
        figures=figures,
        sources=f"{written}. {sources}" if place == 0 else sources,
        notes="\n".join(_notes(brief, parts, place, shown)),
        is_first=place == 0,
    )


def _key_figures(brief: Brief) -> tuple[Line, ...]:
    """The first points of the evidence that state one figure each: the figure set large, the point below it.

    Of points with the same figure the first: two reports of one finding are no two findings.
    """
    points = (
        point
        for section in brief.sections
        for block in section.blocks
        if isinstance(block, Points)
        for point in block.points
        if point.source
    )
    stated: dict[str, tuple[Run, ...]] = {}
    for point in points:
        runs = runs_of(point.text, numbers_of(brief))
        figures = figures_in("".join(run.text for run in runs if isinstance(run, Words)))
        measured = [figure.text for figure in figures if figure.kind not in _TIMES]
        if len(measured) == 1:
            stated.setdefault(measured[0], runs)
    lines: list[Line] = []
    for figure, runs in list(stated.items())[:_MOST_FIGURES]:
        lines += [Line("figure", (Words(figure, strong=True),)), Line("text", runs)]
    return (heading_of(_KEY_FIGURES), *lines) if lines else ()


def _sources(brief: Brief, numbers: Collection[int]) -> str:
    """`Sources: The Index, section “Top takeaways” [1][3]; section “…” [2]`: each source, each place of it, once."""
    told: dict[str, dict[str, list[int]]] = {}
    for citation in brief.citations:
        if citation.number in numbers:
            place = citation.label.removeprefix(citation.source_title).lstrip(" ,")
            told.setdefault(citation.source_title, {}).setdefault(place, []).append(citation.number)
    reports = (
        f"{title}, {'; '.join(f'{place} {marks_of(cited)}' for place, cited in places.items())}"
        for title, places in told.items()
    )
    return f"{SOURCES}: {'. '.join(map(one_line, reports))}" if told else ""


def _notes(brief: Brief, parts: Sequence[Part], place: int, shown: Collection[int]) -> Iterator[str]:
    """`shown`: citations that the slide names beside those of its parts."""
    numbers = numbers_of(brief)
    told = [line for part in parts for line in _told(part)]
    if place == 2 and (unnamed := numbers_unnamed(brief)):
        told.append(f"Not named above: {marks_of(unnamed)}")
    lines = [runs_of(line, numbers) for line in told]
    if place == 0 and brief.faults:
        yield f"{faults_heading(brief.faults)}:"
        yield from (one_line(f"– {fault.where}: {fault.problem}") for fault in brief.faults)
    yield from map(words_of, lines)
    named = {*shown, *(number for line in lines for number in numbers_in(line))}
    if named:
        yield SOURCES
    for citation in brief.citations:
        if citation.number in named:
            yield f"[{citation.number}] {one_line(note_of(citation))}"


def _told(part: Part) -> Iterator[str]:
    yield part.section.heading
    for block in part.section.blocks:
        yield from _told_of_block(block)
    if part.jobs:
        yield from (part.jobs.index.in_words, *part.jobs.notes)
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
