"""Text of others, made safe to be shown on a terminal."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text without control characters, which could move the cursor, recolour or reverse what is read."""
    return _CONTROL.sub("", text)
