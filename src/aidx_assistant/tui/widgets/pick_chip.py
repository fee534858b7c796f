"""A filter with many values: they are picked from a list."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content
from textual.events import Click

from aidx_assistant.tui.screens.picking import Pick
from aidx_assistant.tui.widgets.chip import Chip

_LONGEST_SHOWN = 20


class PickChip(Chip):
    """Enter or a click opens the list; the arrow keys choose the next value, as on every filter."""

    BINDINGS = [Binding("enter,space", "pick", "Pick a value")]
    HELP = (
        "A filter. **Enter** or a click lists its values, **→** and **←** go from value to value; **Delete** lifts it "
        "again."
    )

    def render(self) -> Content:
        shown = super().render().plain
        label, _, value = shown.partition(": ")
        return Content(
            f"{label}: {value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1].rstrip() + '…'}"
        )

    def action_pick(self) -> None:
        values = [value for value, _ in self._values]
        here = values.index(self.value) if self.value in values else 0
        self.app.push_screen(Pick(f"Show only: {self._label}", [shown for _, shown in self._values], here), self._take)

    async def _on_click(self, event: Click) -> None:
        event.prevent_default()
        self.action_pick()

    def _take(self, picked: int | None) -> None:
        if picked is not None:
            self.value = self._values[picked][0]
