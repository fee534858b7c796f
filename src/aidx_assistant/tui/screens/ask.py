"""The main screen: the conversation, the prompt, and beside them what a citation leads to."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.errors import SpendingLimitError, UsageError
from aidx_assistant.tui.answering import Asking
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.asker import Asker
from aidx_assistant.tui.widgets.conversation_view import ConversationView
from aidx_assistant.tui.widgets.desk import Desk
from aidx_assistant.tui.widgets.evidence_panel import EvidencePanel
from aidx_assistant.tui.widgets.key_line import KeyLine
from aidx_assistant.tui.widgets.prompt import Prompt
from aidx_assistant.tui.widgets.talk_view import TalkView
from aidx_assistant.tui.widgets.top_bar import TopBar
from aidx_assistant.tui.wording import told


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

    def compose(self) -> ComposeResult:
        yield TopBar("ask")
        yield Desk(self.session)
        yield KeyLine()

    def on_mount(self) -> None:
        self.prompt.focus()

    def on_screen_resume(self) -> None:
        if self.talk.is_deleted:
            self.show_conversation(None, ())
        self.asker.estimate()

    @property
    def talk(self) -> TalkView:
        return self.query_one(TalkView)

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

    def action_ask_deep(self) -> None:
        """Asks what is typed as a deep question."""
        question = self.prompt.take()
        if question:
            self.talk.ask(question, deep=True)
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

    def on_talk_view_limit_reached(self, message: TalkView.LimitReached) -> None:
        self._offer_to_go_beyond(message.stopped, message.error)

    @work(exclusive=True, group="limit")
    async def _offer_to_go_beyond(self, stopped: Asking, error: SpendingLimitError) -> None:
        """The user decides whether a question may cost more than the settings allow."""
        from aidx_assistant.tui.screens.dialogs import Confirm

        question = f"{error.title} Ask it all the same, this once?"
        if await self.app.push_screen_wait(Confirm(question, "Ask it", "Leave it")):
            self.talk.ask_beyond_limit(stopped)

    def action_leave(self) -> None:
        self.prompt.focus()

    def action_cancel(self) -> None:
        """Ends the answer that is coming."""
        self.talk.cancel()

    async def may_leave(self) -> bool:
        """Whether no answer is coming any more: the user is asked whether to cancel it. Await it in a worker."""
        from aidx_assistant.tui.screens.dialogs import Confirm

        if self.talk.is_answering:
            question = "An answer is still coming. Cancel it? What has come of it is kept."
            if not await self.app.push_screen_wait(Confirm(question, "Cancel it", "Wait for it")):
                return False
            self.talk.cancel()
        return True

    # Conversations

    def action_new_conversation(self) -> None:
        """An empty conversation; the one before is kept."""
        if self.talk.is_answering:
            self._leave_for_a_new_one()
        else:
            self.show_conversation(None, ())

    @work(exclusive=True, group="leaving")
    async def _leave_for_a_new_one(self) -> None:
        if await self.may_leave():
            self.show_conversation(None, ())

    def show_conversation(self, conversation_id: str | None, turns: tuple[Turn, ...]) -> None:
        """Shows a conversation as it was kept; None and no turns for a new one."""
        self.talk.show(conversation_id, turns)
        self.panel.clear()
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
        return action != "cancel" or (self.talk.is_answering and not self.panel.is_open)

    def action_close_source(self) -> None:
        self.panel.action_close()
