"""All that the library holds of one slide, section or page."""

from __future__ import annotations

from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from aidx_assistant.errors import AidxError
from aidx_assistant.tui import deck as wording
from aidx_assistant.tui.deck import DeckPlace
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.picture import Picture


class SlideCard(VerticalScroll, can_focus=True):
    """Hidden until a place is opened."""

    BINDINGS = [Binding("escape", "leave", "To the list", show=False)]
    HELP = (
        "What the library holds of a slide or section: whether it has been read, its text, the findings stated there, "
        "its addresses and its picture where that is on this machine. **n** and **p** go to the next and the previous "
        "one, **o** opens the slide's picture in a browser (or the source), **a** the source itself, **c** copies the "
        "reference. The arrow keys scroll, **Esc** goes back to the list."
    )

    class Left(Message):
        """The user goes back to the list."""

    class PictureFound(Message):
        def __init__(self, place: DeckPlace, file: Path | None) -> None:
            super().__init__()
            self.place = place
            self.file = file

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.place: DeckPlace | None = None

    def compose(self) -> ComposeResult:
        for part in ("heading", "standing"):
            yield Static(classes=part, markup=False)
        yield Picture()
        for part in ("text", "findings", "addresses"):
            yield Static(classes=part, markup=False)

    def on_mount(self) -> None:
        self.display = False

    def show_place(self, place: DeckPlace) -> None:
        """Opens the card on a place."""
        self.place = place
        self.display = True
        self._show("heading", wording.heading(place))
        self._show("standing", wording.standing(place))
        self._show("text", wording.text(place))
        self._show("findings", wording.findings_text(place))
        self._show("addresses", wording.addresses(place))
        self.query_one(Picture).show_file(None)
        self.scroll_home(animate=False)
        if place.locator.kind == "slide" and place.locator.number is not None:
            self._find_picture(place, place.locator.number)

    def on_slide_card_picture_found(self, message: PictureFound) -> None:
        message.stop()
        if message.place is self.place:
            self.query_one(Picture).show_file(message.file)

    def action_leave(self) -> None:
        self.post_message(self.Left())

    @work(thread=True, exclusive=True, group="picture")
    def _find_picture(self, place: DeckPlace, slide: int) -> None:
        try:
            file = self._session.reader().picture_file(place.source.id, slide)
        except AidxError:  # the card tells all but the picture
            return
        if file is not None:
            self.post_message(self.PictureFound(place, file))

    def _show(self, part: str, content: Content) -> None:
        line = self.query_one(f".{part}", Static)
        line.update(content)
        line.display = bool(content.plain)
