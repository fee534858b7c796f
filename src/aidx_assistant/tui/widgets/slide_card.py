"""All that the library holds of one slide, section or page."""

from __future__ import annotations

import contextlib

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
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
        "reference. The arrow keys scroll, **Esc** goes back to the list, a click on **✕** closes the card."
    )

    class Left(Message):
        """The user goes back to the list."""

    class Closed(Message):
        """The user is done with it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.place: DeckPlace | None = None

    def compose(self) -> ComposeResult:
        yield Static("✕", classes="close")
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
        self._show_picture(place)

    def action_leave(self) -> None:
        self.post_message(self.Left())

    @on(Click, ".close")
    def close(self) -> None:
        self.post_message(self.Closed())

    @work(exclusive=True, group="picture")
    async def _show_picture(self, place: DeckPlace) -> None:
        slide = place.locator.number if place.locator.kind == "slide" else None
        if slide is not None:
            with contextlib.suppress(AidxError):  # the card tells all but the picture
                file = await self._session.assistant.read(
                    lambda assistant: assistant.picture_file(place.source.id, slide)
                )
                self.query_one(Picture).show_file(file)

    def _show(self, part: str, content: Content) -> None:
        line = self.query_one(f".{part}", Static)
        line.update(content)
        line.display = bool(content.plain)
