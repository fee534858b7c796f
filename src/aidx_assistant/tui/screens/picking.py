"""One of many values, picked from a list over the screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from aidx_assistant.tui.screens.dialog import Dialog


class Pick(Dialog[int | None]):
    """Gives the place of the entry picked; None where the user leaves all as it is."""

    CSS_PATH = ["../styles/dialogs.tcss", "../styles/picking.tcss"]
    BINDINGS = [
        Binding("escape", "cancel", "Cancel"),
        Binding("f1", "app.help", "Help", show=False),
    ]
    HELP = "The arrow keys move, **Enter** or a click picks; **Esc** leaves all as it is."

    def __init__(self, question: str, entries: Sequence[str], here: int) -> None:
        super().__init__()
        self._question = question
        self._entries = entries
        self._here = here

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="question", markup=False)
            yield OptionList(*(Option(Content(entry)) for entry in self._entries), markup=False, compact=True)
            yield Static(Content("Enter picks · Esc leaves it"), classes="hint", markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = self._here

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def on_click(self) -> None:
        """A click beside the list leaves all as it is."""
        if not self.query_one(".dialog").is_mouse_over:
            self.dismiss(None)

    def action_cancel(self) -> None:
        self.dismiss(None)
