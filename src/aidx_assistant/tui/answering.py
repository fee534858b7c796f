"""What the threads that ask tell the main screen."""

from __future__ import annotations

from textual.message import Message

from aidx_assistant.answers import Event
from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.errors import AidxError
from aidx_assistant.evidence import Source
from aidx_assistant.tui.widgets.turn_view import TurnView


class SourcesKnown(Message):
    """The sources that can be asked."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        super().__init__()
        self.sources = sources


class Begun(Message):
    """The question is kept; its conversation has an id."""

    def __init__(self, view: TurnView, turn: Turn) -> None:
        super().__init__()
        self.view = view
        self.turn = turn


class Heard(Message):
    """An event of an answer, its text excepted."""

    def __init__(self, view: TurnView, event: Event) -> None:
        super().__init__()
        self.view = view
        self.event = event


class Failed(Message):
    """There is no answer, or not a whole one."""

    def __init__(self, view: TurnView, error: AidxError) -> None:
        super().__init__()
        self.view = view
        self.error = error
