"""A line over a list, in which to type what to look for."""

from __future__ import annotations

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input


class SearchLine(Input):
    """The list follows as one types; Enter and ↓ go to it, Esc clears the line first."""

    BINDINGS = [
        Binding("down,enter", "leave", "To the list"),
        Binding("escape", "clear", "Clear"),
    ]
    HELP = "Type what to look for. **Enter** or **↓** goes to what was found, **Esc** clears the search."

    class Left(Message):
        """The user goes on to the list."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False)

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_clear(self) -> None:
        self.value = ""
        self.post_message(self.Left())
