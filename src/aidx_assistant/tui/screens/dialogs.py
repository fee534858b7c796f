"""Small questions over a screen: for a line of text, and for a yes or no."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Button, Input, Static
from textual.widgets.button import ButtonVariant

from aidx_assistant.tui.screens.dialog import Dialog, Form
from aidx_assistant.tui.widgets.said import Said


class AskText(Form[str | None]):
    """Asks for a line of text; None where the user asks for nothing after all.

    `check` gives the sentence that says why a text cannot be taken, None where it can; `problem` is the sentence
    shown at first. A text that is `hidden` is not to be read on the screen; `suggester` completes what is typed.
    """

    CSS_PATH = "../styles/dialogs.tcss"
    HELP = "Type the text and press **Enter**; **Esc** leaves all as it is."

    def __init__(
        self,
        title: str,
        value: str,
        *,
        check: Callable[[str], str | None],
        accept: str = "OK",
        problem: str = "",
        hidden: bool = False,
        suggester: Suggester | None = None,
    ) -> None:
        super().__init__()
        self._question = title
        self._value = value
        self._check = check
        self._accept = accept
        self._problem = problem
        self._hidden = hidden
        self._suggester = suggester

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="question", markup=False)
            yield Input(
                self._value, select_on_focus=False, compact=True, password=self._hidden, suggester=self._suggester
            )
            yield Said()
            with Horizontal(classes="buttons"):
                yield Button(Content(self._accept), variant="primary", id="accept", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    def on_mount(self) -> None:
        self._show_problem(self._problem)
        self.query_one(Input).focus()

    @property
    def standing_problem(self) -> str:
        return self._problem if self.query_one(Input).value == self._value else ""

    def take(self) -> None:
        text = self.query_one(Input).value
        problem = self._check(text)
        if problem is None:
            self.dismiss(text)
        else:
            self._show_problem(problem)
            self.query_one(Input).focus()

    def _show_problem(self, problem: str) -> None:
        self.query_one(Said).say(problem, problem=True)


class Confirm(Dialog[bool]):
    """Asks whether to do something; where it takes something away, the answer that does nothing is the one at hand."""

    CSS_PATH = "../styles/dialogs.tcss"
    BINDINGS = [
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("n,escape", "answer(False)", "No", show=False),
        Binding("left,up", "app.focus_previous", "Other button", show=False),
        Binding("right,down", "app.focus_next", "Other button", show=False),
        Binding("f1", "app.help", "Help", show=False),
    ]
    HELP = "**y** does it; **n** or **Esc** leaves all as it is. The arrow keys and **Tab** go from button to button."

    def __init__(self, question: str, yes: str, no: str, *, takes_away: bool = True) -> None:
        super().__init__()
        self._question = question
        self._yes = yes
        self._no = no
        self._takes_away = takes_away

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="question", markup=False)
            with Horizontal(classes="buttons"):
                variant: ButtonVariant = "error" if self._takes_away else "primary"
                yield Button(Content(self._yes), variant=variant, id="yes", compact=True)
                yield Button(Content(self._no), id="no", compact=True)

    def on_mount(self) -> None:
        self.query_one("#no" if self._takes_away else "#yes", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)
