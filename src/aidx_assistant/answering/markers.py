"""Puts citation markers behind the text they belong to while that text is still coming."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HELD_BACK = re.compile(r"[\s|]*(?:\[[\d,;\s–-]*)?\Z")
"""White space, and the bar that closes a table's row: a marker goes before them. And what may become a marker."""
_FOREIGN_MARKER = re.compile(r"[ \t]*\[\d{1,3}(?:[,;\s–-]+\d{1,3})*\]")
"""What looks like a marker and is not ours: it would point at a citation that it was not given, so it goes."""


class MarkedText:
    """Text blocks in the order they come, with markers placed at each block's end.

    What `add` and `end_block` give back, joined, is `text`.
    """

    def __init__(self) -> None:
        self.text = ""
        self._held_back = ""

    def add(self, text: str) -> str:
        """More text of the block; gives back what can be shown now."""
        text = _FOREIGN_MARKER.sub("", self._held_back + text)
        start = _HELD_BACK.search(text)
        end = start.start() if start else len(text)
        self._held_back = text[end:]
        return self._shown(text[:end])

    def end_block(self, numbers: Sequence[int]) -> str:
        """The block is over and these citations support it; gives back markers and what was held back.

        Where no text has come, there is nothing that a marker could stand behind.
        """
        if not f"{self.text}{self._held_back}".strip():
            numbers = ()
        markers = "".join(f"[{number}]" for number in numbers)
        before_it = "" if not self.text or self.text[-1].isspace() else " "
        rest, self._held_back = self._held_back, ""
        return self._shown(f"{before_it}{markers}{rest}" if markers else rest)

    def _shown(self, text: str) -> str:
        self.text += text
        return text
