"""A library, opened as far as is needed: read where something is looked up, with its index where it is searched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aidx_assistant.answers_in_words import searched_by_words
from aidx_assistant.assistant.connecting import chroma_server
from aidx_assistant.assistant.pictures import picture_file, picture_read
from aidx_assistant.assistant.places import Place, find_only_place, find_place, find_source
from aidx_assistant.assistant.questions import usable_query
from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import Finding, Passage, Segment, Source
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library, SyncReport
from aidx_assistant.library.progress import Progress
from aidx_assistant.library.records import FailedImport, Import
from aidx_assistant.printable import shortened
from aidx_assistant.retrieval.search import Found, RankedPassage, find
from aidx_assistant.settings import Settings

if TYPE_CHECKING:
    from aidx_assistant.assistant.fetch_plan import FetchPlan

_SEE_SOURCES = "See: aidx sources list"


class OpenedLibrary:
    """What the library holds, for whoever looks something up or searches. All may raise the errors of `errors`."""

    settings: Settings

    def __init__(self, home: Path, corpus: Path, progress: Progress) -> None:
        self._home = home
        self._corpus = corpus
        self.progress = progress
        self._opened = False
        self._told_by_words_only = 0

    def close(self) -> None:
        if "library" in self.__dict__:
            self.library.close()

    @cached_property
    def library(self) -> Library:
        return Library(self._home, MiniLmEmbedder, self.progress, chroma_server(self.settings))

    def sync(self) -> SyncReport:
        """Brings the library up to date with the corpus and opens its index; quick where nothing changed."""
        report = self.library.sync(self._corpus)
        self._opened = True
        return report

    def open(self) -> None:
        """Opens the library for questions, without waiting for what a `sync` would take long for."""
        self.library.open(self._corpus)
        self._opened = True

    def search(
        self, query: str, *, segment: Segment | None = None, source_id: str | None = None, limit: int = 10
    ) -> tuple[RankedPassage, ...]:
        """The passages that fit a query, best first. Where some could be searched by their words alone, it is told."""
        found = self.found(query, segment=segment, source_id=source_id, limit=limit)
        if found.by_words_only and not self._told_by_words_only:
            self.progress.notice(searched_by_words(found.by_words_only))
        self._told_by_words_only = found.by_words_only
        return found.passages

    def found(
        self, query: str, *, segment: Segment | None = None, source_id: str | None = None, limit: int = 10
    ) -> Found:
        """The same, with how many passages could be searched by their words alone; nobody is told."""
        query = usable_query(query)
        if source_id:
            self.source(source_id)
        self._ensure_open()
        return find(self.library, query, segment=segment, source_id=source_id, limit=limit)

    def sources(self) -> tuple[Source, ...]:
        self._ensure_read()
        return self.library.store.sources()

    def source(self, source_id: str) -> Source:
        """Raises UsageError, naming the nearest, for an unknown id."""
        self._ensure_read()
        return find_source(self.library.store, source_id)

    def imports(self) -> tuple[Import, ...]:
        """Where the sources that the user brought came from."""
        return self.library.store.imports()

    def failed_imports(self) -> tuple[FailedImport, ...]:
        """What the user brought that could not be read."""
        return self.library.store.failed_imports()

    def brought(self, source_id: str) -> Source:
        """A source that the user brought. Raises UsageError for an unknown id, and for what ships with aidx."""
        source = self.source(source_id)
        if all(one.source_id != source_id for one in self.imports()):
            raise UsageError(f"“{source_id}” ships with aidx; it cannot be removed or read again.", _SEE_SOURCES)
        return source

    def remove_source(self, source_id: str) -> Source:
        """Removes a source that the user brought, and gives it back. Raises UsageError as `brought` does."""
        source = self.brought(source_id)
        self.library.remove_import(source_id)
        self._opened = False
        return source

    def fetch_plan(self, source_id: str) -> FetchPlan:
        """What the user's own copy of a shipped source is made of. Raises UsageError for any other source."""
        from aidx_assistant.assistant.fetch_plan import plan_of

        self.source(source_id)
        if any(one.source_id == source_id for one in self.imports()):
            raise UsageError(f"“{source_id}” is yours.", f"To read it again: aidx sources refresh {source_id}")
        return plan_of(self._corpus, source_id)

    def passages(self, source_id: str) -> tuple[Passage, ...]:
        """A source's passages in reading order."""
        return self.library.store.passages_of(self.source(source_id).id)

    def passage(self, passage_id: str) -> Passage | None:
        """A passage by its id; None where the library no longer holds it."""
        self._ensure_read()
        return self.library.store.passage(passage_id)

    def picture_file(self, source_id: str, slide: int) -> Path | None:
        """The picture of a slide where the user's home holds it, as pictures/<source>/slide-08.png (or jpg, webp)."""
        return picture_file(self._home, source_id, slide)

    def picture_read(self, source_id: str) -> Path | None:
        """The picture that a source of the user's was read from, where it is still there as it was read."""
        return picture_read(self.imports(), source_id)

    def place(self, text: str, source_id: str | None = None) -> Place:
        """What the library holds of `slide 8` or of a section by its heading."""
        self._ensure_read()
        return find_place(self.library.store, text, source_id)

    def place_named(self, words: Sequence[str], source_id: str | None = None) -> Place:
        """The same by the words of a command, which name it together. Raises UsageError where they name several."""
        self._ensure_read()
        return find_only_place(self.library.store, words, source_id)

    def findings(
        self, *, segment: Segment | None = None, topic: str | None = None, source_id: str | None = None
    ) -> tuple[Finding, ...]:
        """The findings of exactly this segment, topic and source, each where given."""
        if source_id:
            self.source(source_id)
        self._ensure_read()
        findings = self.library.store.findings()
        topics = {finding.topic for finding in findings}
        if topic is not None and topic not in topics:
            raise UsageError(f"There is no topic “{shortened(topic)}”.", f"Topics: {', '.join(sorted(topics))}.")
        return tuple(
            finding
            for finding in findings
            if segment in (None, finding.segment)
            and topic in (None, finding.topic)
            and source_id in (None, finding.source_id)
        )

    def _ensure_open(self) -> None:
        if not self._opened or self.library.may_lack_news:
            self.open()

    def _ensure_read(self) -> None:
        """What needs no vectors needs no embedding model."""
        if not self._opened:
            self.library.read(self._corpus)
