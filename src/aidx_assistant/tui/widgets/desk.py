"""The conversation and the prompt, and beside them what a citation leads to."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.answer_body import AnswerBody
from aidx_assistant.tui.widgets.conversation_view import ConversationView
from aidx_assistant.tui.widgets.evidence_panel import EvidencePanel
from aidx_assistant.tui.widgets.prompt import Prompt
from aidx_assistant.tui.widgets.talk_view import TalkView


class Desk(Horizontal):
    """Leads from a marker of an answer to the panel, and back."""

    BINDINGS = [
        Binding("c", "copy_reference", "Copy", tooltip="Copy the reference of the citation"),
        Binding("o", "open_address", "Open", tooltip="Open the address of the citation's source"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(id="desk")
        self._session = session

    def compose(self) -> ComposeResult:
        yield TalkView(self._session)
        yield EvidencePanel(self._session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be a citation; and a letter typed into the prompt is a letter."""
        if action in {"copy_reference", "open_address"}:
            return self._panel.citation is not None and not self.query_one(Prompt).has_focus
        return True

    def action_copy_reference(self) -> None:
        self._panel.action_copy()

    def action_open_address(self) -> None:
        self._panel.action_open()

    @property
    def _panel(self) -> EvidencePanel:
        return self.query_one(EvidencePanel)

    def on_answer_body_followed(self, message: AnswerBody.Followed) -> None:
        self._panel.show_target(message.target)

    def on_answer_body_entered(self) -> None:
        self._panel.focus()

    def on_evidence_panel_opened(self) -> None:
        self.query_one(ConversationView).keep_marker_in_view()
        self.screen.refresh_bindings()

    def on_evidence_panel_closed(self) -> None:
        self.query_one(ConversationView).leave_marker()
        self.query_one(Prompt).focus()
        self.screen.refresh_bindings()
