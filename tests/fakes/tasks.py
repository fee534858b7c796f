"""A task for the app that does what a test wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.imported import Imported
from aidx_assistant.tui.tasks import Add, Underway, Words


@dataclass(frozen=True)
class FakeTask:
    """Gives what `read` gives."""

    read: Callable[[Assistant], Iterator[Imported]]

    words: ClassVar[Words] = Add.words
    supplements: ClassVar[bool] = False

    def outcomes(self, assistant: Assistant, run: Underway) -> Iterator[Imported]:
        return self.read(assistant)
