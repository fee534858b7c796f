"""Findings as the rows of a table: which of them fit a filter, in which order, in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content

from aidx_assistant.evidence import SEGMENTS, Finding, Locator, Passage, Source
from aidx_assistant.tui.columns import Column

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant

CHOSEN = "✓"
COLUMNS = (
    Column("chosen", " ", 1),
    Column("value", "Figure", 14),
    Column("measure", "What it measures", 22, share=4),
    Column("segment", "Segment", 9),
    Column("population", "Of whom", 16, share=2, rank=1),
    Column("place", "Where", 16, share=2, rank=2),
    Column("source", "Source", 18, share=2, rank=3),
    Column("topic", "Topic", 16, share=1, rank=4),
)
"""Of the columns by which rows can be sorted, all but the first."""

_KIND_ORDER = ("percent", "points", "ratio", "count", "money", "duration", "rank", "year", "date", "slide")


@dataclass(frozen=True, slots=True)
class FindingsHeld:
    """What the library holds of findings, and what is shown beside them."""

    findings: tuple[Finding, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    """By id, in the library's order."""
    passages: Mapping[str, Passage] = field(default_factory=dict)
    """Those in which a finding is stated, by id."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a finding must be to be shown; None and empty for anything."""

    text: str = ""
    """Words, or beginnings and middles of words, that must all occur in what is known of the finding."""
    segment: str | None = None
    topic: str | None = None
    source_id: str | None = None

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.segment or self.topic or self.source_id)

    def fits(self, finding: Finding, source: Source) -> bool:
        if self.segment not in (None, finding.segment) or self.topic not in (None, finding.topic):
            return False
        if self.source_id not in (None, finding.source_id):
            return False
        known = _known(finding, source)
        return all(word in known for word in self.text.casefold().split())


@dataclass(frozen=True, slots=True)
class Order:
    """By which column rows stand, and which way; None for the order of the sources."""

    column: str | None = None
    falling: bool = False


def findings_held(assistant: Assistant) -> FindingsHeld:
    """Reads what the screen shows; the library is asked, which takes time."""
    findings = assistant.findings()
    sources = {source.id: source for source in assistant.sources()}
    stated = {finding.passage_id for finding in findings}
    passages = (passage for id_ in sources for passage in assistant.passages(id_))
    return FindingsHeld(findings, sources, {passage.id: passage for passage in passages if passage.id in stated})


def cells(finding: Finding, source: Source, chosen: bool) -> dict[str, str]:
    """What the table shows of a finding, by column."""
    frame = f" ({finding.time_frame})" if finding.time_frame else ""
    return {
        "chosen": CHOSEN if chosen else " ",
        "value": finding.value or "–",
        "measure": f"{finding.measure}{frame}",
        "segment": finding.segment,
        "population": finding.population,
        "place": short_place(finding.locator),
        "source": source.name,
        "topic": finding.topic,
    }


def ordered(findings: Iterable[Finding], sources: Mapping[str, Source], order: Order) -> list[Finding]:
    """The findings in order; those without a figure come last either way where it is the figure they stand by."""
    listed = list(findings)
    if order.column is None:
        return listed[::-1] if order.falling else listed
    if order.column == "value":
        without = [finding for finding in listed if finding.value is None]
        with_figure = [finding for finding in listed if finding.value is not None]
        return _by_figure(with_figure, order.falling) + without
    key: Callable[[Finding], object] = {
        "segment": lambda finding: SEGMENTS.index(finding.segment),
        "place": lambda finding: _place_order(finding.locator),
    }.get(
        order.column, lambda finding: cells(finding, sources[finding.source_id], False)[order.column or ""].casefold()
    )
    return sorted(listed, key=key, reverse=order.falling)  # type: ignore[arg-type]  # each key yields one type


def counted(shown: Sequence[Finding], held: FindingsHeld, chosen: set[str], order: Order) -> str:
    """The line over the table: `34 of 71 findings · 3 chosen, 1 of them not shown · by Figure, falling`."""
    parts = [f"{len(shown)} of {len(held.findings)} findings"]
    if chosen:
        hidden = len(chosen - {finding.id for finding in shown})
        parts.append(f"{len(chosen)} chosen" + (f", {hidden} of them not shown" if hidden else ""))
    if order.column is not None:
        label = next(column.label for column in COLUMNS if column.key == order.column)
        parts.append(f"by {label.lower()}, {'falling' if order.falling else 'rising'}")
    return " · ".join(parts)


def told(finding: Finding, source: Source) -> Content:
    """A finding in full: its statement, where it stands, who says so, and what is said differently elsewhere."""
    where = " · ".join(part for part in (source.name, finding.locator.label, source.attribution) if part)
    lines = [Content.assemble((finding.statement, "bold")), Content.assemble((where, "dim"))]
    if finding.difference:
        lines.append(Content.assemble((f"Sources differ: {finding.difference}", "$text-warning")))
    return Content("\n").join(lines)


def short_place(locator: Locator) -> str:
    """`slide 8`, or a section's heading alone."""
    return (locator.heading or "introduction") if locator.kind == "section" else locator.label


def _by_figure(findings: Sequence[Finding], falling: bool) -> list[Finding]:
    """By kind and unit, so that percentages stand together; within, by size."""
    from aidx_assistant.assistant.comparison import figure_of

    def size(finding: Finding) -> tuple[float, float]:
        figure = figure_of(finding)
        return (figure.low, figure.high) if figure else (0.0, 0.0)

    def kind(finding: Finding) -> tuple[int, str]:
        figure = figure_of(finding)
        if figure is None:
            return len(_KIND_ORDER), finding.unit or ""
        return _KIND_ORDER.index(figure.kind), "" if figure.kind == "percent" else finding.unit or ""

    return sorted(sorted(findings, key=size, reverse=falling), key=kind)


def _place_order(locator: Locator) -> tuple[str, int, str]:
    return locator.kind, locator.number or 0, (locator.heading or "").casefold()


def _known(finding: Finding, source: Source) -> str:
    return " ".join(
        part
        for part in (
            finding.value, finding.unit, finding.measure, finding.statement, finding.segment, finding.population,
            finding.time_frame, finding.topic, finding.locator.label, source.title,
        )
        if part
    ).casefold()  # fmt: skip
