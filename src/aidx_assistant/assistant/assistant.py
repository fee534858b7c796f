"""Answers questions from the library; used by the command line and by whoever imports the package."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from aidx_assistant import locations
from aidx_assistant.answering.draft import Draft, Retrieved, nearest_citations
from aidx_assistant.answering.extractive import ExtractiveAnswerer
from aidx_assistant.answering.history import History
from aidx_assistant.answering.relevance import plainly_irrelevant
from aidx_assistant.answers import DECLINE, Answer, Event, Finished, Phase, Timings
from aidx_assistant.assistant.answer import answer_of
from aidx_assistant.assistant.connecting import NO_KEY, connection_of, endpoint, needs_no_key
from aidx_assistant.assistant.correcting import CheckedDraft, corrected, with_correction
from aidx_assistant.assistant.deep_questions import refuse_without_claude
from aidx_assistant.assistant.estimates import estimate
from aidx_assistant.assistant.opened_library import OpenedLibrary
from aidx_assistant.assistant.questions import usable
from aidx_assistant.assistant.spending import Spending
from aidx_assistant.assistant.stopwatch import Stopwatch
from aidx_assistant.assistant.understanding import SmallTasks, small_requests, understand
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
        watch = Stopwatch()
        cancellation = cancellation or Cancellation()  # all requests of the question count together
        question = usable(question)
        if deep:
            refuse_without_claude(self.settings, has_key=self._key is not None)
        history = history or History()
        asking = partial(estimate, question, self, segment=segment, source_id=source_id, deep=deep)
        self._admit_small(question, earlier, history, asking, cancellation)
        asked = yield from understand(question, earlier, history, segment, self._tasks(cancellation))
        understood = asked.understood
        yield Phase("searching")
        retrieved = self._retrieved(understood, segment, source_id)
        retrieved = replace(retrieved, history=asked.history, cited_before=self.cited_before(asked.history))
        retrieval_ms = watch.milliseconds()
        if cancellation.cancelled:
            raise InterruptedByUserError("Cancelled before any of the answer had come.")
        claude = self.claude(cancellation)
        answering = self.deep_answerer(segment, source_id, cancellation) if deep else claude
        if claude and plainly_irrelevant(understood, retrieved):
            draft = _nothing_to_send(retrieved)
        else:
            draft = yield from watch.timed((answering or ExtractiveAnswerer()).answer(understood, retrieved))
        outcome = yield from self._outcome(draft, answering)
        timings = Timings(retrieval_ms, watch.first_text_ms if claude else None, total=watch.milliseconds())
        answer = with_correction(answer_of(outcome.draft, outcome.checked, question, understood, timings), outcome)
        usage = self.spending.used_on(cancellation) or answer.usage
        answer = replace(
            answer,
            usage=usage,
            by_words_only=retrieved.by_words_only,
            whole_report=bool(retrieved.whole) and usage is not None and not deep,
            endpoint=endpoint(self.settings) if answer.model else None,
        )
        yield Finished(answer)

    def _admit_small(
        self,
        question: str,
        earlier: Sequence[str],
        history: History,
        asking: Callable[..., Estimate],
        cancellation: Cancellation,
    ) -> None:
        """Holds a question that the small model is asked about first to the limits, with all that follows it."""
        if self.asks_claude and small_requests(question, earlier, history, self.settings):
            self.spending.admit_in_all(lambda: [asking(earlier=earlier, history=history)], cancellation)

    def _outcome(
        self, draft: Draft, answering: ClaudeAnswerer | DeepAnswerer | None
    ) -> Generator[Event, None, CheckedDraft]:
        """The draft checked, and where Claude wrote it corrected; an interrupt keeps what there is by then."""
        try:
            yield Phase("checking figures")
        except KeyboardInterrupt:  # the answer is there: it is kept
            draft = replace(draft, stopped_by_user=True)
        outcome = CheckedDraft(draft, self._checked(draft))
        try:
            if answering and self.settings.repair:
                outcome = yield from corrected(outcome, answering, self._checked)
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

    def _retrieved(self, question: str, segment: Segment | None, source_id: str | None) -> Retrieved:
        if source_id:
            self.source(source_id)
        self._ensure_open()
        found = find(self.library, question, segment=segment, source_id=source_id, limit=_MOST_PASSAGES)
        chosen = passages_within_budget(found.passages, self.settings.token_budget)
        ids = [item.passage.id for item in chosen]
        store = self.library.store
        return Retrieved(
            passages=chosen,
            sources={source.id: source for source in store.sources()},
            findings=store.findings_in(ids),
            by_words_only=found.by_words_only,
            whole=whole_report(store, self.settings, segment, source_id) if self.asks_claude else (),
        )

    def cited_before(self, history: History) -> tuple[Passage, ...]:
        """The passages that a conversation cites and the library still holds, in the order of their citations."""
        stored = self.library.store.stored_passages(history.cited)
        return tuple(stored[id_].passage for id_ in history.cited if id_ in stored)

    def _checked(self, draft: Draft) -> CheckedAnswer:
        return check_answer("" if draft.text == DECLINE else draft.text, draft.citations, self.library.store)


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
