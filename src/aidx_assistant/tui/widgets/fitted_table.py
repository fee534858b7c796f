"""A table that always fills its width: columns that do not fit are left out, texts that do not fit are cut short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rich.text import Text
from textual.binding import Binding
from textual.events import Click, Resize
from textual.message import Message
from textual.widgets import DataTable

from aidx_assistant.tui.columns import Column, fitted

_MARKS = {True: " ↓", False: " ↑"}


class FittedTable(DataTable[Text]):
    """Rows of texts under keys; one is under the cursor. A click opens a row, as Enter does."""

    BINDINGS = [Binding("home", "scroll_top", show=False), Binding("end", "scroll_bottom", show=False)]

    class Opened(Message):
        """The user wants to see what a row stands for."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Moved(Message):
        """The cursor came to a row."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class HeaderClicked(Message):
        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    class CellClicked(Message):
        """A cell of a column that is there to be clicked."""

        def __init__(self, column: str, key: str) -> None:
            super().__init__()
            self.column = column
            self.key = key

    def __init__(self, columns: Sequence[Column], *, clickable: str = "", id: str | None = None) -> None:  # noqa: A002
        """`clickable` is the column whose cells do not open their row when they are clicked."""
        super().__init__(cursor_type="row", zebra_stripes=True, id=id)
        self._specified = tuple(columns)
        self._clickable = clickable
        self._texts: dict[str, Mapping[str, str]] = {}
        self._ordered_by: tuple[str, bool] | None = None
        self._fitted_to = 0

    @property
    def shown_columns(self) -> list[str]:
        """The keys of the columns that fit at present."""
        return [str(column.key.value) for column in self.ordered_columns]

    @property
    def here(self) -> str | None:
        """The key of the row under the cursor; None where there is no row."""
        return list(self._texts)[self.cursor_row] if self._texts and self.row_count else None

    def show_rows(self, rows: Mapping[str, Mapping[str, str]], order: tuple[str, bool] | None = None) -> None:
        """Shows rows by key, each with its texts by column; the cursor stays on its row where it is still there.

        `order` is the column by which they stand and whether they fall; it is only marked, not made.
        """
        here = self.here
        self._texts = dict(rows)
        self._ordered_by = order
        self._fill(here)

    def show_cell(self, key: str, column: str, text: str) -> None:
        """Changes one text."""
        self._texts[key] = {**self._texts[key], column: text}
        if column in self.shown_columns:
            self.update_cell(key, column, _cell(text))

    def on_resize(self, event: Resize) -> None:
        if self.scrollable_content_region.width != self._fitted_to:
            self._fill(self.here)
        self.call_after_refresh(lambda: self.move_cursor(row=self.cursor_row))  # which keeps it in sight

    def on_click(self, event: Click) -> None:
        row, column = event.style.meta.get("row"), event.style.meta.get("column")
        if row is None or column is None:
            return
        event.prevent_default()
        event.stop()
        name = self.shown_columns[column] if column < len(self.shown_columns) else ""
        if row < 0:
            self.post_message(self.HeaderClicked(name))
            return
        self.move_cursor(row=row)
        if name == self._clickable:
            self.post_message(self.CellClicked(name, list(self._texts)[row]))
        else:
            self.post_message(self.Opened(list(self._texts)[row]))

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.post_message(self.Opened(str(event.row_key.value)))

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        if event.row_key.value in self._texts:
            self.post_message(self.Moved(str(event.row_key.value)))

    def _fill(self, here: str | None) -> None:
        """Builds the columns that fit, and all rows; the cursor goes to a row, else stays near where it was."""
        self._fitted_to = self.scrollable_content_region.width
        if not self._fitted_to:
            return
        row = self.cursor_row
        self.clear(columns=True)
        columns = [replace(column, least=self._needed(column)) for column in self._specified]
        shown = fitted(columns, self._fitted_to, 2 * self.cell_padding)
        for column, width in shown:
            self.add_column(self._label(column), width=width, key=column.key)
        for key, texts in self._texts.items():
            self.add_row(*(_cell(texts[column.key]) for column, _ in shown), key=key)
        if self._texts:
            keys = list(self._texts)
            self.move_cursor(row=keys.index(here) if here in self._texts else min(row, len(keys) - 1))

    def _needed(self, column: Column) -> int:
        """Cells that a column of a fixed width needs for the texts at hand, and for its marked label."""
        if column.share:
            return column.least
        longest = max((len(texts[column.key]) for texts in self._texts.values()), default=0)
        return min(column.least, max(longest, len(column.label) + len(_MARKS[True]) if column.label.strip() else 1))

    def _label(self, column: Column) -> Text:
        marked = self._ordered_by is not None and self._ordered_by[0] == column.key
        return Text(column.label + (_MARKS[self._ordered_by[1]] if marked and self._ordered_by else ""), no_wrap=True)


def _cell(text: str) -> Text:
    return Text(text, no_wrap=True, overflow="ellipsis", end="")
