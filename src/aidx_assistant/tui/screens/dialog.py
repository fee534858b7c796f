"""What all dialogs have in common, and those with fields."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button

from aidx_assistant.tui.widgets.said import Said


class Dialog(ModalScreen[ScreenResultType]):
    """Is answered once, and only while it is in front."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """A second key or click in the same moment comes too late: another screen is in front by then."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Form(Dialog[ScreenResultType]):
    """Fields over a line that says what is wrong with them (Said), and buttons, of which "accept" takes them.

    Gives None where the user wants nothing after all.
    """

    BINDINGS = [
        Binding("escape", "cancel", "Cancel"),
        Binding("f1", "app.help", "Help", show=False),
    ]

    def take(self) -> object:
        """Looks at the fields, and gives the dialog's answer or says what is wrong."""
        raise NotImplementedError

    def answer_of(self, button: str | None) -> ScreenResultType | None:
        """What a button other than "accept" answers, by its id."""
        return None

    @property
    def standing_problem(self) -> str:
        """What is said as long as the fields are as they were."""
        return ""

    def on_input_changed(self) -> None:
        self.query_one(Said).say(self.standing_problem, problem=True)

    def on_input_submitted(self) -> None:
        self.take()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "accept":
            self.take()
        else:
            self.dismiss(self.answer_of(event.button.id))

    def action_cancel(self) -> None:
        self.dismiss(None)
