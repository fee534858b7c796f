"""A brief to be read, its standing below it, and beside it what its citations lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.answer_body import AnswerBody
from aidx_assistant.tui.widgets.brief_body import BriefBody
from aidx_assistant.tui.widgets.evidence_panel import EvidencePanel

if TYPE_CHECKING:
    from aidx_assistant.tui.brief_text import Page


class BriefDesk(Vertical):
    """Leads from a marker of the brief to the panel, and back."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        with Horizontal(id="brief-desk"):
            with VerticalScroll(id="brief-page", can_focus=False):
                yield BriefBody()
            yield EvidencePanel(self._session)
        yield Static(id="brief-standing", markup=False)

    @property
    def body(self) -> BriefBody:
        return self.query_one(BriefBody)

    @property
    def panel(self) -> EvidencePanel:
        return self.query_one(EvidencePanel)

    def show(self, page: Page | None) -> None:
        """Shows a brief, as far as it is written; None for an empty page."""
        if page is None:
            self.body.show_kept("", ())
        else:
            self.body.show_kept(page.text, page.brief.citations)
        self.query_one("#brief-standing", Static).update(Content(page.standing if page is not None else ""))

    def leave_marker(self) -> None:
        """The user is at none any more."""
        self.body.here = -1

    def scroll_to_top(self) -> None:
        self.query_one("#brief-page").scroll_home(animate=False)

    def walk(self, step: int) -> None:
        """Moves on from marker to marker."""
        self.body.walk(step)
        self.body.focus()

    def on_answer_body_followed(self, message: AnswerBody.Followed) -> None:
        self.panel.show_target(message.target)

    def on_answer_body_entered(self) -> None:
        self.panel.focus()

    def on_evidence_panel_opened(self) -> None:
        self.body.bring_into_view()
        self.screen.refresh_bindings()

    def on_evidence_panel_closed(self) -> None:
        self.leave_marker()
        self.body.focus()
        self.screen.refresh_bindings()
