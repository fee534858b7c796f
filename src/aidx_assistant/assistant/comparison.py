"""Findings beside each other: those whose figures can be compared, by what they measure, and those left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aidx_assistant.evidence import SEGMENTS, Finding
from aidx_assistant.figures import Figure, figures_in

PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Compared:
    """A finding with its figure as a number of the comparison's unit."""

    finding: Finding
    size: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Exact figures of one unit, and why each of the other findings is not among them."""

    unit: str
    """percent, jobs, years …; empty where nothing can be compared."""
    groups: tuple[tuple[str, tuple[Compared, ...]], ...]
    """By what is measured, in the order in which it came; within, by segment."""
    left_out: tuple[tuple[Finding, str], ...]
    """Each with the reason, in a few words."""

    @property
    def largest(self) -> float:
        return max((one.size for _, group in self.groups for one in group), default=0.0)


def comparison(findings: Sequence[Finding], unit: str | None = None) -> Comparison:
    """Compares the findings that have a figure of this unit; where none is given, of the unit that most have.

    Only exact figures are compared: "more than half" and "nearly 60" have no length.
    """
    read = [(finding, figure_of(finding)) for finding in findings]
    units = Counter(_unit(finding, figure) for finding, figure in read if figure and not _obstacle(finding, figure))
    if unit is None:
        unit = units.most_common(1)[0][0] if units else ""
    groups: dict[str, list[Compared]] = {}
    left_out = []
    for finding, figure in read:
        reason = _obstacle(finding, figure)
        if figure is None or reason:
            left_out.append((finding, reason))
        elif _unit(finding, figure) != unit:
            left_out.append((finding, f"in {_unit(finding, figure)}, not {unit}"))
        else:
            groups.setdefault(finding.measure, []).append(Compared(finding, figure.low))
    for group in groups.values():
        group.sort(key=lambda one: SEGMENTS.index(one.finding.segment))
    return Comparison(unit, tuple((measure, tuple(group)) for measure, group in groups.items()), tuple(left_out))


def figure_of(finding: Finding) -> Figure | None:
    """The figure that a finding's value is; None where it has none, or none that can be read."""
    if not finding.value:
        return None
    figures = figures_in(finding.value)
    return figures[0] if len(figures) == 1 else None


def _unit(finding: Finding, figure: Figure) -> str:
    return PERCENT if figure.kind == "percent" else figure.unit or finding.unit or figure.kind


def _obstacle(finding: Finding, figure: Figure | None) -> str:
    """Why a finding cannot stand beside any other; empty where it can."""
    if finding.value is None:
        return "no figure"
    if figure is None or figure.kind in {"date", "year", "rank", "slide"}:
        return f"“{finding.value}” is no quantity"
    if figure.bound != "exact" or figure.low != figure.high:
        return f"“{finding.value}” is not exact"
    return ""
