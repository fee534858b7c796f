"""What is on the shelf: a list, and beside it all that is known of what is chosen there."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from aidx_assistant.tui.shelf import Shelved
from aidx_assistant.tui.widgets.source_details import SourceDetails
from aidx_assistant.tui.widgets.source_list import SourceList


class ShelfView(Horizontal):
    """Hidden while nothing is on the shelf. Enter leads from the list into the details."""

    def __init__(self) -> None:
        super().__init__(id="shelf")
        self.display = False

    def compose(self) -> ComposeResult:
        yield SourceList()
        yield SourceDetails()

    @property
    def chosen(self) -> Shelved | None:
        return self._list.chosen

    @property
    def is_read(self) -> bool:
        """Whether the user is in the details."""
        return self.query_one(SourceDetails).has_focus

    def show(self, shelved: Sequence[Shelved], choose: str | None = None) -> None:
        """Shows these; `choose` is the key of the one to be chosen, else it stays the one it was."""
        self.display = bool(shelved)
        self._list.show(shelved, choose)
        self.show_details()

    def focus_list(self) -> None:
        self._list.focus()

    @on(SourceList.OptionHighlighted)
    def show_details(self) -> None:
        """Shows all that is known of what is chosen."""
        if self.chosen is not None:
            self.query_one(SourceDetails).show(self.chosen)

    @on(SourceList.OptionSelected)
    def go_into_details(self) -> None:
        self.query_one(SourceDetails).focus()

    @property
    def _list(self) -> SourceList:
        return self.query_one(SourceList)
