"""chart-wrong, of a written brief: the title, the base and the bars' labels name what the cited findings measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import BarChart, Fault
from aidx_assistant.briefs.chart import chart_of
from aidx_assistant.briefs.linting.chart import WRONG
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.tracing.reference import Resolved
from aidx_assistant.briefs.tracing.traced import Traced
from aidx_assistant.briefs.written.document import NOTE_MARK, WrittenDocument
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.checking.words import concepts, stem
from aidx_assistant.evidence import Finding, Segment
from aidx_assistant.figures import figures_in
from aidx_assistant.segments import segments_named

_BASE = re.compile(r"\W*Base:\s*(?P<base>.*?)\W*(?:Sources?:.*)?", re.DOTALL)
_SIZES = re.compile(r"\b(?:large|larger|largest|small|smaller|mid-sized|completed)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = "; "
_MOST_TRIED = 200
"""Combinations of findings that the bars may be."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A chart as a document has it."""

    title: Piece
    rows: tuple[Piece, ...]
    """None of them in Word, where it is a picture."""
    base: Piece
    words_of_base: str
    marks: tuple[tuple[str, ...], ...]
    """The labels of the notes of each row; without rows those of the line below."""


def written_chart_faults(document: WrittenDocument, found: Traced, shelf: HeldShelf) -> Iterator[Fault]:
    """What is wrong with the words of a brief's charts."""
    notes = {one.reference.written: one for one in found.references}
    for chart in _charts(document.pieces):
        expected = _expected(chart, notes, shelf)
        if expected is not None:
            yield from _faults(chart, expected)


def _faults(chart: _Written, expected: BarChart) -> Iterator[Fault]:
    title = _plain(chart.title.text)
    if not _names(title, expected.title):
        yield Fault(WRONG, chart.title.where, f"The chart is called “{title}”; its bars show “{expected.title}”.")
    bases = [base for base in expected.base.split(_BETWEEN) if base]
    for said in chart.words_of_base.split(_BETWEEN):
        if bases and not any(_names(said, base) for base in bases):
            problem = f"The chart's base is said to be “{said}”; its bars count “{expected.base}”."
            yield Fault(WRONG, chart.base.where, problem)
    for row in chart.rows:
        label = _plain(row.cells[0])
        bars = [bar for bar in expected.bars if _amounts(bar.shown) == _amounts(row.cells[-1])]
        if bars and not any(_names(label, bar.label, expected.title) for bar in bars):
            counted = " or ".join(f"“{bar.label}”" for bar in bars)
            yield Fault(
                WRONG, row.where, f"The bar of {bars[0].shown} is labelled “{label}”; the source counts {counted}."
            )


def _names(said: str, meant: str, above: str = "") -> bool:
    """Whether words name what is meant: without another segment or size, all of it, be it in other words.

    Some of it may stand in the title above. Words of something else may only be added to all of its own.
    """
    if _segments(said) != _segments(meant) or _sizes(said) != _sizes(meant):
        return False
    if concepts(said) - concepts(meant) - concepts(above):
        return _stems(meant) <= _stems(said)
    return concepts(meant) <= concepts(f"{said} {above}")


def _sizes(text: str) -> set[str]:
    return {size.lower() for size in _SIZES.findall(text)}


def _stems(text: str) -> set[str]:
    return set(map(stem, _WORD.findall(text)))


def _segments(text: str) -> set[Segment]:
    return set(segments_named(text)) - {"all"}


def _charts(pieces: Sequence[Piece]) -> Iterator[_Written]:
    for place, piece in enumerate(pieces):
        base = _BASE.fullmatch(NOTE_MARK.sub("", piece.text)) if piece.kind == "paragraph" else None
        above = place - 1
        while base and above >= 0 and pieces[above].kind in ("row", "header"):
            above -= 1
        if base is None or above < 0 or pieces[above].kind not in ("heading", "paragraph"):
            continue
        rows = tuple(one for one in pieces[above + 1 : place] if one.kind == "row")
        below = [piece, *pieces[place + 1 : place + 2]]
        marks = [_marks(row) for row in rows] or [(mark,) for one in below for mark in _marks(one)]
        yield _Written(pieces[above], rows, piece, _plain(base["base"]), tuple(marks))


def _expected(chart: _Written, notes: Mapping[str, Resolved], shelf: HeldShelf) -> BarChart | None:
    """The chart that the cited findings make, its bars in the order of the rows; None where they make none."""
    bars: list[list[tuple[Finding, Citation]]] = []
    for number, marks in enumerate(chart.marks):
        resolved = [one for mark in marks if (one := notes.get(mark) or notes.get(f"[^{mark}]"))]
        shown = _plain(chart.rows[number].cells[-1]) if chart.rows else ""
        bars.append(list(_stated(resolved, shown, shelf)))
    for chosen in islice(product(*bars), _MOST_TRIED) if bars else ():
        made = chart_of([finding for finding, _ in chosen], [citation for _, citation in chosen])
        if made is not None and (not chart.rows or len(made.bars) == len(chart.rows)):
            return made
    return None


def _stated(resolved: Sequence[Resolved], shown: str, shelf: HeldShelf) -> Iterator[tuple[Finding, Citation]]:
    """The findings of the cited sentences, of them those whose figure is shown if one is."""
    wanted = _amounts(shown)
    for one in resolved:
        for citation in one.citations:
            for finding in shelf.findings_of(citation.passage_id, range(*citation.sentences)):
                stated = _amounts(finding.value or "")
                if stated and (not wanted or wanted == stated):
                    yield finding, citation


def _amounts(text: str) -> list[tuple[str, float]]:
    return [(figure.kind, figure.low) for figure in figures_in(_plain(text))]


def _marks(piece: Piece) -> tuple[str, ...]:
    return tuple(dict.fromkeys(NOTE_MARK.findall(piece.text)))


def _plain(text: str) -> str:
    return NOTE_MARK.sub("", text).strip(" *_")
