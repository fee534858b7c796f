"""The main screen: the conversation, the prompt, and beside them what a citation leads to."""

from __future__ import annotations

import time
from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from aidx_assistant.answers import Finished
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.errors import InterruptedByUserError, SpendingLimitError, UsageError
from aidx_assistant.tui.answering import Asking, Begun, Failed, Heard, NotKept, Talk
from aidx_assistant.tui.pace import Pace
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.asker import Asker
from aidx_assistant.tui.widgets.conversation_view import ConversationView
from aidx_assistant.tui.widgets.desk import Desk
from aidx_assistant.tui.widgets.evidence_panel import EvidencePanel
from aidx_assistant.tui.widgets.key_line import KeyLine
from aidx_assistant.tui.widgets.prompt import Prompt
from aidx_assistant.tui.widgets.suggestions import Suggestions
from aidx_assistant.tui.widgets.top_bar import TopBar
from aidx_assistant.tui.widgets.turn_view import TurnView
from aidx_assistant.tui.wording import told

_ANEW = "This conversation has been deleted in another window; the question begins a new one."
_LOOK = 1 / 60
"""Seconds between two looks whether to draw the text that came in."""


class AskScreen(Screen[None]):
    """Asks, shows, follows."""

    PARTS = (Desk,)
    PLACES = {"segment": "Ask of one segment only", "source": "Ask of one source only"}
    BINDINGS = [
        Binding("escape", "close_source", "Close"),
        Binding("escape", "cancel", "Cancel"),
        Binding("escape", "leave", "To the prompt", show=False),
        Binding("f8", "next_citation(1)", "Next citation"),
        Binding("shift+f8", "next_citation(-1)", "Previous citation", show=False),
        Binding("ctrl+n", "new_conversation", "New", tooltip="New conversation"),
        Binding("f9", "brief", "Brief", tooltip="Make a brief on the answers of this conversation"),
        Binding("ctrl+g", "ask_deep", "Deep", tooltip="Ask what is typed as a deep question"),
        Binding("ctrl+g", "explain_deep", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._talk = Talk()
        self._shown_id: str | None = None
        """Of the conversation that is shown, once its first question is kept."""
        self._asking: Asking | None = None
        """The question asked last."""
        self._told_not_kept = ""
        self._pace = Pace()

    def compose(self) -> ComposeResult:
        yield TopBar("ask")
        yield Desk(self.session)
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(_LOOK, self._show_what_came)
        self.prompt.focus()

    def on_screen_resume(self) -> None:
        if self._shown_id is not None and self.session.conversation_id is None:  # it has been deleted
            self.show_conversation(None, ())
        self.asker.estimate()

    def on_unmount(self) -> None:
        if self._asking is not None:  # the app ends: it does not wait for the rest of an answer
            self._asking.cancellation.cancel()

    @property
    def conversation(self) -> ConversationView:
        return self.query_one(ConversationView)

    @property
    def asker(self) -> Asker:
        return self.query_one(Asker)

    @property
    def prompt(self) -> Prompt:
        return self.query_one(Prompt)

    @property
    def panel(self) -> EvidencePanel:
        return self.query_one(EvidencePanel)

    # Asking

    @on(Prompt.Submitted)
    @on(Suggestions.Chosen)
    def ask_what_was_given(self, message: Prompt.Submitted | Suggestions.Chosen) -> None:
        self.ask(message.question)

    def action_ask_deep(self) -> None:
        """Asks what is typed as a deep question."""
        question = self.prompt.take()
        if question:
            self.ask(question, deep=True)
        else:
            self.notify("Type a question first; Ctrl+G asks it as a deep one.")

    def action_explain_deep(self) -> None:
        """Says why there are no deep questions. Before the app is ready that is not known: the question waits."""
        from aidx_assistant.assistant.deep_questions import refuse_without_claude

        if not self.session.assistant.is_ready:
            self.action_ask_deep()
            return
        try:
            refuse_without_claude(self.session.settings, has_key=False)
        except UsageError as error:
            self.notify(told(error), severity="warning", markup=False, timeout=10)

    def ask(self, question: str, deep: bool = False) -> None:
        """Asks in this conversation; one question at a time."""
        self.prompt.remember(question)
        if self.is_answering:
            self.prompt.put_back(question)
            self.notify("An answer is still coming; Esc cancels it.", severity="warning")
            return
        self._begin(Asking(TurnView(question), self._talk, *self.asker.filters_for(question), deep))

    def _begin(self, asking: Asking) -> None:
        asking.view.wait("Searching")
        self.conversation.add(asking.view)
        self._asking = asking
        self._answer(asking)
        self.refresh_bindings()

    @work(exclusive=True, group="limit")
    async def _offer_to_go_beyond(self, stopped: Asking, error: SpendingLimitError) -> None:
        """The question was not sent, as it could cost more than the settings allow: the user decides."""
        from aidx_assistant.tui.screens.dialogs import Confirm

        question = f"{error.title} Ask it all the same, this once?"
        if await self.app.push_screen_wait(Confirm(question, "Ask it", "Leave it")) and not self.is_answering:
            if self.prompt.text.strip() == stopped.view.question:
                self.prompt.take()
            view = TurnView(stopped.view.question)
            self._begin(replace(stopped, view=view, goes_beyond=True, cancellation=Cancellation()))

    def on_text_area_changed(self) -> None:
        self._pace.typed(time.monotonic())

    @work(thread=True, group="answers")
    def _answer(self, asking: Asking) -> None:
        asking.run(self.session, self.post_message)

    @on(Begun)
    def show_begun(self, message: Begun) -> None:
        if message.view in self.conversation:
            self.session.conversation_id = self._shown_id = message.turn.conversation_id
            if message.anew:
                message.view.show_note(_ANEW)

    @on(Heard)
    def show_heard(self, message: Heard) -> None:
        view, event = message.view, message.event
        if view not in self.conversation:
            return
        if isinstance(event, Finished):
            self.conversation.show_answer(view, event.answer)
            self.asker.sum_up(self.conversation.answers)
            self.refresh_bindings()
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
        if view not in self.conversation:
            return
        if not isinstance(error, InterruptedByUserError):
            view.show_problem(told(error))
            self.prompt.put_back(view.question)
            asking = self._asking
            if isinstance(error, SpendingLimitError) and asking is not None and asking.view is view:
                self._offer_to_go_beyond(asking, error)
        elif view.running:
            view.show_cancelled(self.prompt.put_back(view.question))
        self.refresh_bindings()

    def action_leave(self) -> None:
        self.prompt.focus()

    def action_cancel(self) -> None:
        """Ends the answer that is coming: what came is kept; the question is back where nothing else is typed."""
        view = self.conversation.answering
        if view is None or self._asking is None:
            return
        self._asking.cancellation.cancel()
        view.show_cancelled(self.prompt.put_back(view.question))
        self.prompt.focus()
        self.refresh_bindings()

    async def may_leave(self) -> bool:
        """Whether no answer is coming any more: the user is asked whether to cancel it. Await it in a worker."""
        from aidx_assistant.tui.screens.dialogs import Confirm

        if self.is_answering:
            question = "An answer is still coming. Cancel it? What has come of it is kept."
            if not await self.app.push_screen_wait(Confirm(question, "Cancel it", "Wait for it")):
                return False
            self.action_cancel()
        return True

    @property
    def is_answering(self) -> bool:
        """Whether an answer is coming."""
        return self.conversation.answering is not None

    def _show_what_came(self) -> None:
        if self._asking is None or not self._asking.view.running:  # most of the time, sixty times a second
            return
        view = self.conversation.answering
        if view is not None and self._pace.is_due(time.monotonic()):
            self.conversation.show_what_came()
            how_far = self.session.assistant.getting_ready
            if how_far is not None:
                view.wait(f"Your question waits until the library is ready. {how_far}".strip())

    # Conversations

    def action_new_conversation(self) -> None:
        """An empty conversation; the one before is kept."""
        if self.is_answering:
            self._leave_for_a_new_one()
        else:
            self.show_conversation(None, ())

    @work(exclusive=True, group="leaving")
    async def _leave_for_a_new_one(self) -> None:
        if await self.may_leave():
            self.show_conversation(None, ())

    def show_conversation(self, conversation_id: str | None, turns: tuple[Turn, ...]) -> None:
        """Shows a conversation as it was kept; None and no turns for a new one."""
        self.session.conversation_id = self._shown_id = conversation_id
        self._talk = Talk(conversation_id)
        self.conversation.show(turns)
        self.panel.clear()
        self.asker.sum_up(self.conversation.answers)
        self.prompt.remember(*(turn.question for turn in turns))
        self.prompt.focus()
        self.refresh_bindings()

    @work(exclusive=True, group="brief")
    async def action_brief(self) -> None:
        """A brief that rests on what the answers cite."""
        from aidx_assistant.tui.brief_basis import basis_of_answers
        from aidx_assistant.tui.screens.making_brief import make_brief

        basis = basis_of_answers(self.conversation.answers, self.asker.segment)
        await make_brief(self.app, self.session, basis)

    def action_scroll_talk(self, to: str) -> None:
        self.conversation.scroll_to_place(to)

    # Following

    def action_next_citation(self, step: int) -> None:
        self.conversation.walk(step)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc ends what is innermost: first the panel, then the answer that is coming."""
        if action == "close_source":
            return self.panel.is_open
        if action in {"ask_deep", "explain_deep"}:
            return self.session.assistant.asks_claude == (action == "ask_deep")
        if action == "brief":
            return any(answer.citations for answer in self.conversation.answers if answer.answered)
        return action != "cancel" or (self.is_answering and not self.panel.is_open)

    def action_close_source(self) -> None:
        self.panel.action_close()
