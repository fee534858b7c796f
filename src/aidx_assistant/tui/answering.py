"""A question's way through a thread, and what the threads that ask tell the main screen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from textual.message import Message

from aidx_assistant.answers import AnswerText, Event, Finished
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.errors import AidxError, StorageError, UsageError
from aidx_assistant.evidence import Segment
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.turn_view import TurnView


class Begun(Message):
    """The question is kept; its conversation has an id."""

    def __init__(self, view: TurnView, turn: Turn, anew: bool) -> None:
        super().__init__()
        self.view = view
        self.turn = turn
        self.anew = anew
        """Whether it begins a conversation because the one that it was asked in has been deleted."""


class Heard(Message):
    """An event of an answer, its text excepted."""

    def __init__(self, view: TurnView, event: Event) -> None:
        super().__init__()
        self.view = view
        self.event = event


class NotKept(Message):
    """The question is answered, but cannot be saved, or not with the whole answer."""

    def __init__(self, view: TurnView, error: AidxError) -> None:
        super().__init__()
        self.view = view
        self.error = error


class Failed(Message):
    """There is no answer, or not a whole one."""

    def __init__(self, view: TurnView, error: AidxError) -> None:
        super().__init__()
        self.view = view
        self.error = error


class Talk:
    """A conversation that questions are asked in; the first question begins it where it has no id."""

    def __init__(self, conversation_id: str | None = None) -> None:
        self._conversation_id = conversation_id
        self._beginning = threading.Lock()
        self.not_kept: tuple[str, ...] = ()
        """Questions that could not be saved, as they were understood: those that follow may lean on them."""

    def begin(
        self, session: Session, question: str, segment: Segment | None, source_id: str | None
    ) -> tuple[Turn, bool]:
        """Keeps a question; one after another, so that a second one finds the conversation that the first begins.

        Where the conversation has been deleted meanwhile, in a new one; whether that was so.
        """
        keep = session.conversations.begin
        with self._beginning:
            try:
                turn, anew = keep(self._conversation_id, question, segment, source_id), False
            except UsageError:
                if self._conversation_id is None:
                    raise
                turn, anew = keep(None, question, segment, source_id), True
            self._conversation_id = turn.conversation_id
        return turn, anew


@dataclass(frozen=True, slots=True)
class Asking:
    """One question as it was asked."""

    view: TurnView
    talk: Talk
    segment: Segment | None
    source_id: str | None
    deep: bool = False
    goes_beyond: bool = False
    """Whether the user agreed that it may cost more than the settings allow."""
    cancellation: Cancellation = field(default_factory=Cancellation)

    def run(self, session: Session, post: Callable[[Message], object]) -> None:
        """Keeps the question and has it answered, in a thread; text goes to the view, everything else is posted."""
        finished = False
        try:
            for event in self._events(session, post):
                finished = isinstance(event, Finished)
                if isinstance(event, AnswerText):
                    self.view.take(event.text)
                else:
                    post(Heard(self.view, event))
        except AidxError as error:
            post(NotKept(self.view, error) if finished else Failed(self.view, error))
        except Exception as error:  # the boundary of the thread: it ends one answer, never the app
            told = AidxError(f"The answer ended with a fault ({type(error).__name__}: {error}).", "Ask again.")
            post(Failed(self.view, told))

    def _events(self, session: Session, post: Callable[[Message], object]) -> Iterator[Event]:
        question = self.view.question
        if self.goes_beyond:
            with session.assistant.at_hand(self.cancellation) as assistant:
                assistant.spending.lift(self.cancellation)
        try:
            turn, anew = self.talk.begin(session, question, self.segment, self.source_id)
        except StorageError as error:
            post(NotKept(self.view, error))
            yield from self._unkept(session)
        else:
            post(Begun(self.view, turn, anew))
            yield from session.answer(turn, self.cancellation, self.deep)

    def _unkept(self, session: Session) -> Iterator[Event]:
        """The events of an answer that cannot be kept, once the question can be answered."""
        earlier = self.talk.not_kept
        with session.assistant.at_hand(self.cancellation) as assistant:
            for event in assistant.stream(
                self.view.question,
                segment=self.segment,
                source_id=self.source_id,
                earlier=earlier,
                cancellation=self.cancellation,
                deep=self.deep,
            ):
                if isinstance(event, Finished):
                    self.talk.not_kept = (*earlier, event.answer.question_understood)
                yield event
