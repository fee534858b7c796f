"""Figures side by side, over the table that they were chosen in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from aidx_assistant.evidence import Source
from aidx_assistant.tui.screens.dialog import Dialog
from aidx_assistant.tui.widgets.bars import Bars

if TYPE_CHECKING:
    from aidx_assistant.assistant.comparison import Comparison


class ComparisonScreen(Dialog[None]):
    """Bars with a heading that says how many figures, and in which unit."""

    CSS_PATH = "../styles/comparing.tcss"
    BINDINGS = [
        Binding("escape,b,q", "close", "Close"),
        Binding("f1", "app.help", "Help", show=False),
    ]

    def __init__(self, comparison: Comparison, sources: Mapping[str, Source]) -> None:
        super().__init__()
        self._comparison = comparison
        self._sources = sources

    def compose(self) -> ComposeResult:
        with Vertical(id="comparison"):
            yield Static(Content.assemble((self._heading, "bold")), id="compared", markup=False)
            yield Bars(self._comparison, self._sources)
            yield Button("Close (Esc)", compact=True)

    def on_mount(self) -> None:
        self.query_one(Bars).focus()

    def on_button_pressed(self) -> None:
        self.dismiss()

    def action_close(self) -> None:
        self.dismiss()

    @property
    def _heading(self) -> str:
        comparison = self._comparison
        count = sum(len(group) for _, group in comparison.groups)
        left_out = f" · {len(comparison.left_out)} left out, named below" if comparison.left_out else ""
        return f"{count} figure{'s' if count != 1 else ''} in {comparison.unit}{left_out}"
