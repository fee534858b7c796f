"""What a reader meets from the title to the sources, in order: the same in every format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from aidx_assistant.answers import Citation, Disagreement
from aidx_assistant.briefs.brief import (
    BarChart,
    Block,
    Brief,
    Fault,
    Options,
    Paragraph,
    Point,
    Points,
    Section,
    markers_in,
    note_of,
    texts_of,
)
from aidx_assistant.briefs.own_jobs import COLUMNS, HEADING, KEY, OwnJobs
from aidx_assistant.dx.lettering import width_of
from aidx_assistant.evidence import Segment
from aidx_assistant.references.dates import PartialDate

LANGUAGE = "en-GB"
SOURCES = "Sources"
"""Heading of the list of citations."""
SOURCE = "Source:"
NOT_DRAFTED = "**Not drafted.** This section has not been written."
_DIFFERENCES = "Where the sources differ"
_ENTRY = 16
"""Characters that a figure or a word in a table has at most."""
_NAMES = 0.47
"""Width of a table's first column before sentences, as part of another's."""
_LONGEST_NAME = 14.0
"""Ems of a name before entries that stand in one line."""
_STRONG, _PADDING = 1.08, 1.0
"""Ems of strong letters, and of what stays free beside a column."""
_LINE, _LINES_AT_TOP = 100, 12
"""Characters of a line of the list of faults; its lines that stand at the top where pages cannot be counted."""
_WEB_ADDRESS = re.compile(r"https?://[!#-;=?-~]+")
"""In characters that every format may hold as they are."""
_SEGMENTS: dict[Segment, str] = {
    "provider": "Providers",
    "payer": "Payers",
    "pharma": "Pharma",
    "all": "All segments",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is shown, with the chart that belongs to it."""

    section: Section
    chart: BarChart | None = None
    jobs: OwnJobs | None = None
    """The user's own jobs: the picture of their quadrants, and below it their notes."""

    @property
    def texts(self) -> Iterator[str]:
        """Every text with citations in it, in reading order."""
        for block in self.section.blocks:
            yield from texts_of(block)
        if self.chart:
            yield marks_of(bar.citation for bar in self.chart.bars)


def parts_of(brief: Brief) -> tuple[Part, ...]:
    """The sections in order, one with the chart, the user's jobs after it; last what the sources disagree on."""
    shown = [_as_shown(section) for section in brief.sections]
    if brief.chart and not shown:
        shown = [Section("chart", "Figures", ())]
    parts = [Part(section) for section in shown]
    if brief.chart:
        place = _place_of_chart(brief.chart, shown)
        parts[place] = replace(parts[place], chart=brief.chart)
    if brief.jobs:
        parts.insert(_place_of_jobs(shown), _part_of_jobs(brief.jobs))
    if brief.disagreements:
        points = Points(tuple(map(_difference, brief.disagreements)))
        parts.append(Part(Section("differences", _DIFFERENCES, (points,))))
    return tuple(parts)


def numbers_named(parts: Sequence[Part], numbers: Sequence[int]) -> tuple[int, ...]:
    """The citations that the parts name, each once, as they are first named."""
    named = (number for part in parts for text in part.texts for number in markers_in(text))
    return tuple(dict.fromkeys(number for number in named if number in numbers))


def numbers_of(brief: Brief) -> tuple[int, ...]:
    return tuple(citation.number for citation in brief.citations)


def numbers_unnamed(brief: Brief) -> tuple[int, ...]:
    """Citations that no text names: they stand in the list all the same."""
    named = numbers_named(parts_of(brief), numbers_of(brief))
    return tuple(number for number in numbers_of(brief) if number not in named)


def about_of(brief: Brief) -> tuple[str, ...]:
    """What stands below the title: for whom, about which segment, of which day, written by whom, in whose words."""
    written = f"Drafted by {brief.model} from the sources" if brief.model else "No model: quoted from the sources"
    wording = ", shipped reports as aidx's notes word them"
    audience = (f"For {brief.audience}",) if brief.audience else ()
    return (*audience, _SEGMENTS[brief.segment], str(PartialDate.of(brief.made_on)), written + wording)


def segment_in_words(segment: Segment) -> str:
    return _SEGMENTS[segment]


def column_shares(options: Options) -> tuple[float, ...]:
    """How the columns of a table share its width: names are narrow before sentences, entries as wide as they are."""
    columns = list(zip(options.header, *options.rows, strict=True))
    if any(len(cell) > _ENTRY for column in columns[1:] for cell in column[1:]):
        return (_NAMES, *(1.0 for _ in columns[1:]))
    names, *others = columns
    widest = max(width_of(name, _STRONG) for name in names)
    entries = (
        max(width_of(header, _STRONG), *(width_of(cell, 1.0) for cell in cells), 0.0) for header, *cells in others
    )
    return (min(widest, _LONGEST_NAME) + _PADDING, *(width + _PADDING for width in entries))


def faults_heading(faults: Sequence[Fault]) -> str:
    return f"This draft has {'1 fault' if len(faults) == 1 else f'{len(faults)} faults'}"


def faults_pointer(faults: Sequence[Fault]) -> str:
    """What stands at the top where the list of faults has a page of its own."""
    return f"{faults_heading(faults)}, listed on its last page"


def fill_the_top(faults: Sequence[Fault]) -> bool:
    """Whether a list of faults takes so much of a first page that a brief of two may need a third for it."""
    lines = (ceil((len(fault.where) + len(fault.problem)) / _LINE) for fault in faults)
    return sum(lines) > _LINES_AT_TOP


def note_around_address(citation: Citation) -> tuple[str, str, str]:
    """A note as what it quotes, its web address, and the doubt about it; the last two may be empty."""
    certain = note_of(replace(citation, verified=True))
    doubt = note_of(citation).removeprefix(certain).strip()
    if citation.url and _WEB_ADDRESS.fullmatch(citation.url):
        return certain.removesuffix(citation.url).strip(), citation.url, doubt
    return certain, "", doubt


def marks_of(numbers: Iterable[int]) -> str:
    """Citations as a text names them: `[1][2]`."""
    return "".join(f"[{number}]" for number in dict.fromkeys(numbers))


def source_of_chart(chart: BarChart) -> str:
    """The `Source:` line under the chart, with the citations of its bars."""
    return f"{chart.source} {marks_of(sorted(bar.citation for bar in chart.bars))}"


def _as_shown(section: Section) -> Section:
    if not section.drafted:
        return replace(section, blocks=(Paragraph(NOT_DRAFTED), *section.blocks))
    return section


def _part_of_jobs(jobs: OwnJobs) -> Part:
    return Part(Section(KEY, HEADING, (Paragraph(jobs.lead), Options(COLUMNS, jobs.table))), jobs=jobs)


def _place_of_jobs(sections: Sequence[Section]) -> int:
    """After the last section of evidence; where there is none, at the end."""
    places = [place for place, section in enumerate(sections, 1) if any(map(_is_evidence, section.blocks))]
    return max(places, default=len(sections))


def _difference(disagreement: Disagreement) -> Point:
    return Point(f"{disagreement.about} {marks_of(disagreement.citations)}")


def _place_of_chart(chart: BarChart, sections: Sequence[Section]) -> int:
    """The section of evidence that names most of the bars' citations; where there is none, any that does."""
    cited = {bar.citation for bar in chart.bars}

    def closeness(place: int) -> tuple[bool, int, int]:
        blocks = sections[place].blocks
        named = {number for block in blocks for text in texts_of(block) for number in markers_in(text)}
        return any(map(_is_evidence, blocks)), len(named & cited), -place

    return max(range(len(sections)), key=closeness)


def _is_evidence(block: Block) -> bool:
    return isinstance(block, Points) and any(point.source for point in block.points)
