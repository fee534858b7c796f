"""Where the question is typed: several lines, with the history of questions behind the arrow keys."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea


class Prompt(TextArea):
    """Enter asks, Shift+Enter or Ctrl+J starts a new line; up and down walk the questions asked before."""

    BINDINGS = [
        Binding("enter", "submit", "Ask"),
        Binding("shift+enter,ctrl+j,alt+enter", "newline", "New line", show=False),
        Binding("pageup", "screen.scroll_talk('page_up')", "Page up", show=False),
        Binding("pagedown", "screen.scroll_talk('page_down')", "Page down", show=False),
        Binding("ctrl+home", "screen.scroll_talk('home')", "To the beginning", show=False),
        Binding("ctrl+end", "screen.scroll_talk('end')", "To the end", show=False),
    ]
    HELP = (
        "Type a question and press **Enter**. **Ctrl+J** (or Shift+Enter) starts a new line; **↑** and **↓** bring "
        "back earlier questions; **Esc** cancels the answer that is coming. **F8** goes to the answer's next citation, "
        "**F9** makes a brief of the answers. **Ctrl+G** asks what is typed as a deep question: Claude looks things "
        "up, step by step, before it answers."
    )

    class Submitted(Message):
        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self) -> None:
        super().__init__(
            show_line_numbers=False, compact=True, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False,
            placeholder="Ask the sources a question",
        )  # fmt: skip
        self._history: list[str] = []
        """Oldest first."""
        self._drafts = [""]
        """The history as it is walked, with what was changed on the way, and at its end what is being typed."""
        self._place = 0
        """In the drafts."""

    def remember(self, *questions: str) -> None:
        """Questions that were asked, the latest last; they are walked from there."""
        questions = tuple(dict.fromkeys(questions))
        self._history = [*(former for former in self._history if former not in questions), *questions]
        self._drafts = [*self._history, ""]
        self._place = len(self._history)

    def put_back(self, question: str) -> bool:
        """A question to be asked again; what is being typed is not lost: then it is not put back. Whether it was."""
        if self.text.strip():
            return False
        self.load_text(question)
        self.move_cursor(self.document.end)
        return True

    def take(self) -> str:
        """What is typed, which is taken out; empty where nothing is."""
        question = self.text.strip()
        if question:
            self.load_text("")
        return question

    def action_submit(self) -> None:
        question = self.take()
        if question:
            self.post_message(self.Submitted(question))

    def action_newline(self) -> None:
        self.insert("\n")

    async def on_key(self, event: events.Key) -> None:
        """Keys that a text area would take for itself; in their turn, so that what was typed before is there."""
        action = {"enter": self.action_submit, "shift+enter": self.action_newline, "ctrl+j": self.action_newline}
        if event.key in action:
            event.stop()
            event.prevent_default()
            action[event.key]()
            return
        at_edge = {"up": self.navigator.is_first_wrapped_line, "down": self.navigator.is_last_wrapped_line}
        if event.key in at_edge and at_edge[event.key](self.cursor_location):
            event.stop()
            event.prevent_default()
            self._walk_history(-1 if event.key == "up" else 1)

    def _walk_history(self, step: int) -> None:
        place = self._place + step
        if 0 <= place < len(self._drafts):
            self._drafts[self._place] = self.text
            self._place = place
            self.load_text(self._drafts[place])
            self.move_cursor(self.document.end)
