"""A brief as plain data: what composing makes, the linter judges and every format is written from.

    Brief ── Section ── Paragraph | Points | Options | Labelled
      ├── citations    numbered from 1 in the order in which the text first names them
      ├── chart        bars of findings that compare, or None
      ├── jobs         the user's own jobs, scored, or None
      └── faults       what the linter found, listed at the top of every format

A text in a brief is one line of plain characters with two marks and no others: `**…**` for strong, and `[3]` for
citation 3. All else stands for itself; each format escapes what it must.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from aidx_assistant.answers import Citation, Disagreement, Usage
from aidx_assistant.briefs.own_jobs import OwnJobs
from aidx_assistant.evidence import Segment

BriefKind = Literal["buyer", "founder"]
BRIEF_KINDS: tuple[BriefKind, ...] = ("buyer", "founder")

BriefMode = Literal["claude", "evidence"]
"""Who wrote the sentences: Claude, or nobody: an evidence brief quotes the sources."""

MOST_PAGES = 2
"""Of a brief as PDF."""

TO_FILL = "__________"
"""A line left open on purpose, for the owner or the date of a decision: the one placeholder a brief may hold."""

OWN_CALCULATION = "(own calculation)"
"""What marks a figure that no source states: code computed it, its operands stand beside it."""

MARKER = re.compile(r"\[(\d{1,4})\]")
"""A citation in a text, by its number."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """One item of a list. `source` is its own `Source:` line, without that word: report, place, base and date."""

    text: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """A list: evidence, risks, conditions."""

    points: tuple[Point, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """A table; every row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Pairs of a label and what there is to say of it: `Owner`, `Privacy and security` …"""

    pairs: tuple[tuple[str, str], ...]


Block = Paragraph | Points | Options | Labelled


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief under its heading."""

    key: str
    """Its name in the template, e.g. "why-now": by it one section is drafted anew."""
    heading: str
    blocks: tuple[Block, ...]
    boxed: bool = False
    """Whether it is set apart from the rest, as the half page on healthcare is."""
    drafted: bool = True
    """False where drafting was cancelled or failed before this section."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: a finding."""

    label: str
    """Whose figure it is, e.g. "Large providers": segment and base."""
    value: float
    shown: str
    """The figure as the source writes it, e.g. "46%"."""
    segment: Segment
    citation: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars of findings that share a measure and a unit."""

    title: str
    unit: str
    bars: tuple[Bar, ...]
    base: str
    """Whom or what the figures count, in one line under the chart."""
    source: str
    """The `Source:` line under the chart, without that word."""

    @property
    def alt_text(self) -> str:
        """The chart in a sentence, for who cannot see it."""
        return f"Bar chart. {self.title}: " + "; ".join(f"{bar.label} {bar.shown}" for bar in self.bars) + "."


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that the linter holds against a brief or a document."""

    rule: str
    """The rule's name, e.g. "figure-unsupported"."""
    where: str
    """Where, for a reader: a section's heading, or a line of a file."""
    problem: str
    """What is wrong, in a sentence."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole brief."""

    kind: BriefKind
    topic: str
    segment: Segment
    audience: str | None
    """For whom it is, as the user said it, e.g. "CMIO, 500-bed health system"."""
    made_on: date
    mode: BriefMode
    model: str | None
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    disagreements: tuple[Disagreement, ...] = ()
    chart: BarChart | None = None
    faults: tuple[Fault, ...] = ()
    usage: Usage | None = None
    jobs: OwnJobs | None = None
    given: tuple[str, ...] = ()
    """Texts that are the user's own, such as the decision and its date: figures in them are no claims of the brief."""

    @property
    def title(self) -> str:
        return f"{'Buyer' if self.kind == 'buyer' else 'Founder'} brief: {self.topic}"

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)


def texts_of(block: Block) -> Iterator[str]:
    """The texts of a block in reading order, `Source:` lines left out."""
    match block:
        case Paragraph(text):
            yield text
        case Points(points):
            yield from (point.text for point in points)
        case Options(header, rows):
            yield from header
            for row in rows:
                yield from row
        case Labelled(pairs):
            for pair in pairs:
                yield from pair


def markers_in(text: str) -> tuple[int, ...]:
    """The numbers of the citations that a text names, in order."""
    return tuple(int(number) for number in MARKER.findall(text))


def note_of(citation: Citation) -> str:
    """A citation as a note, the same in every format: place, quoted sentences, address, and whether it is verified."""
    address = f" {citation.url}" if citation.url else ""
    doubt = "" if citation.verified else " Not verified: this is not what the library holds there."
    return f"{citation.label}. “{citation.quote}”{address}{doubt}"


def with_addresses_once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The citations as notes tell them: the address of a source stands in its first note only."""
    told: set[str | None] = set()
    shown = []
    for citation in citations:
        shown.append(replace(citation, url=None) if citation.url in told else citation)
        told.add(citation.url)
    return tuple(shown)
