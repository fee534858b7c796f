"""Figures as bars: above each bar whose figure it is, at its end the figure as its source writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from aidx_assistant.evidence import Finding, Source

if TYPE_CHECKING:
    from aidx_assistant.assistant.comparison import Compared, Comparison

_EIGHTHS = " ▏▎▍▌▋▊▉"
_COLOURS = {"provider": "$primary", "payer": "$warning", "pharma": "$success", "all": "$secondary"}
"""By segment, which the words above the bar name as well."""
_LEAST_WIDTH = 20


class Bars(VerticalScroll, can_focus=True):
    """A comparison, drawn for the width that there is."""

    HELP = (
        "Figures side by side, by what they measure and by segment; below them, what the sources disagree on and what "
        "could not be drawn. The arrow keys scroll, **Esc** closes."
    )

    def __init__(self, comparison: Comparison, sources: Mapping[str, Source]) -> None:
        super().__init__()
        self._comparison = comparison
        self._sources = sources

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def on_resize(self, event: Resize) -> None:
        width = max(_LEAST_WIDTH, self.scrollable_content_region.width)
        self.query_one(Static).update(chart(self._comparison, self._sources, width))


def chart(comparison: Comparison, sources: Mapping[str, Source], width: int) -> Content:
    """The bars, `width` cells at most, with the sources they come from, where these differ, and what is left out."""
    letters = dict(zip(sources, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=False))
    compared = [one.finding for _, group in comparison.groups for one in group]
    named = [source for id_, source in sources.items() if id_ in {finding.source_id for finding in compared}]
    parts = [Content("\n").join(_legend(letters.get(source.id, "–"), source) for source in named)]
    parts += [_group(measure, group, comparison, letters, width) for measure, group in comparison.groups]
    parts.append(_listed("Where the sources differ", _differences(compared)))
    parts.append(
        _listed("Left out", [f"{finding.measure} ({_whom(finding)}): {why}" for finding, why in comparison.left_out])
    )
    return Content("\n\n").join(part for part in parts if part.plain)


def _group(
    measure: str, group: tuple[Compared, ...], comparison: Comparison, letters: Mapping[str, str], width: int
) -> Content:
    lines = [Content.assemble((measure[:1].upper() + measure[1:], "bold"))]
    full = max(comparison.largest, 100.0 if comparison.unit == "percent" else 0.0) or 1.0
    for one in group:
        finding = one.finding
        value = finding.value or ""
        slide = f", {finding.locator.label}" if finding.locator.kind == "slide" else ""
        lines.append(Content(f"{_whom(finding)} · {letters.get(finding.source_id, '–')}{slide}"))
        room = width - len(value) - 1
        lines.append(Content.assemble((_bar(one.size / full * room), _COLOURS[finding.segment]), " ", (value, "bold")))
    return Content("\n").join(lines)


def _bar(cells: float) -> str:
    """A bar of so many cells, to an eighth of one; never nothing."""
    whole, eighths = divmod(max(1, round(cells * 8)), 8)
    return "█" * whole + _EIGHTHS[eighths].strip()


def _whom(finding: Finding) -> str:
    segment, population = finding.segment, finding.population
    named = "" if population in {segment, f"{segment}s"} else segment
    return " · ".join(part for part in (named, population, finding.time_frame) if part)


def _legend(letter: str, source: Source) -> Content:
    caveat = f" ({source.attribution})" if source.attribution else ""
    return Content.assemble((f"{letter}: {source.name}{caveat}", "dim"))


def _differences(findings: list[Finding]) -> list[str]:
    """What differs among the findings, each disagreement once although every side of it tells it."""
    told: dict[str, str] = {}
    for finding in findings:
        if finding.difference and not any(other in told for other in finding.differs_from):
            told[finding.id] = finding.difference
    return list(told.values())


def _listed(heading: str, lines: list[str]) -> Content:
    if not lines:
        return Content("")
    return Content("\n").join([Content.assemble((heading, "bold")), *(Content(f"– {line}") for line in lines)])
