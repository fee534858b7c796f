"""The source that is made of a document, with what the user says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aidx_assistant.assistant.obtaining import Obtained
from aidx_assistant.evidence import Finding, Locator, Segment, Source
from aidx_assistant.plurals import counted
from aidx_assistant.printable import shortened
from aidx_assistant.reading.document import Document
from aidx_assistant.reading.passages import read_source_of
from aidx_assistant.reading.read_source import ReadSource
from aidx_assistant.reading.respondents import respondents_in
from aidx_assistant.reading.rows import cells_of
from aidx_assistant.reading.sections import same_words
from aidx_assistant.segments import names_others, segments_named

if TYPE_CHECKING:
    from aidx_assistant.assistant.given import Given

_INDEXED_A_MINUTE = 8_000
"""Passages and sentences that are embedded in a minute on two cores, see `tests/bench_import.py`."""
_WORTH_TELLING = 2
"""Minutes."""
_OPENING = re.compile(r"\s*(?:among|of|for|at|in|by|with)\b[^,]*", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;|]")
_WHOLE = re.compile(r"\s*(?:of|among|by)\s+(?:\S+\s*){1,3}", re.IGNORECASE)
_LONGEST_TITLE = 300
"""Characters: it is told with every citation."""


def source_of_document(
    document: Document, source_id: str, given: Given, obtained: Obtained, others: Iterable[Source] = ()
) -> ReadSource:
    """What the user says goes before what the file says. Raises ReadingError where it is too long.

    Where one of the `others` in the library has its title, it is told apart from it: `your clip`.
    """
    title = shortened(given.title or document.title or Path(obtained.name).stem, _LONGEST_TITLE)
    slides = [part.locator.number or 0 for part in document.parts if part.locator.kind in ("slide", "page")]
    source = Source(
        id=source_id,
        title=title,
        publishers=(given.publisher,) if given.publisher else document.publishers,
        date=given.date or document.date,
        url=document.url or obtained.address,
        attribution=None,
        in_briefs=True,
        unread=document.unread,
        slide_count=max(slides, default=0),
        note=" ".join(document.remarks),
        authors=document.authors,
        told_apart=_told_apart(document, [other for other in others if same_words(other.title, title)]),
    )
    read = read_source_of(document, source)
    respondents = respondents_in(read.passages)
    read = replace(read, source=replace(read.source, respondents=respondents))
    segment = given.segment or _segment_of(source) or _segment_asked(respondents)
    return _of_segment(read, segment) if segment else read


def _segment_of(source: Source) -> Segment | None:
    """The one segment that a report's title names: it is about that one, as far as it says nothing else."""
    named = segments_named(source.title)
    return named[0] if len(named) == 1 else None


def _segment_asked(respondents: str) -> Segment | None:
    """The one segment of those who were asked."""
    named = segments_named(respondents)
    return named[0] if len(named) == 1 else None


def _told_apart(document: Document, namesakes: Sequence[Source]) -> str:
    """Empty where it has no namesakes, else the first name for it that none of them has."""
    if not namesakes:
        return ""
    name = f"your {'PDF' if document.medium == 'pdf' else document.medium}"
    names = (name, *(f"{name} {number}" for number in range(2, len(namesakes) + 2)))
    return next(one for one in names if one not in {other.told_apart for other in namesakes})


def told_of_title(source: Source) -> tuple[str, ...]:
    """What a user needs to know whose source has the title of another one."""
    if not source.told_apart:
        return ()
    return (f"The library has another source of this title: this one is called “{source.name}”.",)


def _of_segment(read: ReadSource, segment: Segment) -> ReadSource:
    """What names no segment, and nobody else, is about the one that the source is about."""
    asked = {passage.id: _segment_asked(respondents_in([passage])) or segment for passage in read.passages}
    passages = tuple(
        replace(passage, segments=(segment,)) if _names_nobody(passage.text, passage.locator) else passage
        for passage in read.passages
    )
    findings = tuple(
        replace(one, segment=asked[one.passage_id])
        if one.segment == "all" and not segments_named(one.statement) and _counts_nobody(one)
        else one
        for one in read.findings
    )
    return ReadSource(read.source, passages, findings)


def _counted_in(finding: Finding) -> str:
    """The words of a finding that tell whom it counts: those of "34% of vendors", not of "34% fear regulators"."""
    before, _, after = finding.statement.partition(finding.value or finding.statement)
    opening, whole = _OPENING.match(before), _WHOLE.match(after)
    counted_after = finding.population or (whole.group() if whole else "")
    label = finding.statement.partition(";")[0] if cells_of(finding.statement) else ""
    return "\n".join((label, opening.group() if opening else "", _CLAUSE.split(before)[-1], counted_after))


def _counts_nobody(finding: Finding) -> bool:
    counted_words = _counted_in(finding)
    return not segments_named(counted_words) and not names_others(counted_words)


def _names_nobody(text: str, locator: Locator) -> bool:
    text = f"{locator.heading or ''}\n{text}"
    return not segments_named(text) and not names_others(text)


def told_of_length(read: ReadSource) -> tuple[str, ...]:
    """What a user needs to know who would wait for a long source to be indexed."""
    texts = len(read.passages) + sum(len(passage.sentences) for passage in read.passages)
    minutes = round(texts / _INDEXED_A_MINUTE)
    if minutes < _WORTH_TELLING:
        return ()
    return (
        f"It is long: indexing its {counted(len(read.passages), 'passage')} takes some {counted(minutes, 'minute')}.",
    )
