"""Questions and answers in a conversation, saved as they go."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Protocol

from aidx_assistant.answering.follow_up import resolved
from aidx_assistant.answering.history import History, exchange_of
from aidx_assistant.answers import AnswerText, Citation, Event, Finished, Summarised
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.evidence import Segment

_SENTENCE_END = re.compile(r"(?:[.!?][\"'”’)*_]*|\[\d+\])(?=\s)|\n")
"""A full stop, or the citation marker after it, with white space following; or the end of a line."""
_LONGEST_END = 16
"""Characters of a sentence's end, which may come in parts."""
_UNEXPECTED = "The answer ended with an unexpected fault: "
_ASK_AGAIN = "Ask again; what had come by then is kept."


class Answering(Protocol):
    """Of an assistant, what a conversation needs."""

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
    ) -> Generator[Event, None, None]: ...


class Conversing:
    """Asks an assistant within conversations, and keeps in the store what comes, sentence by sentence.

    with Assistant() as assistant, closing(ConversationStore(file)) as store:
        conversing = Conversing(assistant, store)
        turn = conversing.begin(None, "What holds pilots back?")
        for event in conversing.answer(turn, Cancellation()):
            ...
    """

    def __init__(self, assistant: Answering, store: ConversationStore) -> None:
        self._assistant = assistant
        self._store = store

    def begin(
        self,
        conversation_id: str | None,
        question: str,
        *,
        segment: Segment | None = None,
        source_id: str | None = None,
    ) -> Turn:
        """Saves a question, in a new conversation where none is given, before anything else is done with it."""
        return self._store.begin(conversation_id, question, segment, source_id)

    def answer(self, turn: Turn, cancellation: Cancellation, *, deep: bool = False) -> Generator[Event, None, None]:
        """The assistant's events, each given out after what it brings has been saved; read them to their end.

        What the assistant raises is saved as the turn's problem and raised again. A store that cannot be written to
        does not end the answer: where the whole answer could not be saved either, its error is raised after the last
        event. Closing the generator cancels the answer and saves what came.
        """
        keeping = _Keeping(self._store, turn.id)
        events = self._events(turn, cancellation, deep)
        fault: AidxError | None = None
        try:
            for event in events:
                fault = keeping.take(event)
                yield event
        except (GeneratorExit, KeyboardInterrupt):
            cancellation.cancel()
            keeping.take_rest(events)
            raise
        except InterruptedByUserError:
            keeping.cancel()
            raise
        except AidxError as error:
            keeping.fail(error)
            raise
        except Exception as error:  # nobody else would save that the answer has ended
            keeping.fail(AidxError(f"{_UNEXPECTED}{type(error).__name__}: {error}", _ASK_AGAIN))
            raise
        if fault:
            raise fault

    def _events(self, turn: Turn, cancellation: Cancellation, deep: bool) -> Generator[Event, None, None]:
        yield from self._assistant.stream(
            turn.question,
            segment=turn.segment,
            source_id=turn.source_id,
            earlier=self._earlier(turn),
            history=self._history(turn),
            cancellation=cancellation,
            deep=deep,
        )

    def _earlier(self, turn: Turn) -> tuple[str, ...]:
        """The questions before this one as they were understood, also those that were never answered."""
        earlier: list[str] = []
        for before in self._store.questions_before(turn):
            earlier.append(before.understood or resolved(before.question, earlier))
        return tuple(earlier)

    def _history(self, turn: Turn) -> History:
        return history_of(self._store, turn.conversation_id, turn.position)


def history_of(store: ConversationStore, conversation_id: str | None, position: int | None = None) -> History:
    """What was answered in a conversation before the question at a position, by default the next one; but for what is
    summed up. None of it where there is no conversation yet."""
    if conversation_id is None or position == 0:
        return History()
    summary, summarised = store.summary(conversation_id)
    before = store.turns(conversation_id)[summarised:position]
    return History(tuple(exchange_of(one.answer, one.position) for one in before if one.answer), summary)


class _Keeping:
    """Saves one answer as it comes; a fault of the store does not keep the rest of the answer from coming."""

    def __init__(self, store: ConversationStore, turn_id: int) -> None:
        self._store = store
        self._turn_id = turn_id
        self._text = ""
        self._citations: dict[int, Citation] = {}
        self._kept = 0
        self._ended = False

    def take(self, event: Event) -> AidxError | None:
        """Saves what an event brings; gives back why the whole answer could not be saved."""
        if isinstance(event, AnswerText):
            looked_at = max(self._kept, len(self._text) - _LONGEST_END)
            self._text += event.text
            self._citations |= {citation.number: citation for citation in event.citations}
            ends = [match.end() for match in _SENTENCE_END.finditer(self._text, looked_at)]
            self._keep_up_to(ends[-1] if ends else 0)
        elif isinstance(event, Summarised):
            with contextlib.suppress(AidxError):  # it is made anew with the next question
                self._store.keep_summary(self._turn_id, event.summary, event.next_position)
        elif isinstance(event, Finished):
            self._ended = True
            try:
                self._store.finish(self._turn_id, event.answer)
            except AidxError as error:
                return error
        return None

    def take_rest(self, events: Iterator[Event]) -> None:
        """Saves what still comes of an answer that is cancelled."""
        try:
            with contextlib.suppress(AidxError):
                for event in events:
                    self.take(event)
        finally:
            self.cancel()

    def cancel(self) -> None:
        self._end(self._store.cancel)

    def fail(self, error: AidxError) -> None:
        self._end(lambda turn_id: self._store.fail(turn_id, error))

    def _end(self, save: Callable[[int], None]) -> None:
        """Saves how a turn ended that has no end yet, after all that came of its answer."""
        if not self._ended:
            self._ended = True
            self._keep_up_to(len(self._text))
            with contextlib.suppress(AidxError):  # whatever ended the answer is told, not this
                save(self._turn_id)

    def _keep_up_to(self, end: int) -> None:
        if end > self._kept:
            with contextlib.suppress(AidxError):  # tried again with the next sentence
                self._store.keep_text(self._turn_id, self._text[:end], tuple(self._citations.values()))
                self._kept = end
