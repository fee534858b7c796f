"""What is in the library, and what of it has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Footer, OptionList
from textual.widgets.option_list import Option

from aidx_assistant.tui import source_overview as wording
from aidx_assistant.tui.handing_on import open_address
from aidx_assistant.tui.screens.ask import AskScreen
from aidx_assistant.tui.screens.library_screen import LibraryScreen
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.source_overview import SourceOverview
from aidx_assistant.tui.widgets.said import Said
from aidx_assistant.tui.widgets.source_details import SourceDetails
from aidx_assistant.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from aidx_assistant.assistant import Assistant


class SourcesScreen(LibraryScreen):
    """A list of the sources, and beside it all that is known of the one chosen."""

    CSS_PATH = ["../styles/library_screen.tcss", "../styles/sources.tcss"]
    HELP = (
        "The reports that answers are drawn from. **Enter** goes into a report's details, **Esc** comes back; **a** "
        "asks questions of this report alone, **o** opens its address in a browser."
    )
    BINDINGS = [
        Binding("a", "ask_only", "Ask only this source"),
        Binding("o", "open_address", "Open address"),
        Binding("escape", "leave_details", "Back to the list", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._overviews: tuple[SourceOverview, ...] = ()

    def compose(self) -> ComposeResult:
        yield TopBar("sources")
        yield Said("Opening the library …")
        with Horizontal(id="shelf"):
            yield OptionList(id="sources", markup=False)
            yield SourceDetails()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#shelf").display = False

    def read(self, assistant: Assistant) -> tuple[SourceOverview, ...]:
        return wording.source_overviews(assistant)

    def show_held(self, held: object) -> None:
        overviews = cast(tuple[SourceOverview, ...], held)
        if overviews and overviews == self._overviews:
            return
        here = self._chosen
        self._overviews = overviews
        shelf = self.query_one(OptionList)
        shelf.clear_options()
        for overview in overviews:
            shelf.add_options([Option(wording.entry(overview)), None])
        self.query_one("#shelf").display = bool(overviews)
        self.say("" if overviews else "The library holds no source. Press Ctrl+R to look again.")
        self.refresh_bindings()
        ids = [overview.source.id for overview in overviews]
        if ids:
            shelf.highlighted = ids.index(here.source.id) if here and here.source.id in ids else 0
            shelf.focus()

    def hide_all(self) -> None:
        self._overviews = ()
        self.query_one("#shelf").display = False
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in {"ask_only", "open_address"} or bool(self._overviews)

    def on_option_list_option_highlighted(self) -> None:
        if self._chosen is not None:
            self.query_one(SourceDetails).show(self._chosen)

    def on_option_list_option_selected(self) -> None:
        self.query_one(SourceDetails).focus()

    def action_leave_details(self) -> None:
        self.query_one(OptionList).focus()

    def action_open_address(self) -> None:
        """Opens the source's address in a browser."""
        if self._chosen is not None:
            open_address(self.app, self._chosen.source.url)

    async def action_ask_only(self) -> None:
        """Goes to the prompt, with questions to come asked of this source alone."""
        chosen = self._chosen
        if chosen is not None:
            await self.app.switch_mode("ask")
            cast(AskScreen, self.app.screen).asker.ask_only(chosen.source.id)

    @property
    def _chosen(self) -> SourceOverview | None:
        here = self.query_one(OptionList).highlighted
        return self._overviews[here] if here is not None and here < len(self._overviews) else None
