"""The conversation on the main screen: its questions with their answers, and the way from citation to citation."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll

from aidx_assistant.answers import Answer
from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.answer_body import AnswerBody
from aidx_assistant.tui.widgets.suggestions import Suggestions
from aidx_assistant.tui.widgets.turn_view import TurnView


class ConversationView(VerticalScroll, can_focus=False):
    """One turn below another; suggestions while there is none."""

    def __init__(self, session: Session) -> None:
        super().__init__(Suggestions(session), id="conversation")
        self._session = session
        self._turns: list[TurnView] = []
        self._followed: AnswerBody | None = None
        """The answer whose marker was moved to last."""
        self._newest: AnswerBody | None = None
        """The answer that came last, until a marker is moved to."""
        self._at_end = True
        """Whether the user has it scrolled to its end, however much has come below since."""

    def __contains__(self, view: TurnView) -> bool:
        """Whether a turn belongs to the conversation that is shown; answers come also for those shown before."""
        return view in self._turns

    @property
    def answering(self) -> TurnView | None:
        """The turn whose answer is coming."""
        return next((view for view in self._turns if view.running), None)

    @property
    def answers(self) -> list[Answer]:
        """Those that have come."""
        return [view.answer for view in self._turns if view.answer is not None]

    def add(self, view: TurnView) -> None:
        """One more turn, at the end."""
        self.query(Suggestions).remove()
        self._turns.append(view)
        self.mount(view)
        self._to_the_end()

    def show(self, turns: Sequence[Turn]) -> None:
        """Another conversation, as it was kept; a new one where there are no turns."""
        self._followed = self._newest = None
        self._turns = [TurnView(turn.question, turn) for turn in turns]
        self.remove_children()
        self.mount_all(self._turns or [Suggestions(self._session)])
        self._to_the_end()

    def show_what_came(self) -> None:
        """Shows the text that has come in since the last time, and its end where the user has not scrolled away."""
        view = self.answering
        if view is not None:
            view.show_seconds()
            if view.show_what_came() and self._at_end:
                self._to_the_end()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._at_end = self.is_vertical_scroll_end

    def watch_virtual_size(self) -> None:
        """What is mounted takes its room little by little: the end is still seen, where the user is there."""
        self._stay_at_the_end()

    def on_resize(self) -> None:
        self._stay_at_the_end()

    def show_answer(self, view: TurnView, answer: Answer) -> None:
        """Shows a finished answer, and its end where the user has not scrolled away."""
        view.show_answer(answer)
        self._newest = view.body
        if self._at_end:
            self._to_the_end()

    def scroll_to_place(self, to: str) -> None:
        """`to`: "page_up", "page_down", "home" or "end"."""
        scroll = {"page_up": self.scroll_page_up, "page_down": self.scroll_page_down, "home": self.scroll_home}
        scroll.get(to, self.scroll_end)(animate=False)

    # Following

    def walk(self, step: int) -> None:
        """To the next marker: of an answer that has just come, of the one followed last, and on into the next one."""
        bodies = [view.body for view in self._turns if view.body.stops]
        if not bodies:
            self.notify("No answer has a citation yet.")
            return
        places = [bodies.index(body) for body in (self._newest, self._followed) if body in bodies]
        place = places[0] if places else len(bodies) - 1
        if not bodies[place].walk(step) and 0 <= place + step < len(bodies):
            place += step
            bodies[place].walk(step)
        bodies[place].focus(scroll_visible=False)

    def keep_marker_in_view(self) -> None:
        """To be called where the conversation has lost room."""
        if self._followed is not None:
            self._followed.bring_into_view()

    def leave_marker(self) -> None:
        """No marker is followed any longer."""
        if self._followed is not None:
            self._followed.here = -1

    def on_answer_body_followed(self, message: AnswerBody.Followed) -> None:
        if message.body not in [view.body for view in self._turns]:  # another conversation has taken its place
            message.stop()
            return
        self._newest = None
        if message.body is not self._followed:
            self.leave_marker()
            self._followed = message.body

    def _stay_at_the_end(self) -> None:
        follows_a_marker = self._followed is not None and self._followed.here >= 0
        if self._turns and self._at_end and not follows_a_marker:
            self._to_the_end()

    def _to_the_end(self) -> None:
        self._at_end = True
        self.call_after_refresh(self._scroll_on)

    def _scroll_on(self) -> None:
        """Once what is new has its place; unless the user has scrolled away since."""
        if self._at_end:
            self.scroll_end(animate=False, immediate=True)
