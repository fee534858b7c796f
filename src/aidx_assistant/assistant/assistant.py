"""Answers questions from the library; used by the command line and by whoever imports the package."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aidx_assistant import locations
from aidx_assistant.answering.draft import Answerer, Draft, Retrieved, nearest_citations
from aidx_assistant.answering.extractive import ExtractiveAnswerer
from aidx_assistant.answering.follow_up import resolved
from aidx_assistant.answering.relevance import plainly_irrelevant
from aidx_assistant.answers import DECLINE, Answer, Event, Finished, Phase, Timings
from aidx_assistant.assistant.answer import answer_of
from aidx_assistant.assistant.pictures import picture_file
from aidx_assistant.assistant.places import Place, find_only_place, find_place, find_source
from aidx_assistant.assistant.questions import usable, usable_query, with_segment
from aidx_assistant.assistant.stopwatch import Stopwatch
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.checking import check_answer
from aidx_assistant.errors import InterruptedByUserError, UsageError
from aidx_assistant.evidence import Finding, Passage, Segment, Source
from aidx_assistant.keys import api_key
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library, Progress, SyncReport
from aidx_assistant.library.records import FailedImport, Import
from aidx_assistant.printable import shortened
from aidx_assistant.retrieval.budget import passages_within_budget
from aidx_assistant.retrieval.search import RankedPassage, search
from aidx_assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from aidx_assistant.answering.claude import ClaudeAnswerer
    from aidx_assistant.assistant.fetch_plan import FetchPlan
    from aidx_assistant.claude.messages import Claude, ClaudeConnection

_MOST_PASSAGES = 1000
_SEE_SOURCES = "See: aidx sources list"


class Assistant:
    """A library with an answerer: Claude where there is a key, else sentences quoted from the sources.

        with Assistant() as assistant:
            print(assistant.ask("Why do so few pilots reach production?").text)

    Everything may raise the errors of `aidx_assistant.errors`.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        home: Path | None = None,
        corpus: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._home = home or locations.home()
        self.settings = settings or load_settings(home=self._home)
        self._corpus = corpus or locations.corpus_folder()
        self.progress = progress or Progress()
        self._synced = False
        self._clients: dict[ClaudeConnection, Claude] = {}

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if "library" in self.__dict__:
            self.library.close()
        for client in self._clients.values():
            client.close()

    @cached_property
    def library(self) -> Library:
        return Library(self._home, MiniLmEmbedder, self.progress)

    def sync(self) -> SyncReport:
        """Brings the library up to date with the corpus and opens its index; quick where nothing changed."""
        report = self.library.sync(self._corpus)
        self._synced = True
        return report

    @property
    def asks_claude(self) -> bool:
        """Whether Claude answers: there is a key, and it may be asked."""
        return not self.settings.offline and self._key is not None

    def prepare(self) -> None:
        """Loads what the first answer would otherwise wait for."""
        self.claude()
        for client in self._clients.values():
            client.open()

    def use(self, settings: Settings) -> None:
        """Takes other settings for the questions to come; the key is looked for again."""
        self.settings = settings
        self.__dict__.pop("_key", None)

    def ask(self, question: str, *, segment: Segment | None = None, source_id: str | None = None) -> Answer:
        """The checked answer to a question."""
        for event in self.stream(question, segment=segment, source_id=source_id):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("a stream of events ends with Finished")

    def stream(
        self,
        question: str,
        *,
        segment: Segment | None = None,
        source_id: str | None = None,
        earlier: Sequence[str] = (),
        cancellation: Cancellation | None = None,
    ) -> Generator[Event, None, None]:
        """The events that lead to a checked answer; the last is Finished.

        `earlier` are the questions of a conversation, as they were understood, which this one may lean on.

        A KeyboardInterrupt while Claude answers (or thrown into the generator), and the cancellation from another
        thread, end the answer there: what came is kept, checked and marked as interrupted. Raises
        InterruptedByUserError where it is cancelled before anything came.
        """
        watch = Stopwatch()
        question = usable(question)
        understood = with_segment(resolved(question, earlier), segment)
        yield Phase("searching")
        retrieved = self._retrieved(understood, segment, source_id)
        retrieval_ms = watch.milliseconds()
        if cancellation and cancellation.cancelled:
            raise InterruptedByUserError("Cancelled before any of the answer had come.")
        claude = self.claude(cancellation)
        if claude and plainly_irrelevant(understood, retrieved):
            draft = _nothing_to_send(retrieved)
        else:
            answerer: Answerer = claude or ExtractiveAnswerer()
            draft = yield from watch.timed(answerer.answer(understood, retrieved))
        try:
            yield Phase("checking figures")
        except KeyboardInterrupt:  # the answer is there: it is kept
            draft = replace(draft, stopped_by_user=True)
        timings = Timings(retrieval_ms, watch.first_text_ms if claude else None)
        answer = self._checked(draft, question, understood, timings)
        yield Finished(replace(answer, timings=replace(timings, total=watch.milliseconds())))

    def search(
        self, query: str, *, segment: Segment | None = None, source_id: str | None = None, limit: int = 10
    ) -> tuple[RankedPassage, ...]:
        """The passages that fit a query, best first."""
        query = usable_query(query)
        if source_id:
            self.source(source_id)
        self._ensure_synced()
        return search(self.library, query, segment=segment, source_id=source_id, limit=limit)

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
        self._synced = False
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

    def claude(self, cancel: Cancellation | None = None, instructions: str | None = None) -> ClaudeAnswerer | None:
        """Claude where there is a key and it may be asked; `instructions`: in place of those for an answer."""
        key = None if self.settings.offline else self._key
        if key is None:
            return None
        from aidx_assistant.answering.claude import ClaudeAnswerer
        from aidx_assistant.assistant.connecting import connection_of
        from aidx_assistant.claude.messages import Claude

        connection = connection_of(self.settings, key)
        client = self._clients.setdefault(connection, Claude(connection))
        return ClaudeAnswerer(client, self.settings, cancel, instructions)

    @cached_property
    def _key(self) -> str | None:
        return api_key()

    def _ensure_synced(self) -> None:
        if not self._synced:
            self.sync()

    def _ensure_read(self) -> None:
        """What needs no vectors needs no embedding model."""
        if not self._synced:
            self.library.read(self._corpus)

    def _retrieved(self, question: str, segment: Segment | None, source_id: str | None) -> Retrieved:
        if source_id:
            self.source(source_id)
        self._ensure_synced()
        ranked = search(self.library, question, segment=segment, source_id=source_id, limit=_MOST_PASSAGES)
        chosen = passages_within_budget(ranked, self.settings.token_budget)
        ids = [item.passage.id for item in chosen]
        store = self.library.store
        return Retrieved(
            passages=chosen,
            sources={source.id: source for source in store.sources()},
            findings=store.findings_in(ids),
        )

    def _checked(self, draft: Draft, question: str, understood: str, timings: Timings) -> Answer:
        text = "" if draft.text == DECLINE else draft.text
        checked = check_answer(text, draft.citations, self.library.store)
        return answer_of(draft, checked, question, understood, timings)


def _nothing_to_send(retrieved: Retrieved) -> Draft:
    """Nothing relevant was found: the model is not called."""
    return Draft(
        text=DECLINE,
        citations=(),
        answered=False,
        status="declined",
        mode="claude",
        reason=f"Searched {len(retrieved.passages)} passages and found nothing relevant; Claude was not asked.",
        nearest=nearest_citations(retrieved),
    )
