"""What the next question takes, and what the conversation has cost, beside the prompt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.widgets import Static

from aidx_assistant.answers import Answer
from aidx_assistant.errors import AidxError
from aidx_assistant.evidence import Segment
from aidx_assistant.tui import costs
from aidx_assistant.tui.session import Session

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant


class CostLine(Static):
    """Empty where no model is asked."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="cost", markup=False)
        self._session = session
        self._next = ""
        self._so_far = ""

    @work(exclusive=True)
    async def estimate(self, segment: Segment | None, source_id: str | None) -> None:
        """Finds out what the next question takes with these filters."""

        def counted(assistant: Assistant) -> str:
            return costs.next_in_short(assistant, segment, source_id, costs.history_now(self._session))

        try:
            self._next = await self._session.assistant.read(counted)
        except AidxError:  # a source or a conversation that is gone: asking says so
            self._next = ""
        self._show()

    def sum_up(self, answers: Sequence[Answer]) -> None:
        """Shows what these answers have cost in all."""
        self._so_far = costs.so_far_in_short(answers)
        self._show()

    def _show(self) -> None:
        self.update(Content(" · ".join(part for part in (self._next, self._so_far) if part)))
