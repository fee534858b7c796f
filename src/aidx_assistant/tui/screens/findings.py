"""All figures of the sources: filtered, sorted, compared, followed to their sentence, saved as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from aidx_assistant.evidence import Finding
from aidx_assistant.tui.evidence import citation_of
from aidx_assistant.tui.finding_rows import FindingsHeld, findings_held, told
from aidx_assistant.tui.screens.exporting import export_findings
from aidx_assistant.tui.screens.library_screen import LibraryScreen
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.evidence_panel import EvidencePanel
from aidx_assistant.tui.widgets.finding_filters import FilterLine, FindingFilters
from aidx_assistant.tui.widgets.finding_table import FindingTable
from aidx_assistant.tui.widgets.fitted_table import FittedTable
from aidx_assistant.tui.widgets.key_line import KeyLine
from aidx_assistant.tui.widgets.said import Said
from aidx_assistant.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant

_OF_ROWS = {"compare", "export", "brief"}
"""Actions for which there must be a row."""
_OF_A_SOURCE = {"close_source", "copy_reference", "open_address"}
"""Actions on the source that is open beside the table."""


class FindingsScreen(LibraryScreen):
    """The table, its filters above it, the finding under the cursor in full below it, its source beside it."""

    CSS_PATH = ["../styles/library_screen.tcss", "../styles/findings.tcss"]
    PARTS = (FindingTable,)
    PLACES = {
        "finding-segment": "Filter by segment",
        "finding-topic": "Filter by topic",
        "finding-source": "Filter by source",
    }
    BINDINGS = [
        Binding("b", "compare", "Bars", tooltip="Compare the rows as bars"),
        Binding("x", "export", "Export", tooltip="Export the rows as CSV"),
        Binding("f9", "brief", "Brief", tooltip="Make a brief on the rows"),
        Binding("slash", "filter", "Filter", show=False, tooltip="Filter by words"),
        Binding("escape", "close_source", "Close source"),
        Binding("escape", "clear_filters", "Clear filters"),
        Binding("c", "copy_reference", "Copy reference", show=False, tooltip="Copy the reference of the finding"),
        Binding("o", "open_address", "Open address", show=False, tooltip="Open the address of the finding's source"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._followed: str | None = None
        """Id of the finding whose source was opened last."""

    def compose(self) -> ComposeResult:
        yield TopBar("findings")
        yield FindingFilters()
        yield Static(id="finding-count", markup=False)
        yield Said("Opening the library …")
        with Horizontal(id="findings-desk"):
            with Vertical(id="findings-talk"):
                yield FindingTable()
                yield Static(id="finding-told", markup=False)
            yield EvidencePanel(self.session)
        yield KeyLine()

    def on_mount(self) -> None:
        self.hide_all()

    def read(self, assistant: Assistant) -> FindingsHeld:
        return findings_held(assistant)

    def show_held(self, held: object) -> None:
        now = cast(FindingsHeld, held)
        if now == self.table.held and now.findings:
            return
        first = not self.table.held.findings
        self.query_one(FindingFilters).offer(now)
        self.query_one(FindingFilters).display = bool(now.findings)
        self.table.show_held(now)
        self.say("" if now.findings else "The library holds no finding. Press F5 to see its sources.")
        if first:
            self.table.focus()

    def hide_all(self) -> None:
        self.table.show_held(FindingsHeld())
        for part in (FindingFilters, "#findings-desk", "#finding-count"):
            self.query_one(part).display = False

    # What is shown

    def on_finding_filters_changed(self, message: FindingFilters.Changed) -> None:
        if self.table.held.findings:
            self.table.filter_by(message.filters)

    def on_finding_table_changed(self) -> None:
        table = self.table
        count = self.query_one("#finding-count", Static)
        count.update(Content(table.counted))
        count.display = bool(table.held.findings)
        self.query_one("#findings-desk").display = bool(table.shown)
        if table.held.findings:  # else it has been said why there is none
            self.say("" if table.shown else "No finding fits the filters. Press Esc to clear them.")
        self._tell(table.finding_here)
        self.refresh_bindings()

    def on_fitted_table_moved(self) -> None:
        self._tell(self.table.finding_here)
        if self.panel.is_open:
            self._follow(self.table.finding_here)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _OF_ROWS:
            return bool(self.table.shown or self.table.chosen)
        if action in _OF_A_SOURCE:
            return self.panel.display and bool(self.table.shown)
        return action != "clear_filters" or bool(self.table.filters)

    # What can be done

    def on_search_line_left(self) -> None:
        if self.table.shown:
            self.table.focus()

    def on_filter_line_cleared(self) -> None:
        self.action_clear_filters()

    def action_filter(self) -> None:
        self.query_one(FilterLine).focus()

    def action_clear_filters(self) -> None:
        self.query_one(FindingFilters).clear()
        self.table.focus()

    def action_close_source(self) -> None:
        self.panel.action_close()

    def on_fitted_table_opened(self, message: FittedTable.Opened) -> None:
        """Opens the source beside the table; once it is open, goes into it."""
        if self.panel.is_open and self._followed == message.key:
            self.panel.focus()
        else:
            self._follow(self.table.finding_here)

    def on_evidence_panel_opened(self) -> None:
        self._tell(self.table.finding_here)
        self.refresh_bindings()

    def on_evidence_panel_closed(self) -> None:
        self._tell(self.table.finding_here)
        self.refresh_bindings()
        self.table.focus()

    def action_compare(self) -> None:
        """Bars of the rows chosen; where none is, of the percentages among those shown."""
        from aidx_assistant.assistant.comparison import PERCENT, comparison
        from aidx_assistant.tui.screens.comparing import ComparisonScreen

        chosen = self.table.findings_chosen
        compared = comparison(chosen) if chosen else comparison(self.table.shown, PERCENT)
        if compared.groups:
            self.app.push_screen(ComparisonScreen(compared, self.table.held.sources))
        else:
            rows = "chosen" if chosen else "shown"
            self.notify(f"None of the rows {rows} has an exact figure to draw.", severity="warning")

    @work
    async def action_export(self) -> None:
        """Saves the rows chosen as CSV; where none is, those shown."""
        await export_findings(self.app, self.table)

    @work(exclusive=True, group="brief")
    async def action_brief(self) -> None:
        """A brief on the rows chosen; where none is, on the first of those shown."""
        from aidx_assistant.tui.brief_basis import basis_of_findings
        from aidx_assistant.tui.screens.making_brief import make_brief

        table = self.table
        usable = [finding for finding in table.shown if table.held.sources[finding.source_id].in_briefs]
        basis = basis_of_findings(table.findings_chosen, usable, table.filters)
        await make_brief(self.app, self.session, basis)

    def action_copy_reference(self) -> None:
        self.panel.action_copy()

    def action_open_address(self) -> None:
        self.panel.action_open()

    @property
    def table(self) -> FindingTable:
        return self.query_one(FindingTable)

    @property
    def panel(self) -> EvidencePanel:
        return self.query_one(EvidencePanel)

    def _follow(self, finding: Finding | None) -> None:
        if finding is not None:
            held = self.table.held
            self._followed = finding.id
            passage = held.passages.get(finding.passage_id)
            self.panel.show_citation(citation_of(finding, passage, held.sources[finding.source_id]))

    def _tell(self, finding: Finding | None) -> None:
        """The finding under the cursor with its statement, which the table has no room for."""
        line = self.query_one("#finding-told", Static)
        line.display = not self.panel.display  # which shows it with what stands around it
        if finding is not None:
            line.update(told(finding, self.table.held.sources[finding.source_id]))
