"""Puts drafted sections together: one numbering of citations over the whole brief, what differs, the chart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aidx_assistant.answers import Citation, Disagreement
from aidx_assistant.briefs.brief import (
    MARKER,
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
    texts_of,
)
from aidx_assistant.briefs.chart import chart_of, people_asked
from aidx_assistant.checking.citing import verified
from aidx_assistant.evidence import Finding
from aidx_assistant.library.store import Store

_RUN = re.compile(r"(?:\[\d{1,4}\]){2,}")
_Key = tuple[str, tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class DraftedSection:
    """A section whose markers name its own citations."""

    section: Section
    citations: tuple[Citation, ...]
    says_nothing: bool = False
    """Whether the sources answered nothing of it, so that it has only the template's words."""


def assembled(brief: Brief, drafted: Sequence[DraftedSection], store: Store) -> Brief:
    """The brief with these sections, their citations numbered by first appearance and verified."""
    numbering = _Numbering()
    sections = tuple(numbering.taken_in(one) for one in drafted)
    citations = tuple(verified(citation, store) for citation in numbering.citations)
    findings = store.findings()
    return replace(
        brief,
        sections=sections,
        citations=citations,
        disagreements=_disagreements(citations, findings),
        chart=_chart(citations, findings, sections, {source.id: source.date for source in store.sources()}),
    )


def with_texts(block: Block, changed: Callable[[str], str]) -> Block:
    """The block with every text changed, in reading order."""
    match block:
        case Paragraph(text):
            return Paragraph(changed(text))
        case Points(points, numbered):
            return Points(tuple(Point(changed(point.text), point.source) for point in points), numbered)
        case Options(header, rows):
            shown = tuple(map(changed, header))
            return Options(shown, tuple(tuple(map(changed, row)) for row in rows))
        case Labelled(pairs):
            return Labelled(tuple((changed(label), changed(text)) for label, text in pairs))


def section_of(brief: Brief, key: str) -> DraftedSection | None:
    """A section of a finished brief, to be assembled again."""
    section = brief.section(key)
    if section is None:
        return None
    named = {number for block in section.blocks for text in texts_of(block) for number in markers_in(text)}
    return DraftedSection(section, tuple(one for one in brief.citations if one.number in named))


class _Numbering:
    """Numbers over the whole brief: the same place keeps its number."""

    def __init__(self) -> None:
        self._by_key: dict[_Key, Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._by_key.values())

    def taken_in(self, drafted: DraftedSection) -> Section:
        """The section with its markers as the whole brief numbers them; a marker that names nothing stays as it is."""
        by_number = {citation.number: citation for citation in drafted.citations}

        def renumbered(marker: re.Match[str]) -> str:
            citation = by_number.get(int(marker[1]))
            return f"[{self._number(citation)}]" if citation else marker.group()

        def changed(text: str) -> str:
            return _RUN.sub(_each_once, MARKER.sub(renumbered, text))

        blocks = tuple(with_texts(block, changed) for block in drafted.section.blocks)
        return replace(drafted.section, blocks=blocks)

    def _number(self, citation: Citation) -> int:
        held = (citation.passage_id, citation.sentences, "")
        key = held if citation.passage_id else ("", (0, 0), citation.quote)
        if key not in self._by_key:
            self._by_key[key] = replace(citation, number=len(self._by_key) + 1)
        return self._by_key[key].number


def _each_once(run: re.Match[str]) -> str:
    return "".join(dict.fromkeys(f"[{number}]" for number in MARKER.findall(run.group())))


def _disagreements(citations: Sequence[Citation], findings: Sequence[Finding]) -> tuple[Disagreement, ...]:
    """What differs from a cited finding, cited too or not, in the library's words, each pair once."""
    by_id = {finding.id: finding for finding in findings}
    numbers = {finding.id: _numbers_of(finding, citations) for finding in findings}
    told: set[frozenset[str]] = set()
    found: dict[str, set[int]] = {}
    for finding in findings:
        for other in map(by_id.get, finding.differs_from):
            if other is None or not numbers[finding.id] or frozenset({finding.id, other.id}) in told:
                continue
            told.add(frozenset({finding.id, other.id}))
            about = finding.difference or other.difference or f"{finding.statement} / {other.statement}"
            found.setdefault(about, set()).update(numbers[finding.id] | numbers[other.id])
    return tuple(Disagreement(about, tuple(sorted(cited))) for about, cited in found.items())


def _numbers_of(finding: Finding, citations: Iterable[Citation]) -> set[int]:
    return {
        citation.number
        for citation in citations
        if citation.verified
        and citation.passage_id == finding.passage_id
        and citation.sentences[0] <= finding.sentence < citation.sentences[1]
    }


def _chart(
    citations: Sequence[Citation], findings: Sequence[Finding], sections: Sequence[Section], dates: Mapping[str, str]
) -> BarChart | None:
    """The largest group of cited findings that compare; of a sentence with two figures of a measure, neither.

    Of groups as large that of the newest source, by the `dates` of the sources (YYYY, or as far as they are known).

    One measure of different people wants one of its findings among the evidence, different measures of the same
    people all of them: what is only background makes no chart.
    """
    evidence = _evidence_numbers(sections)
    stated: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        stated.setdefault((finding.passage_id, finding.sentence), []).append(finding)
    groups: dict[tuple[str | None, ...], list[tuple[Finding, Citation]]] = {}
    for finding in findings:
        citing = next((one for one in citations if one.number in _numbers_of(finding, (one,))), None)
        alone = sum(other.measure == finding.measure for other in stated[finding.passage_id, finding.sentence]) == 1
        if finding.value and citing and alone:
            groups.setdefault((finding.measure, finding.unit, finding.time_frame), []).append((finding, citing))
            if citing.number in evidence:
                alike = (*people_asked(finding), finding.unit, finding.time_frame)
                groups.setdefault(alike, []).append((finding, citing))
    charts = [
        (len(chart.bars), max(dates.get(finding.source_id, "") for finding, _ in group), chart)
        for group in groups.values()
        if any(one.number in evidence for _, one in group)
        and (chart := chart_of([finding for finding, _ in group], [one for _, one in group]))
    ]
    return max(charts, key=lambda found: found[:2])[-1] if charts else None


def _evidence_numbers(sections: Iterable[Section]) -> set[int]:
    """The citations of points that have a `Source:` line: the evidence."""
    points = (
        point for section in sections for block in section.blocks if isinstance(block, Points) for point in block.points
    )
    return {number for point in points if point.source for number in markers_in(point.text)}
