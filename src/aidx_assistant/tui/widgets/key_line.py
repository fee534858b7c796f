"""The keys at the bottom: what can be done here and now, as much of it as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

_BEFORE_ALL = ("help", "quit", "retry")
"""Actions that have room whatever else there is to do; behind them comes the way out of what is open."""
_AFTER_ALL = "command_palette"
_SPACES = 3
"""Cells of an entry beside its key and its name."""
_EDGE = 2
"""Cells that the entry at the right edge has besides."""


class KeyLine(Footer):
    """Shows whole entries only. Of those that do not all fit, the focused part's go before those of what it lies in."""

    def __init__(self) -> None:
        super().__init__()
        self._composed_for = 0
        """Cells."""

    def compose(self) -> ComposeResult:
        self._composed_for = self.app.size.width
        yield from fitting([*super().compose()], self._composed_for)

    def on_resize(self) -> None:
        if self.app.size.width != self._composed_for:
            self.call_after_refresh(self.recompose)


def fitting(entries: Sequence[Widget], width: int) -> list[Widget]:
    """The entries that fit `width` cells, in their order."""
    keys = [entry for entry in entries if isinstance(entry, FooterKey)]
    shown: list[FooterKey] = []
    for key in sorted(keys, key=_rank):
        cells = cell_len(key.key_display) + cell_len(key.description) + _SPACES
        cells += _EDGE if key.has_class("-command-palette") else 0
        if cells <= width:
            width -= cells
            shown.append(key)
    return [entry for entry in entries if entry in shown]


def _rank(key: FooterKey) -> int:
    """The lower, the sooner it has room."""
    action = key.action.rpartition(".")[2]
    if action in _BEFORE_ALL:
        return _BEFORE_ALL.index(action)
    return len(_BEFORE_ALL) + (2 if action == _AFTER_ALL else key.key != "escape")
