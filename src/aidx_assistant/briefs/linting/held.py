"""The library as the linter asks it: what it said once is not read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from aidx_assistant.briefs.tracing.shelf import Shelf
from aidx_assistant.checking import Evidence
from aidx_assistant.evidence import Finding, Passage, Source


class HeldEvidence:
    """Evidence that keeps what it was told, for as long as one text is examined."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._passages: dict[str, Passage | None] = {}

    def passage(self, passage_id: str) -> Passage | None:
        if passage_id not in self._passages:
            self._passages[passage_id] = self._evidence.passage(passage_id)
        return self._passages[passage_id]

    def findings(self) -> tuple[Finding, ...]:
        return self._findings

    def sources(self) -> tuple[Source, ...]:
        return self._sources

    def findings_of(self, passage_id: str, sentences: Iterable[int]) -> tuple[Finding, ...]:
        """The findings stated in sentences of a passage."""
        return tuple(one for position in sentences for one in self._by_sentence.get((passage_id, position), ()))

    def finding(self, finding_id: str) -> Finding | None:
        return self._by_id.get(finding_id)

    @cached_property
    def _findings(self) -> tuple[Finding, ...]:
        return tuple(self._evidence.findings())

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        return tuple(self._evidence.sources())

    @cached_property
    def _by_id(self) -> Mapping[str, Finding]:
        return {finding.id: finding for finding in self._findings}

    @cached_property
    def _by_sentence(self) -> Mapping[tuple[str, int], tuple[Finding, ...]]:
        found: dict[tuple[str, int], tuple[Finding, ...]] = {}
        for finding in self._findings:
            place = (finding.passage_id, finding.sentence)
            found[place] = (*found.get(place, ()), finding)
        return found


class HeldShelf(HeldEvidence):
    """The same of a library whose sources can be read from end to end."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self._shelf = shelf
        self._of_source: dict[str, tuple[Passage, ...]] = {}

    def passages_of(self, source_id: str) -> tuple[Passage, ...]:
        if source_id not in self._of_source:
            self._of_source[source_id] = tuple(self._shelf.passages_of(source_id))
            self._passages.update((passage.id, passage) for passage in self._of_source[source_id])
        return self._of_source[source_id]
