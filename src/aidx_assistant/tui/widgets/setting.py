"""One setting: its name, what changes it, and below that what it does or why a value cannot be taken."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Select, Static, Switch

Control = Input | Select[str] | Switch


class Setting(Vertical):
    """Reports a value that is chosen at once, one that is typed with Enter or when the field is left."""

    BINDINGS = [Binding("escape", "undo", "As it was", show=False)]
    HELP = (
        "A setting. What is chosen holds at once, what is typed with **Enter** or on leaving the field; **Esc** brings "
        "back the value that held. It is kept in config.toml and used from the next question on."
    )

    class Given(Message):
        """The user gave another value."""

        def __init__(self, setting: Setting, value: str | bool) -> None:
            super().__init__()
            self.setting = setting
            self.value = value

    def __init__(self, name: str, title: str, note: str, control: Control, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id or name, classes="setting")
        self.setting = name
        self.control = control
        self._title = title
        self._note = note
        self._held: str | bool | None = None
        """The value that holds."""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Static(Content(self._title), classes="title", markup=False)
            yield self.control
            if isinstance(self.control, Switch):
                yield Static(classes="word")
        yield Static(Content(self._note), classes="note", markup=False)

    def show(self, value: str | bool, fixed_by: str | None) -> None:
        """Shows the value that holds; where it is fixed from outside, it cannot be changed."""
        self._held = value
        with self.prevent(Input.Changed, Select.Changed, Switch.Changed):
            self._put(value)
        self.control.disabled = fixed_by is not None
        self._say(f"Fixed by {fixed_by}." if fixed_by else self._note)

    def show_saved(self) -> None:
        self._say(f"Saved. {self._note}")

    def show_problem(self, problem: str) -> None:
        """Why the value that was given cannot be taken."""
        self._say(problem, problem=True)

    def give(self) -> None:
        """Reports the control's value where it is another than the one that holds."""
        value = self.control.value
        given = value.strip() if isinstance(value, str) else value
        if self._held is None or self.control.disabled or not isinstance(given, str | bool):
            return
        if given != self._held:
            self.post_message(self.Given(self, given))
        elif self.query_one(".note").has_class("problem"):
            self._say(self._note)

    def action_undo(self) -> None:
        if self._held is not None:
            self.show(self._held, None)

    def on_input_submitted(self) -> None:
        self.give()

    def on_input_blurred(self) -> None:
        self.give()

    def on_select_changed(self) -> None:
        self.give()

    def on_switch_changed(self) -> None:
        self.give()

    def _put(self, value: str | bool) -> None:
        if isinstance(self.control, Select) and isinstance(value, str):
            offer(self.control, value)
            self.control.value = value
        elif isinstance(self.control, Input):
            self.control.value = str(value)
        elif isinstance(self.control, Switch):
            self.control.value = bool(value)
            self.query_one(".word", Static).update("on" if value else "off")

    def _say(self, text: str, problem: bool = False) -> None:
        line = self.query_one(".note", Static)
        line.update(Content(text))
        line.set_class(problem, "problem")


def choice(values: Sequence[str]) -> Select[str]:
    """A control that offers values."""
    return Select([(Text(value), value) for value in values], allow_blank=False, compact=True)


def offer(control: Select[str], value: str) -> None:
    """Lets a control offer a value beside those that it offers already."""
    offered = [known for _, known in control._options if isinstance(known, str)]
    if value not in offered:
        control.set_options([(Text(known), known) for known in (*offered, value)])
