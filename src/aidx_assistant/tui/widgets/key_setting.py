"""The API key: whether there is one and where from; one that is typed is never shown and goes to the keyring."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Input, Static

from aidx_assistant import keys
from aidx_assistant.errors import AidxError
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.said import Said
from aidx_assistant.tui.wording import told


@dataclass(frozen=True, slots=True)
class _Standing:
    """How it stands with the key."""

    origin: keys.KeyOrigin | None
    has_keyring: bool


class KeySetting(Vertical):
    """All that takes the keyring, which may ask to be unlocked, is done in a thread."""

    HELP = (
        "With an API key from Anthropic, Claude writes the answers; without one they are quoted from the sources. "
        "Paste the key and press **Enter**: it goes into the system's keyring and nowhere else."
    )

    class Looked(Message):
        """It is known how it stands."""

    class Changed(Message):
        """There is another key, or none any more."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="api-key", classes="setting")
        self._session = session
        self._in_turn = asyncio.Lock()

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Static("API key", classes="title")
            yield Said("Looking for a key …", classes="note")
        with Horizontal(id="entry"):
            yield Input(password=True, placeholder="sk-ant-…", compact=True)
            yield Button("Keep", id="keep", compact=True)
            yield Button("Forget the key", id="forget", compact=True)

    def on_mount(self) -> None:
        self.query_one("#entry").display = False

    @work(exclusive=True)
    async def look(self) -> None:
        """Finds out how it stands."""
        standing = await asyncio.to_thread(lambda: _Standing(keys.key_origin(), keys.has_keyring()))
        from_environment = standing.origin == "ANTHROPIC_API_KEY"
        self.query_one("#entry").display = not from_environment and (standing.has_keyring or bool(standing.origin))
        self.query_one("#forget").display = standing.origin == "keyring"
        self.query_one(Said).say(_told(standing))
        self.post_message(self.Looked())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._keep_typed()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "keep":
            self._keep_typed()
        else:
            self._change(None)

    def _keep_typed(self) -> None:
        field = self.query_one(Input)
        typed = field.value
        field.value = ""
        self._change(typed)

    @work(group="changing")
    async def _change(self, key: str | None) -> None:
        """Keeps a key, or forgets the one that is kept; the next question is answered accordingly."""
        async with self._in_turn:
            try:
                await asyncio.to_thread(self._put, key)
            except AidxError as error:
                self.query_one(Said).say(told(error), problem=True)
            else:
                self.post_message(self.Changed())
                self.look()

    def _put(self, key: str | None) -> None:
        if key is None:
            keys.forget_api_key()
        else:
            keys.store_api_key(key)
        self._session.change_settings(self._session.settings)


def _told(standing: _Standing) -> str:
    if standing.origin == "ANTHROPIC_API_KEY":
        return "Present: fixed by ANTHROPIC_API_KEY."
    if standing.origin == "keyring":
        return "Present: kept in the system's keyring. Another one takes its place."
    if standing.has_keyring:
        return "None: answers are quoted from the sources. With a key, Claude writes them; it is kept in the keyring."
    return (
        "None: answers are quoted from the sources. This system has no keyring that could keep one: set "
        "ANTHROPIC_API_KEY and start aidx again."
    )
