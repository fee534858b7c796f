"""Where one asks: the prompt, and above it of what is asked and what that costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from aidx_assistant.answers import Answer
from aidx_assistant.evidence import Segment
from aidx_assistant.segments import segments_named
from aidx_assistant.tui.looking import at_every_look
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.chip import Chip
from aidx_assistant.tui.widgets.cost_line import CostLine
from aidx_assistant.tui.widgets.prompt import Prompt
from aidx_assistant.tui.widgets.source_chip import SourceChip


class Asker(Vertical):
    """The filters hold for every question until they are lifted, or until a question names another segment."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="asking")
        self._session = session

    def compose(self) -> ComposeResult:
        with Horizontal(id="chips"):
            yield Chip("segment", [(s, s) for s in ("provider", "payer", "pharma")], id="segment")
            yield SourceChip(self._session)
            yield CostLine(self._session)
        yield Prompt()

    def on_mount(self) -> None:
        at_every_look(self, self.estimate)

    def on_chip_changed(self) -> None:
        if self.is_mounted:
            self.estimate()

    def filters_for(self, question: str) -> tuple[Segment | None, str | None]:
        """Segment and source to ask of; where the question names other segments, the chip follows it, and says so."""
        chip = self.query_one("#segment", Chip)
        named = [segment for segment in segments_named(question) if segment != "all"]
        if chip.value is not None and named and chip.value not in named:
            chip.value = named[0] if len(named) == 1 else None
            self.notify(f"The question names {' and '.join(named)}: it is asked of segment {chip.value or 'any'}.")
        return self.segment, self.query_one(SourceChip).value

    def ask_only(self, source_id: str) -> None:
        """Questions to come are asked of this source alone."""
        self.query_one(SourceChip).value = source_id
        self.query_one(Prompt).focus()

    def estimate(self) -> None:
        """Finds out what the next question costs."""
        self.query_one(CostLine).estimate(self.segment, self.query_one(SourceChip).value)

    def sum_up(self, answers: Sequence[Answer]) -> None:
        """Shows what the conversation has cost, and what the next question costs after it."""
        self.query_one(CostLine).sum_up(answers)
        self.estimate()

    @property
    def segment(self) -> Segment | None:
        return cast(Segment | None, self.query_one("#segment", Chip).value)
