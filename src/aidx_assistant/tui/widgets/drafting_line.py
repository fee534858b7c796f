"""How far the drafting of a brief is and how long that takes; and what is to be said once it has ended."""

from __future__ import annotations

import time

from aidx_assistant.answers import Notice
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.said import Said

_LOOK = 0.5
"""Seconds between two looks at how long it takes."""


class DraftingLine(Said):
    """Counts the seconds of what it waits for, until something is said."""

    def __init__(self, session: Session, text: str) -> None:
        super().__init__(text, classes="standing")
        self._session = session
        self._doing: str | Notice | None = None
        """What is waited for."""
        self._since = 0.0
        """When that began, on the monotonic clock in seconds."""

    def on_mount(self) -> None:
        self.set_interval(_LOOK, self._show_seconds)

    def wait_for(self, doing: str | Notice) -> None:
        """Shows what is being done from now on."""
        self._doing, self._since = doing, time.monotonic()
        self._show_seconds()

    def say(self, text: str, problem: bool = False) -> None:
        """Shows a text; nothing is waited for any more."""
        self._doing = None
        super().say(text, problem)

    def _show_seconds(self) -> None:
        if self._doing is not None:
            super().say(self._told(self._doing, time.monotonic() - self._since))

    def _told(self, doing: str | Notice, seconds: float) -> str:
        if isinstance(doing, Notice):
            return doing.text_after(seconds)
        how_far = self._session.assistant.getting_ready
        if how_far is not None:
            doing = f"waiting until the library is ready {how_far}".strip()
        counted = f" · {int(seconds)} s" if seconds >= 1 else ""
        return f"{doing[:1].upper()}{doing[1:]}{counted} …"
