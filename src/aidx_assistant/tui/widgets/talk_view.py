"""A conversation as it goes on: a question is asked in it, one at a time, and what comes of it is shown."""

from __future__ import annotations

import time
from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from aidx_assistant.answers import Finished
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.errors import InterruptedByUserError, SpendingLimitError
from aidx_assistant.tui.answering import Asking, Begun, Failed, Heard, NotKept, Talk
from aidx_assistant.tui.pace import Pace
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.asker import Asker
from aidx_assistant.tui.widgets.conversation_view import ConversationView
from aidx_assistant.tui.widgets.prompt import Prompt
from aidx_assistant.tui.widgets.suggestions import Suggestions
from aidx_assistant.tui.widgets.turn_view import TurnView
from aidx_assistant.tui.wording import told

_ANEW = "This conversation has been deleted in another window; the question begins a new one."
_LOOK = 1 / 60
"""Seconds between two looks whether to draw the text that came in."""


class TalkView(Vertical):
    """The conversation, and below it where one asks."""

    class LimitReached(Message):
        """A question was not sent, as it could cost more than the settings allow."""

        def __init__(self, stopped: Asking, error: SpendingLimitError) -> None:
            super().__init__()
            self.stopped = stopped
            self.error = error

    def __init__(self, session: Session) -> None:
        super().__init__(id="talk")
        self._session = session
        self._talk = Talk()
        self._shown_id: str | None = None
        """Of the conversation that is shown, once its first question is kept."""
        self._asking: Asking | None = None
        """The question asked last."""
        self._told_not_kept = ""
        self._pace = Pace()

    def compose(self) -> ComposeResult:
        yield ConversationView(self._session)
        yield Asker(self._session)

    def on_mount(self) -> None:
        self.set_interval(_LOOK, self._show_what_came)

    def on_unmount(self) -> None:
        if self._asking is not None:  # the app ends: it does not wait for the rest of an answer
            self._asking.cancellation.cancel()

    @property
    def is_answering(self) -> bool:
        """Whether an answer is coming."""
        return self._conversation.answering is not None

    @property
    def is_deleted(self) -> bool:
        """Whether the conversation that is shown has been deleted on another screen."""
        return self._shown_id is not None and self._session.conversation_id is None

    def show(self, conversation_id: str | None, turns: tuple[Turn, ...]) -> None:
        """Shows a conversation as it was kept; None and no turns for a new one."""
        self._session.conversation_id = self._shown_id = conversation_id
        self._talk = Talk(conversation_id)
        self._conversation.show(turns)
        self._asker.sum_up(self._conversation.answers)
        self._prompt.remember(*(turn.question for turn in turns))
        self._prompt.focus()

    # Asking

    @on(Prompt.Submitted)
    @on(Suggestions.Chosen)
    def ask_what_was_given(self, message: Prompt.Submitted | Suggestions.Chosen) -> None:
        self.ask(message.question)

    def ask(self, question: str, deep: bool = False) -> None:
        """Asks in this conversation; one question at a time."""
        self._prompt.remember(question)
        if self.is_answering:
            self._prompt.put_back(question)
            self.notify("An answer is still coming; Esc cancels it.", severity="warning")
            return
        self._begin(Asking(TurnView(question), self._talk, *self._asker.filters_for(question), deep))

    def ask_beyond_limit(self, stopped: Asking) -> None:
        """Asks once more what was not sent, whatever it costs; not while another answer is coming."""
        if self.is_answering:
            return
        question = stopped.view.question
        if self._prompt.text.strip() == question:
            self._prompt.take()
        self._begin(replace(stopped, view=TurnView(question), goes_beyond=True, cancellation=Cancellation()))

    def cancel(self) -> None:
        """Ends the answer that is coming: what came is kept; the question is back where nothing else is typed."""
        view = self._conversation.answering
        if view is None or self._asking is None:
            return
        self._asking.cancellation.cancel()
        view.show_cancelled(self._prompt.put_back(view.question))
        self._prompt.focus()
        self.screen.refresh_bindings()

    def _begin(self, asking: Asking) -> None:
        asking.view.wait("Searching")
        self._conversation.add(asking.view)
        self._asking = asking
        self._answer(asking)
        self.screen.refresh_bindings()

    @work(thread=True, group="answers")
    def _answer(self, asking: Asking) -> None:
        asking.run(self._session, self.post_message)

    # What comes of it

    @on(Begun)
    def show_begun(self, message: Begun) -> None:
        if message.view in self._conversation:
            self._session.conversation_id = self._shown_id = message.turn.conversation_id
            if message.anew:
                message.view.show_note(_ANEW)

    @on(Heard)
    def show_heard(self, message: Heard) -> None:
        view, event = message.view, message.event
        if view not in self._conversation:
            return
        if isinstance(event, Finished):
            self._conversation.show_answer(view, event.answer)
            self._asker.sum_up(self._conversation.answers)
            self.screen.refresh_bindings()
        else:
            view.hear(event)

    @on(NotKept)
    def show_not_kept(self, message: NotKept) -> None:
        message.view.say_not_kept()
        if told(message.error) != self._told_not_kept:
            self._told_not_kept = told(message.error)
            self.notify(self._told_not_kept, title="Not saved", severity="warning", markup=False, timeout=20)

    @on(Failed)
    def show_failed(self, message: Failed) -> None:
        view, error = message.view, message.error
        if view not in self._conversation:
            return
        if not isinstance(error, InterruptedByUserError):
            view.show_problem(told(error))
            self._prompt.put_back(view.question)
            asking = self._asking
            if isinstance(error, SpendingLimitError) and asking is not None and asking.view is view:
                self.post_message(self.LimitReached(asking, error))
        elif view.running:
            view.show_cancelled(self._prompt.put_back(view.question))
        self.screen.refresh_bindings()

    def on_text_area_changed(self) -> None:
        self._pace.typed(time.monotonic())

    def _show_what_came(self) -> None:
        if self._asking is None or not self._asking.view.running:  # most of the time, sixty times a second
            return
        view = self._conversation.answering
        if view is not None and self._pace.is_due(time.monotonic()):
            self._conversation.show_what_came()
            how_far = self._session.assistant.getting_ready
            if how_far is not None:
                view.wait(f"Your question waits until the library is ready. {how_far}".strip())

    @property
    def _conversation(self) -> ConversationView:
        return self.query_one(ConversationView)

    @property
    def _asker(self) -> Asker:
        return self.query_one(Asker)

    @property
    def _prompt(self) -> Prompt:
        return self.query_one(Prompt)
