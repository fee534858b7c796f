"""A screen on what the library holds: opened in a thread, looked at again when the user comes back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from aidx_assistant.errors import AidxError
from aidx_assistant.tui.session import Session

if TYPE_CHECKING:
    from aidx_assistant.assistant import Assistant


class Said(Static):
    """In place of the content: that it is coming, why there is none, and which key to press."""

    def __init__(self) -> None:
        super().__init__("Opening the library …", markup=False)

    def say(self, text: str, problem: bool = False) -> None:
        """Shows a text; where it is empty, nothing."""
        self.update(Content(text))
        self.set_class(problem, "problem")
        self.display = bool(text)


class LibraryScreen(Screen[None]):
    """Has a `Said` among its parts; tells its own kind what was read, or that nothing could be."""

    AUTO_FOCUS = ""
    BINDINGS = [Binding("ctrl+r", "look", "Look again", show=False)]

    class Read(Message):
        """What `read` gave."""

        def __init__(self, held: object) -> None:
            super().__init__()
            self.held = held

    class Failed(Message):
        """The library cannot be read."""

        def __init__(self, error: AidxError) -> None:
            super().__init__()
            self.error = error

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

    def on_screen_resume(self) -> None:
        self._look()

    def action_look(self) -> None:
        """Looks into the library again, after a failure by opening it anew."""
        self._look(again=True)

    @work(thread=True, exclusive=True, group="library")
    def _look(self, again: bool = False) -> None:
        try:
            if again and self.session.failure is not None:
                self.session.retry()
            self.post_message(self.Read(self.read(self.session.reader())))
        except AidxError as error:
            self.post_message(self.Failed(error))

    def on_library_screen_read(self, message: Read) -> None:
        self.show_held(message.held)

    def on_library_screen_failed(self, message: Failed) -> None:
        self.hide_all()
        self.say(f"{message.error.title} {message.error.hint}\nPress Ctrl+R to try again.", problem=True)

    def say(self, text: str, problem: bool = False) -> None:
        self.query_one(Said).say(text, problem)
