"""The slides of every deck and the sections of every article, and a card for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from aidx_assistant.tui import deck as wording
from aidx_assistant.tui.deck import COLUMNS, DeckPlace, deck_places
from aidx_assistant.tui.handing_on import copy_reference, open_address
from aidx_assistant.tui.screens.library_screen import LibraryScreen
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.fitted_table import FittedTable
from aidx_assistant.tui.widgets.key_line import KeyLine
from aidx_assistant.tui.widgets.said import Said
from aidx_assistant.tui.widgets.slide_card import SlideCard
from aidx_assistant.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant

_OF_A_PLACE = {"walk", "open_address", "open_source", "copy_reference"}
"""Actions for which there must be a slide or section."""


class PlaceTable(FittedTable):
    """Slides and sections with what is known of each."""

    BINDINGS = [Binding("enter", "select_cursor", "Open", tooltip="Open the slide or section")]
    HELP = (
        "The slides of every deck by number, then the sections of its article; each with its part, whether it has been "
        "read, and how many findings are stated there. **Enter** (or a click) opens its card beside the list, and once "
        "more goes into the card; **n** and **p** walk from card to card. **o** opens the slide's picture in a browser "
        "(or the source), **a** the source, **c** copies the reference, **Esc** closes the card."
    )


class DeckScreen(LibraryScreen):
    """The list, and beside it the card of the slide or section under the cursor once one was opened."""

    CSS_PATH = ["../styles/library_screen.tcss", "../styles/deck.tcss"]
    PARTS = (PlaceTable,)
    BINDINGS = [
        Binding("n", "walk(1)", "Next", tooltip="Next slide or section"),
        Binding("p", "walk(-1)", "Previous", tooltip="Previous slide or section"),
        Binding("o", "open_address", "Address", tooltip="Open the address of the slide's picture"),
        Binding("a", "open_source", "Open source's address", show=False),
        Binding("c", "copy_reference", "Copy", tooltip="Copy the reference of the slide or section"),
        Binding("escape", "close_card", "Close", tooltip="Close the card"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._places: dict[str, DeckPlace] = {}

    def compose(self) -> ComposeResult:
        yield TopBar("deck")
        yield Said("Opening the library …")
        yield Static(id="deck-count", markup=False)
        with Horizontal(id="deck-desk"):
            yield PlaceTable(COLUMNS)
            yield SlideCard(self.session)
        yield KeyLine()

    def on_mount(self) -> None:
        self._show_desk(False)

    def read(self, assistant: Assistant) -> tuple[DeckPlace, ...]:
        return deck_places(assistant)

    def show_held(self, held: object) -> None:
        places = cast(tuple[DeckPlace, ...], held)
        if places and places == tuple(self._places.values()):
            return
        first = not self._places
        self._places = {place.key: place for place in places}
        self.query_one("#deck-count", Static).update(Content(wording.counted(places)))
        self.table.show_rows({key: wording.cells(place) for key, place in self._places.items()})
        self._show_desk(bool(places))
        self.say("" if places else "The library holds no slide or section. Press F5 to see its sources.")
        if self.card.display:
            self._open_here()
        if first:
            self.table.focus()

    def hide_all(self) -> None:
        self._places = {}
        self._show_desk(False)

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._places) if action in _OF_A_PLACE else action != "close_card" or self.card.display

    def on_fitted_table_opened(self, message: FittedTable.Opened) -> None:
        if self.card.display and self.card.place is self._places.get(message.key):
            self.card.focus()
        else:
            self._open_here()

    def on_fitted_table_moved(self) -> None:
        if self.card.display:
            self._open_here()

    def on_slide_card_closed(self) -> None:
        self.action_close_card()

    def on_slide_card_left(self) -> None:
        self.table.focus()

    def action_walk(self, step: int) -> None:
        """To the next or the previous card; the first time, the card of the row under the cursor."""
        if self.card.display:
            self.table.move_cursor(row=self.table.cursor_row + step)
        self._open_here()

    def action_close_card(self) -> None:
        self.card.display = False
        self.table.focus()
        self.refresh_bindings()

    def action_open_address(self) -> None:
        """Opens the picture of a slide in a browser; for all else, the source."""
        open_address(self.app, self._here.address if self._here else None)

    def action_open_source(self) -> None:
        open_address(self.app, self._here.source.url if self._here else None)

    def action_copy_reference(self) -> None:
        if self._here is not None:
            style = self.session.settings.citation_style
            copy_reference(self.app, self._here.citation, self._here.source, style)

    @property
    def table(self) -> FittedTable:
        return self.query_one(PlaceTable)

    @property
    def card(self) -> SlideCard:
        return self.query_one(SlideCard)

    @property
    def _here(self) -> DeckPlace | None:
        """The place under the cursor: at the first one, until the table has its rows."""
        return self._places.get(self.table.here or next(iter(self._places), ""))

    def _open_here(self) -> None:
        if self._here is not None:
            self.card.show_place(self._here)
            self.refresh_bindings()

    def _show_desk(self, shown: bool) -> None:
        self.query_one("#deck-desk").display = shown
        self.query_one("#deck-count").display = shown
        self.refresh_bindings()
