"""What the screens talk to: settings, conversations, the assistant, and what goes on with it now."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aidx_assistant import locations
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.settings import Settings, load_settings
from aidx_assistant.tui.shared_assistant import SharedAssistant

if TYPE_CHECKING:
    from aidx_assistant.answers import Event
    from aidx_assistant.cancellation import Cancellation
    from aidx_assistant.conversations.conversation import Turn
    from aidx_assistant.tui.bringing_in import BringingIn
    from aidx_assistant.tui.drafting import Job


class Session:
    """One for the app. Everything but `settings` may take time: use it in a worker."""

    def __init__(self, *, home: Path | None = None, flags: Mapping[str, Any] | None = None) -> None:
        self.home = home or locations.home()
        self._flags = dict(flags or {})
        self._saving = threading.Lock()
        self.settings: Settings = load_settings(flags, self.home)
        self.assistant = SharedAssistant(self.home, self.settings)
        self.conversation_id: str | None = None
        """The conversation that questions are asked in; None where the next one begins one."""
        self._opening = threading.Lock()
        self._conversations: ConversationStore | None = None
        self.run: BringingIn | None = None
        """What the user has brought in now, or had last."""
        self.drafting: Job | None = None
        """The brief that is being made."""

    @property
    def conversations(self) -> ConversationStore:
        """One for all threads: a second would count as broken off what is being answered in the first."""
        with self._opening:
            if self._conversations is None:
                self._conversations = ConversationStore(self.home / locations.CONVERSATIONS)
            return self._conversations

    @property
    def answered_by(self) -> str:
        """Who answers, in words."""
        return self.settings.model if self.assistant.asks_claude else "no model"

    def answer(self, turn: Turn, cancellation: Cancellation, deep: bool = False) -> Generator[Event, None, None]:
        """The events of a kept question's answer, once it can be answered; what became of it is kept as well."""
        with self.assistant.working():
            from aidx_assistant.assistant.conversing import Conversing

            try:
                assistant = self.assistant.ready(cancellation)
            except InterruptedByUserError:
                self.conversations.cancel(turn.id)
                raise
            except AidxError as error:
                self.conversations.fail(turn.id, error)
                raise
            yield from Conversing(assistant, self.conversations).answer(turn, cancellation, deep=deep)

    def save_setting(self, name: str, value: object) -> None:
        """Gives a setting a new value, in config.toml and for the next question. Raises SettingsError, StorageError."""
        from aidx_assistant.settings_file import save_settings

        with self._saving:
            save_settings({name: value}, self.home)
            self.change_settings(load_settings(self._flags, self.home))

    def fixed_by(self, name: str) -> str | None:
        """The flag or variable that gives a setting its value, whatever is saved; None where none does."""
        if self._flags.get(name) is not None:
            return f"--{name.replace('_', '-')}"
        variable = f"AIDX_{name.upper()}"
        return variable if os.environ.get(variable) else None

    def change_settings(self, settings: Settings) -> None:
        """Settings for the next question; the key is looked for again."""
        self.settings = settings
        self.assistant.use(settings)

    def close(self) -> None:
        """Lets go of library and conversations; of what a thread that does not end is still at, nothing is closed.

        Whoever waits for the library waits no longer.
        """
        if self.assistant.close() and self._conversations is not None:
            self._conversations.close()
