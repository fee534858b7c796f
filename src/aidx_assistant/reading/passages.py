"""Cuts a document into passages: runs of sentences under one locator, of a size to be found and cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import SEGMENTS, Finding, Locator, Passage, Segment, Source
from aidx_assistant.reading.document import Block, Document, Link, Part
from aidx_assistant.reading.figures_found import findings_in
from aidx_assistant.reading.read_source import ReadSource
from aidx_assistant.reading.sentences import sentences_of
from aidx_assistant.reading.slugs import slug_of
from aidx_assistant.reading.titles_over import titled
from aidx_assistant.segments import segments_named

MOST_SENTENCES = 100_000
"""Of a source: some 5,000 pages of prose, which take a quarter of an hour to index on two cores."""
_ENOUGH = 60
"""Words from which on a passage ends with its block."""
_MOST = 200
"""Words of a passage, but for a single sentence that has more."""


def read_source_of(document: Document, source: Source) -> ReadSource:
    """The source with its passages and findings, the segments of each passage those it names or has findings of.

    Raises ReadingError where it has more than `MOST_SENTENCES`.
    """
    passages = passages_of(document, source.id)
    sentences = sum(len(passage.sentences) for passage in passages)
    if sentences > MOST_SENTENCES:
        raise ReadingError(
            f"It holds {sentences:,} sentences; up to {MOST_SENTENCES:,} can be read.", "Split it into parts."
        )
    findings = findings_in(source, passages)
    return ReadSource(source, tuple(_with_segments_of(passages, findings)), findings)


def passages_of(document: Document, source_id: str) -> tuple[Passage, ...]:
    """Passages in reading order, then one for each section of which only the heading is there.

    A passage has 60 to 200 words where its part has as many; it never mixes locators, pictures or states of reading.
    Rows of a table stay with their caption, and list items with the line that leads to them, as far as they fit. Ids
    are unique: `source/section/<slug>/<n>`, `source/slide/<number>/<n>` and so on, by what comes before only.
    """
    names = _Names(source_id)
    passages = [
        Passage(
            id=names.next_id(part.locator),
            source_id=source_id,
            locator=part.locator,
            sentences=sentences,
            segments=segments_named(" ".join(sentences)) or ("all",),
            read=part.read,
            picture=part.picture,
            links=links,
        )
        for part in _joined(document.parts)
        for sentences, links in _runs(titled(part).blocks)
    ]
    return (*passages, *(_unread(heading, names, source_id) for heading in document.unread))


class _Names:
    """Gives ids: sections by slug, two headings with one slug apart, everything else by number."""

    def __init__(self, source_id: str) -> None:
        self.source_id = source_id
        self.places: dict[tuple[str, int | None, str | None], str] = {}
        self.counts: dict[str, int] = {}

    def place(self, locator: Locator) -> str:
        key = (locator.kind, locator.number, locator.heading if locator.kind == "section" else None)
        if key not in self.places:
            slug = slug_of(locator.heading) if locator.kind == "section" else str(locator.number or 1)
            place, number = f"{self.source_id}/{locator.kind}/{slug}", 1
            while place in self.counts:
                number += 1
                place = f"{self.source_id}/{locator.kind}/{slug}-{number}"
            self.places[key], self.counts[place] = place, 0
        return self.places[key]

    def next_id(self, locator: Locator) -> str:
        place = self.place(locator)
        self.counts[place] += 1
        return f"{place}/{self.counts[place]}"


def _unread(heading: str, names: _Names, source_id: str) -> Passage:
    locator = Locator("section", heading=heading)
    return Passage(
        id=f"{names.place(locator)}/unread",
        source_id=source_id,
        locator=locator,
        sentences=(f"The section “{heading}” is known by its heading only: its text has not been read.",),
        segments=segments_named(heading) or ("all",),
        read="no",
    )


def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """Neighbouring parts with all but their blocks alike, as one."""
    for (locator, read, picture), alike in groupby(parts, lambda part: (part.locator, part.read, part.picture)):
        yield Part(locator, tuple(block for part in alike for block in part.blocks), read, picture)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What of a passage is not cut: a block, or a run of sentences of one that is longer than a passage."""

    sentences: tuple[str, ...]
    words: int
    links: tuple[Link, ...] = ()


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[tuple[str, ...], tuple[Link, ...]]]:
    """Sentences and links by passage: a run ends when it has enough words, or when what comes next is too much."""
    runs: list[list[_Unit]] = [[]]
    for together in _together(blocks):
        for unit in (together,) if together.words <= _MOST else _cut(together):
            words = sum(one.words for one in runs[-1])
            if runs[-1] and (words >= _ENOUGH or words + unit.words > _MOST):
                runs.append([])
            runs[-1].append(unit)
    if len(runs) > 1 and sum(one.words for one in runs[-1]) < _ENOUGH:
        if sum(one.words for run in runs[-2:] for one in run) <= _MOST:
            runs[-2:] = [runs[-2] + runs[-1]]
    for run in runs:
        if run:
            links = dict.fromkeys(link for unit in run for link in unit.links)
            yield tuple(sentence for unit in run for sentence in unit.sentences), tuple(links)


def _together(blocks: Sequence[Block]) -> Iterator[_Unit]:
    """Blocks that are one thing to a reader, as one: a table with its caption, a list with the line that leads in."""
    sentences: list[str] = []
    links: list[Link] = []
    leading: Block | None = None
    in_list = False
    for block, read in ((block, _sentences(block)) for block in blocks):
        in_list = leading is not None and (leading.text.endswith(":") or in_list) and _is_short(block)
        if leading is not None and not (in_list or _leads_to_row(leading, block)):
            yield _unit(sentences, links)
            sentences, links = [], []
        sentences += read
        links += block.links
        leading = block
    yield _unit(sentences, links)


def _leads_to_row(before: Block, block: Block) -> bool:
    return block.kind in ("row", "value") and (before.kind in ("caption", block.kind) or before.text.endswith(":"))


def _is_short(block: Block) -> bool:
    return block.kind == "text" and len(block.text.split()) <= 40


def _sentences(block: Block) -> tuple[str, ...]:
    text = " ".join(block.text.split())
    return sentences_of(text) if block.kind == "text" else (text,) if text else ()


def _unit(sentences: Sequence[str], links: Sequence[Link]) -> _Unit:
    return _Unit(tuple(sentences), sum(len(sentence.split()) for sentence in sentences), tuple(links))


def _cut(unit: _Unit) -> Iterator[_Unit]:
    """A unit that is longer than a passage in as few pieces as hold it, of about the same length."""
    aim = unit.words / -(-unit.words // _MOST)
    piece: list[str] = []
    words = 0
    links = list(unit.links)
    for sentence in unit.sentences:
        length = len(sentence.split())
        if piece and (words >= max(aim - length / 2, _ENOUGH) or words + length > _MOST):
            whole = " ".join(piece)
            own = [link for link in links if link[0] in whole]
            yield _unit(piece, own)
            links = [link for link in links if link not in own]
            piece, words = [], 0
        piece.append(sentence)
        words += length
    yield _unit(piece, links)


def _with_segments_of(passages: Iterable[Passage], findings: Iterable[Finding]) -> Iterator[Passage]:
    """The passages with the segments that their findings speak of as well."""
    stated: dict[str, set[Segment]] = {}
    for finding in findings:
        stated.setdefault(finding.passage_id, set()).add(finding.segment)
    for passage in passages:
        named = {*segments_named(passage.text), *stated.get(passage.id, ())}
        yield replace(passage, segments=tuple(one for one in SEGMENTS if one in named) or ("all",))
