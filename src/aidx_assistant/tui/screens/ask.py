"""The main screen: the conversation, the prompt, and beside them what a citation leads to."""

from __future__ import annotations

import contextlib
from typing import cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer

from aidx_assistant.answers import AnswerText, Finished, Notice, Phase
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.evidence import Segment
from aidx_assistant.tui.answering import Begun, Failed, Heard, SourcesKnown
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.answer_body import AnswerBody
from aidx_assistant.tui.widgets.chip import Chip
from aidx_assistant.tui.widgets.evidence_panel import EvidencePanel
from aidx_assistant.tui.widgets.prompt import Prompt
from aidx_assistant.tui.widgets.suggestions import Suggestions
from aidx_assistant.tui.widgets.top_bar import TopBar
from aidx_assistant.tui.widgets.turn_view import TurnView

_REFRESH = 1 / 15
"""Seconds between two looks at the text that came in: often enough to read along, seldom enough to type along."""


class AskScreen(Screen[None]):
    """Asks, shows, follows."""

    BINDINGS = [
        Binding("escape", "leave", "Cancel, close", show=False),
        Binding("f8", "next_citation(1)", "Next citation"),
        Binding("shift+f8", "next_citation(-1)", "Previous citation", show=False),
        Binding("ctrl+n", "new_conversation", "New"),
        Binding("c", "copy_reference", "Copy"),
        Binding("o", "open_address", "Open"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._asked_here: list[TurnView] = []
        """Of the conversation that is shown; what comes for others is kept in the store alone."""
        self._shown_id: str | None = None
        self._cancellation: Cancellation | None = None
        self._last_followed: AnswerBody | None = None

    def compose(self) -> ComposeResult:
        yield TopBar("ask")
        with Horizontal(id="desk"):
            with Vertical(id="talk"):
                yield VerticalScroll(Suggestions(self.session), id="conversation", can_focus=False)
                with Vertical(id="asking"):
                    with Horizontal(id="chips"):
                        yield Chip("segment", [(s, s) for s in ("provider", "payer", "pharma")], id="segment")
                        yield Chip("source", id="source")
                    yield Prompt()
            yield EvidencePanel(self.session)
        yield Footer()

    def on_mount(self) -> None:
        self.set_interval(_REFRESH, self._show_streams)
        self.query_one(Prompt).focus()
        self._look_up_sources()

    @work(thread=True)
    def _look_up_sources(self) -> None:
        with contextlib.suppress(AidxError):  # the suggestions say what is wrong
            self.post_message(SourcesKnown(self.session.reader().sources()))

    @on(SourcesKnown)
    def offer_sources(self, message: SourcesKnown) -> None:
        self.query_one("#source", Chip).offer([(source.id, source.title) for source in message.sources])

    def on_screen_resume(self) -> None:
        if self._shown_id is not None and self.session.conversation_id is None:  # it has been deleted
            self.show_conversation(None, ())

    def on_unmount(self) -> None:
        if self._cancellation is not None:  # the app ends: it does not wait for the rest of an answer
            self._cancellation.cancel()

    # Asking

    def on_prompt_submitted(self, message: Prompt.Submitted) -> None:
        self.ask(message.question)

    def on_suggestions_chosen(self, message: Suggestions.Chosen) -> None:
        self.ask(message.question)

    def ask(self, question: str) -> None:
        """Asks in this conversation; one question at a time."""
        if self._view_answering is not None:
            self.query_one(Prompt).put_back(question)
            self.notify("An answer is still coming; Esc cancels it.", severity="warning")
            return
        self.query(Suggestions).remove()
        view = TurnView(question)
        self._asked_here.append(view)
        conversation = self.query_one("#conversation", VerticalScroll)
        conversation.mount(view)
        self._to_the_end()
        view.call_after_refresh(self._start, view)

    def ask_only(self, source_id: str) -> None:
        """Questions to come are asked of this source alone."""
        self.query_one("#source", Chip).value = source_id
        self.query_one(Prompt).focus()

    def _start(self, view: TurnView) -> None:
        view.show_standing("Searching …")
        self._cancellation = Cancellation()
        segment = cast(Segment | None, self.query_one("#segment", Chip).value)
        self._listen(view, segment, self.query_one("#source", Chip).value, self._cancellation)

    @work(thread=True, group="answers")
    def _listen(
        self, view: TurnView, segment: Segment | None, source_id: str | None, cancellation: Cancellation
    ) -> None:
        """Runs one question in a thread; text goes to the view, everything else is posted."""
        try:
            turn = self.session.conversations.begin(self.session.conversation_id, view.question, segment, source_id)
            self.post_message(Begun(view, turn))
            for event in self.session.answer(turn, cancellation):
                if isinstance(event, AnswerText):
                    view.take(event.text)
                else:
                    self.post_message(Heard(view, event))
        except AidxError as error:
            self.post_message(Failed(view, error))
        except Exception as error:  # the boundary of the thread: it ends one answer, never the app
            told = AidxError(f"The answer ended with a fault ({type(error).__name__}: {error}).", "Ask again.")
            self.post_message(Failed(view, told))

    @on(Begun)
    def show_begun(self, message: Begun) -> None:
        if message.view in self._asked_here:
            self.session.conversation_id = self._shown_id = message.turn.conversation_id

    @on(Heard)
    def show_heard(self, message: Heard) -> None:
        view, event = message.view, message.event
        if view not in self._asked_here:
            return
        if isinstance(event, Finished):
            at_end = self.query_one("#conversation", VerticalScroll).is_vertical_scroll_end
            view.show_answer(event.answer)
            if event.answer.stopped_by_user:
                view.show_cancelled()
            if at_end:
                self._to_the_end()
        elif not view.running:
            pass  # cancelled on the screen already
        elif isinstance(event, Phase):
            view.show_standing(f"{event.name[:1].upper()}{event.name[1:]} …")
        elif isinstance(event, Notice):
            view.show_standing(event.text, "notice")

    @on(Failed)
    def show_failed(self, message: Failed) -> None:
        if message.view not in self._asked_here:
            return
        if isinstance(message.error, InterruptedByUserError):
            message.view.show_cancelled()
        else:
            message.view.show_problem(message.error.title, message.error.hint)
            self.query_one(Prompt).put_back(message.view.question)

    def action_leave(self) -> None:
        """Leaves what the user is at: cancels the answer that is coming, else closes the panel; then to the prompt."""
        if self._view_answering is not None:
            self.action_cancel()
        else:
            self.query_one(EvidencePanel).action_close()

    def action_cancel(self) -> None:
        """Ends the answer that is coming: what came is kept, the question is back in the prompt."""
        view = self._view_answering
        if view is None:
            return
        if self._cancellation is not None:
            self._cancellation.cancel()
        view.show_cancelled()
        prompt = self.query_one(Prompt)
        prompt.put_back(view.question)
        prompt.focus()

    @property
    def is_answering(self) -> bool:
        """Whether an answer is coming."""
        return self._view_answering is not None

    @property
    def _view_answering(self) -> TurnView | None:
        return next((view for view in self._asked_here if view.running), None)

    def _show_streams(self) -> None:
        view = self._view_answering
        if view is None:
            return
        at_end = self.query_one("#conversation", VerticalScroll).is_vertical_scroll_end
        if view.show_what_came() and at_end:
            self._to_the_end()
        if not self.session.is_ready and self.session.failure is None:
            view.show_standing(f"Your question waits until the library is ready. {self.session.doing}".strip())

    # Conversations

    def action_new_conversation(self) -> None:
        """An empty conversation; the one before is kept."""
        self.action_cancel()
        self.show_conversation(None, ())

    def show_conversation(self, conversation_id: str | None, turns: tuple[Turn, ...]) -> None:
        """Shows a conversation as it was kept; None and no turns for a new one."""
        self.session.conversation_id = self._shown_id = conversation_id
        self._asked_here.clear()
        conversation = self.query_one("#conversation", VerticalScroll)
        conversation.remove_children()
        conversation.mount_all([TurnView(turn.question, turn) for turn in turns] or [Suggestions(self.session)])
        self._to_the_end()
        self.query_one(EvidencePanel).display = False
        prompt = self.query_one(Prompt)
        prompt.use_history([turn.question for turn in turns])
        prompt.focus()

    # Following

    def on_answer_body_followed(self, message: AnswerBody.Followed) -> None:
        if self._last_followed not in (None, message.body):
            self._last_followed.here = -1
        self._last_followed = message.body
        if message.citation is not None:
            self.query_one(EvidencePanel).show_citation(message.citation, message.figure)
        elif message.figure is not None:
            self.notify(f"{message.figure.text}: {message.figure.reason}", severity="error", markup=False)

    def on_evidence_panel_opened(self) -> None:
        """The panel has taken room from the conversation: the marker stays in sight."""
        if self._last_followed is not None:
            self._last_followed.bring_into_view()

    def on_answer_body_entered(self) -> None:
        self.query_one(EvidencePanel).focus()

    def on_evidence_panel_closed(self) -> None:
        if self._last_followed is not None:
            self._last_followed.here = -1
        self.query_one(Prompt).focus()

    def action_next_citation(self, step: int) -> None:
        """To the next marker of the answer that was followed last, else of the last answer."""
        views = [view for view in self.query(TurnView) if view.body.stops]
        if not views:
            self.notify("No answer has a citation yet.")
            return
        body = self._last_followed if self._last_followed in [view.body for view in views] else views[-1].body
        body.focus(scroll_visible=False)
        body.action_walk(step)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done with a citation needs one to be open, and a letter typed into the prompt is a letter."""
        if action in {"copy_reference", "open_address"}:
            return self.query_one(EvidencePanel).display and not self.query_one(Prompt).has_focus
        return True

    def action_copy_reference(self) -> None:
        self.query_one(EvidencePanel).action_copy()

    def action_open_address(self) -> None:
        self.query_one(EvidencePanel).action_open()

    def _to_the_end(self) -> None:
        """To the end of the conversation; while it grows only where the user has not scrolled away from it."""
        self.call_after_refresh(self.query_one("#conversation", VerticalScroll).scroll_end, animate=False)
