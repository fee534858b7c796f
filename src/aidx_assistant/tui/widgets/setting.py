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

from aidx_assistant.tui.widgets.said import Said

Control = Input | Select[str] | Switch


class Choice(Select[str]):
    """Offers values, and the one that holds where that is another."""

    def __init__(self, values: Sequence[str], *, empty: str = "", id: str | None = None) -> None:  # noqa: A002
        """`empty` is what the value "" is shown as."""
        super().__init__(_options(values, empty), allow_blank=False, compact=True, id=id)
        self._offered = list(values)
        self._empty = empty

    def offer(self, value: str) -> None:
        if value not in self._offered:
            self._offered.append(value)
            self.set_options(_options(self._offered, self._empty))


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
        """The value that holds, or will once it is saved."""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Static(Content(self._title), classes="title", markup=False)
            yield self.control
            if isinstance(self.control, Switch):
                yield Static(classes="word")
        yield Said(self._note, classes="note")

    def show(self, value: str | bool, fixed_by: str | None) -> None:
        """Shows the value that holds; where it is fixed from outside, it cannot be changed."""
        self._held = value
        with self.prevent(Input.Changed, Select.Changed, Switch.Changed):
            self._put(value)
        self.control.disabled = fixed_by is not None
        self.query_one(Said).say(f"Fixed by {fixed_by}." if fixed_by else self._note)

    def show_saved(self) -> None:
        self.query_one(Said).say(f"Saved. {self._note}")

    def show_problem(self, problem: str) -> None:
        """Why the value that was given cannot be taken."""
        self.query_one(Said).say(problem, problem=True)

    def give(self) -> None:
        """Reports the control's value where it is another than the one that holds."""
        value = self.control.value
        given = value.strip() if isinstance(value, str) else value
        if self._held is None or self.control.disabled or not isinstance(given, str | bool):
            return
        if given != self._held:
            self._held = given
            self.post_message(self.Given(self, given))
        elif self.query_one(Said).has_class("problem"):
            self.query_one(Said).say(self._note)

    def action_undo(self) -> None:
        if self._held is not None:
            self.show(self._held, None)

    def on_descendant_focus(self) -> None:
        """What it means comes into view with it."""
        self.scroll_visible(animate=False)

    def on_input_submitted(self) -> None:
        self.give()

    def on_input_blurred(self) -> None:
        self.give()

    def on_select_changed(self) -> None:
        self.give()

    def on_switch_changed(self) -> None:
        self.give()

    def _put(self, value: str | bool) -> None:
        if isinstance(self.control, Choice):
            self.control.offer(str(value))
        if isinstance(self.control, Select):
            self.control.value = str(value)
        elif isinstance(self.control, Input):
            self.control.value = str(value)
        elif isinstance(self.control, Switch):
            self.control.value = bool(value)
            self.query_one(".word", Static).update("on" if value else "off")


def _options(values: Sequence[str], empty: str) -> list[tuple[Text, str]]:
    return [(Text(value or empty), value) for value in values]
