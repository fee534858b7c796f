"""Who is told how far the library has come."""

from __future__ import annotations


class Progress:
    """What the library tells while it works; by default to nobody."""

    def notice(self, text: str) -> None:
        """Something the user should know, in one sentence."""

    def advance(self, phase: str, done: int, total: int) -> None:
        """How far a phase has come."""

    def wait(self) -> None:
        """Another is still at work, and must be waited for. Whoever waits no longer raises an AidxError."""

    def pause(self) -> None:
        """Something else is going to be shown where progress is."""
