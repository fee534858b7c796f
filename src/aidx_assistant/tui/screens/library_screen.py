"""A screen on what the library holds: read in a thread, looked at again when the user comes back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.screen import Screen

from aidx_assistant.errors import AidxError
from aidx_assistant.tui.looking import at_every_look
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.said import Said
from aidx_assistant.tui.wording import told

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant


class LibraryScreen(Screen[None]):
    """Has a `Said` among its parts, for what it says in place of its content."""

    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def read(self, assistant: Assistant) -> object:
        """Reads what the screen shows; runs in a thread."""
        raise NotImplementedError

    def show_held(self, held: object) -> None:
        """Shows what `read` gave; where it is what is shown already, nothing changes."""
        raise NotImplementedError

    def hide_all(self) -> None:
        """There is nothing to be shown."""
        raise NotImplementedError

    def on_mount(self) -> None:
        at_every_look(self, self._look)

    def on_screen_resume(self) -> None:
        self._look()

    @work(exclusive=True, group="library")
    async def _look(self) -> None:
        try:
            held = await self.session.assistant.read(self.read)
        except AidxError as error:
            self.hide_all()
            self.say(f"{told(error)}\nPress Ctrl+R to try again.", problem=True)
        else:
            self.show_held(held)

    def say(self, text: str, problem: bool = False) -> None:
        self.query_one(Said).say(text, problem)
