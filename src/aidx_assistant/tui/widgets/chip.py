"""A filter that is seen and changed in one place."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static


class Chip(Static, can_focus=True):
    """One of several values; Enter, a click or the arrow keys choose the next. The first stands for no filter."""

    BINDINGS = [
        Binding("enter,space,right,down", "choose(1)", "Next value"),
        Binding("left,up", "choose(-1)", "Previous", show=False),
        Binding("delete,backspace", "clear", "Any", show=False),
    ]
    HELP = (
        "A filter. **Enter**, **→** or a click choose the next value, **←** the one before; **Delete** lifts it again."
    )

    value: reactive[str | None] = reactive(None)

    class Changed(Message):
        def __init__(self, chip: Chip) -> None:
            super().__init__()
            self.chip = chip

    def __init__(self, label: str, values: Sequence[tuple[str, str]] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._label = label
        self._values: list[tuple[str | None, str]] = [(None, "any"), *values]

    def offer(self, values: Sequence[tuple[str, str]]) -> None:
        """The values that can be chosen, each with how it is shown; one that is not among them any more is lifted."""
        self._values = [(None, "any"), *values]
        if self.value not in [value for value, _ in self._values]:
            self.value = None
        self.refresh(layout=True)

    def render(self) -> Content:
        shown = next((shown for value, shown in self._values if value == self.value), self.value or "any")
        return Content(f"{self._label}: {shown}")

    def watch_value(self) -> None:
        self.set_class(self.value is not None, "chosen")
        self.refresh(layout=True)
        self.post_message(self.Changed(self))

    def action_choose(self, step: int) -> None:
        known = [value for value, _ in self._values]
        place = known.index(self.value) if self.value in known else 0
        self.value = known[(place + step) % len(known)]

    def action_clear(self) -> None:
        self.value = None

    def on_click(self) -> None:
        self.action_choose(1)
