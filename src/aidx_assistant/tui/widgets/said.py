"""A line or two to the user: what is coming, why there is nothing, and what to do."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Said(Static):
    """Takes no room while there is nothing to say."""

    def __init__(self, text: str = "", *, classes: str | None = None) -> None:
        super().__init__(Content(text), classes=classes, markup=False)
        self.display = bool(text)

    def say(self, text: str, problem: bool = False) -> None:
        """Shows a text; where it is empty, nothing."""
        self.update(Content(text))
        self.set_class(problem, "problem")
        self.display = bool(text)
