"""All findings as a table: filtered, put in order, chosen row by row."""

from __future__ import annotations

from textual.binding import Binding
from textual.message import Message

from aidx_assistant.evidence import Finding
from aidx_assistant.tui import finding_rows as rows
from aidx_assistant.tui.finding_rows import Filters, FindingsHeld, Order
from aidx_assistant.tui.widgets.fitted_table import FittedTable

_OF_ROWS = {"choose", "choose_all", "select_cursor", "sort", "reverse"}
"""Actions for which there must be a row."""


class FindingTable(FittedTable):
    """The findings that fit the filters; those chosen carry a tick, and stay chosen when they are filtered out."""

    BINDINGS = [
        Binding("space", "choose", "Choose", tooltip="Choose the row, for bars and export"),
        Binding("enter", "select_cursor", "Open", tooltip="Open the source of the row"),
        Binding("a", "choose_all", "Choose all shown, or none", show=False),
        Binding("s", "sort", "Sort by the next column", show=False),
        Binding("S", "reverse", "Sort the other way", show=False),
    ]
    HELP = (
        "The figures of all sources. **Space** (or a click on the first column) chooses a row, **a** all rows shown, "
        "or none. **Enter** (or a click) opens the sentence that states it beside the table, and once more goes there; "
        "while it is open it follows the cursor, **c** copies the reference and **o** opens the address. **s** sorts "
        "by the next column, **S** the other way round, a click on a heading by that column. **b** compares the chosen "
        "rows as bars, **x** saves them as CSV, **F9** makes a brief on them; where none is chosen, on those shown. "
        "**/** goes to the filter, **Esc** closes the source, then clears the filters."
    )

    class Changed(Message):
        """Other rows are shown or chosen, or they stand in another order."""

    def __init__(self) -> None:
        super().__init__(rows.COLUMNS, clickable="chosen", id="findings")
        self.held = FindingsHeld()
        self.filters = Filters()
        self.order = Order()
        self.chosen: set[str] = set()
        """Ids of findings."""
        self.shown: list[Finding] = []

    @property
    def finding_here(self) -> Finding | None:
        return next((finding for finding in self.shown if finding.id == self.here), None)

    @property
    def findings_chosen(self) -> list[Finding]:
        """Chosen findings, shown or not, in the order of the table."""
        return rows.ordered(
            [finding for finding in self.held.findings if finding.id in self.chosen], self.held.sources, self.order
        )

    @property
    def counted(self) -> str:
        return rows.counted(self.shown, self.held, self.chosen, self.order)

    def show_held(self, held: FindingsHeld) -> None:
        """Shows what the library holds now."""
        self.held = held
        self.chosen &= {finding.id for finding in held.findings}
        self._arrange()

    def filter_by(self, filters: Filters) -> None:
        self.filters = filters
        self._arrange()

    def sort_by(self, column: str) -> None:
        """By a column; where it is the one they stand by already, first the other way, then in the sources' order."""
        if self.order.column != column:
            self.order = Order(column, falling=column == "value")
        elif self.order.falling == (column == "value"):
            self.order = Order(column, falling=not self.order.falling)
        else:
            self.order = Order()
        self._arrange()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in _OF_ROWS or bool(self.shown)

    def action_sort(self) -> None:
        columns: list[str | None] = [None, *(name for name in self.shown_columns if name != "chosen")]
        here = columns.index(self.order.column) if self.order.column in columns else 0
        column = columns[(here + 1) % len(columns)]
        self.order = Order(column, falling=column == "value")
        self._arrange()

    def action_reverse(self) -> None:
        self.order = Order(self.order.column, falling=not self.order.falling)
        self._arrange()

    def action_choose(self) -> None:
        """Chooses the row under the cursor, or takes the choice back, and goes on to the next."""
        if self.here is not None:
            self._choose(self.here)
            self.action_cursor_down()

    def action_choose_all(self) -> None:
        """Chooses all rows shown; where they all are, none."""
        shown = {finding.id for finding in self.shown}
        self.chosen = self.chosen - shown if shown <= self.chosen else self.chosen | shown
        self._arrange()

    def on_fitted_table_cell_clicked(self, message: FittedTable.CellClicked) -> None:
        message.stop()
        self._choose(message.key)

    def on_fitted_table_header_clicked(self, message: FittedTable.HeaderClicked) -> None:
        message.stop()
        if message.column == "chosen":
            self.action_choose_all()
        else:
            self.sort_by(message.column)

    def _choose(self, finding_id: str) -> None:
        self.chosen ^= {finding_id}
        self.show_cell(finding_id, "chosen", rows.CHOSEN if finding_id in self.chosen else " ")
        self.post_message(self.Changed())

    def _arrange(self) -> None:
        sources = self.held.sources
        fitting = [finding for finding in self.held.findings if self.filters.fits(finding, sources[finding.source_id])]
        self.shown = rows.ordered(fitting, sources, self.order)
        self.show_rows(
            {
                finding.id: rows.cells(finding, sources[finding.source_id], finding.id in self.chosen)
                for finding in self.shown
            },
            (self.order.column, self.order.falling) if self.order.column else None,
        )
        self.post_message(self.Changed())
