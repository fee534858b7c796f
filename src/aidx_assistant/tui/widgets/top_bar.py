"""The line at the top: the screens, and how the assistant stands."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

SCREENS = (
    ("ask", "Ask", "f2"),
    ("findings", "Findings", "f3"),
    ("deck", "Deck", "f4"),
    ("sources", "Sources", "f5"),
    ("conversations", "Conversations", "f6"),
    ("settings", "Settings", "f7"),
)
"""Mode, name and key of every screen that there is always a way to."""
BRIEF = ("brief", "Brief", "f9")
"""Of the screen that a brief is made on: it is named at the top only while one is there."""


Form = Literal["with keys", "by name", "in short"]
_FORMS: tuple[Form, ...] = ("with keys", "by name", "in short")
_SHORT = {"Findings": "Find", "Sources": "Src", "Conversations": "Conv", "Settings": "Set"}
_SPACE = 2
"""Cells around a name."""
_ROOM_FOR_STATE = 25
"""Cells that how the assistant stands may take, with the space around it."""


class Tab(Static):
    """Leads to a screen."""

    form: reactive[Form] = reactive("with keys", layout=True)

    def __init__(self, mode: str, name: str, key: str, *, here: bool) -> None:
        super().__init__(classes="here" if here else "", markup=False)
        self._mode = mode
        self._title = name
        self._key = key

    def render(self) -> Content:
        return self.titled(self.form)

    def titled(self, form: Form) -> Content:
        """What stands on it."""
        if form == "in short":
            return Content(_SHORT.get(self._title, self._title))
        if form == "by name":
            return Content(self._title)
        return Content.assemble((f"{self._key.upper()} ", "dim"), self._title)

    def on_click(self) -> None:
        self.app.switch_mode(self._mode)


class TopBar(Horizontal):
    """The screens by name, and at the right what the assistant is and does; below, where one line has no room."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        for mode, name, key in (*SCREENS, BRIEF) if self._here == BRIEF[0] else SCREENS:
            yield Tab(mode, name, key, here=mode == self._here)
        yield Static(id="state", markup=False)

    def on_mount(self) -> None:
        self._fit()
        self.watch(self.app, "standing", self._show_standing)

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Names the screens as fully as one line allows."""
        tabs, width = list(self.query(Tab)), self.app.size.width
        needed = {form: sum(tab.titled(form).cell_length + _SPACE for tab in tabs) + _ROOM_FOR_STATE for form in _FORMS}
        fitting: Form = next((form for form in _FORMS if needed[form] <= width), "in short")
        for tab in tabs:
            tab.form = fitting
        self.set_class(needed[fitting] > width, "-in-two-lines")

    def _show_standing(self, text: str) -> None:
        self.query_one("#state", Static).update(Content(text))
