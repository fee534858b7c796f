"""What a finding must be to be shown: words to be found in it, its segment, topic and source."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from aidx_assistant.evidence import SEGMENTS
from aidx_assistant.tui.finding_rows import Filters, FindingsHeld
from aidx_assistant.tui.widgets.chip import Chip
from aidx_assistant.tui.widgets.pick_chip import PickChip
from aidx_assistant.tui.widgets.search_line import SearchLine


class FilterLine(SearchLine):
    """A search whose Esc lifts every filter, not only the words."""

    HELP = (
        "Type words that must occur in a finding: in its figure, what it measures, of whom, its statement, its place. "
        "**Enter** or **↓** goes to the table, **Esc** clears every filter."
    )

    class Cleared(Message):
        """Nothing is to be filtered out any more."""

    def action_clear(self) -> None:
        self.post_message(self.Cleared())


class FindingFilters(Horizontal):
    """A line to type in, and a chip for each of segment, topic and source."""

    class Changed(Message):
        def __init__(self, filters: Filters) -> None:
            super().__init__()
            self.filters = filters

    def compose(self) -> ComposeResult:
        yield FilterLine("Filter: a figure, a word, of whom …")
        with Horizontal(classes="chips"):
            segments = [(segment, segment if segment != "all" else "all segments") for segment in SEGMENTS]
            yield Chip("segment", segments, id="finding-segment")
            yield PickChip("topic", id="finding-topic")
            yield PickChip("source", id="finding-source")

    @property
    def filters(self) -> Filters:
        chips = {chip.id: chip.value for chip in self.query(Chip)}
        return Filters(
            self.query_one(FilterLine).value, chips["finding-segment"], chips["finding-topic"], chips["finding-source"]
        )

    def offer(self, held: FindingsHeld) -> None:
        """The topics and sources that there are."""
        topics = sorted({finding.topic for finding in held.findings})
        self.query_one("#finding-topic", PickChip).offer([(topic, topic) for topic in topics])
        stating = {finding.source_id for finding in held.findings}
        named = [(source.id, source.name) for source in held.sources.values() if source.id in stating]
        self.query_one("#finding-source", PickChip).offer(named)

    def clear(self) -> None:
        """Lifts every filter."""
        self.query_one(FilterLine).value = ""
        for chip in self.query(Chip):
            chip.value = None

    def on_input_changed(self) -> None:
        self.post_message(self.Changed(self.filters))

    def on_chip_changed(self, message: Chip.Changed) -> None:
        message.stop()
        if len(self.query(Chip)) == 3:  # else it is still being made
            self.post_message(self.Changed(self.filters))
