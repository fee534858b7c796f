"""When the text that streams in is drawn: often enough to read along, and never between a key and its letter."""

from __future__ import annotations

_READING = 1 / 15
"""Seconds between two drawings while the user reads."""
_TYPING = 1 / 2
"""And while they type: a drawing takes the time in which a letter would appear."""
_LONGEST = 1.0
"""At most, however fast they type."""
_STILL_TYPING = 0.4
"""Seconds after a letter in which another one is to be expected."""
_LETTER = 0.03
"""Seconds that a letter takes to appear."""


class Pace:
    """Moments are in seconds, of one clock that never goes back."""

    def __init__(self) -> None:
        self._drawn = self._typed = float("-inf")

    def typed(self, now: float) -> None:
        """The user has typed a letter."""
        self._typed = now

    def is_due(self, now: float) -> bool:
        """Whether to draw now; where so, it counts as drawn."""
        since_drawn, since_typed = now - self._drawn, now - self._typed
        if since_typed > _STILL_TYPING:
            due = since_drawn >= _READING
        else:
            due = since_drawn >= (_TYPING if since_typed > _LETTER else _LONGEST)
        if due:
            self._drawn = now
        return due
