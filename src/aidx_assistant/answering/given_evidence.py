"""The evidence that has been given to Claude over the turns of one question, as the API counts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from aidx_assistant.answering.draft import citation
from aidx_assistant.answers import Citation
from aidx_assistant.claude.events import CitationDelta
from aidx_assistant.claude.evidence_blocks import EvidenceBlock
from aidx_assistant.evidence import Passage, Source, passage_label


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A run of sentences of a passage."""

    passage: Passage
    start: int
    """0-based."""
    end: int
    """Exclusive."""


def whole(passage: Passage) -> Excerpt:
    """All its sentences."""
    return Excerpt(passage, 0, len(passage.sentences))


class GivenEvidence:
    """Search results are counted from 0 over all messages and tool results, in the order in which they are sent."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._excerpts: list[Excerpt] = []
        self._sentences: set[tuple[str, int]] = set()
        self.passages: list[Passage] = []
        """The passage of each search result."""

    def give(self, excerpts: Iterable[Excerpt]) -> tuple[EvidenceBlock, ...]:
        """The blocks to send: what has been given before is left out, as Claude has it in view already."""
        return tuple(self._block(self._given(excerpt)) for excerpt in excerpts if not self._has(excerpt))

    def lacking(self, excerpts: Iterable[Excerpt]) -> tuple[EvidenceBlock, ...]:
        """The blocks that would be sent; they do not count as given."""
        return tuple(self._block(excerpt) for excerpt in excerpts if not self._has(excerpt))

    def pointers(self, count: int) -> tuple[Citation, ...]:
        """To the first sentence of each of the first places that were given."""
        first = enumerate(self._excerpts[:count], 1)
        return tuple(
            citation(number, one.passage, one.start, one.start + 1, self._sources[one.passage.source_id])
            for number, one in first
        )

    def in_passage(self, citation: CitationDelta) -> CitationDelta:
        """The citation with its sentences counted from the beginning of the passage, not of the excerpt."""
        index, start, end = citation.search_result_index, citation.start_block, citation.end_block
        if index is None or start is None or end is None or not 0 <= index < len(self._excerpts):
            return citation
        first = self._excerpts[index].start
        return replace(citation, start_block=first + start, end_block=first + end)

    def _has(self, excerpt: Excerpt) -> bool:
        return _places(excerpt) <= self._sentences

    def _given(self, excerpt: Excerpt) -> Excerpt:
        self._sentences |= _places(excerpt)
        self._excerpts.append(excerpt)
        self.passages.append(excerpt.passage)
        return excerpt

    def _block(self, excerpt: Excerpt) -> EvidenceBlock:
        passage = excerpt.passage
        label = passage_label(passage, self._sources[passage.source_id])
        return EvidenceBlock(passage.id, label, passage.sentences[excerpt.start : excerpt.end])


def _places(excerpt: Excerpt) -> set[tuple[str, int]]:
    return {(excerpt.passage.id, at) for at in range(excerpt.start, excerpt.end)}
