"""A question's way through a thread, and what the threads that ask tell the main screen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from textual.message import Message

from aidx_assistant.answers import AnswerText, Event
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.errors import AidxError
from aidx_assistant.evidence import Segment
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.turn_view import TurnView


class Begun(Message):
    """The question is kept; its conversation has an id."""

    def __init__(self, view: TurnView, turn: Turn) -> None:
        super().__init__()
        self.view = view
        self.turn = turn


class Heard(Message):
    """An event of an answer, its text excepted."""

    def __init__(self, view: TurnView, event: Event) -> None:
        super().__init__()
        self.view = view
        self.event = event


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

    def begin(self, session: Session, question: str, segment: Segment | None, source_id: str | None) -> Turn:
        """Keeps a question; one after another, so that a second one finds the conversation that the first begins."""
        with self._beginning:
            turn = session.conversations.begin(self._conversation_id, question, segment, source_id)
            self._conversation_id = turn.conversation_id
        return turn


@dataclass(frozen=True, slots=True)
class Asking:
    """One question as it was asked."""

    view: TurnView
    talk: Talk
    segment: Segment | None
    source_id: str | None
    cancellation: Cancellation = field(default_factory=Cancellation)

    def run(self, session: Session, post: Callable[[Message], object]) -> None:
        """Keeps the question and has it answered, in a thread; text goes to the view, everything else is posted."""
        try:
            turn = self.talk.begin(session, self.view.question, self.segment, self.source_id)
            post(Begun(self.view, turn))
            for event in session.answer(turn, self.cancellation):
                if isinstance(event, AnswerText):
                    self.view.take(event.text)
                else:
                    post(Heard(self.view, event))
        except AidxError as error:
            post(Failed(self.view, error))
        except Exception as error:  # the boundary of the thread: it ends one answer, never the app
            told = AidxError(f"The answer ended with a fault ({type(error).__name__}: {error}).", "Ask again.")
            post(Failed(self.view, told))
