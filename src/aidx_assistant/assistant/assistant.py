"""Answers questions from the library; used by the command line and by whoever imports the package."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from aidx_assistant import locations
from aidx_assistant.answering.draft import Answerer, Draft, Retrieved
from aidx_assistant.answering.extractive import ExtractiveAnswerer
from aidx_assistant.answering.history import History
from aidx_assistant.answering.nothing_relevant import NothingRelevant
from aidx_assistant.answering.relevance import plainly_irrelevant
from aidx_assistant.answers import DECLINE, Answer, Event, Finished, Phase, Timings
from aidx_assistant.assistant.answer import answer_of
from aidx_assistant.assistant.connecting import NO_KEY, connection_of, endpoint, needs_no_key
from aidx_assistant.assistant.correcting import CheckedDraft, Repairing, corrected, with_correction
from aidx_assistant.assistant.deep_questions import refuse_without_claude
from aidx_assistant.assistant.inquiry import Inquiry
from aidx_assistant.assistant.opened_library import OpenedLibrary
from aidx_assistant.assistant.questions import usable
from aidx_assistant.assistant.spending import Spending
from aidx_assistant.assistant.stopwatch import Stopwatch
from aidx_assistant.assistant.understanding import Asked, SmallTasks, small_requests, understand
from aidx_assistant.assistant.whole_report import whole_report
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.checking import CheckedAnswer, check_answer
from aidx_assistant.errors import InterruptedByUserError
from aidx_assistant.evidence import Passage, Segment
from aidx_assistant.keys import api_key
from aidx_assistant.library.progress import Progress
from aidx_assistant.retrieval.budget import passages_within_budget
from aidx_assistant.retrieval.search import find
from aidx_assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from aidx_assistant.answering.claude import ClaudeAnswerer
    from aidx_assistant.answering.deep import DeepAnswerer
    from aidx_assistant.assistant.request_estimate import Estimate
    from aidx_assistant.claude.messages import Claude, ClaudeConnection

_MOST_PASSAGES = 1000


class Assistant(OpenedLibrary):
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
        super().__init__(home or locations.home(), corpus or locations.corpus_folder(), progress or Progress())
        self.settings = settings or load_settings(home=self._home)
        self._clients: dict[ClaudeConnection, Claude] = {}
        self.spending = Spending(self._home, lambda: self.settings)
        """What Claude takes, and the limits that the user set to it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        super().close()
        for client in self._clients.values():
            client.close()

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

    def ask(
        self, question: str, *, segment: Segment | None = None, source_id: str | None = None, deep: bool = False
    ) -> Answer:
        """The checked answer to a question; a `deep` one is worked on as `stream` says."""
        for event in self.stream(question, segment=segment, source_id=source_id, deep=deep):
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
        history: History | None = None,
        cancellation: Cancellation | None = None,
        deep: bool = False,
    ) -> Generator[Event, None, None]:
        """The events that lead to a checked answer; the last is Finished.

        `earlier` are the questions of a conversation, as they were understood, which this one may lean on; `history`
        is what Claude is told of it, Summarised events are to be kept with it. A `deep`
        question is worked on by Claude with tools, each use of which is a Step; UsageError where Claude cannot.

        Raises SpendingLimitError before anything is sent where all that may be sent could cost more than a limit
        leaves. The answer's `usage` is that of all requests with the same `cancellation`.

        A KeyboardInterrupt while Claude answers (or thrown into the generator), and the cancellation from another
        thread, end the answer there: what came is kept, checked and marked as interrupted. Raises
        InterruptedByUserError where it is cancelled before anything came.
        """
        inquiry = Inquiry(
            question=usable(question),
            segment=segment,
            source_id=source_id,
            earlier=earlier,
            history=history or History(),
            deep=deep,
            cancellation=cancellation or Cancellation(),
        )
        yield Finished((yield from self._answered(inquiry)))

    def _answered(self, inquiry: Inquiry) -> Generator[Event, None, Answer]:
        """Understands, looks up, drafts, checks."""
        watch = Stopwatch()
        self._admit(inquiry)
        asked = yield from understand(inquiry, self._tasks(inquiry.cancellation))
        yield Phase("searching")
        retrieved = self._retrieved(asked, inquiry)
        retrieval_ms = watch.milliseconds()
        if inquiry.cancellation.cancelled:
            raise InterruptedByUserError("Cancelled before any of the answer had come.")
        answerer = self._answerer(inquiry, asked.understood, retrieved)
        draft = yield from watch.timed(answerer.answer(asked.understood, retrieved))
        outcome = yield from self._outcome(draft, answerer)
        first_text_ms = watch.first_text_ms if draft.mode == "claude" else None
        timings = Timings(retrieval_ms, first_text_ms, total=watch.milliseconds())
        answer = answer_of(outcome.draft, outcome.checked, inquiry.question, asked.understood, timings)
        usage = self.spending.used_on(inquiry.cancellation) or answer.usage
        return replace(
            with_correction(answer, outcome),
            usage=usage,
            by_words_only=retrieved.by_words_only,
            whole_report=bool(retrieved.whole) and usage is not None and not inquiry.deep,
            endpoint=endpoint(self.settings) if answer.model else None,
        )

    def _admit(self, inquiry: Inquiry) -> None:
        """Holds a question that the small model is asked about first to the limits, with all that follows it.

        Raises SpendingLimitError; UsageError for a deep question where Claude cannot be asked.
        """
        if inquiry.deep:
            refuse_without_claude(self.settings, has_key=self._key is not None)
        if self.asks_claude and small_requests(inquiry.question, inquiry.earlier, inquiry.history, self.settings):
            self.spending.admit_in_all(lambda: [self._estimated(inquiry)], inquiry.cancellation)

    def _estimated(self, inquiry: Inquiry) -> Estimate:
        from aidx_assistant.assistant.estimates import estimate

        return estimate(
            inquiry.question,
            self,
            segment=inquiry.segment,
            source_id=inquiry.source_id,
            earlier=inquiry.earlier,
            history=inquiry.history,
            deep=inquiry.deep,
        )

    def _answerer(self, inquiry: Inquiry, understood: str, retrieved: Retrieved) -> Answerer:
        """Who answers: Claude, where it may be asked and something was found; else the sources are quoted."""
        claude = self.claude(inquiry.cancellation)
        if claude is None:
            return ExtractiveAnswerer()
        if plainly_irrelevant(understood, retrieved):
            return NothingRelevant()
        if inquiry.deep:
            return self.deep_answerer(inquiry.segment, inquiry.source_id, inquiry.cancellation)
        return claude

    def _outcome(self, draft: Draft, answerer: Answerer) -> Generator[Event, None, CheckedDraft]:
        """The draft checked, and corrected where its answerer can; an interrupt keeps what there is by then."""
        try:
            yield Phase("checking figures")
        except KeyboardInterrupt:  # the answer is there: it is kept
            draft = replace(draft, stopped_by_user=True)
        outcome = CheckedDraft(draft, self._checked(draft))
        try:
            if isinstance(answerer, Repairing) and self.settings.repair:
                outcome = yield from corrected(outcome, answerer, self._checked)
        except KeyboardInterrupt:
            outcome = replace(outcome, draft=replace(draft, stopped_by_user=True))
        return outcome

    def claude(self, cancel: Cancellation | None = None, instructions: str | None = None) -> ClaudeAnswerer | None:
        """Claude where there is a key and it may be asked; `instructions`: in place of those for an answer."""
        key = None if self.settings.offline else self._key
        if key is None:
            return None
        from aidx_assistant.answering.claude import ClaudeAnswerer

        return ClaudeAnswerer(self._client(key), self.settings, cancel, instructions)

    def _tasks(self, cancellation: Cancellation) -> SmallTasks | None:
        key = None if self.settings.offline else self._key
        return SmallTasks(self._client(key), self.settings, cancellation) if key else None

    def deep_answerer(self, segment: Segment | None, source_id: str | None, cancel: Cancellation) -> DeepAnswerer:
        """Who works on a deep question, within what the limits leave."""
        from aidx_assistant.answering.deep import DeepAnswerer
        from aidx_assistant.answering.deep_budget import DeepBudget
        from aidx_assistant.answering.library_tools import LibraryTools

        tools = LibraryTools(self.library, segment, source_id)
        budget = DeepBudget.of(self.settings, self.spending.left(cancel))
        return DeepAnswerer(self._client(self._key or ""), self.settings, tools, budget, cancel)

    def _client(self, key: str) -> Claude:
        from aidx_assistant.claude.messages import Claude

        connection = connection_of(self.settings, key)
        return self._clients.setdefault(connection, Claude(connection, account=self.spending))

    @cached_property
    def _key(self) -> str | None:
        return api_key() or (NO_KEY if needs_no_key(self.settings) else None)

    def _retrieved(self, asked: Asked, inquiry: Inquiry) -> Retrieved:
        segment, source_id = inquiry.segment, inquiry.source_id
        if source_id:
            self.source(source_id)
        self._ensure_open()
        found = find(self.library, asked.understood, segment=segment, source_id=source_id, limit=_MOST_PASSAGES)
        chosen = passages_within_budget(found.passages, self.settings.token_budget)
        ids = [item.passage.id for item in chosen]
        store = self.library.store
        return Retrieved(
            passages=chosen,
            sources={source.id: source for source in store.sources()},
            findings=store.findings_in(ids),
            by_words_only=found.by_words_only,
            history=asked.history,
            cited_before=self.cited_before(asked.history),
            whole=whole_report(store, self.settings, segment, source_id) if self.asks_claude else (),
        )

    def cited_before(self, history: History) -> tuple[Passage, ...]:
        """The passages that a conversation cites and the library still holds, in the order of their citations."""
        stored = self.library.store.stored_passages(history.cited)
        return tuple(stored[id_].passage for id_ in history.cited if id_ in stored)

    def _checked(self, draft: Draft) -> CheckedAnswer:
        return check_answer("" if draft.text == DECLINE else draft.text, draft.citations, self.library.store)
