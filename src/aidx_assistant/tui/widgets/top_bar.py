"""The line at the top: the screens, and how the assistant stands."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
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


_ROOM = 100
"""Columns from which the keys stand beside the names."""
_ROOM_FOR_NAMES = 80
"""Columns from which the names stand there in full."""
_ROOM_FOR_ALL = 60
"""Columns from which one line has room for the short names and for how the assistant stands."""
_SHORT = {"Findings": "Find", "Sources": "Src", "Conversations": "Conv", "Settings": "Set"}


class Tab(Static):
    """Leads to a screen."""

    def __init__(self, mode: str, name: str, key: str, *, here: bool) -> None:
        super().__init__(classes="here" if here else "", markup=False)
        self._mode = mode
        self._title = name
        self._key = key

    def render(self) -> Content:
        """With the key where there is room for it, by a short name where there is none for the whole one."""
        if self.app.size.width < _ROOM_FOR_NAMES:
            return Content(_SHORT.get(self._title, self._title))
        if self.app.size.width < _ROOM:
            return Content(self._title)
        return Content.assemble((f"{self._key.upper()} ", "dim"), self._title)

    def on_click(self) -> None:
        self.app.switch_mode(self._mode)


class TopBar(Horizontal):
    """The screens by name, and at the right what the assistant is and does."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        for mode, name, key in (*SCREENS, BRIEF) if self._here == BRIEF[0] else SCREENS:
            yield Tab(mode, name, key, here=mode == self._here)
        yield Static(id="state", markup=False)

    def on_mount(self) -> None:
        self.watch(self.app, "standing", self._show_standing)

    def on_resize(self) -> None:
        self.set_class(self.app.size.width < _ROOM_FOR_ALL, "-in-two-lines")

    def _show_standing(self, text: str) -> None:
        self.query_one("#state", Static).update(Content(text))
