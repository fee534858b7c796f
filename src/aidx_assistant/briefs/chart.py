"""Which findings compare, and the chart of them as data: bars that count the same thing in the same unit.

Two kinds compare: one measure of different people, and different measures of the same people on one topic, as one
source gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import Bar, BarChart
from aidx_assistant.briefs.source_line import base_of, counted_of
from aidx_assistant.evidence import Finding
from aidx_assistant.figures import figures_in
from aidx_assistant.figures.figure import Figure

MOST_BARS = 12
_COMPARABLE = frozenset({"percent", "points", "count", "money", "duration", "ratio"})
"""Kinds of figures of which twice as much is a bar twice as long; years, dates and ranks are not."""


def chart_of(findings: Sequence[Finding], citations: Sequence[Citation]) -> BarChart | None:
    """The findings as bars; `citations`: for each finding the one that cites it, in its order.

    Of one measure the longest bar comes first; of the same people the bars keep their order, as of stages. None where
    the findings do not compare: fewer than two different bars, another unit or time frame, a figure that no bar can
    show (a range, a year, a rank), or two figures under one label. What two places say alike is one bar. Raises
    ValueError where the two sequences differ in length.
    """
    pairs = list(zip(findings, citations, strict=True))
    figures = [_figure(finding) for finding in findings]
    shown = [figure for figure in figures if figure]
    alike = {(_plain(finding.unit), _plain(finding.time_frame)) for finding in findings}
    kinds = {(figure.kind, figure.unit) for figure in shown}
    if len(alike) != 1 or len(kinds) != 1 or len(shown) != len(figures):
        return None
    one_measure = len({_plain(finding.measure) for finding in findings}) == 1
    if not one_measure and len({people_asked(finding) for finding in findings}) != 1:
        return None
    bars: dict[tuple[str, str], Bar] = {}
    for (finding, citation), figure in zip(pairs, shown, strict=True):
        label = _label(finding) if one_measure else _sentence(finding.measure)
        bar = Bar(label, figure.low, _written(finding), finding.segment, citation.number)
        known = bars.setdefault((bar.segment, bar.label), bar)
        if known.shown != bar.shown:
            return None
    if not 2 <= len(bars) <= MOST_BARS:
        return None
    kept = {bar.citation for bar in bars.values()}
    return BarChart(
        title=_title(findings[0], one_measure),
        unit=findings[0].unit or "",
        bars=tuple(sorted(bars.values(), key=lambda bar: -bar.value if one_measure else 0)),
        base=_sentence(_listed(counted_of(finding) or base_of(finding) for finding in findings)),
        source=_listed(citation.label for _, citation in pairs if citation.number in kept),
    )


def people_asked(finding: Finding) -> tuple[str, ...]:
    """Who stands behind a figure, and on which topic of which source: figures alike in this are of the same people."""
    return (finding.source_id, _plain(finding.topic), finding.segment, _plain(finding.population))


def _figure(finding: Finding) -> Figure | None:
    """What a bar shows of a finding; None where it cannot."""
    figures = figures_in(_written(finding))
    if len(figures) != 1 or figures[0].kind not in _COMPARABLE:
        return None
    figure = figures[0]
    return figure if figure.low == figure.high and figure.low >= 0 else None


def _written(finding: Finding) -> str:
    return (finding.value or "").strip()


def _label(finding: Finding) -> str:
    return _sentence(counted_of(finding) or finding.segment)


def _title(finding: Finding, one_measure: bool) -> str:
    subject = (finding.measure,) if one_measure else (finding.topic, finding.population)
    return _sentence(", ".join(part for part in (*subject, finding.time_frame) if part))


def _listed(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())
