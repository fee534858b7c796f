"""Keeps the control characters of others off the terminal: of answers, sources, settings, of whatever is shown."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from aidx_assistant.printable import without_controls


class PrintableLines(LineFilter):
    """Every line that any part of the app draws passes through here; only the lines of a picture are made of controls.

    Control characters take up no cell, so that nothing moves; half a character, which takes one, becomes a "?".
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if any(segment.control for segment in segments) or all(segment.text.isprintable() for segment in segments):
            return segments
        return [Segment(_printable(segment.text), segment.style) for segment in segments]


def _printable(text: str) -> str:
    return without_controls(text.encode("utf-8", "replace").decode())
