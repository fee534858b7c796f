"""What is in the library, and what of it has been read."""

from __future__ import annotations

from typing import cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from aidx_assistant.errors import AidxError
from aidx_assistant.tui import source_overview as wording
from aidx_assistant.tui.screens.ask import AskScreen
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.source_overview import SourceOverview
from aidx_assistant.tui.widgets.source_details import SourceDetails
from aidx_assistant.tui.widgets.top_bar import TopBar


class SourcesScreen(Screen[None]):
    """A list of the sources, and beside it all that is known of the one chosen."""

    CSS_PATH = "../styles/sources.tcss"
    HELP = (
        "The reports that answers are drawn from. **Enter** goes into a report's details, **Esc** comes back; **a** "
        "asks questions of this report alone, **o** opens its address in a browser."
    )
    BINDINGS = [
        Binding("a", "ask_only", "Ask only this source"),
        Binding("o", "open_address", "Open address"),
        Binding("escape", "leave_details", "Back to the list", show=False),
        Binding("ctrl+r", "reload", "Look again", show=False),
    ]

    class Found(Message):
        """What the library holds."""

        def __init__(self, overviews: tuple[SourceOverview, ...]) -> None:
            super().__init__()
            self.overviews = overviews

    class Failed(Message):
        """The library cannot be read."""

        def __init__(self, error: AidxError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._overviews: tuple[SourceOverview, ...] = ()

    def compose(self) -> ComposeResult:
        yield TopBar("sources")
        yield Static("Opening the library …", id="said", markup=False)
        with Horizontal(id="shelf"):
            yield OptionList(id="sources", markup=False)
            yield SourceDetails()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#shelf").display = False

    def on_screen_resume(self) -> None:
        self._look()

    @work(thread=True, exclusive=True)
    def _look(self, again: bool = False) -> None:
        try:
            if again and self.session.failure is not None:
                self.session.retry()
            self.post_message(self.Found(wording.source_overviews(self.session.reader())))
        except AidxError as error:
            self.post_message(self.Failed(error))

    def on_sources_screen_found(self, message: Found) -> None:
        if message.overviews == self._overviews:
            return
        here = self._chosen
        self._overviews = message.overviews
        shelf = self.query_one(OptionList)
        shelf.clear_options()
        for overview in message.overviews:
            shelf.add_options([Option(wording.entry(overview)), None])
        self.query_one("#shelf").display = bool(message.overviews)
        self._say("" if message.overviews else "The library holds no source. Press Ctrl+R to look again.")
        ids = [overview.source.id for overview in message.overviews]
        if ids:
            shelf.highlighted = ids.index(here.source.id) if here and here.source.id in ids else 0
            shelf.focus()

    def on_sources_screen_failed(self, message: Failed) -> None:
        self._overviews = ()
        self.query_one("#shelf").display = False
        self._say(f"{message.error.title} {message.error.hint}\nPress Ctrl+R to try again.", problem=True)

    def on_option_list_option_highlighted(self) -> None:
        if self._chosen is not None:
            self.query_one(SourceDetails).show(self._chosen)

    def on_option_list_option_selected(self) -> None:
        self.query_one(SourceDetails).focus()

    def action_leave_details(self) -> None:
        self.query_one(OptionList).focus()

    def action_open_address(self) -> None:
        """Opens the source's address in a browser."""
        address = self._chosen.source.url if self._chosen else None
        if address:
            self.app.open_url(address)
            self.notify(f"Opening {address}", markup=False)
        else:
            self.notify("No address is known for this source.", severity="warning")

    async def action_ask_only(self) -> None:
        """Goes to the prompt, with questions to come asked of this source alone."""
        chosen = self._chosen
        if chosen is not None:
            await self.app.switch_mode("ask")
            cast(AskScreen, self.app.screen).ask_only(chosen.source.id)

    def action_reload(self) -> None:
        if not self._overviews:
            self._say("Opening the library …")
        self._look(again=True)

    @property
    def _chosen(self) -> SourceOverview | None:
        here = self.query_one(OptionList).highlighted
        return self._overviews[here] if here is not None and here < len(self._overviews) else None

    def _say(self, text: str, problem: bool = False) -> None:
        line = self.query_one("#said", Static)
        line.update(Content(text))
        line.set_class(problem, "problem")
        line.display = bool(text)
