"""Citations from a model whose server knows nothing of them: every sentence gets a number, which the model writes.

The evidence goes as text, `[S12] The sentence.`; what comes back, `It is so [S12].`, is read as it streams and turned
into the events that a server with citations sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aidx_assistant.claude.events import BlockEnded, BlockStarted, CitationDelta, MessageEvent, TextDelta
from aidx_assistant.claude.messages import EvidenceBlock

_NUMBERS = r"S\s?\d{1,5}(?:(?:\s*[,;]\s*(?:and\s+)?|\s*(?:-|–|to|and)\s*)S?\s?\d{1,5})*"
_MARKER = re.compile(rf"[ \t]*(?:\[{_NUMBERS}\]|\({_NUMBERS}\))")
"""With the space before it, which stands before the citation then."""
_PERHAPS_MARKER = re.compile(r"[ \t]*(?:[\[(](?:S[^\])\n]{0,80})?)?\Z")
_RANGE_OR_NUMBER = re.compile(r"S?\s?(\d+)(?:\s*(?:-|–|to)\s*S?\s?(\d+))?")
_LONGEST_RANGE = 12
"""Sentences; a longer range cites nothing in particular, and counts as its first sentence."""


@dataclass(frozen=True, slots=True)
class MarkedEvidence:
    """The evidence of a request as one text, its sentences numbered from 1."""

    text: str
    places: tuple[tuple[int, int], ...]
    """By number less one: which block of the evidence, and which of its sentences; both 0-based."""


def marked(evidence: Sequence[EvidenceBlock]) -> MarkedEvidence:
    """Each block under its title, a sentence on each line."""
    places: list[tuple[int, int]] = []
    lines: list[str] = []
    for at, block in enumerate(evidence):
        lines.append(f"\n{block.title}:")
        for sentence_at, sentence in enumerate(block.sentences):
            places.append((at, sentence_at))
            lines.append(f"[S{len(places)}] {' '.join(sentence.split())}")
    return MarkedEvidence("\n".join(lines).strip(), tuple(places))


def with_citations(events: Iterator[MessageEvent], evidence: MarkedEvidence) -> Iterator[MessageEvent]:
    """The events of an answer, with a citation in place of each marker. Markers without a sentence are left out."""
    reading = _Reading(evidence)
    for event in events:
        match event:
            case BlockStarted():
                pass  # it is sent with the first text of each part between two markers
            case TextDelta():
                yield from reading.read(event.text)
            case BlockEnded():
                yield from reading.end()
            case _:
                yield event


class _Reading:
    def __init__(self, evidence: MarkedEvidence) -> None:
        self._evidence = evidence
        self._index = 0
        self._held_back = ""
        self._begun = False

    def read(self, text: str) -> Iterator[MessageEvent]:
        text = self._held_back + text
        start = 0
        for marker in _MARKER.finditer(text):
            yield from self._given(text[start : marker.start()])
            yield from self._cited(marker.group())
            start = marker.end()
        rest = text[start:]
        held_back = _PERHAPS_MARKER.search(rest)
        end = held_back.start() if held_back else len(rest)
        self._held_back = rest[end:]
        yield from self._given(rest[:end])

    def end(self) -> Iterator[MessageEvent]:
        rest, self._held_back = self._held_back, ""
        yield from self._given(rest)
        yield from self._ended()

    def _given(self, text: str) -> Iterator[MessageEvent]:
        if text:
            yield from self._started()
            yield TextDelta(self._index, text)

    def _cited(self, marker: str) -> Iterator[MessageEvent]:
        ranges = _ranges(marker, self._evidence.places)
        for block, start, end in ranges:
            yield from self._started()
            yield CitationDelta(self._index, block, start, end, "", "", "")
        if ranges:
            yield from self._ended()

    def _started(self) -> Iterator[MessageEvent]:
        if not self._begun:
            self._begun = True
            yield BlockStarted(self._index)

    def _ended(self) -> Iterator[MessageEvent]:
        if self._begun:
            yield BlockEnded(self._index)
            self._begun = False
            self._index += 1


def _ranges(marker: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """What a marker names: block, first sentence, and the end of the range, exclusive; neighbours are one range."""
    numbers: dict[int, None] = {}
    for found in _RANGE_OR_NUMBER.finditer(marker):
        first, last = int(found[1]), int(found[2] or found[1])
        fitting = range(first, last + 1) if 0 <= last - first < _LONGEST_RANGE else range(first, first + 1)
        numbers.update(dict.fromkeys(number for number in fitting if 1 <= number <= len(places)))
    ranges: list[tuple[int, int, int]] = []
    for number in numbers:
        block, sentence = places[number - 1]
        if ranges and ranges[-1][0] == block and ranges[-1][2] == sentence:
            ranges[-1] = (block, ranges[-1][1], sentence + 1)
        else:
            ranges.append((block, sentence, sentence + 1))
    return ranges
